"""Findings about a file before its words are looked at (FE001-FE030): size, encoding, YAML, keys, numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "FE001": {
        "en": "the file is too large: {size} MiB, at most {limit} MiB",
        "zh": "文件过大：{size} MiB，最多 {limit} MiB",
    },
    "FE001.hint": {
        "en": "is this the right file? a process is a few hundred lines; keep long texts and lists outside it",
        "zh": "是否选错了文件？一个流程只有几百行；较长的文本和清单请放在流程文件之外",
    },
    "FE002": {
        "en": "the file is not saved as UTF-8, but holds {found}",
        "zh": "文件不是以 UTF-8 保存的，其中有 {found}",
    },
    "FE002.hint": {
        "en": "save it again as UTF-8: in Excel and Notepad under “Save as”, “Encoding”",
        "zh": "请另存为 UTF-8：在记事本或 Excel 的“另存为”中选择“编码”",
    },
    "FE003": {
        "en": "an invisible character stands here: {character}",
        "zh": "此处有一个看不见的字符：{character}",
    },
    "FE003.hint": {
        "en": "delete it and type the text again; such characters come along when text is copied",
        "zh": "请删除后重新输入；这类字符通常是复制文本时带进来的",
    },
    "FE004": {"en": "the file is empty", "zh": "文件是空的"},
    "FE004.hint": {
        "en": "begin with `flowengine: 1` and the name of the process, `process: sales-order`",
        "zh": "请从 `flowengine: 1` 和流程名称 `process: sales-order` 开始写",
    },
    "FE005": {
        "en": "the file must consist of lines `key: value`, but it is {found}",
        "zh": "文件必须由 `键: 值` 组成，这里却是{found}",
    },
    "FE005.hint": {
        "en": "write `key: value`, with a space after each colon, and nothing before the first key",
        "zh": "请写成 `键: 值`，冒号后要有空格，第一个键之前不要写其他内容",
    },
    "FE005.list": {"en": "a list", "zh": "一个列表"},
    "FE005.text": {"en": "a single text", "zh": "一段文字"},
    "FE006": {
        "en": "a second document begins here; a file holds one",
        "zh": "从这里开始是第二份文档，一个文件只能有一份",
    },
    "FE006.hint": {
        "en": "delete the line `---` or `...`, or move what follows to a file of its own",
        "zh": "请删除 `---` 或 `...` 这一行，或将后面的内容移到另一个文件",
    },
    "FE007": {
        "en": "maps and lists stand in each other more than {limit} deep",
        "zh": "映射和列表嵌套超过 {limit} 层",
    },
    "FE007.hint": {"en": "is a bracket not closed?", "zh": "是否有括号没有闭合？"},
    "FE008": {
        "en": "the file holds more than {limit} {what}, aliases counted as what they stand for",
        "zh": "文件中的{what}超过 {limit} 个（别名按展开后计算）",
    },
    "FE008.hint": {
        "en": "split the file, or write out what the aliases stand for",
        "zh": "请拆分文件，或不用别名，直接写出内容",
    },
    "FE008.values": {"en": "values", "zh": "值"},
    "FE008.anchors": {
        "en": "anchors (`&name`) or aliases (`*name`)",
        "zh": "锚点（`&name`）或别名（`*name`）",
    },
    "FE009": {"en": "this line has no `key: value`: {shown}", "zh": "这一行不是 `键: 值`：{shown}"},
    "FE009.hint": {
        "en": "write a key, a colon and a space before the value; a text of several lines needs quotes",
        "zh": "请在值前面写上键、冒号和空格；跨多行的文本要加引号",
    },
    "FE009.space": {"en": "put a space after the colon: {fixed}", "zh": "冒号后面要有空格：{fixed}"},
    "FE010": {
        "en": "`*{word}` stands for an anchor `&{word}`, but there is none above it",
        "zh": "`*{word}` 引用的锚点 `&{word}` 在它之前并不存在",
    },
    "FE010.hint": {
        "en": 'if it is a text, put it in quotes: "*{word}"',
        "zh": '如果是普通文本，请加引号："*{word}"',
    },
    "FE011": {
        "en": "`*{word}` stands inside what it stands for",
        "zh": "`*{word}` 出现在它自己所代表的内容里",
    },
    "FE011.hint": {"en": "write out what is meant here", "zh": "请直接写出这里要表达的内容"},
    "FE012": {
        "en": "inside brackets this text falls apart: {shown}",
        "zh": "括号里的这段文本被拆开了：{shown}",
    },
    "FE012.hint": {
        "en": 'put a text that holds , [ ] {{ }} or a colon and a space in quotes: {{else: "a, b [c]"}}',
        "zh": '含有 , [ ] {{ }} 或“冒号加空格”的文本要加引号：{{else: "a, b [c]"}}',
    },
    "FE013": {
        "en": "`<<` (merging another map) is not part of the language",
        "zh": "本语言不支持 `<<`（合并另一个映射）",
    },
    "FE013.hint": {
        "en": "write the keys out",
        "zh": "请直接写出各个键",
    },
    "FE014": {
        "en": "the tag `{tag}` is refused: a file holds values, never instructions",
        "zh": "不允许使用标签 `{tag}`：文件里只能有值，不能有指令",
    },
    "FE014.hint": {
        "en": "delete it; if it is the beginning of a text, put the text in quotes",
        "zh": "请删除；如果它是文本的开头，请给文本加引号",
    },
    "FE015": {
        "en": "a line that begins with % gives an instruction to the parser, and is refused",
        "zh": "以 % 开头的行是给解析器的指令，不允许使用",
    },
    "FE015.hint": {"en": "delete the line", "zh": "请删除这一行"},
    "FE016": {
        "en": "“{word}” stands twice, on lines {first} and {again}",
        "zh": "“{word}”重复出现：第 {first} 行和第 {again} 行",
    },
    "FE016.hint": {"en": "keep one of the two, or rename the other", "zh": "请保留其中一个，或将另一个改名"},
    "FE017": {
        "en": "a key must be a text, but “{word}” is a number, true, false or nothing",
        "zh": "键必须是文本，而“{word}”是数字、真假值或空值",
    },
    "FE017.hint": {"en": "put it in quotes, or write a name", "zh": "请加引号，或改成名称"},
    "FE017.empty": {
        "en": "write the name that is missing before the colon",
        "zh": "请在冒号前补上缺少的名称",
    },
    "FE018": {
        "en": "a key must be a single text; here it is a list, a map, an alias or a text of several lines",
        "zh": "键必须是一段单独的文本，这里却是列表、映射、别名或多行文本",
    },
    "FE018.hint": {
        "en": "if this is a text that begins with a bracket, such as {{{{ number }}}}, put the whole text in quotes",
        "zh": "如果这是以括号开头的文本，例如 {{{{ number }}}}，请给整段文本加引号",
    },
    "FE019": {"en": "this text is longer than {limit} characters", "zh": "这段文本超过 {limit} 个字符"},
    "FE019.key": {
        "en": "shorten the key; is a quote or a line break missing?",
        "zh": "请缩短键名；是否漏了引号或换行？",
    },
    "FE019.text": {
        "en": "is a quote not closed? keep long texts outside the process file",
        "zh": "是否有引号没有闭合？较长的文本请放在流程文件之外",
    },
    "FE020": {
        "en": "the number {word} is too long: at most {limit} digits, written out",
        "zh": "数字 {word} 过长：完整写出时最多 {limit} 位",
    },
    "FE020.hint": {
        "en": "if it is a number of something, such as a card or an invoice, put it in quotes",
        "zh": "如果它是编号（例如卡号、发票号），请加引号",
    },
    "FE021": {
        "en": "{word} is read as text here, but as a number by editors and other tools",
        "zh": "{word} 在这里按文本读取，但编辑器和其他工具会把它读成数字",
    },
    "FE021.hint": {"en": 'put it in quotes: "{word}"', "zh": '请加引号："{word}"'},
    "FE022": {"en": "“{word}” stands here without a value: {shown}", "zh": "“{word}”没有对应的值：{shown}"},
    "FE022.hint": {
        "en": 'part of a text? put the whole text in quotes: {{check: "a, b"}}; a key? write `: value` after it',
        "zh": '属于一段文本？请给整段文本加引号：{{check: "a, b"}}；是键？请在后面写 `: 值`',
    },
    "FE022.space": {
        "en": "put a space after the colon, or the whole text in quotes",
        "zh": "冒号后面要有空格，或给整段文本加引号",
    },
    "FE023": {
        "en": "a tab stands here; lines are indented with spaces",
        "zh": "此处有制表符；缩进只能用空格",
    },
    "FE023.hint": {
        "en": "replace the tab by spaces, two for each level",
        "zh": "请将制表符换成空格，每层两个",
    },
    "FE024": {
        "en": "a text without quotes must not hold a colon and a space: {shown}",
        "zh": "没有引号的文本里不能有“冒号加空格”：{shown}",
    },
    "FE024.hint": {"en": "put the text in quotes: {fixed}", "zh": "请给文本加引号：{fixed}"},
    "FE025": {"en": "the quote that opens here is never closed", "zh": "从这里开始的引号没有闭合"},
    "FE025.hint": {
        "en": "close it at the end of the text; inside single quotes an apostrophe is written twice",
        "zh": "请在文本末尾补上引号；单引号文本中的撇号要写两次",
    },
    "FE026": {
        "en": "the bracket that opens here is not closed as it should be",
        "zh": "从这里开始的括号没有正确闭合",
    },
    "FE026.hint": {
        "en": "[ needs ] and {{ needs }}; a text that holds brackets needs quotes",
        "zh": "[ 对应 ]，{{ 对应 }}；含有括号的文本要加引号",
    },
    "FE027": {
        "en": "something follows here although the value has ended: {shown}",
        "zh": "值已经结束，后面却还有内容：{shown}",
    },
    "FE027.hint": {
        "en": "put the whole text in one pair of quotes, or look for a quote or bracket above that is not closed",
        "zh": "请用一对引号括住整段文本，或检查上面是否有引号、括号没有闭合",
    },
    "FE027.apostrophe": {
        "en": "put the whole text in double quotes, or write an apostrophe inside single quotes twice",
        "zh": "请用双引号括住整段文本，或将单引号文本中的撇号写两次",
    },
    "FE028": {
        "en": "this line is indented so that it belongs to nothing: {shown}",
        "zh": "这一行的缩进对不上任何一层：{shown}",
    },
    "FE028.hint": {
        "en": "begin it in the same column as the keys or dashes that it belongs with",
        "zh": "请与同一层的键或短横线对齐",
    },
    "FE030": {
        "en": "“{found}” is full-width; {wanted} belongs here",
        "zh": "“{found}”是全角字符，此处应为半角的 {wanted}",
    },
    "FE030.hint": {
        "en": "switch the keyboard to half-width characters and type {wanted}",
        "zh": "请切换到英文输入法，输入 {wanted}",
    },
    "FE030.space": {"en": "an ordinary space", "zh": "普通空格"},
    "FE029": {"en": "this is not valid YAML: {problem}", "zh": "这里不是有效的 YAML：{problem}"},
    "FE029.hint": {"en": "if it is a text, put it in quotes", "zh": "如果是文本，请加引号"},
    "FE029.unknown": {"en": "nobody can tell what is meant", "zh": "看不出这里想表达什么"},
    "FE029.backslash": {
        "en": "a backslash in double quotes stands for something else",
        "zh": "双引号文本中的反斜杠有特殊含义",
    },
    "FE029.begins": {
        "en": "a text without quotes cannot begin like this",
        "zh": "没有引号的文本不能这样开头",
    },
    "FE029.dash": {"en": "a list cannot begin behind its key", "zh": "列表不能从键的后面开始"},
    "FE029.escape": {
        "en": "inside double quotes a backslash is written twice; or use single quotes",
        "zh": "双引号文本中的反斜杠要写两次，或改用单引号",
    },
    "FE029.start": {
        "en": "a text that begins with {character} needs quotes",
        "zh": "以 {character} 开头的文本要加引号",
    },
    "FE029.list": {
        "en": "begin the list on a line of its own, or write [a, b]; a text that begins with a dash needs quotes",
        "zh": "列表要另起一行，或写成 [a, b]；以短横线开头的文本要加引号",
    },
}
