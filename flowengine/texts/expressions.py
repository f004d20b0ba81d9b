"""Findings about expressions (FE301 to FE329), the words for kinds, and how an evaluation fails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "FE301": {"en": "the expression is empty", "zh": "表达式为空"},
    "FE301.hint": {
        "en": "write a condition such as `amount > 50000`, or leave the key out",
        "zh": "请写条件，例如 `amount > 50000`；不需要就删去这个键",
    },
    "FE302": {
        "en": "the expression is {length} characters long; {limit} are allowed",
        "zh": "表达式长达 {length} 个字符，最多允许 {limit} 个",
    },
    "FE302.hint": {
        "en": "divide it: several rows or several needs are easier to read and to explain",
        "zh": "请拆成几条：多行条件或多个要求更容易看懂，也更容易说明原因",
    },
    "FE303": {
        "en": "the expression is nested more than {limit} levels deep",
        "zh": "表达式嵌套超过 {limit} 层",
    },
    "FE303.hint": {
        "en": "take brackets and repeated signs out, or divide it into several rows",
        "zh": "请去掉多余的括号和符号，或拆成几条",
    },
    "FE304": {"en": "“{found}” cannot stand in an expression", "zh": "表达式中不能写“{found}”"},
    "FE304.hint": {
        "en": "an expression is made of names, values and the words `and or not in`",
        "zh": "表达式由名称、值以及 `and or not in` 组成",
    },
    "FE304.hint.backslash": {
        "en": "leave the backslash out: texts are taken as they are written",
        "zh": "请去掉反斜杠：文字按所写的原样处理",
    },
    "FE304.hint.comment": {
        "en": "put comments on a YAML line of their own",
        "zh": "注释请另起一行写在 YAML 里",
    },
    "FE304.hint.name": {
        "en": "names consist of the letters a to z, digits and _; put texts in quotes",
        "zh": "名称只含字母 a 到 z、数字和 _；文字请加引号",
    },
    "FE304.hint.space": {"en": "write an ordinary space", "zh": "请改为普通空格"},
    "FE305": {"en": "the text {found} is not closed on its line", "zh": "文字 {found} 没有在同一行结束"},
    "FE305.hint": {"en": "close it with the quote with which it begins", "zh": "请用开头的那种引号结束"},
    "FE306": {"en": "“{found}” is not a number", "zh": "“{found}”不是数字"},
    "FE306.hint": {"en": "write digits only, such as 50000 or 0.5", "zh": "只写数字，例如 50000 或 0.5"},
    "FE306.hint.duration": {
        "en": "write a length of time in quotes: `'{found}'`",
        "zh": "时长请加引号：`'{found}'`",
    },
    "FE306.hint.working": {
        "en": "a condition knows no working time: write elapsed time in quotes, as in `'48h'` or `'2d'`",
        "zh": "条件里没有工作时间：请写实际经过的时间并加引号，例如 `'48h'` 或 `'2d'`",
    },
    "FE306.hint.zeros": {
        "en": "leave out the zeros at the front; a code that begins with 0 is a text: put it in quotes",
        "zh": "请去掉开头的 0；以 0 开头的编码是文字，请加引号",
    },
    "FE307": {"en": "the expression cannot be understood at “{found}”", "zh": "从“{found}”起无法理解"},
    "FE307.hint": {
        "en": "is an `and`, an `or` or a comparison missing before it?",
        "zh": "前面是否少了 `and`、`or` 或比较符号？",
    },
    "FE307.hint.end": {"en": "something is missing after “{found}”", "zh": "“{found}”之后还缺内容"},
    "FE308": {"en": "the bracket “{found}” has no partner", "zh": "括号“{found}”不成对"},
    "FE308.hint": {
        "en": "close every bracket that is opened, in the order opened",
        "zh": "每个括号都要依次配对",
    },
    "FE309": {
        "en": "“{found}” is not allowed: an expression has no {what}",
        "zh": "不能写“{found}”：表达式不支持{what}",
    },
    "FE309.hint.choice": {
        "en": "alternatives stand after `in`, as in `grade in 'A' | 'B'`; conditions are joined with `or`",
        "zh": "多个取值写在 `in` 之后，例如 `grade in 'A' | 'B'`；条件之间用 `or`",
    },
    "FE310": {
        "en": "“{word}” is not a field or moment of this process",
        "zh": "本流程没有“{word}”这个字段或时刻",
    },
    "FE310.hint.now": {
        "en": "a condition does not know the time; `due` says until when, `happened(STAGE.late)` whether it is over",
        "zh": "条件不知道当前时间；期限写在 `due` 里，是否已过期用 `happened(阶段.late)` 判断",
    },
    "FE310.hint.quotes": {
        "en": "if it is a text, put it in quotes: `{wanted}`",
        "zh": "如果是文字，请加引号：`{wanted}`",
    },
    "FE311": {"en": "there is no function “{word}”", "zh": "没有“{word}”这个函数"},
    "FE312": {"en": "`{word}` takes exactly one thing in its brackets", "zh": "`{word}` 的括号里只能写一项"},
    "FE312.hint.has": {
        "en": "write it as `has(supplier_date)`: the name of a field or a moment",
        "zh": "写成 `has(supplier_date)`：括号里是字段或时刻的名称",
    },
    "FE312.hint.happened": {
        "en": "write it as `happened(production.entered)`: the name of a moment",
        "zh": "写成 `happened(production.entered)`：括号里是时刻的名称",
    },
    "FE312.hint.count": {
        "en": "write it as `count(quality.failed)` or `count(items)`: a moment or a list",
        "zh": "写成 `count(quality.failed)` 或 `count(items)`：括号里是时刻或列表",
    },
    "FE312.hint.sum": {
        "en": "write it as `sum(items.quantity)`: a column of numbers",
        "zh": "写成 `sum(items.quantity)`：括号里是列表的数字列",
    },
    "FE312.hint.average": {
        "en": "write it as `average(items.price)`: a column of numbers",
        "zh": "写成 `average(items.price)`：括号里是列表的数字列",
    },
    "FE312.hint.within": {
        "en": "within `any` and `all` no list is asked again: let a field with `value` hold the result",
        "zh": "在 `any` 与 `all` 里不能再对列表求值：请用带 `value` 的字段存放结果",
    },
    "FE312.hint.late": {
        "en": "write it as `late(review)`: the name of a stage",
        "zh": "写成 `late(review)`：括号里是阶段的名称",
    },
    "FE312.hint.duration": {
        "en": "write it as `duration(review)`: the name of a stage; a duration itself is written `'2h'`",
        "zh": "写成 `duration(review)`：括号里是阶段的名称；时长本身写成 `'2h'`",
    },
    "FE312.hint.days": {
        "en": "write it as `days(promised_date - order.created)`: a length of time",
        "zh": "写成 `days(promised_date - order.created)`：括号里是一段时长",
    },
    "FE312.hint.any": {
        "en": "write it as `any(items.quantity > 10)`: a condition on the rows of a list",
        "zh": "写成 `any(items.quantity > 10)`：括号里是对列表各行的条件",
    },
    "FE312.hint.all": {
        "en": "write it as `all(items.quantity > 10)`: a condition on the rows of a list",
        "zh": "写成 `all(items.quantity > 10)`：括号里是对列表各行的条件",
    },
    "FE313": {
        "en": "`{word}` cannot be asked of “{found}”, which is {kind}",
        "zh": "`{word}` 不能用于“{found}”，它是{kind}",
    },
    "FE313.hint.has": {
        "en": "whether a field has a value is asked with `has({found})`",
        "zh": "判断字段是否有值，请写 `has({found})`",
    },
    "FE314": {
        "en": "“{left}” is {left_kind} and “{right}” is {right_kind}: they do not compare",
        "zh": "“{left}”是{left_kind}，“{right}”是{right_kind}，两者不能比较",
    },
    "FE314.hint.list": {
        "en": "ask for the number of rows with `count(…)`, for a row with `any(…)`",
        "zh": "行数用 `count(…)`，某一行用 `any(…)`",
    },
    "FE314.hint.duration": {
        "en": "a length of time is written in quotes, as in `'2h'` or `'1d 12h'`; `days(…)` gives its days",
        "zh": "时长请加引号书写，例如 `'2h'` 或 `'1d 12h'`；要得到天数请用 `days(…)`",
    },
    "FE315": {
        "en": "“{found}” is {kind}, which has no order: `{operator}` says nothing",
        "zh": "“{found}”是{kind}，没有大小之分，不能用 `{operator}`",
    },
    "FE315.hint": {"en": "use `==`, `!=` or `in`", "zh": "请用 `==`、`!=` 或 `in`"},
    "FE316": {"en": "“{word}” is not a choice of `{field}`", "zh": "“{word}”不是 `{field}` 的可选值"},
    "FE317": {
        "en": "{found} is compared with a date but is not a date",
        "zh": "{found} 与日期比较，但它不是日期",
    },
    "FE317.hint": {"en": "write the day as `'2026-02-28'`", "zh": "日期请写成 `'2026-02-28'`"},
    "FE318": {
        "en": "“{found}” is {kind} and cannot be calculated with like this",
        "zh": "“{found}”是{kind}，不能这样计算",
    },
    "FE318.hint.text": {
        "en": "texts cannot be put together here; if it is a number, write it without quotes or declare the field as one",
        "zh": "这里不能拼接文字；如果是数字，请去掉引号，或把字段声明为数字",
    },
    "FE318.hint.time": {
        "en": "one point in time less another is a length of time, and such a length can be added to either: "
        "`… + '2d'`; `days(…)` gives its days",
        "zh": "两个时间相减得到时长，时间与时长、时长与时长可以加减：`… + '2d'`；用 `days(…)` 得到天数",
    },
    "FE319": {
        "en": "“{found}” is {kind}, not a condition that holds or does not",
        "zh": "“{found}”是{kind}，不是可以判断成立与否的条件",
    },
    "FE319.hint.number": {"en": "compare it, as in `{found} > 0`", "zh": "请写成比较，例如 `{found} > 0`"},
    "FE319.hint.text": {
        "en": "compare it, as in `{found} == '…'`, or ask `has({found})`",
        "zh": "请写成比较，例如 `{found} == '…'`，或用 `has({found})`",
    },
    "FE319.hint.list": {
        "en": "ask how many there are: `count({found}) > 0`",
        "zh": "请判断行数：`count({found}) > 0`",
    },
    "FE319.hint.moment": {"en": "write `happened({found})`", "zh": "请写 `happened({found})`"},
    "FE319.hint.time": {
        "en": "compare it with another date, or ask `has({found})`",
        "zh": "请与另一个日期比较，或用 `has({found})`",
    },
    "FE319.hint.duration": {
        "en": "compare it, as in `{found} > '2h'`",
        "zh": "请写成比较，例如 `{found} > '2h'`",
    },
    "FE320": {
        "en": "“{found}” is {kind}; {wanted} is needed here",
        "zh": "“{found}”是{kind}，此处需要{wanted}",
    },
    "FE321": {"en": "`{name}` may have no value here", "zh": "`{name}` 在此处可能没有值"},
    "FE321.hint": {
        "en": "write `has({name}) and …` before it, or make the field required or give it a default",
        "zh": "请在前面写 `has({name}) and …`，或将该字段设为必填或给出默认值",
    },
    "FE321.hint.column": {
        "en": "make the column required; within `any` and `all` you can write `has({name}) and …` before it",
        "zh": "请将该列设为必填；在 `any` 与 `all` 里也可在前面写 `has({name}) and …`",
    },
    "FE321.hint.moment": {
        "en": "write `happened({name}) and …` before it",
        "zh": "请在前面写 `happened({name}) and …`",
    },
    "FE322": {"en": "“{found}” divides by zero", "zh": "“{found}”的除数为零"},
    "FE322.hint": {"en": "write the number that is meant", "zh": "请写实际的除数"},
    "FE323": {"en": "an expression has no “{found}”", "zh": "表达式中没有“{found}”"},
    "FE323.hint": {
        "en": "whether there is a value is asked with `has(…)`, the opposite with `not has(…)`",
        "zh": "判断是否有值请用 `has(…)`，没有值用 `not has(…)`",
    },
    "FE324": {"en": "“{found}” after `in` is not a list of values", "zh": "`in` 之后的“{found}”不是一组值"},
    "FE324.hint": {
        "en": "write the values out: `in 'A' | 'B'` or `in ['A', 'B']`",
        "zh": "请直接列出值：`in 'A' | 'B'` 或 `in ['A', 'B']`",
    },
    "FE324.hint.lone": {
        "en": "one value is compared with `==`, several are written `'A' | 'B'`",
        "zh": "只有一个值时用 `==`，多个值写成 `'A' | 'B'`",
    },
    "FE324.hint.quotes": {"en": "put texts in quotes: `'{found}'`", "zh": "文字请加引号：`'{found}'`"},
    "FE325": {"en": "“{found}” has more than {limit} digits", "zh": "“{found}”超过 {limit} 位数字"},
    "FE325.hint": {
        "en": "if it is a number as on a card or a waybill, it is a text: put it in quotes",
        "zh": "如果是卡号、单号之类，它是文字，请加引号",
    },
    "FE326": {
        "en": "“{word}” is not one value: it belongs to the rows of `{rows}`",
        "zh": "“{word}”不是单个值，它属于列表 `{rows}` 的各行",
    },
    "FE326.hint.rows": {
        "en": "ask all rows together: `sum({rows}.{word})`, `any({rows}.{word} …)`",
        "zh": "请对所有行一起判断：`sum({rows}.{word})`、`any({rows}.{word} …)`",
    },
    "FE327": {
        "en": "`{word}` asks the rows of exactly one list; “{found}” does not name one",
        "zh": "`{word}` 只针对一个列表的各行；“{found}”不符合",
    },
    "FE327.hint": {
        "en": "write it as `{word}(items.quantity > 10)`",
        "zh": "写成 `{word}(items.quantity > 10)`",
    },
    "FE328": {
        "en": "the text {found} is not between one pair of quotes",
        "zh": "文字 {found} 不在一对引号之内",
    },
    "FE328.hint": {
        "en": "write one text as `'…'`, and several after `in` as `'A' | 'B'`",
        "zh": "一段文字写成 `'…'`；多个取值在 `in` 之后写成 `'A' | 'B'`",
    },
    "FE329": {"en": "`{rows}` has no column “{word}”", "zh": "`{rows}` 没有“{word}”这一列"},
    "FE330": {
        "en": "“{left}” is in {left_currency} and “{right}” in {right_currency}",
        "zh": "“{left}”的币种是 {left_currency}，而“{right}”是 {right_currency}",
    },
    "FE330.hint": {
        "en": "amounts of two currencies neither compare nor add up: keep a field with the converted amount",
        "zh": "不同币种的金额不能比较，也不能加减：请另设字段存放换算后的金额",
    },
    "FE331": {
        "en": "{found} stands beside a length of time but is none",
        "zh": "{found} 与时长一起使用，但它不是时长",
    },
    "FE331.hint": {
        "en": "write it as `'30m'`, `'2h'`, `'3d'` or `'1d 12h'`",
        "zh": "请写成 `'30m'`、`'2h'`、`'3d'` 或 `'1d 12h'`",
    },
    "FE332": {
        "en": "{found} is no whole number of days, and a date knows no hours",
        "zh": "{found} 不是整天，而日期没有小时",
    },
    "FE332.hint": {
        "en": "write whole days, as in `'2d'`, or let the field hold the time as well",
        "zh": "请写整天，例如 `'2d'`，或让该字段同时记录时间",
    },
    "FE333": {"en": "“{found}” holds for every order", "zh": "“{found}”对所有订单都成立"},
    "FE333.hint": {
        "en": "leave the condition out, or compare with what was meant",
        "zh": "请去掉该条件，或改为真正想比较的内容",
    },
    "FE334": {"en": "“{found}” holds for no order", "zh": "“{found}”对任何订单都不成立"},
    "FE334.hint": {
        "en": "look at the values and at `and`: should one of them be an `or`?",
        "zh": "请检查其中的值与 `and`：是否应为 `or`？",
    },
    "expression.hint.write": {"en": "write `{wanted}`", "zh": "请写 `{wanted}`"},
    "expression.missing": {
        "en": "“{part}” cannot be evaluated: `{name}` has no value ({values})",
        "zh": "“{part}”无法判断：`{name}` 没有值（{values}）",
    },
    "expression.kind": {
        "en": "“{part}” cannot be evaluated: `{name}` should be {kind} but is of type {type} ({values})",
        "zh": "“{part}”无法判断：`{name}` 应为{kind}，实际类型是 {type}（{values}）",
    },
    "expression.zero": {
        "en": "“{part}” cannot be evaluated: it divides by zero ({values})",
        "zh": "“{part}”无法计算：除数为零（{values}）",
    },
    "expression.no_rows": {
        "en": "“{part}” cannot be evaluated: there are no rows to average ({values})",
        "zh": "“{part}”无法计算：没有行可求平均（{values}）",
    },
    "expression.failed": {
        "en": "“{part}” cannot be evaluated: {error} ({values})",
        "zh": "“{part}”无法判断：{error}（{values}）",
    },
    "expression.no_condition": {
        "en": "“{part}” is {kind}, not a condition that holds or does not ({values})",
        "zh": "“{part}”是{kind}，不是可以判断成立与否的条件（{values}）",
    },
    "expression.no_value": {"en": "no value", "zh": "无值"},
    "expression.rows": {"en": "{number} rows", "zh": "{number} 行"},
    "value.text": {"en": "a text", "zh": "文字"},
    "value.integer": {"en": "a whole number", "zh": "整数"},
    "value.decimal": {"en": "a number", "zh": "数字"},
    "value.money": {"en": "an amount of money", "zh": "金额"},
    "value.boolean": {"en": "true or false", "zh": "是/否值"},
    "value.date": {"en": "a date", "zh": "日期"},
    "value.datetime": {"en": "a date with a time", "zh": "日期时间"},
    "value.choice": {"en": "a choice", "zh": "选项"},
    "value.list": {"en": "a list", "zh": "列表"},
    "value.person": {"en": "a person", "zh": "人员"},
    "value.duration": {"en": "a length of time", "zh": "时长"},
    "value.moment": {"en": "a moment", "zh": "时刻"},
    "value.other": {"en": "not such a name", "zh": "其他内容"},
    "construct.attribute": {"en": "attributes", "zh": "对值再取属性"},
    "construct.call": {"en": "calls of anything but a named function", "zh": "对函数名以外内容的调用"},
    "construct.chain": {
        "en": "chains with `in`; write `and` between the comparisons",
        "zh": "含 `in` 的连续比较，请用 `and` 连接各个比较",
    },
    "construct.identity": {
        "en": "`is`; compare with `==`, or ask `has(…)`",
        "zh": "`is`，请用 `==` 比较，或用 `has(…)`",
    },
    "construct.if": {"en": "`if … else`; write rows with `when`", "zh": "`if … else`，请写多行 `when`"},
    "construct.list": {"en": "lists except after `in`", "zh": "`in` 之后以外的列表"},
    "construct.loop": {
        "en": "loops; ask the rows of a list with `any(…)`, `all(…)`, `sum(…)`",
        "zh": "循环，请用 `any(…)`、`all(…)`、`sum(…)` 判断列表各行",
    },
    "construct.method": {"en": "methods", "zh": "方法调用"},
    "construct.operator": {
        "en": "such operator; there are `+ - * /`",
        "zh": "这种运算符，可用的是 `+ - * /`",
    },
    "construct.other": {"en": "such part", "zh": "这种写法"},
    "construct.subscript": {"en": "access by position or key", "zh": "按位置或键取值"},
    "construct.template": {"en": "texts with placeholders", "zh": "含占位符的文字"},
}
