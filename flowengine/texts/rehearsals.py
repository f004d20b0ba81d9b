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
    "trouble.no_scenario": {
        "en": "{where}: no scenario file, title or rule contains this; look at the names below the folders that you gave",
        "zh": "{where}：没有情景的文件名、标题或规则编号包含它；请查看所给文件夹下的情景",
    },
}
