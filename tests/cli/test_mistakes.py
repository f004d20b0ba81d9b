"""Every mistake of a user is one sentence on stderr: where, what, what to do. Nothing on stdout."""

# A row of the table is read as one line.
# ruff: noqa: E501

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest

from flowengine import connect

# The words typed, the exit code, and what must be said in each language.
MISTAKES = {
    "no such verb": ("validte x", 2, "flowengine validte: there is no such verb; did you mean `validate`?", "是否想写 `validate`"),
    "nothing like a verb": ("xyzzy", 2, "`flowengine --help` lists them", "会列出全部"),
    "no such option": ("list --colour", 2, "flowengine list: there is no option --colour; did you mean --closed?", "没有选项 --colour；是否想写 --closed？"),
    "no such language": ("list --lang fr", 2, "--lang fr: write one of en, zh", None),
    "argument missing": ("show", 2, "flowengine show: ORDER|FILE is missing; see `flowengine show --help`", "flowengine show：用法有误（缺少 ORDER|FILE）"),
    "options alike": ("list --lat", 2, "there is no option --lat; did you mean --lang / --late / --limit?", "没有选项 --lat；是否想写 --lang / --late / --limit？"),
    "nothing like an option": ("list --qwxyz", 2, "flowengine list: there is no option --qwxyz; see", "没有选项 --qwxyz）；请查看"),
    "option before the verb": ("--nope list", 2, "flowengine: there is no option --nope", "flowengine：用法有误（没有选项 --nope）"),
    "option without its value": ("show 1 --process", 2, "flowengine show: --process wants a value behind it: NAME", None),
    "switch with a value": ("list --late=3", 2, "flowengine list: --late takes no value", "--late 不带值"),
    "too many words": ("list a b", 2, "flowengine list: nothing more belongs here: a b", "此处不应再有其他内容：a b"),
    "too large a number": ("list --limit 900", 2, "--limit 900: write a whole number from 1 to 200", "--limit 900：请写 1 至 200 之间的整数"),
    "no number": ("list --limit many", 2, "--limit many: write a whole number from 1 to 200", "--limit many：请写 1 至 200 之间的整数"),
    "no such visit": ("why-due 1 --visit 0", 2, "--visit 0: write a whole number from 1 on", "--visit 0：请写不小于 1 的整数"),
    "no such form": ("list --format jsn", 2, "--format jsn: write one of text, json; did you mean json?", "请写 text、json 之一；是否想写 json？"),
    "nothing like a form": ("list --format yaml", 2, "--format yaml: write one of text, json", "请写 text、json 之一"),
    "nothing like what there is to do": ("audit", 2, "flowengine audit: checkpoint|verify is missing", "缺少 checkpoint|verify"),
    "person of whom nothing is kept": ("person export 138", 1, "flowengine.db: nothing is kept of such a person, or they were erased", "flowengine.db：找不到此人的资料，或已被删除"),
    "nobody to hand out": ("person export", 2, "name the person: a value such as a phone number", "请写明是谁"),
    "erasing for no reason": ("person erase 138", 2, "erase: it goes with --reason TEXT", "erase：须与 --reason TEXT 一起使用"),
    "reason to hand out": ("person export 138 --reason x", 2, "--reason: it goes with erase", "--reason：须与 erase 一起使用"),
    "vacuum after handing out": ("person export 138 --vacuum", 2, "--vacuum: it goes with erase", "--vacuum：须与 erase 一起使用"),
    "file of an old key": ("key rewrap x", 2, "x: it goes with `new`", "x：须与 `new` 一起使用"),
    "type of an order": ("show 1 --type x", 2, "--type: it goes with --resolved", "--type：须与 --resolved 一起使用"),
    "nothing to find": ("list --find phone", 2, "--find phone: this is not FIELD=VALUE", "--find phone：不是“字段=值”"),
    "file missing": ("validate nope.yaml", 2, "nope.yaml: there is no such file; check the path", "没有这个文件"),
    "file below a file": ("validate order.txt/x.yaml", 2, "order.txt/x.yaml: there is no such file", "没有这个文件"),
    "folder without processes": ("validate empty", 2, "empty: there is no *.yaml, *.yml", "没有 *.yaml、*.yml"),
    "folder for a file": ("deploy empty", 2, "empty: this is a folder; name a file in it", "这是文件夹"),
    "process for a scenario": ("scenario processes/order.yaml", 2, "processes/order.yaml: this is a process, not a scenario; check it with `flowengine validate processes/order.yaml`", "流程文件，不是情景文件"),
    "process to train with": ("train processes/order.yaml", 2, "processes/order.yaml: this is a process, not a scenario", "流程文件，不是情景文件"),
    "faulty process for a scenario": ("scenario faulty.yaml", 2, "faulty.yaml: this is a process, not a scenario", "流程文件，不是情景文件"),
    "no row to train with": ("train processes/order.scenario.yaml --row 0", 2, "--row 0: write a whole number from 1 on", "请写不小于 1 的整数"),
    "scenario of nothing for a process": ("deploy alone.yaml", 2, "alone.yaml: this is a scenario, not a process", "情景文件，不是流程文件"),
    "scenario of nothing to draw": ("graph alone.yaml", 2, "alone.yaml: this is a scenario, not a process", "情景文件，不是流程文件"),
    "scenario for a process": ("deploy processes/order.scenario.yaml", 2, "this is a scenario, not a process", "情景文件，不是流程文件"),
    "binary for a process": ("deploy binary.yaml", 1, "binary.yaml:1:1: error FE002", "错误 FE002"),
    "faulty process": ("graph faulty.yaml", 1, "faulty.yaml:3:10: error FE103", "错误 FE103"),
    "drawing over its source": ("graph processes/order.yaml -o processes/order.yaml", 2, "this is the file that is read", "正是要读取的文件"),
    "drawing into nowhere": ("graph processes/order.yaml -o nowhere/x.svg", 2, "nowhere/x.svg: this cannot be written", "无法写入"),
    "starter twice": ("init", 1, "processes/order.yaml: there is such a file already, and nothing was written", "文件已存在"),
    "starter on a file": ("init order.txt", 2, "order.txt/processes: this cannot be written", "无法写入"),
    "database missing": ("list --db nope.db", 2, "nope.db: there is no such database; make one with `flowengine deploy FILE`", "没有这个数据库"),
    "database is a text": ("list --db order.txt", 1, "order.txt: the database cannot be used: file is not a database; check the path", "数据库无法使用"),
    "database is a folder": ("list --db empty", 1, "empty: the database cannot be used", "数据库无法使用"),
    "database in nowhere": ("deploy processes/order.yaml --db nowhere/x.db", 1, "nowhere/x.db: there is no folder ", "数据库无法使用"),
    "unknown order": ("show 999", 1, "flowengine.db: there is no order '999'", "flowengine.db：找不到"),
    "unknown order to act on": ("do 999 done x", 1, "there is no order '999'", "找不到"),
    "unknown process": ("start nope", 1, "no process 'nope' is deployed (deployed: order)", "找不到"),
    "unknown process to draw": ("graph nope", 1, "no process 'nope' is deployed", "找不到"),
    "drawing for a stranger": ("graph order --as x:stranger", 1, "needs one of the roles order_desk, inspector, warehouse; name a person who holds one with --as", "无权查看"),
    "unknown process to list": ("list --process ordr", 1, "--process ordr: no such process is deployed in flowengine.db; perhaps: order", "可能是：order"),
    "unknown stage to list": ("list --stage shiping", 1, "--stage shiping: no process in flowengine.db has such a stage or end; perhaps: shipping", "可能是：shipping"),
    "stranger": ("start order customer=x amount=1 --as x:stranger", 1, "refused; nothing was changed:", "拒绝办理"),
    "stranger who reads": ("show 202602-001 --as x:stranger", 1, "there is no order '202602-001'", "找不到"),
    "wrong role": ("do 202602-001 done customer_known --as x:warehouse", 1, "“customer_known” is for Order desk  [processes/order.yaml:28]", "拒绝办理"),
    "nobody": ("start order customer=x --as ''", 2, "--as : this does not name a person and roles", "没有写明人员和角色"),
    "person without roles": ("start order --as ann", 2, "--as ann: this does not name a person and roles; write ID:ROLE", "没有写明人员和角色"),
    "no value": ("start order customer", 2, "customer: this is not NAME=VALUE; write for example customer=Northwind", "不是“名称=值”"),
    "value twice": ("start order customer=a customer=b", 2, "customer: it is given twice; keep one of the two", "给出了两次"),
    "record missing": ("start order --json nope.json", 2, "nope.json: there is no such file", "没有这个文件"),
    "record is no JSON": ("start order --json order.txt", 2, "--json order.txt: this is not JSON", "不是 JSON"),
    "record is a list": ("start order --json list.json", 2, "--json list.json: the JSON is not a record", "不是一条记录"),
    "no need named": ("do 202602-001 done", 2, "done: other words belong here; write `done NEED`", "请写成 `done NEED`"),
    "two outcomes": ("do 202602-001 outcome a b", 2, "b: this is not NAME=VALUE", "b：不是“名称=值”"),
    "no outcome": ("do 202602-001 outcome", 2, "write `outcome NAME [FIELD=VALUE...]`", "请写成 `outcome NAME [FIELD=VALUE...]`"),
    "nothing to write": ("do 202602-001 write", 2, "write `write NAME=VALUE...`", "请写成 `write NAME=VALUE...`"),
    "no such act": ("do 202602-001 fly x", 2, "fly: there is no such verb; `flowengine do --help` lists them", "没有这个命令"),
    "an outcome where a verb belongs": ("do 202602-001 failed", 2, "write `flowengine do 202602-001 outcome failed`", "请写成 `flowengine do 202602-001 outcome failed`"),
    "a need where a verb belongs": ("do 202602-001 customer_known", 2, "write `flowengine do 202602-001 done customer_known`", "请写成 `flowengine do 202602-001 done customer_known`"),
    "evidence is a folder": ("do 202602-001 attach payment_voucher empty", 2, "empty: this is a folder", "这是文件夹"),
    "preview with a key": ("do 202602-001 done customer_known --preview --key k", 2, "--preview: it cannot be combined with --key, --expect; leave one out", "不能与 --key, --expect 同时使用"),
    "revision out of range": ("do 202602-001 done x --expect 99999999999999999999", 2, "write a whole number from 0 to", "请写 0 至"),
    "key of another command": ("start order customer=y amount=1 --key k1", 1, "the key 'k1' was used for another command on order 202602-001; use a new --key", "键“k1”已用于订单 202602-001 的另一条命令"),
    "a stage where nothing is deployed": ("list --db bare.db --stage review", 1, "review: no process is deployed in bare.db; begin with `flowengine deploy FILE`", "还没有部署任何流程"),
    "a role where nothing is deployed": ("list --db bare.db --awaiting desk", 1, "no process is deployed in bare.db; begin with", "还没有部署任何流程"),
    "late and closed": ("list --late --closed", 2, "--late: it cannot be combined with --closed", "不能与 --closed 同时使用"),
    "work of a stage": ("list --work --stage review", 2, "--work: it cannot be combined with --stage", "同时使用"),
    "parked work": ("list --work --parked", 2, "--work: it cannot be combined with --stage, --open, --closed, --late, --held, --awaiting, --parked, --find", "同时使用"),
    "parked messages": ("list --messages --parked", 2, "--messages: it cannot be combined with --process, --stage", "同时使用"),
    "no database named": ("list --db ''", 2, "--db: no database is named; write a path such as flowengine.db, or a URL", "没有写明数据库"),
    "blank for a database": ("deploy processes/order.yaml --db ' '", 2, "--db: no database is named", "没有写明数据库"),
    "no such kind of database": ("list --db oracle://h/o", 2, "oracle://h/o: databases of this kind are not used; write the path of a SQLite file", "不支持这种数据库"),
    "unknown order to release": ("release 999", 1, "there is no order '999'", "找不到"),
    "release for a stranger": ("release 202602-001 --as x:stranger", 1, "there is no order '202602-001'", "找不到"),
    "worker without a database": ("worker --db nope.db", 2, "nope.db: there is no such database", "没有这个数据库"),
    "worker that never rests": ("worker --poll 0s", 2, "--poll 0s: this is no wait of a worker; write a time from 100ms to 60m", "不是可用的等待时间"),
    "migration of nothing": ("migrate --db nope.db", 2, "nope.db: there is no such database", "没有这个数据库"),
    "work and messages": ("list --work --messages", 2, "--work: it cannot be combined with --messages", "同时使用"),
    "wrong cursor": ("list --after x", 2, "--after x: this list has no such cursor; copy the one", "不是此列表的游标"),
    "huge cursor": ("list --after 99999999999999999999", 2, "this list has no such cursor", "不是此列表的游标"),
    "cursor of another list": ("list --work --after 3", 2, "this list has no such cursor", "不是此列表的游标"),
    "import of nothing": ("import order nope.csv", 2, "nope.csv: there is no such file", "没有这个文件"),
    "import of a folder": ("import order empty --format-in csv", 2, "empty: this is a folder", "这是文件夹"),
    "import of what": ("import order order.txt", 2, "order.txt: the ending is neither .csv nor .jsonl; say --format-in", "请加 --format-in"),
    "import in another encoding": ("import order gb.csv", 2, "gb.csv:2: this line is not written in utf-8-sig, and no order was opened; files from a Chinese Excel need --encoding gb18030", "gb.csv:2：此行不是 utf-8-sig 编码"),
    "import in no encoding": ("import order gb.csv --encoding klingon", 2, "--encoding klingon: there is no such encoding", "没有这种编码"),
    "import in no text": ("import order gb.csv --encoding hex", 2, "--encoding hex: there is no such encoding", "没有这种编码"),
    "import over its source": ("import order list.csv --errors list.csv", 2, "list.csv: this is the file that is read", "正是要读取的文件"),
    "import with a report in nowhere": ("import order list.csv --errors nowhere/r.jsonl", 2, "nowhere/r.jsonl: this cannot be written", "无法写入"),
    "import into nothing": ("import nope list.csv", 1, "no process 'nope' is deployed", "找不到"),
    "import through no channel": ("import order list.csv --channel web", 1, "--channel web: process order has no such channel", "没有这个渠道"),
}  # fmt: skip


