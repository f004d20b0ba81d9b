"""The playbooks of exceptions: what each asks for, and what its reviews have found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "help.exceptions": {
        "en": "Show what must be done about each exception of a process, and what the reviews of its cases have found.",
        "zh": "查看流程中每种异常的预案，以及复盘得出的根本原因和改进意见。",
    },
    "help.exceptions.example": {
        "en": "flowengine exceptions order\nflowengine exceptions order --format json",
        "zh": "flowengine exceptions order --lang zh\nflowengine exceptions order --format json",
    },
    "playbook.none": {"en": "{process} has no exceptions", "zh": "{process} 没有声明异常"},
    "playbook.head": {
        "en": "{title} ({name}), reviewed: {cases}",
        "zh": "{title}（{name}），已复盘 {cases} 件",
    },
    "playbook.once": {
        "en": "{text} ({case} about {about}, {at})",
        "zh": "{text}（{case}，订单 {about}，{at}）",
    },
    "playbook.often": {
        "en": "{text} ({count} times, last {case} about {about}, {at})",
        "zh": "{text}（{count} 次，最近为 {case}，订单 {about}，{at}）",
    },
    "missing.exception": {
        "en": "{process} has no exception '{exception}' (there are: {known})",
        "zh": "{process} 没有“{exception}”这种异常（现有：{known}）",
    },
}
