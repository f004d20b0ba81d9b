"""Findings about how a file is checked (FE6xx): comments that allow a warning, and the baseline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "FE601": {
        "en": "{word} is allowed here without a reason, so it is told all the same",
        "zh": "这里允许 {word} 却没有写明原因，因此仍会报告",
    },
    "FE601.hint": {
        "en": "say why: `# flowengine: allow {word} because the desk will use it from May on`",
        "zh": "请写明原因：`# flowengine: allow {word} because 五月起启用`",
    },
    "FE602": {"en": "there is no finding “{word}”", "zh": "没有“{word}”这个代码"},
    "FE602.hint": {
        "en": "the code stands in the message that is to be allowed; `flowengine finding` lists them all",
        "zh": "要允许的代码写在提示信息里；`flowengine finding` 会列出全部代码",
    },
    "FE603": {
        "en": "{word} is allowed here, but is not found on line {line}",
        "zh": "这里允许了 {word}，但第 {line} 行没有这个问题",
    },
    "FE603.hint": {
        "en": "remove the comment, or move it to the line of the finding or alone to the line above it",
        "zh": "请删去注释，或将它移到问题所在的行，或单独放在上一行",
    },
    "FE604": {
        "en": "{word} is an error here; only warnings can be allowed",
        "zh": "{word} 在这里是错误；只能允许警告",
    },
    "FE604.hint": {"en": "mend the error, and remove the comment", "zh": "请改正错误，并删去注释"},
    "FE605": {
        "en": "this comment is for the checker, but “{word}” is not understood",
        "zh": "这条注释是写给检查器的，但“{word}”无法理解",
    },
    "FE605.hint": {
        "en": "write `# flowengine: allow FE408 because …`, or begin the comment with another word",
        "zh": "请写 `# flowengine: allow FE408 because …`，或用别的词开头",
    },
    "FE606": {
        "en": "{word} at `{path}` of {file} is in the baseline, but is not found any more",
        "zh": "基线中记录了 {file} 的 `{path}` 处有 {word}，但现在已没有这个问题",
    },
    "FE606.hint": {
        "en": "take the entry out, or write the baseline anew with `--write-baseline`",
        "zh": "请删去这一项，或用 `--write-baseline` 重新写入基线",
    },
}
