"""What rehearsals say: how scenarios went, what no scenario has met, and what is said in training."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "scenario.passed": {
        "en": "{files} scenario files, {runs} runs, {steps} steps: all as expected",
        "zh": "情景文件 {files} 个，运行 {runs} 次，步骤 {steps} 个，全部符合预期",
    },
    "scenario.failed": {
        "en": "{files} scenario files, {runs} runs, {steps} steps: {failed} files are not as expected",
        "zh": "情景文件 {files} 个，运行 {runs} 次，步骤 {steps} 个，其中 {failed} 个文件不符合预期",
    },
    "scenario.row": {"en": "with {row}", "zh": "所用数据：{row}"},
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
        "en": "{file}: {met} of {all} met, {percent} %, by {scenarios} scenario files",
        "zh": "{file}：共 {all} 项，已演练 {met} 项（{percent}%），涉及情景文件 {scenarios} 个",
    },
    "coverage.kind.stage": {"en": "stages entered", "zh": "进入过的阶段"},
    "coverage.kind.late": {"en": "stages that were late", "zh": "逾期过的阶段"},
    "coverage.kind.end": {"en": "ends reached", "zh": "到达过的结束"},
    "coverage.kind.outcome": {"en": "outcomes chosen", "zh": "选择过的结果"},
    "coverage.kind.beyond": {"en": "outcomes chosen too often", "zh": "超过次数的结果"},
    "coverage.kind.need": {"en": "needs met", "zh": "满足过的要求"},
    "coverage.kind.stopped": {"en": "needs that stopped somebody", "zh": "起过拦阻作用的要求"},
    "coverage.kind.row": {"en": "rows of `next` taken", "zh": "走过的 `next` 行"},
    "coverage.kind.check": {"en": "order checks broken", "zh": "触发过的订单检查"},
    "coverage.count": {"en": "{met} of {all}", "zh": "{met} / {all}"},
    "coverage.never": {"en": "never met:", "zh": "从未演练："},
    "coverage.never.stage": {"en": "no order enters the stage {name}", "zh": "没有订单进入阶段 {name}"},
    "coverage.never.late": {"en": "the stage {name} is never late", "zh": "阶段 {name} 从未逾期"},
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
    "trouble.no_scenario": {
        "en": "{where}: no scenario file, title or rule contains this; look at the names below the folders that you gave",
        "zh": "{where}：没有情景的文件名、标题或规则编号包含它；请查看所给文件夹下的情景",
    },
}
