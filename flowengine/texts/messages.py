"""Messages: the words around what is told, and what is wrong where messages are written (FE61x)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "message.subject": {"en": "{number}: {about}", "zh": "{number}：{about}"},
    "message.text": {
        "en": "Order {number} ({process}), {stage}: {about}.",
        "zh": "订单 {number}（{process}），{stage}：{about}。",
    },
    "message.reason": {"en": "Reason: {reason}", "zh": "原因：{reason}"},
    "message.due": {"en": "It was due {due}.", "zh": "期限为 {due}。"},
    "message.due_soon": {"en": "It is due {due}.", "zh": "将于 {due} 到期。"},
    "FE610": {"en": "the template of the message cannot be read", "zh": "消息模板无法读取"},
    "FE610.hint": {
        "en": "a value is written `{{{{ NAME }}}}`; what depends on one `{{% if NAME %}} … {{% endif %}}`; rows of a list `{{% for row in LIST %}} {{{{ row.COLUMN }}}} {{% endfor %}}`",
        "zh": "值写作 `{{{{ NAME }}}}`；取决于某值的文字写作 `{{% if NAME %}} … {{% endif %}}`；列表的各行写作 `{{% for row in LIST %}} {{{{ row.COLUMN }}}} {{% endfor %}}`",
    },
    "FE611": {"en": "this is not possible in a message", "zh": "消息中不能这样写"},
    "FE611.hint": {
        "en": "a message shows values, asks whether there is one, and goes through the rows of one list; what is to be worked out belongs in a field with `value`",
        "zh": "消息只能显示值、判断有没有值、逐行列出一个列表；需要计算的内容请写成带 `value` 的字段",
    },
    "FE612": {"en": "“{word}” is nothing that a message could show", "zh": "消息中无法显示“{word}”"},
    "FE785": {
        "en": "“{found}” has wide braces: it would be sent as it stands",
        "zh": "“{found}”用了全角花括号，会原样发出",
    },
    "FE785.hint": {"en": "write {wanted}", "zh": "请写成 {wanted}"},
    "FE613": {"en": "there is no message “{word}”", "zh": "没有“{word}”这条消息"},
    "FE614": {"en": "nobody sends the message “{message}”", "zh": "消息“{message}”没有在任何地方发送"},
    "FE614.hint": {
        "en": "name it beside `notify`: `message: {message}`; or remove it",
        "zh": "请在 `notify` 处写上 `message: {message}`，或删去它",
    },
    "FE615": {
        "en": "`message` has a meaning only beside `notify`",
        "zh": "`message` 只有与 `notify` 同写才有意义",
    },
    "FE615.hint": {"en": "remove it, or say who is told", "zh": "请删去它，或写明通知谁"},
    "FE616": {
        "en": "“{role}” does not always see “{field}”, which stands in “{message}”: then they read a dash",
        "zh": "“{role}”不一定看得到“{message}”中的“{field}”，看不到时显示为短横线",
    },
    "FE616.hint": {
        "en": "leave the value out, or let the role see it: `sees`",
        "zh": "请去掉该值，或在 `sees` 中让该角色看到它",
    },
    "FE617": {
        "en": "a message cannot do “{word}” with a value",
        "zh": "消息中不能对值使用“{word}”",
    },
    "FE618": {
        "en": "the text of a message has at most {most} characters",
        "zh": "消息文字最多 {most} 个字符",
    },
    "FE618.hint": {"en": "shorten it", "zh": "请缩短"},
    "FE649": {
        "en": "too much in this message stands one inside the other",
        "zh": "该消息的嵌套层次过多",
    },
    "FE649.hint": {
        "en": "let conditions follow one another, and leave brackets away",
        "zh": "请将条件依次写出，不要层层嵌套，并去掉多余的括号",
    },
    "FE619": {"en": "“{word}” is no list with rows", "zh": "“{word}”不是有多行的列表"},
}
