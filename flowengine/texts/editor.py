"""What an editor shows beside the vocabulary: the meaning of single words, names of snippets, remedies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "editor.process": {"en": "flowengine process", "zh": "flowengine 流程"},
    "editor.scenario": {"en": "flowengine scenario", "zh": "flowengine 情景"},
    "editor.text": {
        "en": "a text, or both languages: {{zh: …, en: …}}; a number or true goes in quotes",
        "zh": "请写文字，或两种语言都写：{{zh: …, en: …}}；数字与 true 须加引号",
    },
    "editor.quoted": {"en": 'a text; put numbers in quotes: "1"', "zh": '请写文字；数字须加引号："1"'},
    "editor.remove": {
        "en": "Takes away what the process has here.",
        "zh": "去掉所基于的流程在此处的内容。",
    },
    "short.remove": {"en": "remove", "zh": "去掉"},
    "editor.named": {
        "en": "names with a value each: {{a: …, b: …}}",
        "zh": "请逐项写成名称与值：{{a: …, b: …}}",
    },
    "editor.listed": {"en": "a list: [a, b]", "zh": "请写成列表：[a, b]"},
    "editor.in_zh": {"en": "The text in Chinese.", "zh": "中文文字。"},
    "editor.in_en": {"en": "The text in English.", "zh": "英文文字。"},
    "word.language.zh": {"en": "Chinese", "zh": "中文"},
    "word.language.en": {"en": "English", "zh": "英文"},
    "word.type.text": {"en": "any text", "zh": "任意文字"},
    "word.type.integer": {"en": "a whole number", "zh": "整数"},
    "word.type.decimal": {"en": "an exact number, such as 1.25", "zh": "精确的小数，例如 1.25"},
    "word.type.money": {
        "en": "an amount; `currency` names its currency",
        "zh": "金额；币种写在 `currency` 中",
    },
    "word.type.boolean": {"en": "true or false", "zh": "是（true）或否（false）"},
    "word.type.date": {"en": "a day: 2026-02-28", "zh": "日期，例如 2026-02-28"},
    "word.type.datetime": {"en": "a day and a time", "zh": "日期与时间"},
    "word.type.duration": {"en": "a length of time: 1d 12h", "zh": "时长，例如 1d 12h"},
    "word.type.person": {
        "en": "a person, by the name that the host gives them",
        "zh": "人员，用宿主系统中的名称",
    },
    "word.type.choice": {"en": "one of the words in `choices`", "zh": "`choices` 中的一个值"},
    "word.type.list": {"en": "rows, with the columns in `of`", "zh": "多行数据，各列写在 `of` 中"},
    "word.priority.urgent": {"en": "Before all others", "zh": "最先办理"},
    "word.priority.high": {"en": "Before the usual ones", "zh": "优先办理"},
    "word.priority.normal": {"en": "As usual", "zh": "照常办理"},
    "word.priority.low": {"en": "After all others", "zh": "最后办理"},
    "word.holidays.CN": {
        "en": "The public holidays of mainland China, and the workdays that make up for them",
        "zh": "中国大陆法定节假日及调休",
    },
    "word.holidays.none": {"en": "Public holidays do not count", "zh": "不考虑法定节假日"},
    "word.defaults.off": {
        "en": "Neither the warnings nor what is done when late, as `defaults` has them",
        "zh": "`defaults` 中的预警与逾期动作都不适用",
    },
    "word.reason.required": {
        "en": "Nobody can choose it without saying why",
        "zh": "不说明原因就不能选择",
    },
    "word.verdict.ready": {"en": "The step was carried out", "zh": "该步骤已执行"},
    "word.verdict.incomplete": {"en": "Something is missing still", "zh": "尚缺条件"},
    "word.verdict.refused": {"en": "The step was not allowed", "zh": "该步骤不允许执行"},
    "word.kind.success": {"en": "The order was carried out", "zh": "订单已完成"},
    "word.kind.failure": {"en": "The order could not be carried out", "zh": "订单未能完成"},
    "word.kind.cancelled": {"en": "The order was called off", "zh": "订单已取消"},
    "short.check": {"en": "check", "zh": "勾选"},
    "short.file": {"en": "file", "zh": "文件"},
    "short.note": {"en": "note", "zh": "说明"},
    "short.field": {"en": "field", "zh": "字段"},
    "short.text": {"en": "text", "zh": "文字"},
    "short.integer": {"en": "integer", "zh": "整数"},
    "short.decimal": {"en": "decimal", "zh": "小数"},
    "short.money": {"en": "money", "zh": "金额"},
    "short.boolean": {"en": "boolean", "zh": "是否"},
    "short.date": {"en": "date", "zh": "日期"},
    "short.datetime": {"en": "datetime", "zh": "日期与时间"},
    "short.duration": {"en": "duration", "zh": "时长"},
    "short.person": {"en": "person", "zh": "人员"},
    "short.choice": {"en": "choice", "zh": "选项"},
    "short.list": {"en": "list", "zh": "列表"},
}
