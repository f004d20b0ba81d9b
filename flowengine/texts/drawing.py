"""The words that a drawing of a process adds to the titles and labels that it was given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "chart.subtitle": {
        "en": "Version {version} · accountable for the whole order: {owner}",
        "zh": "版本 {version} · 整张订单由{owner}负责",
    },
    "chart.within": {"en": "{owner} · due in {time}", "zh": "{owner} · 期限 {time}"},
    "chart.by": {"en": "{owner} · due by {field}", "zh": "{owner} · 期限：{field}"},
    "chart.text_by": {"en": "{text} · {by}", "zh": "{text} · {by}"},
    "chart.entry": {"en": "before it enters:", "zh": "进入前须有："},
    "chart.terms": {"en": "{title}: {terms}", "zh": "{title}：{terms}"},
    "chart.chosen_by": {"en": "chosen by {by}", "zh": "由{by}选择"},
    "chart.reason": {"en": "with a reason", "zh": "须写原因"},
    "chart.tells": {"en": "tells {who}", "zh": "通知{who}"},
    "chart.takes": {"en": "needs {needs}", "zh": "需要{needs}"},
    "chart.beyond": {"en": "after {times} times: {title}", "zh": "超过 {times} 次：{title}"},
    "chart.at_most": {"en": "{title} (at most {times})", "zh": "{title}（最多 {times} 次）"},
    "chart.beyond_way": {"en": "{title}, after {times} times", "zh": "{title}，超过 {times} 次"},
    "chart.otherwise": {"en": "otherwise", "zh": "其他情况"},
    "chart.whole": {"en": "Whole order – {title}: {terms}", "zh": "整张订单 – {title}：{terms}"},
    "drawing.here": {"en": "here", "zh": "当前"},
    "drawing.is_here": {"en": "The order is in “{box}”.", "zh": "订单现处于“{box}”。"},
    "drawing.legend.path": {"en": "on its way", "zh": "正常前进"},
    "drawing.legend.jump": {"en": "goes on elsewhere", "zh": "转到别处"},
    "drawing.legend.return": {"en": "goes back", "zh": "退回"},
    "drawing.legend.whole": {"en": "concerns the whole order", "zh": "整张订单"},
    "drawing.legend.check": {"en": "to be ticked", "zh": "勾选"},
    "drawing.legend.file": {"en": "a file", "zh": "文件"},
    "drawing.legend.note": {"en": "to be written", "zh": "说明"},
    "drawing.legend.field": {"en": "a field", "zh": "填写"},
    "drawing.legend.that": {"en": "must hold", "zh": "须满足"},
    "drawing.legend.entry": {"en": "before it enters", "zh": "进入前须有"},
    "drawing.legend.outcome": {"en": "may be chosen", "zh": "可选择的结果"},
    "drawing.item": {"en": "{indent}□ {text} ({kind})", "zh": "{indent}□ {text}（{kind}）"},
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