@pytest.fixture
def desk(office: Any, folder: Path) -> Any:
    """The office with one order, and files of every wrong kind."""
    office("start", "order", "customer=Northwind", "amount=800", "--key", "k1")
    connect("bare.db").close()
    (folder / "empty").mkdir()
    (folder / "order.txt").write_text("not an order, and " * 20)
    (folder / "binary.yaml").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (folder / "faulty.yaml").write_text("flowengine: 1\nprocess: order\nversion: 1\nowner: x\nroles: {}\n")
    (folder / "alone.yaml").write_text("scenario: Alone\nprocess: gone.yaml\nsteps: [{nothing: 1}]\n")
    (folder / "list.json").write_text("[1]")
    (folder / "list.csv").write_text("customer,amount\n")
    (folder / "gb.csv").write_text("customer,amount\n张三,1\n", encoding="gb18030")
    return office


@pytest.mark.parametrize(("words", "code", "said", "_said_zh"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_said_in_english(desk: Any, words: str, code: int, said: str, _said_zh: str) -> None:
    result = desk(*shlex.split(words))
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert "�" not in result.stderr


@pytest.mark.parametrize(("words", "code", "_said", "said_zh"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_said_in_chinese(
    desk: Any, words: str, code: int, _said: str, said_zh: str | None
) -> None:
    if said_zh is not None:
        result = desk(*shlex.split(words), "--lang", "zh")
        assert (result.exit_code, result.stdout) == (code, "")
        assert said_zh in result.stderr


def test_who_gives_a_command_must_be_named(call: Any, desk: Any) -> None:
    for words in (["start", "order"], ["do", "1", "done", "x"], ["import", "order", "list.csv"]):
        result = call(*words)
        assert result.exit_code == 2
        assert (
            f"flowengine {words[0]}: it must be known who gives a command; add --as ID:ROLE" in result.stderr
        )


@pytest.mark.parametrize("words", [[], ["--lang", "en"]])
def test_no_verb_at_all_shows_the_help(call: Any, words: list[str]) -> None:
    result = call(*words)
    assert result.exit_code == 2
    assert "validate" in result.stderr


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "--limit wants a value behind it: NUMBER"), ("zh", "--limit 之后须写一个值：NUMBER")],
)
def test_an_option_at_the_end_without_its_value(call: Any, lang: str, said: str) -> None:
    assert said in call("--lang", lang, "list", "--limit").stderr


@pytest.mark.parametrize("words", ["list --db nope.db", "deploy processes/order.scenario.yaml --db nope.db"])
def test_a_mistake_leaves_no_database_behind(desk: Any, folder: Path, words: str) -> None:
    desk(*shlex.split(words))
    assert not (folder / "nope.db").exists()


def test_one_faulty_file_keeps_all_from_being_deployed(call: Any, desk: Any) -> None:
    result = call("deploy", "processes/order.yaml", "faulty.yaml", "--db", "new.db")
    assert result.exit_code == 1
    assert not Path("new.db").exists()
