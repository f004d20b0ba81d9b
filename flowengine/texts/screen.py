"""What the command line says: help, answers, headings of tables, and the user's mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "help.flowengine": {
        "en": "Order processes written in YAML: checked, drawn, rehearsed and run. "
        "Begin with `flowengine init`; every verb has its own --help.",
        "zh": "用 YAML 编写订单流程：检查、画图、演练、运行。请从 `flowengine init` 开始；每个命令都有 --help。",
    },
    "help.verbs": {"en": "Verbs", "zh": "命令"},
    "help.examples": {"en": "Examples", "zh": "示例"},
    "help.init": {
        "en": "Write a first process and a first scenario, to change and to learn from.",
        "zh": "生成一个入门流程和一个入门情景，供修改和学习。",
    },
    "help.init.example": {"en": "flowengine init", "zh": "flowengine init --lang zh"},
    "help.validate": {
        "en": "Check process and scenario files, or all that stand in folders; no database is needed.",
        "zh": "检查流程文件和情景文件，或文件夹中的全部文件；不需要数据库。",
    },
    "help.validate.example": {
        "en": "flowengine validate processes\nflowengine validate processes/order.yaml --format sarif",
        "zh": "flowengine validate processes --lang zh\nflowengine validate processes/order.yaml --format json --lang zh",
    },
    "help.finding": {
        "en": "Explain what the checker finds: what a code means, why it matters, and how to write it right.",
        "zh": "解释检查代码：它是什么意思、为什么重要、应当怎样写。",
    },
    "help.finding.example": {
        "en": "flowengine finding FE104\nflowengine finding",
        "zh": "flowengine finding FE104 --lang zh\nflowengine finding --lang zh",
    },
    "help.graph": {
        "en": "Draw a process from its file or as it is deployed, and where an order stands in it.",
        "zh": "画出流程图（取自文件或已部署的流程），并可标出订单所在的位置。",
    },
    "help.graph.example": {
        "en": "flowengine graph processes/order.yaml\nflowengine graph processes/order.yaml -o order.svg",
        "zh": "flowengine graph processes/order.yaml --lang zh\nflowengine graph processes/order.yaml -o order.svg --lang zh",
    },
    "help.calendar": {
        "en": "Show a month of a working calendar: the hours of each day, holidays, make-up workdays, and why.",
        "zh": "显示工作日历的一个月：每天的工作时间、节假日、调休上班日及其原因。",
    },
    "help.calendar.example": {
        "en": "flowengine calendar show processes/order.yaml --month 2026-02",
        "zh": "flowengine calendar show processes/order.yaml --month 2026-02 --lang zh",
    },
    "help.scenario": {
        "en": "Play scenario files through their processes and say what is not as expected.",
        "zh": "让情景文件走一遍流程，指出与预期不符之处。",
    },
    "help.scenario.example": {
        "en": "flowengine scenario processes/order.scenario.yaml\nflowengine scenario processes --coverage --fail-under 75",
        "zh": "flowengine scenario processes/order.scenario.yaml --lang zh\n"
        "flowengine scenario processes --coverage --fail-under 75 --lang zh",
    },
    "help.train": {
        "en": "Play a scenario with its steps hidden: you act, the engine answers, hints help, a score ends it.",
        "zh": "按情景练习，步骤不给看：由你来做，系统回应，可要提示，最后给出成绩。",
    },
    "help.train.example": {
        "en": "flowengine train processes/order.scenario.yaml\nflowengine train processes/order.scenario.yaml --as ann",
        "zh": "flowengine train processes/order.scenario.yaml --lang zh\n"
        "flowengine train processes/order.scenario.yaml --as 张敏 --lang zh",
    },
    "help.schema": {
        "en": "Print the JSON Schema of process or scenario files, for editors and other tools.",
        "zh": "输出流程文件或情景文件的 JSON Schema，供编辑器和其他工具使用。",
    },
    "help.schema.example": {
        "en": "flowengine schema process\nflowengine schema scenario -o schemas/scenario.schema.json",
        "zh": "flowengine schema process --lang zh\nflowengine schema scenario -o schemas/scenario.schema.json --lang zh",
    },
    "help.deploy": {
        "en": "Make process files the ones on which new orders begin; orders already open stay on theirs.",
        "zh": "部署流程文件，此后的新订单按它流转；已受理的订单仍按原来的流程。",
    },
    "help.deploy.example": {
        "en": "flowengine deploy processes/order.yaml",
        "zh": "flowengine deploy processes/order.yaml --lang zh",
    },
    "help.diff": {
        "en": "Say what changes for an order from one state of a process to another: files, or what is deployed.",
        "zh": "说明流程修改后对订单有何变化；可比较文件，也可比较已部署的版本。",
    },
    "help.diff.example": {
        "en": "flowengine diff order processes/order.yaml\n"
        "flowengine diff order@1 processes/order.yaml --format markdown --exit-code",
        "zh": "flowengine diff order processes/order.yaml --lang zh\n"
        "flowengine diff order@1 processes/order.yaml --format markdown --exit-code --lang zh",
    },
    "help.import": {
        "en": "Take in the orders of a CSV or JSON-lines file; a faulty record is reported and stops no other.",
        "zh": "从 CSV 或 JSON Lines 文件批量导入订单；有误的记录会列出，不影响其他记录。",
    },
    "help.import.example": {
        "en": "flowengine import order orders.csv --as ann:order_desk --errors refused.jsonl",
        "zh": "flowengine import order orders.csv --as 张敏:order_desk --encoding gb18030 --errors refused.jsonl --lang zh",
    },
    "help.start": {
        "en": "Open an order, or say everything that is wrong with it.",
        "zh": "受理一张订单，或列出其中的全部问题。",
    },
    "help.start.example": {
        "en": "flowengine start order customer=Northwind amount=800 --as ann:order_desk",
        "zh": "flowengine start order customer=张三 amount=800 --as 张敏:order_desk --lang zh",
    },
    "help.do": {
        "en": "Tick a check (done), record evidence (attach), write fields and notes (write), amend the order (amend), choose an outcome (outcome), do without a need (waive), stop the order (hold) or let it go on (release), vote on an approval (approve, refuse, abstain), pass one's seat on (transfer), ask for an opinion (delegate), add a signer (add_signer), remind (urge), tell somebody else of it (copy), send the order back (return), take back what you asked for (withdraw), confirm what one is asked to (confirm), ask for a lane (request) or end it (revoke), take work upon yourself (claim), put it back (give_back) or pass it to somebody (reassign), say what has gone wrong (raise), split the order into parts (split) or open one (open).",
        "zh": "办理订单：勾选（done）、上传凭证（attach）、填写字段与说明（write）、变更订单（amend）、选择结果（outcome）、免除要求（waive）、暂停（hold）或解除暂停（release）、审批（approve 同意、refuse 不同意、abstain 弃权）、转交（transfer）、委派（delegate）、加签（add_signer）、催办（urge）、抄送（copy）、退回订单（return）、撤回（withdraw）、确认（confirm）、申请特批通道（request）或终止它（revoke）、认领（claim）、退回（give_back）、改派（reassign）、上报异常（raise）、拆分订单（split）、新开一个部分（open）。",
    },
    "help.do.example": {
        "en": "flowengine do 202602-001 done customer_known --as ann:order_desk\n"
        "flowengine do 202602-001 attach payment_voucher transfer.pdf --as ann:order_desk --preview\n"
        "flowengine do 202602-001 write amount=900 --as ann:order_desk --reason 'two pieces less'",
        "zh": "flowengine do 202602-001 done customer_known --as 张敏:order_desk --lang zh\n"
        "flowengine do 202602-001 attach payment_voucher 回单.pdf --as 张敏:order_desk --preview --lang zh\n"
        "flowengine do 202602-001 write amount=900 --as 张敏:order_desk --reason 少订两件 --lang zh",
    },
    "help.list": {
        "en": "List orders, what waits for somebody (--work), what somebody has claimed (--mine) or what somebody was told (--messages).",
        "zh": "列出订单、待办（--work）、已认领的待办（--mine）或消息（--messages）。",
    },
    "help.list.example": {
        "en": "flowengine list --open\nflowengine list --late\nflowengine list --work --as ann:order_desk",
        "zh": "flowengine list --open --lang zh\nflowengine list --late --lang zh\nflowengine list --work --as 张敏:order_desk --lang zh",
    },
    "help.show": {
        "en": "Show an order with its fields, or a process put together of all its files.",
        "zh": "查看一张订单及其字段，或由各个文件合成的完整流程。",
    },
    "help.show.example": {
        "en": "flowengine show 202602-001\nflowengine show 202602-001 --format json\n"
        "flowengine show processes/order.yaml --resolved",
        "zh": "flowengine show 202602-001 --lang zh\nflowengine show 202602-001 --format json --lang zh\n"
        "flowengine show processes/order.yaml --resolved --lang zh",
    },
    "help.explain": {
        "en": "Say what an order waits for and why, who can help, until when, and what may be chosen instead.",
        "zh": "说明订单在等什么、为什么、谁能办理、期限多久，以及还可以选择什么。",
    },
    "help.explain.example": {
        "en": "flowengine explain 202602-001",
        "zh": "flowengine explain 202602-001 --lang zh",
    },
    "help.history": {
        "en": "Tell what happened to an order: when, by whom and why.",
        "zh": "查看订单的全部经过：何时、何人、何事、何故。",
    },
    "help.history.example": {
        "en": "flowengine history 202602-001",
        "zh": "flowengine history 202602-001 --lang zh",
    },
    "help.tick": {
        "en": "Let happen what has fallen due; run it every minute, for example from cron.",
        "zh": "处理已到期的事项；请定时运行，例如用 cron 每分钟一次。",
    },
    "help.tick.example": {"en": "flowengine tick", "zh": "flowengine tick --lang zh"},
    "help.worker": {
        "en": "Let happen what falls due, at its moment, until it is told to stop (Ctrl-C, SIGTERM).",
        "zh": "持续运行，到期即处理，直到要求停止（Ctrl-C 或 SIGTERM）。",
    },
    "help.worker.example": {
        "en": "flowengine worker --db flowengine.db\nflowengine worker --once",
        "zh": "flowengine worker --db flowengine.db --lang zh\nflowengine worker --once --lang zh",
    },
    "help.release": {
        "en": "Have a parked order decided at the next tick, and say why it was parked.",
        "zh": "让搁置的订单在下一次处理到期事项时重新判断，并说明搁置的原因。",
    },
    "help.release.example": {
        "en": "flowengine list --parked\nflowengine release 202602-001 --as ann:order_desk",
        "zh": "flowengine list --parked --lang zh\nflowengine release 202602-001 --as 张敏:order_desk --lang zh",
    },
    "help.verify": {
        "en": "Check that the history of every order is whole and gives the state that is stored.",
        "zh": "核对每张订单的历史是否完整、与存储的状态是否一致。",
    },
    "help.doctor": {
        "en": "Say whether all is well: database, worker, due times, history, disk, clocks; for people and for monitoring.",
        "zh": "说明一切是否正常：数据库、工作进程、到期事项、历史、磁盘、时钟；供人查看，也供监控使用。",
    },
    "help.doctor.example": {
        "en": "flowengine doctor\nflowengine doctor --json --all\nflowengine doctor --metrics",
        "zh": "flowengine doctor --lang zh\nflowengine doctor --json --all --lang zh\nflowengine doctor --metrics --lang zh",
    },
    "help.verify.example": {"en": "flowengine verify", "zh": "flowengine verify --lang zh"},
    "help.audit": {
        "en": "Keep outside the database how every history stands, and find later what was cut off, rewritten or removed.",
        "zh": "在数据库之外留存每张订单历史的检查点，日后核对历史是否被截断、重写或删除。",
    },
    "help.audit.example": {
        "en": "flowengine audit checkpoint --to checkpoints.jsonl\nflowengine audit verify --against checkpoints.jsonl",
        "zh": "flowengine audit checkpoint --to checkpoints.jsonl\nflowengine audit verify --against checkpoints.jsonl --lang zh",
    },
    "help.migrate": {
        "en": "Bring the tables of a database up to this flowengine; make a backup first.",
        "zh": "将数据库的表升级到当前版本的 flowengine；请先备份。",
    },
    "help.migrate.example": {
        "en": "flowengine migrate --db flowengine.db",
        "zh": "flowengine migrate --db flowengine.db --lang zh",
    },
    "trouble.shown": {"en": "error: {said}", "zh": "错误：{said}"},
    "trouble.usage": {
        "en": "{where}: {detail}; see `{where} --help`",
        "zh": "{where}：用法有误（{detail}）；请查看 `{where} --help --lang zh`",
    },
    "misuse.missing": {"en": "{name} is missing", "zh": "缺少 {name}"},
    "misuse.no_option": {
        "en": "there is no option {name}; did you mean {guess}?",
        "zh": "没有选项 {name}；是否想写 {guess}？",
    },
    "misuse.no_option_like_it": {"en": "there is no option {name}", "zh": "没有选项 {name}"},
    "misuse.wants_value": {
        "en": "{name} wants a value behind it: {value}",
        "zh": "{name} 之后须写一个值：{value}",
    },
    "misuse.takes_no_value": {"en": "{name} takes no value", "zh": "{name} 不带值"},
    "misuse.too_many": {
        "en": "nothing more belongs here: {words}",
        "zh": "此处不应再有其他内容：{words}",
    },
    "trouble.not_one_of": {
        "en": "{where}: write one of {known}; did you mean {guess}?",
        "zh": "{where}：请写 {known} 之一；是否想写 {guess}？",
    },
    "trouble.not_one_of_like_it": {"en": "{where}: write one of {known}", "zh": "{where}：请写 {known} 之一"},
    "trouble.not_a_number": {
        "en": "{where}: write a whole number from {least} on",
        "zh": "{where}：请写不小于 {least} 的整数",
    },
    "trouble.not_a_number_below": {
        "en": "{where}: write a whole number from {least} to {most}",
        "zh": "{where}：请写 {least} 至 {most} 之间的整数",
    },
    "trouble.goes_with": {"en": "{where}: it goes with {other}", "zh": "{where}：须与 {other} 一起使用"},
    "trouble.which_person": {
        "en": "name the person: a value such as a phone number, or --order NUMBER",
        "zh": "请写明是谁：一个值（例如电话号码），或 --order NUMBER",
    },
    "trouble.not_sought": {
        "en": "--find {where}: this is not FIELD=VALUE; write for example phone=13800001234",
        "zh": "--find {where}：不是“字段=值”；例如请写 phone=13800001234",
    },
    "trouble.no_verb": {
        "en": "flowengine {where}: there is no such verb; did you mean `{guess}`?",
        "zh": "flowengine {where}：没有这个命令；是否想写 `{guess}`？",
    },
    "trouble.no_verb_like_it": {
        "en": "flowengine {where}: there is no such verb; `flowengine --help` lists them",
        "zh": "flowengine {where}：没有这个命令；`flowengine --help` 会列出全部",
    },
    "trouble.an_outcome": {
        "en": "{where}: this is an outcome of the process, no verb; write `{wanted}`",
        "zh": "{where}：这是流程中的结果，不是命令；请写成 `{wanted}`",
    },
    "trouble.a_need": {
        "en": "{where}: this is a need of the process, no verb; write `{wanted}`",
        "zh": "{where}：这是流程中的要求，不是命令；请写成 `{wanted}`",
    },
    "trouble.no_act": {
        "en": "{where}: there is no such verb; did you mean `{guess}`?",
        "zh": "{where}：没有这个命令；是否想写 `{guess}`？",
    },
    "trouble.no_act_like_it": {
        "en": "{where}: there is no such verb; `flowengine do --help` lists them",
        "zh": "{where}：没有这个命令；`flowengine do --help --lang zh` 会列出全部",
    },
    "trouble.nobody": {
        "en": "{where}: it must be known who gives a command; add --as ID:ROLE, such as --as li.wei:order_desk, or set FLOWENGINE_AS",
        "zh": "{where}：须说明由谁办理；请加 --as 姓名:角色，例如 --as 李伟:order_desk，或设置 FLOWENGINE_AS",
    },
    "trouble.empty_setting": {
        "en": "{where}: this setting is there and empty; fill it, or remove it with `unset {where}`",
        "zh": "{where}：已设置，但内容为空；请填写，或用 `unset {where}` 去掉",
    },
    "trouble.no_place": {
        "en": "{where}: no database is named; write a path such as flowengine.db, or a URL such as postgresql://user@host/name",
        "zh": "{where}：没有写明数据库；请写路径，例如 flowengine.db，或地址，例如 `postgresql://user@host/name`",
    },
    "trouble.other_database": {
        "en": "{where}: databases of this kind are not used; write the path of a SQLite file, or postgresql://user@host/name",
        "zh": "{where}：不支持这种数据库；请写 SQLite 文件的路径，或 `postgresql://user@host/name`",
    },
    "trouble.not_a_wait": {
        "en": "--poll {where}: this is no wait of a worker; write a time from 100ms to 60m, such as 5s",
        "zh": "--poll {where}：不是可用的等待时间；请写 100ms 至 60m 之间的时间，例如 5s",
    },
    "trouble.not_a_person": {
        "en": "--as {where}: this does not name a person and roles; write ID:ROLE or ID:ROLE,ROLE, such as li.wei:order_desk",
        "zh": "--as {where}：没有写明人员和角色；请写成 姓名:角色 或 姓名:角色,角色，例如 李伟:order_desk",
    },
    "trouble.not_a_pair": {
        "en": "{where}: this is not NAME=VALUE; write for example customer=Northwind",
        "zh": "{where}：不是“名称=值”；请写成例如 customer=张三",
    },
    "trouble.given_twice": {
        "en": "{where}: it is given twice; keep one of the two",
        "zh": "{where}：给出了两次；请只保留一个",
    },
    "trouble.not_together": {
        "en": "{where}: it cannot be combined with {other}; leave one out",
        "zh": "{where}：不能与 {other} 同时使用；请去掉其中之一",
    },
    "trouble.other_words": {
        "en": "{where}: other words belong here; write `{wanted}`",
        "zh": "{where}：参数有误；请写成 `{wanted}`",
    },
    "trouble.not_a_cursor": {
        "en": "--after {where}: this list has no such cursor; copy the one under its last page",
        "zh": "--after {where}：不是此列表的游标；请复制上一页末尾给出的游标",
    },
    "trouble.no_encoding": {
        "en": "--encoding {where}: there is no such encoding; utf-8-sig, gb18030, big5 and utf-16 are some",
        "zh": "--encoding {where}：没有这种编码；常用的有 utf-8-sig、gb18030、big5、utf-16",
    },
    "trouble.no_format": {
        "en": "{where}: the ending is neither .csv nor .jsonl; say --format-in csv or --format-in jsonl",
        "zh": "{where}：文件名结尾不是 .csv 或 .jsonl；请加 --format-in csv 或 --format-in jsonl",
    },
    "trouble.interrupted": {
        "en": "interrupted: what was done before stays done; give the command again for the rest",
        "zh": "已中断：此前完成的部分仍然有效；其余部分请重新运行",
    },
    "trouble.no_file": {
        "en": "{where}: there is no such file; check the path",
        "zh": "{where}：没有这个文件；请检查路径",
    },
    "trouble.folder": {
        "en": "{where}: this is a folder; name a file in it",
        "zh": "{where}：这是文件夹；请写出其中的文件",
    },
    "trouble.unreadable": {
        "en": "{where}: the file cannot be read ({detail}); check its permissions",
        "zh": "{where}：文件无法读取（{detail}）；请检查权限",
    },
    "trouble.unwritable": {
        "en": "{where}: this cannot be written ({detail}); check the folder, its permissions and its free space",
        "zh": "{where}：无法写入（{detail}）；请检查文件夹、权限和剩余空间",
    },
    "trouble.system": {
        "en": "{where}: the system refuses ({detail}); check the path, its permissions and its free space",
        "zh": "{where}：系统拒绝操作（{detail}）；请检查路径、权限和剩余空间",
    },
    "trouble.output": {"en": "the output", "zh": "输出"},
    "trouble.nothing_below": {
        "en": "{where}: there is no {endings} in this folder or below; name another one",
        "zh": "{where}：此文件夹及其下级没有 {endings}；请换一个",
    },
    "trouble.exists": {
        "en": "{where}: there is such a file already, and nothing was written; name another folder or move the file away",
        "zh": "{where}：文件已存在，未写入任何内容；请换一个文件夹，或先移走该文件",
    },
    "trouble.no_drawing": {
        "en": "{where}: the drawing is SVG or Mermaid text; end the name with one of {endings}",
        "zh": "{where}：图形只能是 SVG 或 Mermaid 文本；请使用以下扩展名之一：{endings}",
    },
    "trouble.same_file": {
        "en": "{where}: this is the file that is read; name another one to write to",
        "zh": "{where}：这正是要读取的文件；请换一个文件来写入",
    },
    "trouble.a_library": {
        "en": "{where}: this is a library, not a process; name a process file that includes it",
        "zh": "{where}：这是共用文件，不是流程文件；请写包含它的流程文件",
    },
    "trouble.not_a_baseline": {
        "en": "{where}: this is no baseline; name another file, or delete this one and write it with `--write-baseline`",
        "zh": "{where}：这不是基线文件；请换一个文件，或删去它，再用 `--write-baseline` 写入",
    },
    "trouble.no_finding": {
        "en": "{where}: there is no finding of that code; did you mean {guess}?",
        "zh": "{where}：没有这个代码；是否想写 {guess}？",
    },
    "trouble.no_finding_like_it": {
        "en": "{where}: there is no finding of that code; `flowengine finding` lists them all",
        "zh": "{where}：没有这个代码；`flowengine finding` 会列出全部代码",
    },
    "trouble.not_a_process": {
        "en": "{where}: this is a scenario, not a process; name the process file that it plays",
        "zh": "{where}：这是情景文件，不是流程文件；请写它所用的流程文件",
    },
    "trouble.not_a_scenario": {
        "en": "{where}: this is a process, not a scenario; check it with `flowengine validate {where}`, and name the scenarios that play it",
        "zh": "{where}：这是流程文件，不是情景文件；请用 `flowengine validate {where}` 检查它，此处请写演练它的情景文件",
    },
    "trouble.not_json": {
        "en": "{where}: this is not JSON ({detail}); write one record in braces, saved as UTF-8",
        "zh": "{where}：不是 JSON（{detail}）；请写成一条花括号括起的记录，并保存为 UTF-8",
    },
    "trouble.not_a_record": {
        "en": '{where}: the JSON is not a record; write {{"customer": "Northwind"}}, and use `flowengine import` for several',
        "zh": '{where}：JSON 不是一条记录；请写成 {{"customer": "张三"}}；多条记录请用 `flowengine import`',
    },
    "trouble.undecodable": {
        "en": "{where}: this line is not written in {encoding}, and no order was opened; "
        "files from a Chinese Excel need --encoding gb18030",
        "zh": "{where}：此行不是 {encoding} 编码，未受理任何订单；中文 Excel 导出的文件请加 --encoding gb18030",
    },
    "trouble.no_channel": {
        "en": "--channel {where}: process {process} has no such channel; it has: {known}",
        "zh": "--channel {where}：流程 {process} 没有这个渠道；可用：{known}",
    },
    "trouble.no_process": {
        "en": "--process {where}: no such process is deployed in {db}; perhaps: {known}",
        "zh": "--process {where}：{db} 中没有部署这个流程；可能是：{known}",
    },
    "trouble.no_type": {
        "en": "{where}: there is no type of order “{type}”; known: {known}",
        "zh": "{where}：没有“{type}”这个订单类型；可用：{known}",
    },
    "trouble.no_calendar": {
        "en": "{where}: there is no calendar “{calendar}”; did you mean “{guess}”?",
        "zh": "{where}：没有“{calendar}”这个日历；是否想写“{guess}”？",
    },
    "trouble.no_calendar_like_it": {
        "en": "{where}: there is no calendar “{calendar}”; known: {known}",
        "zh": "{where}：没有“{calendar}”这个日历；可用：{known}",
    },
    "trouble.not_a_month": {
        "en": "--month {where}: this is no month; write year and month, 2026-02, of the years 2000 to 2100",
        "zh": "--month {where}：这不是月份；请写年和月，例如 2026-02，年份为 2000 至 2100",
    },
    "trouble.no_stage": {
        "en": "--stage {where}: no process in {db} has such a stage or end; perhaps: {known}",
        "zh": "--stage {where}：{db} 中的流程没有这个阶段或结束；可能是：{known}",
    },
    "trouble.no_role": {
        "en": "{where}: no process in {db} has such a role; perhaps: {known}",
        "zh": "{where}：{db} 中的流程没有这个角色；可能是：{known}",
    },
    "trouble.nothing_deployed": {
        "en": "{where}: no process is deployed in {db}; begin with `flowengine deploy FILE`",
        "zh": "{where}：{db} 中还没有部署任何流程；请先运行 `flowengine deploy 文件`",
    },
    "note.nothing_deployed": {
        "en": "no process is deployed in {db}; begin with `flowengine deploy FILE`",
        "zh": "{db} 中还没有部署任何流程；请先运行 `flowengine deploy 文件`",
    },
    "note.no_role": {
        "en": "no process here has the role “{role}”; perhaps: {known}",
        "zh": "这里的流程都没有角色“{role}”；可能是：{known}",
    },
    "trouble.not_deployed": {
        "en": "{where}: {detail}; name a file, or PROCESS@VERSION",
        "zh": "{where}：没有部署（{detail}）；请写文件路径，或 流程@版本",
    },
    "trouble.stage_not_drawn": {
        "en": "{where}: order {number} stands in {stage}, which this file does not have; draw the deployed process by its name",
        "zh": "{where}：订单 {number} 处于 {stage}，而此文件没有该阶段；请按名称画已部署的流程",
    },
    "trouble.no_database": {
        "en": "{where}: there is no such database; make one with `flowengine deploy FILE`, or name another with --db",
        "zh": "{where}：没有这个数据库；请用 `flowengine deploy 文件` 建立，或用 --db 指定另一个",
    },
    "trouble.FlowEngineError": {"en": "{detail}", "zh": "操作未能完成（{detail}）"},
    "trouble.NotFound": {"en": "{where}: {detail}", "zh": "{where}：{detail}"},
    "trouble.NotAllowed": {
        "en": "{where}: {detail}; name a person who holds one with --as",
        "zh": "{where}：无权查看（{detail}）；请用 --as 指定具有相应角色的人",
    },
    "trouble.no_checkpoint": {
        "en": "{where}: the database is not as the last checkpoint says, or the checkpoints were altered; nothing was "
        "written; run `flowengine audit verify --against FILE` and compare with a backup",
        "zh": "{where}：数据库与上一个检查点不符，或检查点被更改；未写入任何内容；请运行 `flowengine audit verify --against FILE` 并与备份比较",
    },
    "trouble.CheckpointRefused": {
        "en": "{where}: {detail}; run `flowengine audit verify --against FILE` and compare with a backup",
        "zh": "{where}：检查点被拒绝（{detail}）；请运行 `flowengine audit verify --against FILE` 并与备份比较",
    },
    "trouble.root_alone": {
        "en": "--root {where}: there is no file that could have it; name one with --against",
        "zh": "--root {where}：没有可供查找的文件；请用 --against 指定",
    },
    "trouble.two_files": {
        "en": "--to {where}: a checkpoint is added to one file; the others may be URLs",
        "zh": "--to {where}：检查点只写入一个文件，其余可以是网址",
    },
    "trouble.not_https": {
        "en": "--to {where}: only https is safe; say https://…",
        "zh": "--to {where}：只有 https 是安全的；请用 https://…",
    },
    "trouble.not_posted": {
        "en": "{where} did not take the checkpoint: {why}; run it again once it does",
        "zh": "{where} 没有收下检查点：{why}；待其恢复后请重新运行",
    },
    "trouble.not_posted_but_kept": {
        "en": "{where} did not take the checkpoint: {why}; it is the last line of {file}, from where it can be sent",
        "zh": "{where} 没有收下检查点：{why}；它是 {file} 的最后一行，可由此补发",
    },
    "trouble.to_of_verify": {
        "en": "--to {where}: verifying writes no file; say --against {where}, or `flowengine audit checkpoint`",
        "zh": "--to {where}：核对不写文件；请用 --against {where}，或 `flowengine audit checkpoint`",
    },
    "trouble.against_of_checkpoint": {
        "en": "{where}: --against and --root are for `flowengine audit verify`; a checkpoint is added with --to FILE",
        "zh": "{where}：--against 和 --root 用于 `flowengine audit verify`；检查点用 --to FILE 追加",
    },
    "trouble.KeyReused": {
        "en": "{where}: {detail}; use a new --key for each command",
        "zh": "{where}：{detail}；每条命令请用新的 --key",
    },
    "trouble.StoreUnusable": {
        "en": "{where}: {detail}; check the path given with --db, its permissions and its free space",
        "zh": "{where}：数据库无法使用（{detail}）；请检查 --db 的路径、权限和剩余空间",
    },
    "trouble.StoreUnusable.server": {
        "en": "{where}: {detail}",
        "zh": "{where}：数据库无法使用（{detail}）；请检查 --db 的地址和服务器",
    },
    "trouble.OrderBusy": {
        "en": "{where}: {detail}",
        "zh": "{where}：数据库正忙，未写入任何内容（{detail}）；请稍后重试",
    },
    "trouble.DefinitionRefused": {
        "en": "{where}: the process has errors; see `flowengine validate FILE`\n{detail}",
        "zh": "{where}：流程有错误；请运行 `flowengine validate 文件`\n{detail}",
    },
    "trouble.EvaluationFailed": {
        "en": "{detail}; guard the value with `has()` in the process file",
        "zh": "条件无法计算（{detail}）；请在流程文件中用 `has()` 先判断是否有值",
    },
    "trouble.NoWorkingTime": {
        "en": "{detail}",
        "zh": "日历在 366 天内没有任何工作时间（{detail}）；请给它写上 `week` 的时段，或少关几天 `days`",
    },
    "trouble.DividedByZero": {
        "en": "{detail}; ask for the divisor first in the process file, as in `n != 0 and amount / n > 5`",
        "zh": "条件无法计算（{detail}）；请在流程文件中先判断除数，例如 `n != 0 and amount / n > 5`",
    },
    "trouble.NothingToAverage": {
        "en": "{detail}; ask for rows first in the process file, as in `count(items) > 0 and average(items.price) > 5`",
        "zh": "条件无法计算（{detail}）；请在流程文件中先判断有无行，例如 `count(items) > 0 and average(items.price) > 5`",
    },
    "severity.error": {"en": "error", "zh": "错误"},
    "severity.warning": {"en": "warning", "zh": "警告"},
    "severity.note": {"en": "note", "zh": "提示"},
    "finding.head": {"en": "{code}: {message}", "zh": "{code}：{message}"},
    "finding.hint": {"en": "hint: {hint}", "zh": "建议：{hint}"},
    "page.bad": {"en": "Wrong, in `{file}`:", "zh": "错误的写法（`{file}`）："},
    "page.said": {"en": "What is said:", "zh": "检查结果："},
    "page.good": {"en": "Right, in `{file}`:", "zh": "正确的写法（`{file}`）："},
    "page.beside": {"en": "Beside it stands `{file}`:", "zh": "旁边的 `{file}`："},
    "page.sign": {
        "en": "The sign {sign} stands for what cannot be printed here.",
        "zh": "其中的 {sign} 代表此处无法印出的内容。",
    },
    "page.encoded": {"en": "The file is saved as {encoding}.", "zh": "文件保存为 {encoding} 编码。"},
    "page.index": {"en": "Findings", "zh": "检查代码"},
    "page.index.about": {
        "en": "Each finding has a code that stays the same. `flowengine finding CODE` prints its page.",
        "zh": "每种检查结果都有固定不变的代码。`flowengine finding 代码` 可显示对应说明。",
    },
    "validate.more": {"en": "read more: {commands}", "zh": "详细说明：{commands}"},
    "validate.allowed": {
        "en": "allowed by a comment in the file, not shown: {number}",
        "zh": "文件中的注释已允许、未显示：{number} 个",
    },
    "validate.recorded": {
        "en": "recorded in the baseline, not shown: {number}",
        "zh": "基线中已记录、未显示：{number} 个",
    },
    "validate.baseline": {
        "en": "{file}: findings recorded: {number}; check with `--baseline {file}` from now on",
        "zh": "{file}：已记录 {number} 个问题；以后请用 `--baseline {file}` 检查",
    },
    "validate.mended": {"en": "{file}: mended", "zh": "{file}：已改正"},
    "validate.sound": {
        "en": "files checked: {files}; nothing to report",
        "zh": "已检查 {files} 个文件，没有问题",
    },
    "validate.summary": {
        "en": "files checked: {files}; errors: {errors}; warnings: {warnings}",
        "zh": "已检查 {files} 个文件：{errors} 个错误，{warnings} 个警告",
    },
    "init.written": {"en": "written: {file}", "zh": "已生成：{file}"},
    "init.not_ignored": {
        "en": "{file} was there already: let it name *.db and flowengine.key, so that git keeps neither orders nor the key",
        "zh": "{file} 已存在：请在其中写入 *.db 和 flowengine.key，以免 git 收入订单和密钥",
    },
    "init.next": {
        "en": "Next:\n  flowengine validate {folder}\n  flowengine scenario {scenario}\n  flowengine deploy {process}",
        "zh": "接下来：\n  flowengine --lang zh validate {folder}\n  flowengine --lang zh scenario {scenario}\n"
        "  flowengine --lang zh deploy {process}",
    },
    "month.heading": {"en": "{name} · {zone} · {month}", "zh": "{name} · {zone} · {month}"},
    "month.make_up": {
        "en": "make-up workday, with the hours of a {weekday} (for {day})",
        "zh": "调休上班，按{weekday}的时间（补 {day}）",
    },
    "month.override": {"en": "as `days` says", "zh": "由 `days` 规定"},
    "month.override.holiday": {"en": "as `days` says ({holiday})", "zh": "由 `days` 规定（{holiday}）"},
    "month.uncertain": {"en": "(not announced yet)", "zh": "（尚未公布）"},
    "month.sum": {
        "en": "{hours} working hours on {days} workdays",
        "zh": "共 {days} 个工作日，{hours} 个工作小时",
    },
    "month.certain": {
        "en": "public holidays of {country} are known until {until}; of later days only the usual holidays are, and no make-up workdays",
        "zh": "{country} 法定节假日安排已知到 {until}；此后只按惯常节假日计算，不含调休",
    },
    "month.anytime": {
        "en": "this process names no calendar: every hour of every day counts; write `calendars` and `calendar` in its file",
        "zh": "该流程没有指定日历：每天每小时都计入；需要时请在流程文件中写 `calendars` 与 `calendar`",
    },
    "graph.written": {"en": "written: {file}", "zh": "已写入：{file}"},
    "schema.written": {"en": "written: {file}", "zh": "已写入：{file}"},
    "deploy.new": {
        "en": "deployed: {process} {version} ({file})",
        "zh": "已部署：{process} {version}（{file}）",
    },
    "calendar.uncertain": {
        "en": "{where}: warning: what begins today is due after {until}, until which calendar {calendar} is certain; `flowengine doctor` watches it",
        "zh": "{where}：警告：今天开始的期限将晚于 {until}，而日历 {calendar} 只确定到该日；`flowengine doctor` 会持续检查",
    },
    "deploy.known": {
        "en": "unchanged: {process} {version} is deployed already ({file})",
        "zh": "没有变化：{process} {version} 此前已部署（{file}）",
    },
    "import.progress": {"en": "importing {file}", "zh": "正在导入 {file}"},
    "import.done": {
        "en": "created: {created}; already there: {already_there}; refused: {refused}",
        "zh": "新建 {created}，已存在 {already_there}，拒绝 {refused}",
    },
    "import.refused": {"en": "line {line}: {why}", "zh": "第 {line} 行：{why}"},
    "import.more": {
        "en": "and {count} more; all of them are in {report}",
        "zh": "另有 {count} 条；全部见 {report}",
    },
    "import.more_unreported": {
        "en": "and {count} more; --errors REPORT.jsonl writes all of them",
        "zh": "另有 {count} 条；用 --errors REPORT.jsonl 可写出全部",
    },
    "answer.done": {"en": "Order {number}:", "zh": "订单 {number}："},
    "answer.repeated": {
        "en": "Order {number}: this was done before; here is the first answer again.",
        "zh": "订单 {number}：此前已办理，再次给出首次的结果。",
    },
    "answer.incomplete": {"en": "not yet; nothing was changed:", "zh": "暂不能办理，未作任何更改："},
    "answer.refused": {"en": "refused; nothing was changed:", "zh": "拒绝办理，未作任何更改："},
    "helps.both": {"en": "[{who}; {where}]", "zh": "[{who}；{where}]"},
    "helps.who": {"en": "[{who}]", "zh": "[{who}]"},
    "helps.where": {"en": "[{where}]", "zh": "[{where}]"},
    "standing.concerns": {"en": "{number} ({orders})", "zh": "{number}（{orders}）"},
    "standing.open": {
        "en": "{number} is now in {stage} ({owner})",
        "zh": "{number} 现处于{stage}（{owner}）",
    },
    "standing.due": {
        "en": "{number} is now in {stage} ({owner}), due {due}",
        "zh": "{number} 现处于{stage}（{owner}），期限 {due}",
    },
    "standing.late": {"en": "{due}, late by {late}", "zh": "{due}，已逾期 {late}"},
    "standing.closed": {"en": "{number} has ended: {stage}", "zh": "{number} 已结束：{stage}"},
    "do.reference": {
        "en": "note: there is no file {reference} here; it is recorded as a reference, without a hash",
        "zh": "提示：此处没有文件 {reference}；按引用记录，不含哈希值",
    },
    "do.preview": {
        "en": "Order {number}: this would happen (nothing was changed):",
        "zh": "订单 {number}：将会发生（未作任何更改）：",
    },
    "named": {"en": "{title} ({name})", "zh": "{title}（{name}）"},
    "names.of_type": {"en": "{process} · {type}", "zh": "{process} · {type}"},
    "show.heading": {"en": "{number}  {process} {version}", "zh": "{number}  {process} {version}"},
    "show.stage": {"en": "Stage", "zh": "阶段"},
    "show.ended": {"en": "Ended", "zh": "结束"},
    "show.since": {"en": "Since", "zh": "自"},
    "show.holder": {"en": "Holder", "zh": "负责"},
    "show.due": {"en": "Due", "zh": "期限"},
    "show.created": {"en": "Opened", "zh": "受理"},
    "show.inner": {
        "en": "What it brings with {name}, a process of its own:",
        "zh": "由 {name} 带来的流程：",
    },
    "list.orders": {"en": "Number|Stage|Owner|Since|Due|Late by", "zh": "编号|阶段|负责|自|期限|逾期"},
    "list.work": {"en": "Number|Stage|Name|What|Who|Due", "zh": "编号|阶段|名称|待办|办理人|期限"},
    "list.messages": {"en": "At|Number|To|Stage|About", "zh": "时间|编号|通知|阶段|事由"},
    "list.parked": {
        "en": "Number|Stage|Owner|Failed|Next|Why",
        "zh": "编号|阶段|负责|失败次数|下次|原因",
    },
    "list.is_parked": {"en": "{stage} (parked)", "zh": "{stage}（搁置）"},
    "list.orders.none": {"en": "no orders", "zh": "没有订单"},
    "list.parked.none": {"en": "no parked orders", "zh": "没有搁置的订单"},
    "list.work.none": {"en": "nothing waits", "zh": "没有待办"},
    "list.messages.none": {"en": "no messages", "zh": "没有消息"},
    "list.process": {"en": "Process", "zh": "流程"},
    "list.more": {"en": "next page: --after {after}", "zh": "下一页：--after {after}"},
    "scenario.by_itself": {"en": "(by itself)", "zh": "（自动）"},
    "history.time": {"en": "(time)", "zh": "（到期）"},
    "actor.time": {"en": "time", "zh": "到期"},
    "actor.signal": {"en": "linked orders", "zh": "关联订单"},
    "actor.customer": {"en": "customer", "zh": "客户"},
    "actor.system": {"en": "system", "zh": "系统"},
    "actor.more": {"en": "{who} ({more})", "zh": "{who}（{more}）"},
    "actor.system.call": {"en": "call", "zh": "外部调用"},
    "actor.system.courier": {"en": "courier", "zh": "外部事件"},
    "actor.system.reckon": {"en": "reckon", "zh": "重算期限"},
    "actor.system.command line": {"en": "command line", "zh": "命令行"},
    "actor.system.scenario": {"en": "scenario", "zh": "情景"},
    "history.under": {"en": "{said} [{under}]", "zh": "{said}［{under}］"},
    "history.reason": {"en": "{said} (reason: {reason})", "zh": "{said}（原因：{reason}）"},
    "explain.ready": {"en": "Nothing is missing.", "zh": "没有缺少的内容。"},
    "explain.incomplete": {"en": "It cannot go on yet.", "zh": "暂时还不能前进。"},
    "explain.refused": {"en": "It waits for a decision.", "zh": "正在等待决定。"},
    "explain.needs": {"en": "Needs {where}", "zh": "要求 {where}"},
    "explain.by": {"en": "{who}, {at}", "zh": "{who}，{at}"},
    "explain.waits": {"en": "waits for {who}", "zh": "等待 {who}"},
    "explain.not_by": {"en": "not by {who}", "zh": "不得由 {who} 办理"},
    "explain.waived": {"en": "{who} did without it, {at}: {why}", "zh": "{who} 已免除，{at}：{why}"},
    "explain.any": {"en": "one of these is enough", "zh": "满足其中一项即可"},
    "explain.deferred": {"en": "{missing}, may wait until {due}", "zh": "{missing}，可延至 {due}"},
    "explain.stays": {"en": "stays here", "zh": "留在原处"},
    "explain.task.waiting": {"en": "not begun ({who})", "zh": "尚未开始 （{who}）"},
    "explain.task.open": {"en": "begun ({who})", "zh": "进行中 （{who}）"},
    "explain.task.done": {"en": "done ({who})", "zh": "已完成 （{who}）"},
    "explain.task.not_wanted": {"en": "not needed", "zh": "不需要"},
    "explain.task.due": {"en": "{state}, due {due}", "zh": "{state}，期限 {due}"},
    "explain.task.late": {"en": "{state}, late since {due}", "zh": "{state}，自 {due} 起逾期"},
    "explain.must_hold": {"en": "does not hold yet", "zh": "条件尚未成立"},
    "explain.goes_to": {"en": "Then it goes to {stage}.", "zh": "之后转到{stage}。"},
    "explain.amendable": {"en": "May still be amended, with a reason", "zh": "仍可变更（须说明原因）"},
    "explain.amended": {"en": "{title}: by {who}", "zh": "{title}：由 {who} 变更"},
    "explain.amended.until": {"en": ", until: {point}", "zh": "，限{point}之前"},
    "explain.amended.at": {"en": ", which is {at}", "zh": "，即 {at}"},
    "explain.choices": {"en": "May be chosen instead", "zh": "也可以选择"},
    "explain.choice": {"en": "{title} → {to}, by {who}", "zh": "{title} → {to}，由 {who} 选择"},
    "explain.reason": {"en": "; a reason is required", "zh": "；必须说明原因"},
    "explain.spent": {
        "en": "; chosen {times} times already, so something else happens",
        "zh": "；已选择 {times} 次，再选则改为执行其他动作",
    },
    "explain.uncertain": {
        "en": "Reckoned with a calendar that is certain only until {until}: {clocks}; the due times may move with the holidays that are announced next.",
        "zh": "以下期限计算所用的日历只确定到 {until}：{clocks}；下一次公布节假日后可能变动。",
    },
    "explain.lacks": {"en": "lacks: {what}", "zh": "尚缺：{what}"},
    "reason.holds": {"en": "{text}: holds", "zh": "{text}：成立"},
    "reason.fails": {"en": "{text}: does not hold", "zh": "{text}：不成立"},
    "reason.open": {"en": "{text}: cannot be told", "zh": "{text}：无法判断"},
    "reason.read": {"en": "{said} ({read})", "zh": "{said}（{read}）"},
    "reason.row": {"en": "row {row}: {said}", "zh": "第 {row} 行：{said}"},
    "reason.rows": {"en": "rows: {count}", "zh": "{count} 行"},
    "reason.nothing": {"en": "no value", "zh": "没有值"},
    "reason.yes": {"en": "yes", "zh": "是"},
    "reason.no": {"en": "no", "zh": "否"},
    "tick.done": {
        "en": "orders looked at: {orders}; became late: {late}; failed: {failed}",
        "zh": "已处理 {orders} 张订单：新增逾期 {late}，失败 {failed}",
    },
    "tick.others": {
        "en": "opened by the calendar: {opened}; heard by linked orders and cases: {heard}",
        "zh": "按日历开出 {opened} 张订单；关联订单与异常已收到 {heard} 条消息",
    },
    "tick.more": {"en": "more may be due; run it again", "zh": "可能还有到期的订单，请再次运行"},
    "worker.begins": {
        "en": "the worker begins; it looks every {seconds} s, and at the moment at which an order falls due",
        "zh": "开始运行；每 {seconds} 秒查看一次，订单到期时也会查看",
    },
    "worker.told": {
        "en": "told to stop; the batch in hand is finished first",
        "zh": "收到停止要求；先处理完手上的一批",
    },
    "worker.ends": {"en": "the worker has ended", "zh": "已停止运行"},
    "worker.decided": {
        "en": "orders decided: {orders}; became late: {late}; parked: {failed}",
        "zh": "已处理 {orders} 张订单：新增逾期 {late}，搁置 {failed}",
    },
    "worker.parked": {
        "en": "orders parked because they could not be decided: {failed}; `flowengine list --parked` says why",
        "zh": "有 {failed} 张订单无法判断，已搁置；用 `flowengine list --parked` 查看原因",
    },
    "worker.trouble": {
        "en": "the database cannot be used now, the worker goes on trying: {detail}",
        "zh": "数据库暂时无法使用，将不断重试：{detail}",
    },
    "worker.no_heartbeat": {
        "en": "time passes, but that somebody is at work could not be noted: {detail}",
        "zh": "时间照常流逝，但未能记下有人在工作：{detail}",
    },
    "worker.recovered": {
        "en": "it works again; failed attempts: {times}",
        "zh": "已恢复；失败次数：{times}",
    },
    "worker.fell": {
        "en": "the {kind} was ended by what should end no thread; it begins again",
        "zh": "线程 {kind} 意外终止；将重新开始",
    },
    "worker.bug": {
        "en": "this is a defect of flowengine, please report it; the worker goes on trying",
        "zh": "这是 flowengine 的缺陷，请报告；将不断重试",
    },
    "parked.why": {
        "en": "Parked: when its moment came it could not be decided ({why}); "
        "failed attempts: {times}, next: {again}; `flowengine release {number}` tries at the next tick",
        "zh": "已搁置：到期时无法判断（{why}）；已失败 {times} 次，下次 {again}；用 `flowengine release {number}` 可提前重试",
    },
    "release.done": {
        "en": "{number}: released, it is decided at the next tick; it was parked because: {why} (failed attempts: {times})",
        "zh": "{number}：已解除搁置，下一次处理到期事项时判断；搁置的原因：{why}（已失败 {times} 次）",
    },
    "release.not_parked": {
        "en": "{number} is not parked; nothing was changed",
        "zh": "{number} 没有搁置，未作任何更改",
    },
    "migrate.done": {
        "en": "{db}: the tables were brought from version {before} to {after}",
        "zh": "{db}：表已从版本 {before} 升级到 {after}",
    },
    "migrate.made": {
        "en": "{db}: the tables were made, version {after}",
        "zh": "{db}：已建立表，版本 {after}",
    },
    "migrate.same": {
        "en": "{db}: the tables are up to date, version {after}",
        "zh": "{db}：表已是最新，版本 {after}",
    },
    "verified.against": {
        "en": "held against {checkpoints} checkpoints of {file}",
        "zh": "已与 {file} 中的 {checkpoints} 个检查点核对",
    },
    "audit.checkpoint": {
        "en": "checkpoint {sequence}: {orders} orders, {rows} rows of history, {changed} orders changed since the last\n"
        "root {root}",
        "zh": "检查点 {sequence}：{orders} 张订单，{rows} 行历史，自上次以来变动 {changed} 张\n根值 {root}",
    },
    "verified.sound": {
        "en": "sound: {orders} orders, {rows} rows of history; problems: {problems}",
        "zh": "核对无误：{orders} 张订单，{rows} 行历史；问题 {problems}",
    },
    "verified.problems": {
        "en": "not sound: {orders} orders, {rows} rows of history; problems: {problems}",
        "zh": "核对有误：{orders} 张订单，{rows} 行历史；问题 {problems}",
    },
}
