"""What `--help` says of each option, and the words around them: a key of three parts is of one verb."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "help.usage": {"en": "Usage: {call}", "zh": "用法：{call}"},
    "help.options": {"en": "Options", "zh": "选项"},
    "help.takes_options": {"en": "[OPTIONS]", "zh": "[选项]"},
    "help.takes_verb": {"en": "[COMMAND] [ARGS]...", "zh": "[命令] [参数]..."},
    "help.env": {"en": "env var: {name}", "zh": "环境变量：{name}"},
    "help.default": {"en": "default: {value}", "zh": "默认：{value}"},
    "help.required": {"en": "required", "zh": "必填"},
    "option.help": {"en": "Show this message and exit.", "zh": "显示此帮助。"},
    "option.root": {
        "en": "A root that was posted elsewhere: the file must have it.",
        "zh": "发送到别处的根值：文件中必须有它。",
    },
    "option.channels": {
        "en": "Also carry messages and calls outside, as this file says.",
        "zh": "同时按此文件把消息和调用送到外部。",
    },
    "option.format": {"en": "How the answer is printed.", "zh": "以何种格式输出。"},
    "option.functions": {
        "en": "Also do calls out, by the functions of this map in a module of yours.",
        "zh": "同时用您的模块中这份函数表完成对外调用。",
    },
    "option.output": {
        "en": "Write to this file instead of printing.",
        "zh": "写入这个文件，而不是输出到屏幕。",
    },
    "option.limit": {"en": "At most so many lines.", "zh": "最多列出几行。"},
    "option.after": {"en": "The next page, as the last one named it.", "zh": "下一页，游标由上一页给出。"},
    "option.version": {"en": "The version.", "zh": "显示版本。"},
    "option.lang": {"en": "Language; default that of the system.", "zh": "语言；默认为系统语言。"},
    "option.as": {
        "en": "Who, and in which roles: li.wei:order_desk.",
        "zh": "是谁、以哪些角色：li.wei:order_desk。",
    },
    "option.asking": {
        "en": "Who, and in which roles: li.wei:order_desk. Default: the host itself.",
        "zh": "是谁、以哪些角色：li.wei:order_desk。默认：宿主自己。",
    },
    "option.db": {
        "en": "The database: a file of SQLite, or postgresql://user@host/name.",
        "zh": "数据库：SQLite 文件，或 postgresql://user@host/name。",
    },
    "option.process": {
        "en": "The process, where several number their orders alike.",
        "zh": "流程；几个流程的订单编号相同时须写明。",
    },
    "option.audit.to": {
        "en": "Add the checkpoint to this file, post it to this URL.",
        "zh": "把检查点追加到这个文件，或发送到这个网址。",
    },
    "option.audit.against": {"en": "Hold the database against this file.", "zh": "用这个文件核对数据库。"},
    "option.calendar.month": {"en": "Which month; default this one.", "zh": "哪个月；默认为本月。"},
    "option.calendar.calendar": {
        "en": "Which calendar; default that of the process.",
        "zh": "哪个日历；默认为流程所用的日历。",
    },
    "option.diff.exit-code": {"en": "Exit with 1 if something changes.", "zh": "有变化时退出码为 1。"},
    "option.do.reason": {"en": "Why; some outcomes demand it.", "zh": "原因；有些结果必须写明。"},
    "option.do.joins": {
        "en": "With raise: the case of the same cause, which it joins.",
        "zh": "与 raise 同用：原因相同、要并入的异常。",
    },
    "option.do.key": {
        "en": "The same key again gives the first answer again.",
        "zh": "再次使用同一个键，得到的仍是第一次的答复。",
    },
    "option.do.expect": {"en": "Only if the order stands there.", "zh": "仅当订单仍是这个修订号时才执行。"},
    "option.do.preview": {
        "en": "Say what would happen, and change nothing.",
        "zh": "只说明会发生什么，不做任何改动。",
    },
    "option.doctor.json": {"en": "As JSON.", "zh": "以 JSON 输出。"},
    "option.doctor.metrics": {
        "en": "Instead: figures for Prometheus, as text.",
        "zh": "改为输出供 Prometheus 读取的指标文本。",
    },
    "option.doctor.all": {
        "en": "Check every history, not only the newest.",
        "zh": "检查全部历史，而不只是最近的。",
    },
    "option.doctor.reasons": {
        "en": "Why orders are stuck, also where not all may see it.",
        "zh": "写出订单卡住的原因，即使并非人人都可查看。",
    },
    "option.doctor.grace": {"en": "Time may stand still for so long.", "zh": "时间最多可以停顿多久。"},
    "option.event.json": {
        "en": "Take the data from a JSON record; NAME=VALUE wins over it.",
        "zh": "从一条 JSON 记录取数据；“名称=值”优先。",
    },
    "option.event.key": {
        "en": "The same key again is the same event, where the process names nothing for that.",
        "zh": "流程没有指明事件如何识别时，键相同就是同一个事件。",
    },
    "option.event.reason": {"en": "Why it is given up.", "zh": "为何放弃。"},
    "option.exceptions.category": {"en": "Only this exception.", "zh": "只看这一种异常。"},
    "option.graph.format": {
        "en": "Default mermaid; svg for -o NAME.svg.",
        "zh": "默认为 mermaid；-o NAME.svg 时为 svg。",
    },
    "option.graph.order": {"en": "Mark where this order stands.", "zh": "标出这张订单所在的位置。"},
    "option.graph.type": {"en": "Draw it as it is for orders of this type.", "zh": "按这个订单类型来画。"},
    "option.graph.lane": {
        "en": "Draw it as it is for orders on this lane.",
        "zh": "按走这个特批通道的订单来画。",
    },
    "option.graph.part": {
        "en": "Draw these parts of its orders, which have stages of their own; or `exceptions`.",
        "zh": "画出订单的这种部分（它有自己的阶段）；或写 `exceptions`，画异常的处理。",
    },
    "option.import.channel": {
        "en": "The channel that all of the orders came through.",
        "zh": "全部订单的来源渠道。",
    },
    "option.import.format-in": {
        "en": "What the file is; default by its ending.",
        "zh": "文件的格式；默认由扩展名决定。",
    },
    "option.import.encoding": {
        "en": "How the file is written: gb18030, utf-16.",
        "zh": "文件的编码：gb18030、utf-16。",
    },
    "option.import.errors": {
        "en": "Write every refused record there, with reasons.",
        "zh": "把被拒绝的每条记录连同原因写入这个文件。",
    },
    "option.import.reason": {
        "en": "Why; it stands in the history of each order.",
        "zh": "原因；会记入每张订单的历史。",
    },
    "option.link.base": {
        "en": "Where the pages are served: the address is below it.",
        "zh": "页面所在的网址：链接以它开头。",
    },
    "option.link.expires": {"en": "How long it is good.", "zh": "链接的有效期。"},
    "option.link.revoke": {"en": "Take the link of that id back.", "zh": "收回这个编号的链接。"},
    "option.list.process": {"en": "Only orders of this process.", "zh": "只列出这个流程的订单。"},
    "option.list.stage": {
        "en": "Only orders in this stage or end.",
        "zh": "只列出处于这个阶段或结束的订单。",
    },
    "option.list.open": {
        "en": "Only open, or only closed orders.",
        "zh": "只列出未结束的订单，或只列出已结束的订单。",
    },
    "option.list.late": {
        "en": "Only orders past their time threshold, the most overdue first.",
        "zh": "只列出逾期的订单，逾期最久的在前。",
    },
    "option.list.held": {"en": "Only orders on which a hold lies.", "zh": "只列出暂停的订单。"},
    "option.list.awaiting": {
        "en": "Only orders that wait for that role, or the customer.",
        "zh": "只列出等待这个角色的订单，或等待客户的订单。",
    },
    "option.list.parked": {
        "en": "Only orders that could not be decided when their time came.",
        "zh": "只列出到期时无法判断而搁置的订单。",
    },
    "option.list.find": {
        "en": "Only orders that hold this private value, whole.",
        "zh": "只列出含有这个隐私值的订单；须写完整的值。",
    },
    "option.list.work": {
        "en": "Instead: what waits for the roles of --as.",
        "zh": "改为列出等待 --as 各角色办理的待办。",
    },
    "option.list.mine": {
        "en": "Instead: what --as has claimed or been given.",
        "zh": "改为列出 --as 已认领或分到的待办。",
    },
    "option.list.messages": {
        "en": "Instead: what the roles of --as were told.",
        "zh": "改为列出 --as 各角色收到的消息。",
    },
    "option.outbox.dead": {"en": "Only what was given up.", "zh": "只列出已放弃的。"},
    "option.person.order": {
        "en": "Instead of a value: an order that tells of the person.",
        "zh": "不写值时：一张与此人有关的订单。",
    },
    "option.person.reason": {
        "en": "With erase: why; it stands in the history of each order.",
        "zh": "与 erase 同用：原因；会记入每张订单的历史。",
    },
    "option.person.vacuum": {
        "en": "With erase: let nothing deleted lie in the files of PostgreSQL.",
        "zh": "与 erase 同用：使 PostgreSQL 的文件中不留下已删除的内容。",
    },
    "option.reckon.dry-run": {
        "en": "Say what would move, and change nothing.",
        "zh": "只说明哪些会变，不做任何改动。",
    },
    "option.scenario.k": {
        "en": "Only scenarios whose file, title or rules contain this; several times: any of them.",
        "zh": "只运行文件名、标题或规则中含有此文字的情景；可写多次，符合其一即可。",
    },
    "option.scenario.story": {
        "en": "Tell what happened to every order, by the clock.",
        "zh": "按时间讲述每张订单的经过。",
    },
    "option.scenario.messages": {
        "en": "Show each message as it goes outside, in both languages.",
        "zh": "逐条显示送到外部的消息，中英文各一份。",
    },
    "option.scenario.coverage": {
        "en": "Say what of the processes no scenario has met.",
        "zh": "指出流程中哪些内容没有情景走到。",
    },
    "option.scenario.fail-under": {
        "en": "Exit with 1 when less of a process is met; turns --coverage on.",
        "zh": "流程中走到的比例低于此值时退出码为 1；同时启用 --coverage。",
    },
    "option.serve.host": {"en": "The address to listen on.", "zh": "监听的地址。"},
    "option.serve.port": {"en": "The port.", "zh": "监听的端口。"},
    "option.serve.event-secrets": {
        "en": "Take in signed events too: the secrets of their senders, with spaces between them.",
        "zh": "同时接收签名的事件：各发送方的密钥，以空格分隔。",
    },
    "option.show.resolved": {
        "en": "Of a process file: the whole process, each value with its line.",
        "zh": "用于流程文件：显示完整的流程，每个值都注明所在的行。",
    },
    "option.show.type": {
        "en": "With --resolved: the process for orders of this type.",
        "zh": "与 --resolved 同用：显示这个订单类型的流程。",
    },
    "option.start.json": {
        "en": "Take values from a JSON record; NAME=VALUE wins over it.",
        "zh": "从一条 JSON 记录取值；“名称=值”优先。",
    },
    "option.start.link": {"en": "An order with which this one is linked.", "zh": "与本订单关联的订单。"},
    "option.start.key": {
        "en": "The same key and values again give the first answer again.",
        "zh": "再次使用同一个键和相同的值，得到的仍是第一次的答复。",
    },
    "option.start.reason": {"en": "Why; it stands in the history.", "zh": "原因；会记入历史。"},
    "option.tick.limit": {"en": "At most so many orders.", "zh": "最多处理几张订单。"},
    "option.train.as": {
        "en": "Play only this person; the others' steps are played.",
        "zh": "只扮演此人；其他人的步骤自动进行。",
    },
    "option.train.row": {"en": "Which row of the scenario.", "zh": "情景的第几行。"},
    "option.validate.format": {"en": "How the findings are printed.", "zh": "以何种格式输出检查结果。"},
    "option.validate.strict": {"en": "Exit with 1 for warnings too.", "zh": "有警告时退出码也为 1。"},
    "option.validate.baseline": {
        "en": "Do not tell what is recorded in FILE.",
        "zh": "不报告 FILE 中已记录的问题。",
    },
    "option.validate.write-baseline": {
        "en": "Record in FILE what is found now.",
        "zh": "把现有的问题记录到 FILE。",
    },
    "option.validate.fix": {"en": "Mend what has one remedy only.", "zh": "自动修正只有一种改法的问题。"},
    "option.validate.diff": {
        "en": "Show what --fix would do, and do nothing.",
        "zh": "只显示 --fix 会做的修改，不做任何改动。",
    },
    "option.verify.against": {
        "en": "Hold it against the checkpoints in this file.",
        "zh": "用这个文件中的检查点核对。",
    },
    "option.verify.repair": {
        "en": "First rebuild the counters of lanes from history.",
        "zh": "先按历史重建特批通道的计数。",
    },
    "option.why-due.visit": {"en": "An earlier visit of the stage.", "zh": "阶段此前的某次停留。"},
    "option.worker.once": {"en": "Only until nothing is due.", "zh": "没有到期事项时就结束。"},
    "option.worker.poll": {"en": "Look at least so often: 5s, 1m.", "zh": "至少每隔这么久查看一次：5s、1m。"},
}
