"""What is carried outside: the verb `outbox`, the postman of a worker, the file with channels,
and what is wrong with `notices` (FE62x)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "diff.via": {"en": "messages to {who} go over: {shift}", "zh": "发给{who}的消息渠道：{shift}"},
    "diff.everyone": {"en": "everyone", "zh": "所有人"},
    "diff.everyone_else": {"en": "everyone else", "zh": "其他所有人"},
    "diff.as_everyone": {"en": "as to everyone else", "zh": "与其他所有人相同"},
    "diff.every_channel": {"en": "every channel there is", "zh": "全部已有渠道"},
    "diff.quiet.hours": {"en": "quiet hours: {shift}", "zh": "免打扰时段：{shift}"},
    "diff.quiet.outside": {"en": "{who} may be disturbed: {shift}", "zh": "可以打扰{who}的时间：{shift}"},
    "diff.any_time": {"en": "at any time of a calendar", "zh": "不按日历"},
    "diff.working_time": {"en": "in the working time of {calendar}", "zh": "“{calendar}”的工作时间内"},
    "diff.quiet.except": {"en": "not kept quiet or gathered: {shift}", "zh": "免打扰与汇总的例外：{shift}"},
    "excepted.urgent": {"en": "urgent orders", "zh": "加急订单"},
    "excepted.high": {"en": "high and urgent orders", "zh": "优先与加急订单"},
    "excepted.tier": {"en": "cases on tier {tier} or a higher one", "zh": "{tier} 级及以上的异常"},
    "diff.digest": {"en": "gathered and sent as one: {shift}", "zh": "汇总送出：{shift}"},
    "diff.digest_at": {"en": "{what} at {at}", "zh": "{what}，每天 {at}"},
    "gathered.all": {"en": "every message", "zh": "全部消息"},
    "gathered.warned": {"en": "what will be late soon", "zh": "即将逾期"},
    "gathered.late": {"en": "what is late", "zh": "已经逾期"},
    "gathered.assigned": {"en": "new work", "zh": "分派的工作"},
    "gathered.copied": {"en": "copies of approvals", "zh": "审批抄送"},
    "FE620": {
        "en": "there is no role “{word}” whose messages could go that way",
        "zh": "没有“{word}”这个角色，无法这样送消息",
    },
    "FE621": {"en": "the channel “{channel}” is named twice", "zh": "渠道“{channel}”写了两次"},
    "FE621.hint": {"en": "leave one of them out", "zh": "请删去一个"},
    "FE105.quiet_hours": {
        "en": "write from when until when, such as `22:00-07:00`",
        "zh": "请写从几点到几点，例如 `22:00-07:00`",
    },
    "FE105.time_of_day": {
        "en": "write a time of day, such as `09:00`",
        "zh": "请写一天中的时刻，例如 `09:00`",
    },
    "FE790": {
        "en": "no “{word}” among the channels of “notices”",
        "zh": "“notices” 中没有渠道“{word}”",
    },
    "FE791": {
        "en": "no message is about “{word}”",
        "zh": "没有关于“{word}”的消息",
    },
    "FE760": {
        "en": "the quiet hours {hours} end when they begin",
        "zh": "免打扰时段 {hours} 的开始与结束相同",
    },
    "FE760.hint": {
        "en": "write from when until when, such as `22:00-07:00`",
        "zh": "请写从几点到几点，例如 `22:00-07:00`",
    },
    "FE761": {
        "en": "a digest at {at} would be sent in the quiet hours {hours}",
        "zh": "{at} 的汇总落在免打扰时段 {hours} 内",
    },
    "FE761.hint": {
        "en": "let it be sent when they end, or later",
        "zh": "请改在时段结束时或之后送出",
    },
    "FE762": {
        "en": "the quiet hours {hours} leave nothing of the working time of “{calendar}”",
        "zh": "免打扰时段 {hours} 占去了“{calendar}”的全部工作时间",
    },
    "FE762.hint": {
        "en": "shorten the hours, or leave out one of the two: the calendar alone keeps the nights free",
        "zh": "请缩短时段，或只保留其中一项：仅按日历也不会在夜间打扰",
    },
    "FE763": {
        "en": "no digest at {at} is ever sent in the working time of “{calendar}”",
        "zh": "{at} 的汇总从不落在“{calendar}”的工作时间内",
    },
    "FE763.hint": {
        "en": "let one of them be sent in its working time; when a shift begins is in it, when it ends is not",
        "zh": "请至少有一次落在其工作时间内；开工时刻算在内，收工时刻不算",
    },
    "message.digest": {
        "en": "{process}: {count} messages",
        "zh": "{process}：{count} 条消息",
    },
    "not_sent.behind": {"en": "waits for the one before", "zh": "等待前一件送出"},
    "not_sent.resting": {
        "en": "its endpoint takes nothing and is left alone for a while",
        "zh": "对方接收端不收，暂停投递",
    },
    "not_sent.nobody_there": {
        "en": "nothing was taken there for two days",
        "zh": "对方接收端两天没有收下任何内容",
    },
    "not_sent.quiet": {"en": "waits for the end of quiet hours", "zh": "等待免打扰时段结束"},
    "health.title.outbox": {"en": "outbox", "zh": "对外投递"},
    "health.outbox.ok": {
        "en": "on their way: {messages} messages, {calls} calls",
        "zh": "待送消息 {messages} 条、调用 {calls} 项",
    },
    "health.outbox.given_up": {
        "en": "given up within a week: {messages} messages, {calls} calls",
        "zh": "一周内放弃消息 {messages} 条、调用 {calls} 项",
    },
    "health.outbox.given_up.do": {
        "en": "`flowengine outbox --dead` says why; then `flowengine outbox retry ID`",
        "zh": "用 `flowengine outbox --dead` 查看原因，再用 `flowengine outbox retry 编号` 重送",
    },
    "health.outbox.stuck": {
        "en": "tried in vain for over an hour: {messages} messages, {calls} calls",
        "zh": "一小时以上仍未送达：消息 {messages} 条、调用 {calls} 项",
    },
    "health.outbox.stuck.do": {
        "en": "`flowengine outbox` says why; a worker may lack a channel, a function or a host",
        "zh": "用 `flowengine outbox` 查看原因；工作进程可能缺少渠道、函数或主机",
    },
    "metric.parcels_waiting": {
        "en": "Messages and calls on their way outside.",
        "zh": "待送到外部的消息与调用数。",
    },
    "metric.parcels_stuck": {
        "en": "Messages and calls that were tried in vain for over an hour.",
        "zh": "一小时以上仍未送达的消息与调用数。",
    },
    "metric.parcels_given_up": {
        "en": "Messages and calls that were given up within the last week.",
        "zh": "最近一周放弃的消息与调用数。",
    },
    "help.outbox": {
        "en": "List what is carried outside, with what became of it, or let what was given up be carried once more.",
        "zh": "列出要送到外部的内容及其结果，或让已放弃的再送一次。",
    },
    "help.outbox.example": {
        "en": "flowengine outbox\nflowengine outbox --dead --format json",
        "zh": "flowengine outbox --lang zh\nflowengine outbox --dead --format json",
    },
    "outbox.head": {
        "en": "Id|Order|What|To|State|Attempts|Next|Where|Why not",
        "zh": "编号|订单|内容|收件人|状态|次数|下次|送往|原因",
    },
    "outbox.none": {"en": "nothing is carried outside", "zh": "没有要送到外部的内容"},
    "outbox.none_dead": {"en": "nothing was given up", "zh": "没有已放弃的内容"},
    "outbox.message": {"en": "message", "zh": "消息"},
    "outbox.call": {"en": "call", "zh": "调用"},
    "outbox.ready": {"en": "on its way", "zh": "待送"},
    "outbox.sent": {"en": "sent", "zh": "已送达"},
    "outbox.dead": {"en": "given up", "zh": "已放弃"},
    "outbox.retried": {
        "en": "{id} is carried once more, with the next delivery",
        "zh": "下次投递时会再送 {id}",
    },
    "trouble.outbox_needs_id": {
        "en": "retry: which parcel? Name its id: flowengine outbox retry ID; `flowengine outbox --dead` lists them",
        "zh": "retry：要再送哪一件？请写明编号：flowengine outbox retry 编号；`flowengine outbox --dead` 会列出它们",
    },
    "trouble.functions_where": {
        "en": "{where}: a module and the name of a map in it are wanted, such as --functions orders.calls:FUNCTIONS",
        "zh": "{where}：应写模块及其中的映射名，例如 --functions orders.calls:FUNCTIONS",
    },
    "trouble.functions_broken": {
        "en": "{where}: it cannot be imported ({detail}); start the worker in the folder of the module, or install it",
        "zh": "{where}：无法导入（{detail}）；请在模块所在文件夹启动，或先安装该模块",
    },
    "trouble.functions_no_map": {
        "en": '{where}: this is no map from names to functions; write for example FUNCTIONS = {{"check_credit": check_credit}}',
        "zh": '{where}：这不是从名称到函数的映射；请写成例如 FUNCTIONS = {{"check_credit": check_credit}}',
    },
    "not_sent.unforeseen": {"en": "an error that nobody foresaw: {detail}", "zh": "未预料到的错误：{detail}"},
    "not_sent.never_came_back": {"en": "whoever sent it was ended each time", "zh": "每次送出时程序都中断"},
    "not_sent.no_reason": {"en": "no reason was given", "zh": "未说明原因"},
    "not_sent.not_taken_in": {
        "en": "what became of it cannot be noted at the order: {detail}",
        "zh": "结果无法记入订单：{detail}",
    },
    "not_sent.wrong_answer": {"en": "the answer does not fit: {detail}", "zh": "答复不合要求：{detail}"},
    "not_sent.no_endpoint": {
        "en": "the channel {detail} does not say where it sends to",
        "zh": "渠道 {detail} 没有说明送往何处",
    },
    "not_sent.never_ended": {"en": "it has not ended in time", "zh": "未在限定时间内结束"},
    "not_sent.message_gone": {"en": "the message is not there any more", "zh": "消息已不存在"},
    "not_sent.no_channel": {"en": "this courier has no channel {detail}", "zh": "投递程序没有渠道 {detail}"},
    "not_sent.wrong_book": {
        "en": "the address book must answer with a map of channels to addresses, each a text, not {detail}",
        "zh": "通讯录应返回“渠道 → 地址”的映射，每个地址是文本，而不是 {detail}",
    },
    "not_sent.no_address": {"en": "there is no address for {detail}", "zh": "没有 {detail} 的地址"},
    "not_sent.too_old": {"en": "nobody delivered it for a week", "zh": "一周内无人投递"},
    "not_sent.unknown_host": {"en": "the name of the host is not known", "zh": "主机名无法解析"},
    "not_sent.inner_address": {
        "en": "the address is one of the inner network, and not allowed",
        "zh": "地址属于内部网络，未获允许",
    },
    "not_sent.only_https": {
        "en": "outside of allowed networks only https is called, on port 443 or above 1023",
        "zh": "允许的网络之外只能用 https，端口为 443 或 1024 以上",
    },
    "not_sent.no_webhook": {"en": "this is no address of a webhook", "zh": "这不是 webhook 地址"},
    "not_sent.bad_certificate": {"en": "its certificate is not good", "zh": "对方证书无效"},
    "not_sent.not_secure": {"en": "there was no secure connection", "zh": "无法建立安全连接"},
    "not_sent.no_answer_in_time": {"en": "no answer in time", "zh": "超时未应答"},
    "not_sent.no_answer": {"en": "no answer ({detail})", "zh": "没有应答（{detail}）"},
    "not_sent.no_host": {
        "en": "this courier may post no calls to {detail}",
        "zh": "投递程序未获准向 {detail} 发送调用",
    },
    "not_sent.not_json": {"en": "the answer is no JSON", "zh": "答复不是 JSON"},
    "not_sent.too_long": {
        "en": "the answer is longer than {detail} KB",
        "zh": "答复超过 {detail} KB",
    },
    "not_sent.http": {"en": "answered with HTTP {detail}", "zh": "应答为 HTTP {detail}"},
    "not_sent.no_mailbox": {
        "en": "the address or the heading cannot stand in a mail",
        "zh": "地址或标题不能用于邮件",
    },
    "not_sent.mail_refused": {
        "en": "the mail server refused the mail: {detail}",
        "zh": "邮件服务器拒收：{detail}",
    },
    "not_sent.recipient_refused": {
        "en": "the mail server refused the recipient: {detail}",
        "zh": "邮件服务器拒绝收件人：{detail}",
    },
    "not_sent.no_mail_server": {
        "en": "no answer of the mail server ({detail})",
        "zh": "邮件服务器没有应答（{detail}）",
    },
    "not_sent.no_service": {
        "en": "this is no address of a service that was named",
        "zh": "这不是已指定的服务的地址",
    },
    "not_sent.service_refused": {"en": "the service did not take it", "zh": "服务未接收"},
    "not_sent.no_file": {"en": "the file cannot be written: {detail}", "zh": "文件无法写入：{detail}"},
    "channels.fault": {"en": "{place}: error: {message}", "zh": "{place}：错误：{message}"},
    "channels.fault.mended": {
        "en": "{place}: error: {message}; {hint}",
        "zh": "{place}：错误：{message}；{hint}",
    },
    "channels.empty": {"en": "the file is empty", "zh": "文件是空的"},
    "channels.empty.hint": {
        "en": "begin with `channels:`, such as `channels: {{trial: {{file: {{path: sent.jsonl}}}}}}`",
        "zh": "请以 `channels:` 开头，例如 `channels: {{trial: {{file: {{path: sent.jsonl}}}}}}`",
    },
    "channels.whom": {"en": "“{word}” names nobody", "zh": "“{word}”没有指明任何人"},
    "channels.whom.hint": {
        "en": 'write a role, such as `desk` or `customer`, or a person with an @: `"@wang"`',
        "zh": '请写角色，例如 `desk` 或 `customer`；人员前加 @：`"@wang"`',
    },
    "channels.unknown": {"en": "“{word}” is no word here", "zh": "这里没有“{word}”这个词"},
    "channels.name": {"en": "“{word}” is no name of a channel", "zh": "“{word}”不能作渠道名"},
    "channels.name.hint": {
        "en": "small letters, digits and _, such as `mail`",
        "zh": "请用小写字母、数字和 _，例如 `mail`",
    },
    "channels.host": {
        "en": "“{word}” is no host that calls may be posted to",
        "zh": "“{word}”不能作接收调用的主机名",
    },
    "channels.host.hint": {
        "en": "write it as it stands in the address, in small letters, with the port where there is one: `erp.example.com`",
        "zh": "请照网址中的写法，用小写字母，有端口则带上端口：`erp.example.com`",
    },
    "channels.one_kind": {"en": "the channel “{word}” must say what it is", "zh": "渠道“{word}”须写明是什么"},
    "channels.one_kind.hint": {"en": "write exactly one of: {known}", "zh": "请写且只写一种：{known}"},
    "channels.missing": {"en": "a channel of {kind} needs “{word}”", "zh": "{kind} 渠道需要“{word}”"},
    "channels.missing.hint": {"en": "add `{word}: …`", "zh": "请加上 `{word}: …`"},
    "channels.refused": {
        "en": "the channel “{word}” cannot be used: {why}",
        "zh": "渠道“{word}”无法使用：{why}",
    },
    "channels.port": {"en": "this is no port", "zh": "这不是端口"},
    "channels.port.hint": {"en": "a whole number from 1 to 65535", "zh": "请写 1 到 65535 的整数"},
    "channels.text": {"en": "a text must stand here", "zh": "这里应写文字"},
    "channels.text.hint": {
        "en": "write a text, in quotation marks where it has special signs",
        "zh": "请写一段文字，含特殊符号时加引号",
    },
    "channels.choice": {"en": "“{word}” is not possible here", "zh": "这里不能写“{word}”"},
    "channels.choice.hint": {"en": "one of: {known}", "zh": "可选：{known}"},
    "channels.network": {"en": "“{word}” is no network", "zh": "“{word}”不是网段"},
    "channels.network.hint": {
        "en": "such as `10.1.0.0/16` or `192.168.0.7`",
        "zh": "例如 `10.1.0.0/16` 或 `192.168.0.7`",
    },
    "channels.variable": {"en": "the environment has no {word}", "zh": "环境变量中没有 {word}"},
    "channels.variable.hint": {"en": "set it where the worker is started", "zh": "请在启动处设置它"},
    "channels.map": {"en": "words with values must stand here", "zh": "这里应写若干词及其值"},
    "channels.map.hint": {
        "en": "such as `channels: {{trial: {{file: {{path: sent.jsonl}}}}}}`",
        "zh": "例如 `channels: {{trial: {{file: {{path: sent.jsonl}}}}}}`",
    },
    "postman.begins": {
        "en": "the postman begins; it looks every {seconds} s for what is to be carried outside",
        "zh": "开始投递；每 {seconds} 秒查看一次有无要送到外部的内容",
    },
    "postman.ends": {"en": "the postman has ended", "zh": "已停止投递"},
    "postman.done": {
        "en": "sent: {sent}; to be tried again: {retried}; given up: {dead}",
        "zh": "已送达 {sent}，稍后再试 {retried}，已放弃 {dead}",
    },
    "postman.held": {
        "en": "held until quiet hours end: {held}",
        "zh": "免打扰时段结束后再送 {held} 件",
    },
    "postman.dead": {
        "en": "given up: {dead}; `flowengine outbox --dead` says why",
        "zh": "已放弃 {dead} 件；用 `flowengine outbox --dead` 查看原因",
    },
}
