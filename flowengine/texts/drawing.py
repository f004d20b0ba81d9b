"""The words that a drawing of a process adds to the titles and labels that it was given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "drawing.here": {"en": "here", "zh": "当前"},
    "drawing.is_here": {"en": "The order is in “{box}”.", "zh": "订单现处于“{box}”。"},
    "drawing.way": {"en": "From “{source}” to “{target}”.", "zh": "从“{source}”到“{target}”。"},
    "drawing.way_labelled": {
        "en": "From “{source}” to “{target}”: {label}.",
        "zh": "从“{source}”到“{target}”：{label}。",
    },
    "drawing.whole": {
        "en": "The whole order, from “{source}” to “{target}”.",
        "zh": "整张订单，从“{source}”到“{target}”。",
    },
    "drawing.whole_labelled": {
        "en": "The whole order, from “{source}” to “{target}”: {label}.",
        "zh": "整张订单，从“{source}”到“{target}”：{label}。",
    },
    "drawing.success": {"en": "“{box}” is a good end.", "zh": "“{box}”是成功的结束。"},
    "drawing.failure": {"en": "“{box}” is an end in failure.", "zh": "“{box}”是失败的结束。"},
    "drawing.cancelled": {"en": "“{box}” is an end by cancelling.", "zh": "“{box}”是取消的结束。"},
}
