"""What `flowengine doctor` finds, what to do about it, and what the figures for Prometheus mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "health.level.ok": {"en": "ok", "zh": "正常"},
    "health.level.warning": {"en": "warning", "zh": "警告"},
    "health.level.failure": {"en": "FAILURE", "zh": "故障"},
    "health.remedy": {"en": "to do: {said}", "zh": "处理办法：{said}"},
    "health.title.database": {"en": "database", "zh": "数据库"},
    "health.title.tables": {"en": "tables", "zh": "表"},
    "health.title.worker": {"en": "worker", "zh": "工作进程"},
    "health.title.timers": {"en": "timers", "zh": "到期事项"},
    "health.title.parked": {"en": "parked orders", "zh": "搁置的订单"},
    "health.title.postman": {"en": "postman", "zh": "投递"},
    "health.title.calls": {"en": "calls", "zh": "外部调用"},
    "health.title.ahead": {"en": "orders ahead of time", "zh": "时间超前的订单"},
    "health.title.calendars": {"en": "calendars", "zh": "工作日历"},
    "health.title.chain": {"en": "history", "zh": "历史"},
    "health.title.disk": {"en": "disk", "zh": "磁盘"},
    "health.title.clock": {"en": "clock", "zh": "时钟"},
    "health.title.messages": {"en": "messages", "zh": "消息"},
    "health.database.ok": {"en": "{database}", "zh": "{database}"},
    "health.database.lost": {"en": "it cannot be read: {detail}", "zh": "无法读取：{detail}"},
    "health.database.lost.do": {
        "en": "see whether the server runs and the address is right, or do what is said above; then look again",
        "zh": "请检查服务器是否运行、地址是否正确，或按上面的提示处理；然后再检查一次",
    },
    "health.tables.ok": {"en": "version {version}, complete", "zh": "版本 {version}，完整"},
    "health.tables.missing": {
        "en": "these keep the store in order and are gone: {parts}",
        "zh": "以下用于保证数据正确的部分已不存在：{parts}",
    },
    "health.tables.missing.do": {
        "en": "find out who removed them, run `flowengine verify`, and restore a backup",
        "zh": "请查明是谁删除的，运行 `flowengine verify`，并恢复备份",
    },
    "health.worker.ok": {"en": "{name} was at work {age} ago", "zh": "{name} 于 {age} 前工作过"},
    "health.worker.idle": {
        "en": "none, and none is needed: nothing waits for time",
        "zh": "没有，也不需要：没有事项在等待时间",
    },
    "health.worker.nobody": {
        "en": "nobody has let time pass for {wait}, and orders wait for a moment to come",
        "zh": "已有 {wait} 无人处理到期事项，而有订单在等待时间",
    },
    "health.worker.never": {
        "en": "nobody is known to have let time pass here yet, and orders wait for a moment to come",
        "zh": "尚无处理到期事项的记录，而有订单在等待时间",
    },
    "health.worker.never.do": {
        "en": "keep `flowengine worker` running, or let cron call `flowengine tick` every minute",
        "zh": "请保持 `flowengine worker` 运行，或用 cron 每分钟调用 `flowengine tick`",
    },
    "health.worker.nobody.do": {
        "en": "keep `flowengine worker` running, or let cron call `flowengine tick` every minute",
        "zh": "请保持 `flowengine worker` 运行，或用 cron 每分钟调用 `flowengine tick`",
    },
    "health.worker.standstill": {
        "en": "time stands still: what is due longest has waited for {lag}, and nobody is at work",
        "zh": "时间停滞：最早到期的事项已等待 {lag}，而无人处理",
    },
    "health.worker.standstill.do": {
        "en": "start `flowengine worker`; what fell due is caught up, each moment as of its own instant",
        "zh": "请启动 `flowengine worker`；已到期的事项会补上，并按各自的时刻记录",
    },
    "health.timers.none": {"en": "nothing is due", "zh": "没有到期未处理的事项"},
    "health.timers.ok": {
        "en": "due now: {count}, for at most {lag}",
        "zh": "现在到期 {count} 项，最久 {lag}",
    },
    "health.timers.behind": {
        "en": "due and not decided: {count}, the longest for {lag}",
        "zh": "已到期而未处理 {count} 项，最久 {lag}",
    },
    "health.timers.behind.do": {
        "en": "if a worker runs, let it catch up and look again; if that does not help, start another one",
        "zh": "若工作进程在运行，请等它补上后再检查；若仍不够，请再启动一个",
    },
    "health.kept_back": {
        "en": "the reason may quote fields that not every role sees; `flowengine doctor --reasons` says it",
        "zh": "原因中可能引用并非所有角色可见的字段；`flowengine doctor --reasons` 会说明",
    },
    "health.parked.ok": {"en": "none", "zh": "没有"},
    "health.parked.some": {
        "en": "orders that could not be decided when their moment came: {count}; {number}: {why}",
        "zh": "到期时无法判断的订单：{count} 张；{number}：{why}",
    },
    "health.parked.some.do": {
        "en": "`flowengine list --parked` shows them; mend what they say, then `flowengine release NUMBER`",
        "zh": "用 `flowengine list --parked` 查看；按所述原因处理后运行 `flowengine release 单号`",
    },
    "health.postman.ok": {"en": "{name} was at work {age} ago", "zh": "{name} 于 {age} 前工作过"},
    "health.postman.idle": {
        "en": "none, and none is needed: nothing waits to be carried outside",
        "zh": "没有，也不需要：没有等待送到外部的内容",
    },
    "health.postman.gone": {
        "en": "{name} carries no more: of {count} parcels the first has waited for {lag}",
        "zh": "{name} 已停止投递：{count} 件等待送出，最早的已等待 {lag}",
    },
    "health.postman.gone.do": {
        "en": "start the worker again; if it runs, its log says what holds it up, such as a function that never ends",
        "zh": "请重新启动工作进程；若仍在运行，其日志会说明被什么卡住，例如永不结束的函数",
    },
    "health.postman.nobody": {
        "en": "nobody carries what goes outside: of {count} parcels the first has waited for {lag}",
        "zh": "无人投递：{count} 件等待送到外部，最早的已等待 {lag}",
    },
    "health.postman.nobody.do": {
        "en": "run `flowengine worker` with `--channels` or `--functions`, or let the host call `engine.deliver()`",
        "zh": "请运行带 `--channels` 或 `--functions` 的 `flowengine worker`，或由宿主程序调用 `engine.deliver()`",
    },
    "health.calls.ok": {"en": "none waits for somebody who can make it", "zh": "没有等待函数的调用"},
    "health.calls.unmade": {
        "en": "{count} wait, one for {age}, and no worker has what makes them: {functions}",
        "zh": "{count} 项在等待，最久 {age}，没有工作进程能发起：{functions}",
    },
    "health.calls.unmade.do": {
        "en": "give a worker these functions or hosts, and the master key where it has none; or answer with `engine.reply`",
        "zh": "请为工作进程提供这些函数或主机，缺主密钥的也请提供；或用 `engine.reply` 答复",
    },
    "health.ahead.ok": {"en": "none", "zh": "没有"},
    "health.ahead.some": {
        "en": "open orders written in the future: {count}; a clock was ahead when they came to their stage",
        "zh": "写入时刻在将来的未结订单：{count} 张；它们进入当前阶段时，时钟快了",
    },
    "health.ahead.some.do": {
        "en": "set the clock of the machine right that gave the time; these orders take commands, and their due times count from the instant that is written",
        "zh": "请校准当时提供时间的机器的时钟；这些订单仍可办理，其期限从所记录的时刻起算",
    },
    "health.calendars.none": {
        "en": "none that depends on the holidays of a country",
        "zh": "没有依赖法定节假日的日历",
    },
    "health.calendars.ok": {
        "en": "certain until {until}, for {left} more days",
        "zh": "确定到 {until}，还有 {left} 天",
    },
    "health.calendars.soon": {
        "en": "certain only until {until}, for {left} more days: {calendars}; open orders due beyond: {count}",
        "zh": "只确定到 {until}，还有 {left} 天：{calendars}；期限在此之后的未结订单：{count} 张",
    },
    "health.calendars.soon.do": {
        "en": "once the next year is announced, update the package `holidays` and run `flowengine reckon`; until then days written in `days:` of a new version count for the orders that begin on it",
        "zh": "下一年的安排公布后，请更新程序包 `holidays`，再运行 `flowengine reckon`；在此之前，可在新版本日历的 `days:` 中写明，对其后开始的订单有效",
    },
    "health.calendars.passed": {
        "en": "certain only until {until}, which has passed: {calendars}; open orders due beyond: {count}",
        "zh": "只确定到 {until}，该日已过：{calendars}；期限在此之后的未结订单：{count} 张",
    },
    "health.calendars.passed.do": {
        "en": "no make-up workdays are counted beyond that day: update the package `holidays` and run `flowengine reckon`; until then days written in `days:` of a new version count for the orders that begin on it",
        "zh": "此日之后未计调休：请更新程序包 `holidays`，再运行 `flowengine reckon`；在此之前，可在新版本日历的 `days:` 中写明，对其后开始的订单有效",
    },
    "health.chain.ok": {
        "en": "sound in {orders} orders, {rows} rows of history",
        "zh": "核对无误：{orders} 张订单，{rows} 行历史",
    },
    "health.chain.broken": {
        "en": "altered; problems: {problems}, at: {numbers} (looked at: {orders} orders, {rows} rows of history)",
        "zh": "有改动；问题 {problems} 个，位于：{numbers}（已核对 {orders} 张订单，{rows} 行历史）",
    },
    "health.chain.broken.do": {
        "en": "run `flowengine verify`, which names every problem; compare with a backup",
        "zh": "请运行 `flowengine verify`，它会逐一指出问题；并与备份比较",
    },
    "health.disk.ok": {"en": "{free} free, the orders take {size}", "zh": "剩余 {free}，订单占用 {size}"},
    "health.disk.unknown": {
        "en": "the orders take {size}; how much room is left, only the server knows",
        "zh": "订单占用 {size}；剩余空间只有服务器知道",
    },
    "health.disk.scarce": {
        "en": "only {free} are free, and the orders take {size}",
        "zh": "仅剩 {free}，订单占用 {size}",
    },
    "health.disk.scarce.do": {
        "en": "make room on that disk, or move the database to another one while nothing has it open",
        "zh": "请在该磁盘上腾出空间，或在无人使用时将数据库移到其他磁盘",
    },
    "health.clock.ok": {
        "en": "this machine and the database agree; the database's time decides",
        "zh": "本机与数据库一致；以数据库的时间为准",
    },
    "health.clock.one": {
        "en": "the time of this machine decides; the database has none of its own",
        "zh": "以本机时间为准；该数据库没有自己的时间",
    },
    "health.clock.fast": {
        "en": "this machine is {skew} ahead of the database, whose time decides",
        "zh": "本机比数据库快 {skew}；以数据库的时间为准",
    },
    "health.clock.fast.do": {
        "en": "no order is harmed; find out which of the two is wrong, and have it follow a time server (NTP)",
        "zh": "订单不受影响；请查明哪一方不准，并让它与时间服务器（NTP）同步",
    },
    "health.clock.slow": {
        "en": "this machine is {skew} behind the database, whose time decides",
        "zh": "本机比数据库慢 {skew}；以数据库的时间为准",
    },
    "health.clock.slow.do": {
        "en": "no order is harmed; find out which of the two is wrong, and have it follow a time server (NTP)",
        "zh": "订单不受影响；请查明哪一方不准，并让它与时间服务器（NTP）同步",
    },
    "health.messages.ok": {"en": "kept for roles: {count}", "zh": "为各角色保存 {count} 条"},
    "standstill": {
        "en": "warning: time stands still; what is due longest has waited for {lag}, and nobody is at work: start `flowengine worker`, see `flowengine doctor`",
        "zh": "警告：时间停滞；最早到期的事项已等待 {lag}，而无人处理：请启动 `flowengine worker`，详见 `flowengine doctor`",
    },
    "metric.check_level": {
        "en": "What a check found: 0 ok, 1 warning, 2 failure.",
        "zh": "检查结果：0 正常，1 警告，2 故障。",
    },
    "metric.orders_open": {"en": "Open orders in a stage.", "zh": "某阶段的未结订单数。"},
    "metric.orders_overdue": {
        "en": "Open orders in a stage that are past their due instant.",
        "zh": "某阶段已过期限的未结订单数。",
    },
    "metric.orders_parked": {
        "en": "Orders that could not be decided when their moment came.",
        "zh": "到期时无法判断而搁置的订单数。",
    },
    "metric.orders_ahead": {"en": "Open orders written in the future.", "zh": "写入时刻在将来的未结订单数。"},
    "metric.messages": {"en": "Messages kept for roles.", "zh": "为各角色保存的消息数。"},
    "metric.timers_due": {
        "en": "Orders whose moment has come and that nobody has let decide.",
        "zh": "已到期而未处理的订单数。",
    },
    "metric.timer_lag_seconds": {
        "en": "For how long what is due longest has been waiting.",
        "zh": "最早到期的事项已等待的秒数。",
    },
    "metric.heartbeat_age_seconds": {
        "en": "How long ago somebody let time pass, or had parcels carried.",
        "zh": "距某工作进程上次工作的秒数。",
    },
    "metric.clock_skew_seconds": {
        "en": "By how much this machine is ahead of the database.",
        "zh": "本机比数据库快的秒数。",
    },
    "metric.calendar_certain_until_timestamp_seconds": {
        "en": "When what is known of the public holidays of a calendar ends (Unix time).",
        "zh": "日历所依据的法定节假日安排到何时为止（Unix 时间）。",
    },
    "metric.database_bytes": {"en": "Room that the orders take.", "zh": "订单占用的字节数。"},
    "metric.disk_free_bytes": {"en": "Room that is left on the disk.", "zh": "磁盘剩余的字节数。"},
}
