"""Clocks, holds and rules as people meet them: in history, in messages, in explanations and lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "story.clock.started": {"en": "{clock}: due {due}", "zh": "{clock}：期限 {due}"},
    "story.clock.started.stage": {"en": "due {due}", "zh": "期限 {due}"},
    "story.clock.started.still": {
        "en": "{clock}: time stands still from the beginning ({by})",
        "zh": "{clock}：从一开始就暂停计时（{by}）",
    },
    "story.clock.moved": {
        "en": "{clock}: due {due} instead of {was}",
        "zh": "{clock}：期限由 {was} 改为 {due}",
    },
    "story.clock.moved.same": {"en": "{clock}: reckoned anew", "zh": "{clock}：重新计时"},
    "story.clock.moved.anew": {"en": "{clock}: due {due}", "zh": "{clock}：期限 {due}"},
    "story.clock.stopped": {"en": "{clock}: time stands still ({by})", "zh": "{clock}：暂停计时（{by}）"},
    "story.clock.resumed": {"en": "{clock}: time goes on, due {due}", "zh": "{clock}：恢复计时，期限 {due}"},
    "story.clock.restarted": {
        "en": "{clock}: begins anew, due {due}",
        "zh": "{clock}：重新开始计时，期限 {due}",
    },
    "story.clock.restarted.still": {
        "en": "{clock}: will begin anew, time stands still ({by})",
        "zh": "{clock}：将重新开始计时，目前暂停（{by}）",
    },
    "story.clock.met": {"en": "{clock}: met", "zh": "{clock}：已达成"},
    "story.clock.off": {"en": "{clock}: no due time any more", "zh": "{clock}：不再有期限"},
    "story.clock.off.stage": {"en": "no due time any more", "zh": "不再有期限"},
    "story.clock.over": {
        "en": "{clock}: over, it was asked as often as it may",
        "zh": "{clock}：已达到次数上限，不再要求",
    },
    "story.clock.opened": {"en": "{clock}: asked now, due {due}", "zh": "{clock}：现在开始要求，期限 {due}"},
    "story.clock.next": {"en": "{clock}: next due {due}", "zh": "{clock}：下一次期限 {due}"},
    "story.clock.ended": {"en": "{clock}: its time counts no longer", "zh": "{clock}：不再计时"},
    "story.clock.stuck": {
        "en": "{clock}: what was to be done at this time could not be done",
        "zh": "{clock}：此时应执行的动作无法执行",
    },
    "story.warned.share": {
        "en": "{clock}: {share} of the time has passed, due {due}",
        "zh": "{clock}：时间已过 {share}，期限 {due}",
    },
    "story.warned.away": {
        "en": "{clock}: {length} left, due {due}",
        "zh": "{clock}：还剩 {length}，期限 {due}",
    },
    "story.late": {"en": "{clock} is late: it was due {due}", "zh": "{clock}逾期：期限为 {due}"},
    "story.late.need": {
        "en": "{clock} is still missing: it was due {due}",
        "zh": "{clock}逾期未补：期限为 {due}",
    },
    "story.late.hold": {
        "en": "{clock} lasts too long: it should have been over by {due}",
        "zh": "{clock}持续过久：应在 {due} 前解除",
    },
    "story.late.missed": {
        "en": "{clock} was missed {missed} times, first due {first}, last due {due}",
        "zh": "{clock}错过 {missed} 次：首次期限 {first}，末次期限 {due}",
    },
    "story.later": {
        "en": "{clock} is late by {length}: it was due {due}",
        "zh": "{clock}已逾期 {length}：期限为 {due}",
    },
    "story.kept": {"en": "{clock}: done in time, due {due}", "zh": "{clock}：按时完成，期限 {due}"},
    "story.rule": {"en": "rule: {rule}", "zh": "规则执行：{rule}"},
    "story.rule.set": {"en": "rule {rule} is set for {wake}", "zh": "规则“{rule}”将于 {wake} 检查"},
    "story.rule.idle": {
        "en": "rule {rule}: nothing is to be done",
        "zh": "规则“{rule}”：无须执行",
    },
    "story.held": {"en": "on hold: {hold}", "zh": "暂停：{hold}"},
    "story.held.itself": {"en": "on hold by itself: {hold}", "zh": "自动暂停：{hold}"},
    "story.released": {"en": "hold lifted: {hold}", "zh": "解除暂停：{hold}"},
    "story.released.itself": {"en": "hold lifted by itself: {hold}", "zh": "自动解除暂停：{hold}"},
    "story.assigned": {
        "en": "{role} takes over {place} from {was}",
        "zh": "{place}由 {was} 转交 {role}",
    },
    "story.postponed": {
        "en": "will go to {to} as soon as nothing hinders it",
        "zh": "一旦没有阻碍即转到{to}",
    },
    "story.told.overtaken": {
        "en": "not told {role}, as more has happened since: {about}",
        "zh": "已有后续情况，未通知{role}：{about}",
    },
    "story.cause.warned": {"en": "due soon", "zh": "即将到期"},
    "story.cause.late": {"en": "overdue", "zh": "已逾期"},
    "story.cause.missed": {"en": "missed {missed} times", "zh": "错过 {missed} 次"},
    "story.cause.assigned": {"en": "taken over", "zh": "转交办理"},
    "story.cause.of": {"en": "{thing}: {cause}", "zh": "{thing}：{cause}"},
    "story.still.pause": {"en": "its condition for a pause holds", "zh": "满足暂停条件"},
    "story.still.when": {"en": "its condition does not hold", "zh": "不满足计时条件"},
    "blocker.on_hold": {
        "en": "the order is on hold: {title} ({owner})",
        "zh": "订单已暂停：{title}（{owner}）",
    },
    "blocker.on_hold_already": {"en": "{title} lies on the order already", "zh": "{title}已处于暂停状态"},
    "blocker.no_such_hold": {
        "en": "there is no hold “{name}” here; known: {known}",
        "zh": "此处没有名为“{name}”的暂停；可用：{known}",
    },
    "blocker.still_held": {
        "en": "{title} cannot be lifted yet: what it was placed for still holds",
        "zh": "{title}暂不能解除：暂停的原因仍然存在",
    },
    "explain.clocks": {"en": "Clocks:", "zh": "计时："},
    "explain.holds": {"en": "On hold:", "zh": "暂停中："},
    "explain.clock.running": {"en": "due {due}", "zh": "期限 {due}"},
    "explain.clock.late": {"en": "late: it was due {due}", "zh": "已逾期：期限为 {due}"},
    "explain.clock.standing": {"en": "stands still", "zh": "暂停计时"},
    "explain.clock.standing.left": {"en": "stands still, {left} left", "zh": "暂停计时，还剩 {left}"},
    "explain.clock.waiting": {
        "en": "not asked yet; then due {due}",
        "zh": "尚未开始要求；届时期限 {due}",
    },
    "explain.clock.met": {"en": "met", "zh": "已达成"},
    "explain.clock.warned": {"en": "{state}, warned at {marks}", "zh": "{state}，已预警 {marks}"},
    "explain.clock.who": {"en": "{state} ({who})", "zh": "{state}（{who}）"},
    "explain.hold": {
        "en": "since {since} by {by}; may be lifted by {who}",
        "zh": "自 {since} 起，{by}；可由 {who} 解除",
    },
    "explain.hold.itself": {"en": "since {since} by {by}", "zh": "自 {since} 起，{by}"},
    "explain.hold.due": {"en": "{state}; should be over by {due}", "zh": "{state}；应在 {due} 前解除"},
    "explain.hold.late": {
        "en": "{state}; should have been over by {due}",
        "zh": "{state}；应在 {due} 前解除，已逾期",
    },
    "standing.held": {
        "en": "{number} is now in {stage} ({owner}), on hold: {holds}",
        "zh": "{number} 现处于{stage}（{owner}），已暂停：{holds}",
    },
    "due.held": {"en": "on hold", "zh": "暂停"},
    "list.is_held": {"en": "{stage} (on hold)", "zh": "{stage}（暂停）"},
    "due.still": {"en": "time stands still", "zh": "暂停计时"},
    "help.reckon": {
        "en": "Reckon the due times of open orders again after the data of holidays have changed, and say which move.",
        "zh": "节假日数据变动后，重新计算未结束订单的期限，并列出有变动的订单。",
    },
    "help.reckon.example": {
        "en": "flowengine reckon --dry-run\nflowengine reckon",
        "zh": "flowengine reckon --dry-run --lang zh\nflowengine reckon --lang zh",
    },
    "reckon.moves": {
        "en": "{number}  {clock}: due {due} instead of {was}",
        "zh": "{number}  {clock}：期限由 {was} 改为 {due}",
    },
    "reckon.late": {
        "en": "{number}  {clock}: due {due} instead of {was}, late by now",
        "zh": "{number}  {clock}：期限由 {was} 改为 {due}，已经逾期",
    },
    "reckon.done": {
        "en": "{orders} open orders reckoned again: {moved} moved, {late} are late by it",
        "zh": "重新计算 {orders} 个未结束的订单：{moved} 个期限变动，其中 {late} 个因此逾期",
    },
    "reckon.would": {
        "en": "{orders} open orders looked at: {moved} would move, {late} would be late by it; nothing was written",
        "zh": "检查 {orders} 个未结束的订单：{moved} 个期限将变动，其中 {late} 个将因此逾期；未写入任何内容",
    },
    "reckon.failed": {
        "en": "{failed} orders could not be reckoned and stay as they are; `flowengine verify` says more",
        "zh": "{failed} 个订单无法重新计算，保持原样；详情请运行 `flowengine verify`",
    },
}
