"""Findings about the shape of a file (FE1xx) and the hints that all findings share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "hint.did_you_mean": {"en": "did you mean “{guess}”?", "zh": "是否想写“{guess}”？"},
    "hint.known": {"en": "known here: {known}", "zh": "此处可用：{known}"},
    "hint.none_known": {"en": "none is declared yet", "zh": "尚未声明任何一个"},
    "kind.map": {"en": "a map (`key: value`)", "zh": "键值对（`键: 值`）"},
    "kind.list": {"en": "a list", "zh": "列表"},
    "kind.text": {"en": "a text", "zh": "文字"},
    "kind.text_or_map": {"en": "a text or a map (`key: value`)", "zh": "文字或键值对（`键: 值`）"},
    "kind.yes_or_no": {"en": "`true` or `false`", "zh": "是或否（`true` 或 `false`）"},
    "kind.number": {"en": "a number", "zh": "数字"},
    "kind.whole_number": {"en": "a whole number", "zh": "整数"},
    "kind.decimal": {"en": "a number with decimals", "zh": "小数"},
    "kind.nothing": {"en": "empty", "zh": "空的"},
    "FE101": {"en": "there is no key “{word}” here", "zh": "此处没有“{word}”这个键"},
    "FE102": {"en": "missing here: {words}", "zh": "此处缺少：{words}"},
    "FE102.hint": {
        "en": "write each of them with its value, as in `{word}: …`",
        "zh": "请逐一补上并写明值，例如 `{word}: …`",
    },
    "FE103": {"en": "this must be {wanted}, but it is {found}", "zh": "此处应为{wanted}，实际是{found}"},
    "FE103.map": {
        "en": "write `key: value` lines below, or `{{key: value}}` behind the colon",
        "zh": "请在下一行起写 `键: 值`，或在冒号后写 `{{键: 值}}`",
    },
    "FE103.text": {"en": "write it as one text behind the colon", "zh": "请在冒号后写一段文字"},
    "FE103.text_or_map": {
        "en": "write one text behind the colon, or `{{key: value}}`",
        "zh": "请在冒号后写一段文字，或写 `{{键: 值}}`",
    },
    "FE103.yes_or_no": {"en": "write true or false", "zh": "请写 true 或 false"},
    "FE103.whole_number": {"en": "write digits alone, without quotes", "zh": "请只写数字，不加引号"},
    "FE103.list": {
        "en": "write a list: `[one, other]`, or a line with `- ` for each entry",
        "zh": "请写列表：`[甲, 乙]`，或每项一行，以 `- ` 开头",
    },
    "FE103.quote": {"en": 'put it in quotes: "{value}"', "zh": '请加引号："{value}"'},
    "FE103.nothing": {
        "en": "write the value after the colon, or remove the key",
        "zh": "请在冒号后写上值，或删去这个键",
    },
    "FE104": {"en": "“{word}” is not one of the words allowed here", "zh": "此处不能写“{word}”"},
    "FE105": {"en": "“{word}” is not written as it must be here", "zh": "“{word}”的写法不对"},
    "FE105.name": {
        "en": "a name starts with a small letter a-z and goes on with a-z, 0-9 and _; what people see is the `title`",
        "zh": "名称以小写字母 a-z 开头，后接 a-z、0-9 与 _；给人看的文字写在 `title` 里",
    },
    "FE105.plain_name": {
        "en": "a name here has no spaces, dots or braces",
        "zh": "此处的名称不能含空格、点号或花括号",
    },
    "FE105.process_name": {
        "en": "a process name consists of small letters, digits and single hyphens: sales-order",
        "zh": "流程名称只用小写字母、数字与单个连字符，例如 sales-order",
    },
    "FE105.locked_path": {
        "en": "write the way to what is locked, names with dots between: stages.review.needs.credit_good",
        "zh": "请写出通向锁定内容的路径，名称之间用点号：stages.review.needs.credit_good",
    },
    "FE105.base_process": {
        "en": "write the name of a process, with its version behind `@`: sales-order@2026.1",
        "zh": "请写流程名称，版本写在 `@` 之后：sales-order@2026.1",
    },
    "FE105.doer": {
        "en": "write a role, `creator`, a field of type `person`, or who did a need: packed.by",
        "zh": "请写角色、`creator`、类型为 `person` 的字段，或办理某要求的人，例如 packed.by",
    },
    "FE105.who": {
        "en": "write a role, `creator`, a field of type `person`, the owner of a stage: production.owner, or who did a need: packed.by",
        "zh": "请写角色、`creator`、类型为 `person` 的字段、某阶段的负责人（例如 production.owner），或办理某要求的人（例如 packed.by）",
    },
    "FE105.moment": {
        "en": "write what has happened: quality.late, order_review.done, or a bare name for its natural end",
        "zh": "请写发生的事：quality.late、order_review.done，或只写名称表示其自然结束",
    },
    "FE105.point": {
        "en": "write a moment or a date field, with or without a length of time: promised_date - 1d",
        "zh": "请写时刻或日期字段，可加减时长：promised_date - 1d",
    },
    "FE105.duration": {
        "en": "write a length of time, at least a minute and at most ten years: 30m, 48h, 3d or 1d 12h",
        "zh": "请写时长，最短一分钟，最长十年：30m、48h、3d 或 1d 12h",
    },
    "FE105.condition": {
        "en": "write a condition: amount > 50000",
        "zh": "请写条件，例如 amount > 50000",
    },
    "FE105.order_number": {
        "en": 'use text with {{yyyy}} {{yy}} {{mm}} {{dd}} and {{serial:N}}: "{{yyyy}}{{mm}}-{{serial:3}}"',
        "zh": '请用文字加 {{yyyy}} {{yy}} {{mm}} {{dd}} 与 {{serial:N}}，例如 "{{yyyy}}{{mm}}-{{serial:3}}"',
    },
    "FE105.currency": {
        "en": "write the three-letter code: CNY, USD, EUR",
        "zh": "请写三位币种代码：CNY、USD、EUR",
    },
    "FE105.instant": {
        "en": "write a day and a time: 2026-02-12 16:00",
        "zh": "请写日期与时间：2026-02-12 16:00",
    },
    "FE105.column_in_time": {
        "en": "a column of the rows cannot stand for a time; write the time itself, and a scenario for each time",
        "zh": "时间不能写成 `rows` 的列；请直接写出时间，每个时间各写一个情景",
    },
    "FE105.no_such_instant": {
        "en": "there is no such day or time; write it like 2026-02-12 16:00",
        "zh": "没有这个日期或时间；请写成 2026-02-12 16:00 的样子",
    },
    "FE105.rule": {"en": "write the number of a rule: R07", "zh": "请写规则编号：R07"},
    "FE106": {
        "en": "one of these belongs here: {options}",
        "zh": "请在以下各项中写一项：{options}",
    },
    "FE106.none": {"en": "none is given: add one", "zh": "一项也没有写，请补上一项"},
    "FE106.several": {"en": "given: {given}; keep one", "zh": "现有：{given}；请只保留一项"},
    "FE107": {"en": "{word} is too small: at least {least}", "zh": "{word} 太小，至少为 {least}"},
    "FE107.hint": {"en": "write {least} or more", "zh": "请写 {least} 或更大的数"},
    "FE108": {"en": "this is empty", "zh": "此处为空"},
    "FE108.hint": {"en": "write at least one entry, or remove the key", "zh": "请至少写一项，或删去这个键"},
    "FE109": {"en": "this must be {wanted}, not {word}", "zh": "此处必须是 {wanted}，而不是 {word}"},
    "FE109.hint": {
        "en": "this engine reads version {wanted} of the language",
        "zh": "本引擎只识别语言版本 {wanted}",
    },
    "FE110": {
        "en": "“{word}” is {length} characters long, at most {limit} are allowed",
        "zh": "“{word}”长达 {length} 个字符，最多 {limit} 个",
    },
    "FE110.hint": {
        "en": "choose a short name; what people see is the `title`",
        "zh": "请起一个短名称；给人看的文字写在 `title` 里",
    },
    "FE109.quoted": {"en": "write it without quotes: {wanted}", "zh": "请去掉引号：{wanted}"},
}
