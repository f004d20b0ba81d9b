"""Approvals: why somebody has no vote, what happened in a round, and what is wrong with a form (FE38x)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "blocker.approval_open": {
        "en": "{title} is not decided yet; awaited: {owner}",
        "zh": "{title}尚未审批完，等待：{owner}",
    },
    "blocker.approval_refused": {
        "en": "{title} was refused; it is asked anew after a change of what it covers, or in a new visit",
        "zh": "{title}未通过；修改所审批的内容或重新进入该阶段后，将重新审批",
    },
    "blocker.approval_returned": {
        "en": "{title} was sent back or taken back; it is asked anew after a change of what it covers, or in a new visit",
        "zh": "{title}已被退回或撤回；修改所审批的内容或重新进入该阶段后，将重新审批",
    },
    "blocker.no_way_back": {
        "en": "{title} names no stage to which an order may go back",
        "zh": "{title}没有写明可以退回到哪个阶段",
    },
    "blocker.no_such_return": {
        "en": "say to which stage: {title} may go back to {known}, not to “{name}”",
        "zh": "请写明退回到哪个阶段：{title}可退回到 {known}，不能是“{name}”",
    },
    "blocker.not_the_requester": {
        "en": "only whoever asked for {title} may take it back",
        "zh": "只有发起人可以撤回{title}",
    },
    "blocker.approval_gap": {
        "en": "{title}: no step of the approval is meant for this order, so nobody can grant it",
        "zh": "{title}：没有任何审批步骤适用于本订单，无人可以审批",
    },
    "blocker.no_such_approval": {
        "en": "nothing called “{name}” is to be approved here; there is: {known}",
        "zh": "此处没有“{name}”需要审批；可审批：{known}",
    },
    "blocker.not_allowed_here": {
        "en": "{title} does not allow that; it allows: {known}",
        "zh": "{title}不允许此操作；允许：{known}",
    },
    "blocker.not_requested": {
        "en": "{title} has not been put up for approval yet",
        "zh": "{title}尚未提交审批",
    },
    "blocker.round_over": {
        "en": "{title} is decided: no vote counts any more",
        "zh": "{title}已有结论，不再接受表态",
    },
    "blocker.old_round": {
        "en": "{title} is voted on anew: look at what has changed, then vote",
        "zh": "{title}已重新发起审批：请看过变更之后再表态",
    },
    "blocker.not_a_signer": {
        "en": "{title} is for others to decide; awaited: {owner}",
        "zh": "{title}由他人审批，等待：{owner}",
    },
    "blocker.not_in_the_round": {
        "en": "whoever has a seat in {title}, or owns the order, tells others of it",
        "zh": "只有在{title}中有席位的人或订单负责人可以抄送",
    },
    "blocker.barred_from_signing": {
        "en": "you have no vote on {title}: whoever opened the order, or asked for this, does not decide it",
        "zh": "您不能审批{title}：开单的人或提出申请的人不参与审批",
    },
    "blocker.voted_already": {
        "en": "you have voted on {title}: one person has one vote",
        "zh": "您已对{title}表过态：每人只有一票",
    },
    "blocker.not_your_turn": {
        "en": "it is not your turn on {title}; awaited: {owner}",
        "zh": "{title}还没有轮到您，等待：{owner}",
    },
    "blocker.signs_already": {
        "en": "that role has a say in {title} already",
        "zh": "该角色已参加{title}的审批",
    },
    "blocker.too_many_signers": {
        "en": "{title} has as many signers as it may have",
        "zh": "{title}的签署人已达上限",
    },
    "blocker.no_such_role": {
        "en": "there is no role “{name}”; there is: {known}",
        "zh": "没有“{name}”这个角色；现有：{known}",
    },
    "blocker.no_such_position": {
        "en": "somebody signs {known}, not “{name}”",
        "zh": "加签的位置只能是 {known}，不能是“{name}”",
    },
    "story.requested": {"en": "put up for approval: {need}", "zh": "提交审批：{need}"},
    "story.gap": {
        "en": "nobody is asked to approve {need}: no step is meant for this order",
        "zh": "{need}无人审批：没有适用于本订单的步骤",
    },
    "story.voted.approve": {"en": "{by} approves as {role}: {need}", "zh": "{by}（{role}）同意：{need}"},
    "story.voted.refuse": {
        "en": "{by} refuses as {role}: {need}",
        "zh": "{by}（{role}）不同意：{need}",
    },
    "story.voted.abstain": {"en": "{by} abstains as {role}: {need}", "zh": "{by}（{role}）弃权：{need}"},
    "story.voted.approve.own": {"en": "{by} approves: {need}", "zh": "{by} 同意：{need}"},
    "story.voted.refuse.own": {"en": "{by} refuses: {need}", "zh": "{by} 不同意：{need}"},
    "story.voted.abstain.own": {"en": "{by} abstains: {need}", "zh": "{by} 弃权：{need}"},
    "story.voted.approve.for_one": {
        "en": "{by} approves for {stands_for}, who is away: {need}",
        "zh": "{by} 代 {stands_for}（不在）同意：{need}",
    },
    "story.voted.refuse.for_one": {
        "en": "{by} refuses for {stands_for}, who is away: {need}",
        "zh": "{by} 代 {stands_for}（不在）不同意：{need}",
    },
    "story.voted.abstain.for_one": {
        "en": "{by} abstains for {stands_for}, who is away: {need}",
        "zh": "{by} 代 {stands_for}（不在）弃权：{need}",
    },
    "story.voted.approve.instead": {
        "en": "{by} approves as {role} for {stands_for}, who is away: {need}",
        "zh": "{by} 代 {stands_for}（{role}，不在）同意：{need}",
    },
    "story.voted.refuse.instead": {
        "en": "{by} refuses as {role} for {stands_for}, who is away: {need}",
        "zh": "{by} 代 {stands_for}（{role}，不在）不同意：{need}",
    },
    "story.voted.abstain.instead": {
        "en": "{by} abstains as {role} for {stands_for}, who is away: {need}",
        "zh": "{by} 代 {stands_for}（{role}，不在）弃权：{need}",
    },
    "story.advised.approve": {
        "en": "{by} advises {role} to approve: {need}",
        "zh": "{by} 建议{role}同意：{need}",
    },
    "story.advised.refuse": {
        "en": "{by} advises {role} to refuse: {need}",
        "zh": "{by} 建议{role}不同意：{need}",
    },
    "story.advised.abstain": {
        "en": "{by} gives {role} no opinion: {need}",
        "zh": "{by} 未向{role}提出意见：{need}",
    },
    "story.stands_for": {
        "en": "{by} does it for {stands_for}, who is away",
        "zh": "由 {by} 代 {stands_for}（不在）办理",
    },
    "story.passed_on.transfer": {
        "en": "{by} transfers the seat of {was} to {role}: {need}",
        "zh": "{by} 将{was}的席位转交{role}：{need}",
    },
    "story.passed_on.delegate": {
        "en": "{by} asks {role} for an opinion, for {was}: {need}",
        "zh": "{by} 代{was}委派{role}提出意见：{need}",
    },
    "story.passed_on.add_signer.before": {
        "en": "{by} lets {role} sign first: {need}",
        "zh": "{by} 前加签{role}：{need}",
    },
    "story.passed_on.add_signer.beside": {
        "en": "{by} lets {role} sign too: {need}",
        "zh": "{by} 并加签{role}：{need}",
    },
    "story.passed_on.add_signer.after": {
        "en": "{by} lets {role} sign afterwards: {need}",
        "zh": "{by} 后加签{role}：{need}",
    },
    "story.passed_on.assign": {
        "en": "{role} decides {need} in place of {was}",
        "zh": "{need}由{role}代替{was}审批",
    },
    "explain.uncounted": {"en": "Votes that do not count:", "zh": "不计的表态："},
    "history.repeated": {
        "en": "{said} ({times} times, last at {last})",
        "zh": "{said}（共 {times} 次，最后一次 {last}）",
    },
    "story.uncounted.round_over": {
        "en": "{by} voted too late, which does not count: {need}",
        "zh": "{by} 表态已晚，不计：{need}",
    },
    "story.uncounted.old_round": {
        "en": "{by} voted on an earlier round, which does not count: {need}",
        "zh": "{by} 对先前一轮表态，不计：{need}",
    },
    "story.uncounted.voted_already": {
        "en": "{by} voted once more, which does not count: {need}",
        "zh": "{by} 重复表态，不计：{need}",
    },
    "story.uncounted.barred_from_signing": {
        "en": "{by} has no vote and tried to: {need}",
        "zh": "{by} 无表决权而表态，不计：{need}",
    },
    "story.granted": {"en": "approved: {need}", "zh": "审批通过：{need}"},
    "story.refused": {"en": "refused: {need}", "zh": "审批未通过：{need}"},
    "story.returned": {
        "en": "{by} sends it back to {to} as {role}: {need}",
        "zh": "{by}（{role}）退回到“{to}”：{need}",
    },
    "story.taken_back": {"en": "{by} takes it back: {need}", "zh": "{by} 撤回：{need}"},
    "story.withdrawn.stale": {
        "en": "approval begins anew, as what it covers has changed: {need}",
        "zh": "所审批的内容已变更，重新审批：{need}",
    },
    "story.withdrawn.not_wanted": {
        "en": "approval is not needed any more: {need}",
        "zh": "不再需要审批：{need}",
    },
    "story.urged": {"en": "{by} urges: {need}", "zh": "{by} 催办：{need}"},
    "story.copied": {"en": "{by} tells {to} of the approval: {need}", "zh": "{by} 抄送 {to}：{need}"},
    "story.cause.copied": {"en": "is being approved, for your information", "zh": "正在审批，供知悉"},
    "story.cause.requested": {"en": "to be approved", "zh": "待审批"},
    "story.cause.granted": {"en": "approved", "zh": "审批通过"},
    "story.cause.returned": {"en": "sent back", "zh": "被退回"},
    "story.cause.taken_back": {"en": "taken back", "zh": "被撤回"},
    "story.cause.refused": {"en": "refused", "zh": "未获同意"},
    "story.cause.urged": {"en": "urged", "zh": "催办"},
    "story.cause.gap": {"en": "nobody can approve", "zh": "无人可审批"},
    "words.then_step": {"en": "{one}, then {other}", "zh": "{one}，然后{other}"},
    "words.step.any": {"en": "one of {who}", "zh": "{who} 任一同意"},
    "words.step.all": {"en": "all of {who}", "zh": "{who} 都同意"},
    "words.step.in_order": {"en": "in order {who}", "zh": "依次 {who}"},
    "words.step.quorum": {"en": "{least} of {who}", "zh": "{who} 中 {least} 个同意"},
    "words.veto": {"en": "{said}, with a veto of {who}", "zh": "{said}（{who} 可一票否决）"},
    "words.not_creator": {"en": "{said}, but not whoever opened the order", "zh": "{said}（开单人除外）"},
    "words.copy": {"en": "{who} is told", "zh": "抄送{who}"},
    "words.refused": {"en": "refused: {done}", "zh": "未通过：{done}"},
    "words.allow": {"en": "allowed besides: {what}", "zh": "另允许：{what}"},
    "words.allow.none": {"en": "nothing is allowed besides voting", "zh": "除表态外不允许其他操作"},
    "words.allow.delegate": {"en": "asking for an opinion", "zh": "委派"},
    "words.allow.transfer": {"en": "transferring", "zh": "转交"},
    "words.allow.add_signer": {"en": "adding signers", "zh": "加签"},
    "words.allow.urge": {"en": "urging", "zh": "催办"},
    "words.allow.copy": {"en": "telling others", "zh": "抄送"},
    "words.allow.return": {"en": "sending back", "zh": "退回"},
    "words.allow.withdraw": {"en": "taking back", "zh": "撤回"},
    "words.returns": {"en": "may go back to {to}", "zh": "可退回到 {to}"},
    "diff.need.approval": {"en": "how {need} is approved: {shift}", "zh": "“{need}”如何审批：{shift}"},
    "need_kind.approval": {"en": "approval", "zh": "审批"},
    "chart.returned_way": {"en": "{title} sent back", "zh": "{title}退回"},
    "chart.refused_way": {"en": "{title} refused", "zh": "{title}未通过"},
    "name.approval": {"en": "an approval", "zh": "审批形式"},
    "name.need.approval": {"en": "a need for another approval", "zh": "对其他审批的要求"},
    "moment.requested": {"en": "{thing} is put up for approval", "zh": "{thing}提交审批"},
    "moment.granted": {"en": "{thing} is approved", "zh": "{thing}审批通过"},
    "moment.returned": {"en": "{thing} is sent back", "zh": "{thing}被退回"},
    "moment.taken_back": {"en": "{thing} is taken back", "zh": "{thing}被撤回"},
    "moment.refused": {"en": "{thing} is refused", "zh": "{thing}未获同意"},
    "explain.round.voted": {"en": "{who} ({role}): {said}", "zh": "{who}（{role}）：{said}"},
    "explain.round.instead": {
        "en": "{who} for {away} ({role}): {said}",
        "zh": "{who} 代 {away}（{role}）：{said}",
    },
    "explain.round.awaited": {"en": "awaited: {who}", "zh": "等待：{who}"},
    "explain.round.later": {"en": "later: {who}", "zh": "随后：{who}"},
    "explain.round.approve": {"en": "approves", "zh": "同意"},
    "explain.round.refuse": {"en": "refuses", "zh": "不同意"},
    "explain.round.abstain": {"en": "abstains", "zh": "弃权"},
    "FE380": {"en": "there is no approval “{word}”", "zh": "没有“{word}”这个审批形式"},
    "FE381": {"en": "“{need}” cannot be approved where it stands", "zh": "“{need}”在所写之处无法审批"},
    "FE381.hint": {
        "en": "an approval is asked by the `needs` of a stage or of a task without `each`",
        "zh": "审批只能写在阶段的 `needs`，或不带 `each` 的任务的 `needs` 里",
    },
    "FE382": {
        "en": "“{need}” is an approval: `{word}` has no meaning beside it",
        "zh": "“{need}”是审批：`{word}` 与之同写没有意义",
    },
    "FE382.hint": {
        "en": "who signs, what is covered and until when stands in the approval itself; an order cannot go on without it",
        "zh": "由谁签、涵盖哪些内容、期限多久，都写在审批形式中；没有审批，订单不能前进",
    },
    "FE383": {
        "en": "`{word}` of “{approval}” has no meaning without `{beside}`",
        "zh": "“{approval}”的 `{word}` 没有 `{beside}` 就没有意义",
    },
    "FE383.hint": {"en": "write both: quorum: 2, of: [a, b, c]", "zh": "两者同写：quorum: 2, of: [a, b, c]"},
    "FE384": {
        "en": "{quorum} must approve in “{approval}”, but only {count} are asked",
        "zh": "“{approval}”须 {quorum} 个同意，却只问 {count} 个",
    },
    "FE384.hint": {"en": "lower `quorum`, or ask more roles", "zh": "请减小 `quorum`，或增加角色"},
    "FE385": {
        "en": "“{word}” is not asked in this step, so it has no veto",
        "zh": "“{word}”不参加这一步，也就不能否决",
    },
    "FE386": {
        "en": "no need asks for the approval “{approval}”",
        "zh": "没有任何要求用到审批形式“{approval}”",
    },
    "FE386.hint": {
        "en": "write a need of kind `approval`, or remove it",
        "zh": "请写一项类型为 `approval` 的要求，或删去它",
    },
    "FE387": {
        "en": "“{role}” stands twice in one step of “{approval}”",
        "zh": "“{approval}”的同一步骤中“{role}”写了两次",
    },
    "FE387.hint": {
        "en": "name each role once; for two people of one role write two steps",
        "zh": "每个角色写一次；同一角色须两人审批的，请写成两个步骤",
    },
    "FE388": {
        "en": "nobody approves “{approval}” of some orders: {order}",
        "zh": "有的订单无人审批“{approval}”：{order}",
    },
    "FE388.hint": {
        "en": "let the last step have no `when`, or cover every order by the conditions",
        "zh": "请让最后一步不写 `when`，或让各条件涵盖所有订单",
    },
    "FE392": {
        "en": "“{approval}” allows sending back, but says in no `returns` to which stage",
        "zh": "“{approval}”允许退回，却没有用 `returns` 写明退回到哪个阶段",
    },
    "FE392.hint": {
        "en": "write `returns: STAGE`, or remove `return` from `allow`",
        "zh": "请写 `returns: 阶段`，或从 `allow` 中删去 `return`",
    },
    "FE393": {
        "en": "“{approval}” says `returns`, but allows neither `return` nor `withdraw`",
        "zh": "“{approval}”写了 `returns`，却既不允许 `return` 也不允许 `withdraw`",
    },
    "FE393.hint": {
        "en": "add `return` to `allow`, or remove `returns`",
        "zh": "请在 `allow` 中加上 `return`，或删去 `returns`",
    },
    "FE394": {
        "en": "“{word}” is an end: an approval goes back to a stage",
        "zh": "“{word}”是结束：审批只能退回到阶段",
    },
    "FE394.hint": {
        "en": "name a stage; to end the order, let a refusal move it",
        "zh": "请写一个阶段；要结束订单，请在 `refused` 中写 `move`",
    },
    "FE590": {
        "en": "an order whose approval “{approval}” is refused goes on to “{to}”, as it does when it is granted",
        "zh": "订单的审批“{approval}”被拒绝后进入“{to}”，与批准后的去向相同",
    },
    "FE590.hint": {
        "en": "send it back, elsewhere or to an end that says so, or only tell somebody with `notify`",
        "zh": "请退回、转到别处或写明的结束，或只用 `notify` 通知有关的人",
    },
    "FE389": {"en": "there is no need “{word}” that is approved", "zh": "没有名为“{word}”的审批要求"},
}
