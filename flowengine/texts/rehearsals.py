"""What rehearsals say: how scenarios went, what no scenario has met, and what is said in training."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "scenario.passed": {
        "en": "scenario files: {files}; runs: {runs}; steps: {steps}; all as expected",
        "zh": "情景文件 {files} 个，运行 {runs} 次，步骤 {steps} 个，全部符合预期",
    },
    "scenario.failed": {
        "en": "scenario files: {files}; runs: {runs}; steps: {steps}; files not as expected: {failed}",
        "zh": "情景文件 {files} 个，运行 {runs} 次，步骤 {steps} 个，其中 {failed} 个文件不符合预期",
    },
    "scenario.row": {"en": "with {row}", "zh": "所用数据：{row}"},
    "scenario.sent": {
        "en": "{number} to {to}, over {via}: {about}",
        "zh": "{number} 发给 {to}，经 {via}：{about}",
    },
    "scenario.any_channel": {"en": "whatever channel the host has", "zh": "系统现有的渠道"},
    "scenario.history": {"en": "what had happened up to there:", "zh": "到此为止发生的事："},
    "scenario.mismatch": {
        "en": "step {step}: {word} should be {expected}, but is {found}",
        "zh": "第 {step} 步：{word} 应为 {expected}，实际为 {found}",
    },
    "scenario.step": {
        "en": "step {step}, at {at}, does not come out as expected (- expected, + found)",
        "zh": "第 {step} 步（{at}）与预期不符（- 预期，+ 实际）",
    },
    "scenario.because": {"en": "it was refused because:", "zh": "被拒绝的原因："},
    "scenario.stands": {"en": "{number} stands in {stage}", "zh": "{number} 此时在“{stage}”"},
    "scenario.waits": {
        "en": "{number} stands in {stage} and waits:",
        "zh": "{number} 此时在“{stage}”，尚缺：",
    },
    "scenario.waits_for": {"en": "{what} ({who})", "zh": "{what}（{who}）"},
    "coverage.process": {
        "en": "{file}: {met} of {all} met, {percent} %; scenario files: {scenarios}",
        "zh": "{file}：共 {all} 项，已演练 {met} 项（{percent}%），涉及情景文件 {scenarios} 个",
    },
    "coverage.kind.stage": {"en": "stages entered", "zh": "进入过的阶段"},
    "coverage.kind.owner": {"en": "rows of `owner` that decided", "zh": "起过作用的 `owner` 行"},
    "coverage.kind.due": {"en": "rows of times that counted", "zh": "起过作用的期限行"},
    "coverage.kind.late": {"en": "times that ran out", "zh": "逾期过的期限"},
    "coverage.kind.warned": {"en": "warnings given", "zh": "发出过的预警"},
    "coverage.kind.met": {"en": "clocks met", "zh": "达成过的计时"},
    "coverage.kind.held": {"en": "holds placed", "zh": "下达过的暂停"},
    "coverage.kind.released": {"en": "holds lifted", "zh": "解除过的暂停"},
    "coverage.kind.fired": {"en": "rules fired", "zh": "执行过的规则"},
    "coverage.kind.end": {"en": "ends reached", "zh": "到达过的结束"},
    "coverage.kind.outcome": {"en": "outcomes chosen", "zh": "选择过的结果"},
    "coverage.kind.beyond": {"en": "outcomes chosen too often", "zh": "超过次数的结果"},
    "coverage.kind.need": {"en": "needs met", "zh": "满足过的要求"},
    "coverage.kind.stopped": {"en": "needs that stopped somebody", "zh": "起过拦阻作用的要求"},
    "coverage.kind.task": {"en": "tasks done", "zh": "完成过的任务"},
    "coverage.kind.row": {"en": "rows of `next` taken", "zh": "走过的 `next` 行"},
    "coverage.kind.check": {"en": "order checks broken", "zh": "触发过的订单检查"},
    "coverage.count": {"en": "{met} of {all}", "zh": "{met} / {all}"},
    "coverage.never": {"en": "never met:", "zh": "从未演练："},
    "coverage.never.stage": {"en": "no order enters the stage {name}", "zh": "没有订单进入阶段 {name}"},
    "coverage.never.owner": {
        "en": "row {name} of `owner` never decides ({at})",
        "zh": "{at} 的 `owner` 第 {name} 行从未起作用",
    },
    "coverage.never.due": {
        "en": "row {name} of a time never counts ({at})",
        "zh": "{at} 的期限第 {name} 行从未起作用",
    },
    "coverage.never.late": {"en": "{name} is never late", "zh": "{name} 从未逾期"},
    "coverage.never.warned": {"en": "{name} never gives a warning", "zh": "{name} 从未发出预警"},
    "coverage.never.met": {"en": "the clock {name} is never met", "zh": "计时 {name} 从未达成"},
    "coverage.never.held": {"en": "the hold {name} is never placed", "zh": "暂停 {name} 从未下达"},
    "coverage.never.released": {"en": "the hold {name} is never lifted", "zh": "暂停 {name} 从未解除"},
    "coverage.never.fired": {"en": "the rule {name} never fires", "zh": "规则 {name} 从未执行"},
    "coverage.never.end": {"en": "no order ends as {name}", "zh": "没有订单以 {name} 结束"},
    "coverage.never.outcome": {
        "en": "nobody chooses the outcome {name} of {at}",
        "zh": "没有人选择 {at} 的结果 {name}",
    },
    "coverage.never.beyond": {
        "en": "nobody chooses {name} of {at} once more than allowed",
        "zh": "没有人超过次数选择 {at} 的 {name}",
    },
    "coverage.never.need": {"en": "{name} of {at} is never met", "zh": "{at} 的要求 {name} 从未满足"},
    "coverage.never.stopped": {
        "en": "{name} of {at} never stops an order, and nobody is refused for it",
        "zh": "{at} 的要求 {name} 从未单独拦住订单，也没有人因它被拒绝",
    },
    "coverage.never.task": {"en": "the task {name} is never done", "zh": "任务 {name} 从未完成"},
    "coverage.never.row": {
        "en": "row {name} of `next` of {at} is never taken",
        "zh": "{at} 的 `next` 第 {name} 行从未走过",
    },
    "coverage.never.check": {"en": "nothing breaks the check `{name}`", "zh": "从未触发检查 `{name}`"},
    "coverage.within": {
        "en": "{said}, nor meets {count} more things in it",
        "zh": "{said}，其中另有 {count} 项也未演练",
    },
    "coverage.unplayed": {"en": "no scenario plays this process", "zh": "没有情景使用这个流程"},
    "coverage.order": {"en": "the order", "zh": "整个订单"},
    "coverage.short": {
        "en": "{file}: {percent} % is less than the {least} % that are demanded",
        "zh": "{file}：{percent}% 低于要求的 {least}%",
    },
    "coverage.enough": {
        "en": "every process reaches the {least} % that are demanded",
        "zh": "每个流程都达到要求的 {least}%",
    },
    "train.title": {"en": "Training: {title}", "zh": "练习：{title}"},
    "train.starts": {
        "en": "It is {now}. You find {turns} steps; a scenario with the same steps is hidden from you.",
        "zh": "现在是 {now}。你要自己找出 {turns} 个步骤，情景写好的步骤不给你看。",
    },
    "train.people": {"en": "Who takes part:", "zh": "参与的人："},
    "train.person": {"en": "{who}: {roles}", "zh": "{who}：{roles}"},
    "train.you": {"en": "{who}: {roles} (you)", "zh": "{who}：{roles}（你）"},
    "train.all": {"en": "You play everybody, each in turn.", "zh": "所有人都由你轮流扮演。"},
    "train.keys": {
        "en": "Answer with a number or a name, or as in `flowengine do`: `done NEED`, `attach NEED FILE`, "
        "`write NAME=VALUE`, `outcome NAME REASON`. `h` gives a hint, `0` does nothing more here, `q` leaves.",
        "zh": "请输入编号或名称，也可以照 `flowengine do` 的写法：`done 要求`、`attach 要求 文件`、`write 名称=值`、"
        "`outcome 结果 原因`。输入 `h` 要提示，`0` 表示在此不再做什么，`q` 离开。",
    },
    "train.meanwhile": {"en": "Meanwhile ({at}):", "zh": "这期间（{at}）："},
    "train.data": {"en": "The order:", "zh": "订单内容："},
    "train.refused": {"en": "{who} wanted to: {said}. It was refused:", "zh": "{who} 想要：{said}。被拒绝："},
    "train.turn": {
        "en": "Step {number} of {turns}, {at}. You are {who} ({roles}).",
        "zh": "第 {number} 步（共 {turns} 步），{at}。你是 {who}（{roles}）。",
    },
    "train.lacking": {"en": "Missing here:", "zh": "此处尚缺："},
    "train.can": {"en": "What is to be done now?", "zh": "现在该做什么？"},
    "train.done": {"en": "tick: {title}", "zh": "勾选：{title}"},
    "train.attach": {"en": "attach: {title}", "zh": "上传：{title}"},
    "train.write": {"en": "write: {title}", "zh": "填写：{title}"},
    "train.amend": {"en": "amend: {title}", "zh": "变更：{title}"},
    "train.outcome": {"en": "choose: {title} → {to}", "zh": "选择：{title} → {to}"},
    "train.approve": {"en": "approve: {title}", "zh": "同意：{title}"},
    "train.hold": {"en": "put on hold: {title}", "zh": "暂停：{title}"},
    "train.release": {"en": "lift the hold: {title}", "zh": "解除暂停：{title}"},
    "train.option": {"en": "{act}  ({who})", "zh": "{act}（{who}）"},
    "train.nothing": {"en": "nothing more here", "zh": "在此不再做什么"},
    "train.prompt": {"en": "You", "zh": "你"},
    "train.reference": {"en": "File or reference for {title}", "zh": "{title}的文件或编号"},
    "train.value": {"en": "Value of {title}", "zh": "{title}的内容"},
    "train.reason": {"en": "Reason", "zh": "原因"},
    "train.unclear": {
        "en": "“{said}” is no number, name or command of these; `h` gives a hint",
        "zh": "“{said}”不是以上的编号、名称或写法；输入 `h` 要提示",
    },
    "train.no": {"en": "The engine refuses:", "zh": "系统拒绝："},
    "train.yes": {"en": "Done:", "zh": "已执行："},
    "train.answer.right": {"en": "Right.", "zh": "正确。"},
    "train.answer.partly": {
        "en": "Right so far; there is more to do in this step.",
        "zh": "正确，这一步还没有做完。",
    },
    "train.answer.early": {
        "en": "That comes later in the scenario, and may be done now; the step itself is still open.",
        "zh": "情景里稍后才做，现在做也可以；这一步本身还没有做。",
    },
    "train.answer.besides": {
        "en": "That is allowed, but the scenario does not ask for it; the step is still open.",
        "zh": "这样做是允许的，但情景不要求；这一步还没有做。",
    },
    "train.answer.otherwise": {
        "en": "The order now takes another way than in the scenario. Go on: what counts is where it ends.",
        "zh": "订单走了与情景不同的路。请继续，关键看它最后停在哪里。",
    },
    "train.hint.open": {"en": "Hint: the engine would now take from you", "zh": "提示：系统此刻会接受你做"},
    "train.hint.none": {
        "en": "Hint: the engine would take none of these from you; ask for another hint, or go on with `0`.",
        "zh": "提示：以上各项系统都不会接受你做；可再要一次提示，或输入 `0` 继续。",
    },
    "train.hint.step": {
        "en": "Hint: in the scenario {who} does this: {said}",
        "zh": "提示：情景里 {who} 的做法：{said}",
    },
    "train.left": {
        "en": "You left before the end. Nothing was saved.",
        "zh": "你提前离开了。没有保存任何内容。",
    },
    "train.over": {"en": "The training is over.", "zh": "练习结束。"},
    "train.score": {"en": "{count} of {turns} steps {how}", "zh": "{turns} 步中有 {count} 步{how}"},
    "train.how.at_once": {"en": "right at once", "zh": "一次做对"},
    "train.how.tried": {"en": "right after something else was tried", "zh": "先试了别的再做对"},
    "train.how.hinted": {"en": "right with hints", "zh": "看提示后做对"},
    "train.how.otherwise": {"en": "done another way", "zh": "用了别的做法"},
    "train.how.left": {"en": "not done", "zh": "没有做"},
    "train.different": {"en": "What went differently:", "zh": "与情景不同之处："},
    "train.mark": {"en": "step {number}, {who}, {how}: {said}", "zh": "第 {number} 步，{who}，{how}：{said}"},
    "train.mark.refused": {"en": "refused {times} times", "zh": "被拒绝 {times} 次"},
    "train.mark.besides": {"en": "you also did: {besides}", "zh": "你另外做了：{besides}"},
    "train.mark.hints": {"en": "hints: {hints}", "zh": "提示 {hints} 次"},
    "train.reached": {
        "en": "The order is where the scenario wants it: {stage}. Other ways count as right.",
        "zh": "订单停在情景要求的地方：{stage}。别的做法也算对。",
    },
    "train.missed": {
        "en": "The order is not where the scenario wants it (- expected, + found):",
        "zh": "订单没有停在情景要求的地方（- 预期，+ 实际）：",
    },
    "trouble.nobody_like_it": {
        "en": "{where}: nobody of that name takes part; say one of {known}",
        "zh": "{where}：情景里没有这个人；可选：{known}",
    },
    "trouble.no_row": {
        "en": "--row {where}: the scenario has {rows} rows; say a number from 1 to {rows}",
        "zh": "--row {where}：情景共有 {rows} 行；请写 1 到 {rows} 的数字",
    },
    "trouble.nothing_to_train": {
        "en": "{where}: no step is left to find; give a scenario with steps, or another person with --as",
        "zh": "{where}：没有可练习的步骤；请换一个情景，或用 --as 换一个人",
    },
    "trouble.unsound_scenario": {
        "en": "{where}: this scenario does not come out as it expects; mend it first, then train with it",
        "zh": "{where}：这个情景本身与预期不符；请先改好，再用它练习",
    },
    "trouble.no_scenario": {
        "en": "{where}: no scenario file, title or rule contains this; look at the names below the folders that you gave",
        "zh": "{where}：没有情景的文件名、标题或规则编号包含它；请查看所给文件夹下的情景",
    },
}
