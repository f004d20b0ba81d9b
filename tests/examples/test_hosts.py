"""Hosts with tables of their own: theirs and ours are committed together, or neither is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from threading import Barrier
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI

import flowengine
from flowengine import Principal, StoreUnusable, WrongInput
from flowengine.definition.check import check_process
from flowengine.errors import ChangedMeanwhile
from flowengine.runtime.flow import Flow
from tests.postgres import postgres_database, terminate_backends
from tests.sound import assert_sound

__all__ = ["postgres_database"]

ROOT = Path(__file__).resolve().parents[2]
HOSTS = ROOT / "examples" / "hosts"
WEB = HOSTS / "web"
MODULES = ("answers", "app", "asked", "async_app", "database", "desk")
THREADS = 8

COUNTER = Principal.of("test", "counter")
FIELDS = {"customer": "张三", "address": "南京路 1 号", "total": 120}


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'shop.db'}"
    return str(request.getfixturevalue("postgres_database"))


def rows(url: str, table: str) -> list[Any]:
    database = sa.create_engine(url)
    with closing(database.connect()) as connection:
        found = list(connection.execute(sa.text(f"SELECT * FROM {table}")))
    database.dispose()
    return found


@contextmanager
def looking(url: str) -> Iterator[flowengine.Engine]:
    """The orders of the host, seen from outside."""
    database = sa.create_engine(url)
    try:
        yield flowengine.connect(database)
    finally:
        database.dispose()


def orders(url: str) -> list[str]:
    with looking(url) as engine:
        assert_sound(engine)
        return [view.row.number for view in engine.orders(by=COUNTER, limit=200).items]


# The script


def run(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", *map(str, words)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(WEB)]), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_the_process_is_sound() -> None:
    path = HOSTS / "shop-order.yaml"
    assert check_process(path.read_text("utf-8"), path.name).findings == ()


def test_the_script_sells_and_orders_together_or_not_at_all(url: str, tmp_path: Path) -> None:
    for customer in (1, 2):
        done = run(HOSTS / "script" / "shop.py", "--db", url, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        first, second, again, afterwards = done.stdout.splitlines()
        number = re.fullmatch(r"first basket: sold as (S\d{6}-\d{4})", first)
        assert number is not None
        assert second == "second basket: not paid, so neither sold nor ordered"
        assert again == f"{first}, as before"
        said = f"CNY 200.00 left, bought ['{number[1]}'] in ['packing']; orders in all: {customer}"
        assert afterwards.endswith(said)
    assert sorted(orders(url)) == sorted(row.number for row in rows(url, "sales"))


def test_the_script_needs_no_database_to_be_named(tmp_path: Path) -> None:
    assert run(HOSTS / "script" / "shop.py", cwd=tmp_path).returncode == 0
    assert (tmp_path / "shop.db").exists()


# The web


@pytest.fixture(scope="module")
def modules() -> Iterator[SimpleNamespace]:
    """The modules of the example, which import one another by their plain names."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(WEB))
        import app
        import asked
        import async_app

        yield SimpleNamespace(app=app, asked=asked, async_app=async_app)
    for name in MODULES:
        sys.modules.pop(name, None)


class Web:
    """People with a browser, in as many threads as they like."""

    def __init__(self, portal: BlockingPortal, app: FastAPI) -> None:
        self._portal = portal
        self._app = app

    def ask(
        self, method: str, path: str, *, user: str | None = "li", key: str | None = None, lang: str = "en",
        json: Any = None,
    ) -> httpx.Response:  # fmt: skip
        headers = {"X-User": user, "Idempotency-Key": key, "Accept-Language": lang}
        given = {name: value for name, value in headers.items() if value is not None}
        return self._portal.call(self._ask, method, path, given, json)

    def take(self, key: str, **how: Any) -> httpx.Response:
        json = {"fields": how.pop("fields", FIELDS), "gift_note": how.pop("gift_note", "")}
        return self.ask("POST", "/orders", key=key, json=json, **how)

    def taken(self, key: str = "first") -> int:
        answer = self.take(key)
        assert answer.status_code == 201, answer.text
        return int(answer.json()["order_id"])

    def act(self, order: int, key: str, do: str, **how: Any) -> httpx.Response:
        who = {name: how.pop(name) for name in ("user", "lang") if name in how}
        return self.ask("POST", f"/orders/{order}/acts", key=key, json={"do": do, **how}, **who)

    def show(self, order: int, **how: Any) -> httpx.Response:
        return self.ask("GET", f"/orders/{order}", **how)

    async def _ask(self, method: str, path: str, headers: dict[str, str], json: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
            return await client.request(method, path, headers=headers, json=json)


Open = Callable[..., Web]


@pytest.fixture(params=["app", "async_app"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def open_shop(modules: SimpleNamespace, kind: str, url: str) -> Iterator[Open]:
    with ExitStack() as stack:
        portal = stack.enter_context(start_blocking_portal())

        def opened(**settings: Any) -> Web:
            app = getattr(modules, kind).create_app(url, **settings)
            stack.enter_context(portal.wrap_async_context_manager(app.router.lifespan_context(app)))
            return Web(portal, app)

        yield opened


@pytest.fixture
def web(open_shop: Open) -> Web:
    return open_shop()


def sales(url: str) -> list[Any]:
    return sorted(rows(url, "web_sales"), key=lambda row: row.order_id)


def test_an_order_runs_from_the_basket_to_its_end(web: Web, url: str) -> None:
    taken = web.take("a", gift_note="生日快乐")
    assert taken.status_code == 201
    answer = taken.json()
    assert re.fullmatch(r"S\d{6}-0001", answer["number"])
    assert (answer["revision"], answer["stage"], answer["repeated"]) == (1, "payment", False)
    order = answer["order_id"]
    steps = [
        web.act(order, "b", "done", name="paid"),
        web.act(order, "c", "attach", name="photo", reference="parcel.jpg", user="wang"),
        web.act(order, "d", "write", values={"waybill": "SF1"}, user="wang"),
    ]
    assert [(step.status_code, step.json()["stage"]) for step in steps] == [
        (200, "packing"),
        (200, "shipping"),
        (200, "closed"),
    ]
    assert [tuple(row) for row in sales(url)] == [(order, answer["number"], "生日快乐", "closed")]
    assert orders(url) == [answer["number"]]


def test_an_order_says_what_it_waits_for_in_the_language_of_the_reader(web: Web) -> None:
    order = web.taken()
    english, chinese = (web.show(order, lang=lang).json() for lang in ("en", "zh-CN,zh;q=0.9,en;q=0.8"))
    assert (english["title"], chinese["title"]) == ("Payment", "收款")
    assert [each["said"] for each in english["missing"]] == ["Payment received is missing (Counter)"]
    assert [each["said"] for each in chinese["missing"]] == ["缺少：已收到货款（柜台）"]
    assert (english["choices"], chinese["choices"]) == ({"cancel": "Cancel"}, {"cancel": "取消"})


def test_each_sees_the_work_of_his_own_role(web: Web) -> None:
    first, second = web.taken("first"), web.taken("second")
    web.act(second, "paid", "done", name="paid")
    theirs = {user: web.ask("GET", "/work", user=user).json() for user in ("li", "wang")}
    found = {user: [(each["order_id"], each["task"]) for each in tasks] for user, tasks in theirs.items()}
    assert found == {"li": [(first, "paid")], "wang": [(second, "photo")]}


def test_a_repeated_key_gives_the_first_answer_again(web: Web, url: str) -> None:
    first, again = web.take("a"), web.take("a")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == {**first.json(), "repeated": True}
    order = first.json()["order_id"]
    paid = web.act(order, "b", "done", name="paid").json()
    web.act(order, "c", "attach", name="photo", reference="parcel.jpg", user="wang")
    assert web.act(order, "b", "done", name="paid").json() == {**paid, "repeated": True}
    assert [row.stage for row in sales(url)] == ["shipping"], "an old answer overwrites nothing"
    assert len(orders(url)) == 1


def test_a_key_is_good_for_one_command_of_one_person(web: Web, url: str) -> None:
    web.taken("a")
    other = web.take("a", fields={**FIELDS, "total": 121})
    assert (other.status_code, len(orders(url))) == (422, 1)
    assert web.take("a", user="wang").json()["repeated"] is False
    assert len(sales(url)) == len(orders(url)) == 2


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["Address (address) is missing", "Total (total) is missing"]),
        ("zh", ["缺少必填项：收货地址（address）", "缺少必填项：金额（total）"]),
    ],
)
def test_an_incomplete_order_is_refused_with_all_that_is_missing(
    web: Web, url: str, lang: str, said: list[str]
) -> None:
    refused = web.take("a", fields={"customer": "张三"}, lang=lang)
    assert refused.status_code == 409
    assert [each["said"] for each in refused.json()["blockers"]] == said
    assert (sales(url), orders(url)) == ([], [])
    assert web.take("a").json()["number"].endswith("-0001"), "a refused order takes no number and no key"


def test_what_the_process_does_not_allow_is_refused(web: Web, url: str) -> None:
    order = web.taken()
    refused = [
        web.act(order, "a", "done", name="paid", user="wang"),
        web.act(order, "b", "choose", name="cancel"),
        web.act(order, "c", "done", name="paid", revision=7),
    ]
    codes = [(each.status_code, each.json()["blockers"][0]["code"]) for each in refused]
    assert codes == [(409, "not_yours"), (409, "reason_missing"), (409, "changed_meanwhile")]
    assert [row.stage for row in sales(url)] == ["payment"]


def test_whom_an_order_does_not_concern_is_turned_away(web: Web) -> None:
    order = web.taken()
    answers = [
        web.show(order, user="guest"),
        web.act(order, "a", "done", name="paid", user="guest"),
        web.take("b", user="guest"),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert web.show(order, user="nobody").status_code == 401


@pytest.mark.parametrize(
    ("order", "status"), [pytest.param(7, 404, id="unknown"), pytest.param(2**63, 422, id="no id at all")]
)
def test_an_order_that_does_not_exist(web: Web, order: int, status: int) -> None:
    assert web.show(order).status_code == web.act(order, "a", "done", name="paid").status_code == status


def test_an_order_of_another_door_is_not_the_shops(web: Web, url: str) -> None:
    with looking(url) as engine:
        order = engine.start("shop-order", FIELDS, by=COUNTER)
    assert web.show(order.order_id).status_code == 404
    assert web.act(order.order_id, "a", "done", name="paid").status_code == 404
    with looking(url) as engine:
        assert engine.order(order.order_id, by=COUNTER).row.revision == 1, "our act was rolled back too"


def test_a_command_without_a_key_is_not_taken(web: Web, url: str) -> None:
    assert web.ask("POST", "/orders", json={"fields": FIELDS}).status_code == 422
    assert orders(url) == []


@contextmanager
def held(url: str) -> Iterator[None]:
    """Somebody holds every order, and does not let go."""
    database = sa.create_engine(url)
    with closing(database.connect()) as connection:
        if database.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("SELECT * FROM fe_orders FOR UPDATE")
        yield
        connection.rollback()
    database.dispose()


def test_whoever_waits_too_long_is_told_when_to_come_again(open_shop: Open, url: str) -> None:
    web = open_shop(patience=0.1)
    order = web.taken()
    with held(url):
        busy = web.act(order, "a", "done", name="paid")
        assert (busy.status_code, busy.headers["Retry-After"]) == (503, "1")
        assert web.show(order).status_code == 200, "reading waits for nobody"
    assert web.act(order, "a", "done", name="paid").json()["repeated"] is False


CRASH = """
import os, sys
import anyio, httpx, sqlalchemy
from {kind} import create_app

async def main(url):
    app = create_app(url)
    sqlalchemy.event.listen(sqlalchemy.Engine, "commit", lambda connection: os._exit(9))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop") as client:
        headers = {{"X-User": "li", "Idempotency-Key": "a"}}
        await client.post("/orders", headers=headers, json={{"fields": {fields!r}}})

anyio.run(main, sys.argv[1])
"""


def test_a_crash_between_our_call_and_the_commit_leaves_neither_row(
    open_shop: Open, kind: str, url: str, tmp_path: Path
) -> None:
    crashed = run("-c", CRASH.format(kind=kind, fields=FIELDS), url, cwd=tmp_path)
    assert (crashed.returncode, crashed.stderr) == (9, "")
    assert (sales(url), orders(url)) == ([], [])
    again = open_shop().take("a").json()
    assert (again["repeated"], again["number"][-5:]) == (False, "-0001"), "as if it had not been asked"
    assert len(sales(url)) == len(orders(url)) == 1


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_commit_that_fails_is_not_acknowledged(web: Web, url: str) -> None:
    def cut(_connection: object) -> None:
        terminate_backends(url)

    sa.event.listen(sa.Engine, "commit", cut)
    try:
        failed = web.take("a")
    finally:
        sa.event.remove(sa.Engine, "commit", cut)
    assert (failed.status_code, failed.headers["Retry-After"]) == (503, "1")
    assert (sales(url), orders(url)) == ([], [])
    assert web.take("a").json()["repeated"] is False


def at_once(work: Callable[[int], httpx.Response]) -> list[httpx.Response]:
    barrier = Barrier(THREADS)

    def begin(number: int) -> httpx.Response:
        barrier.wait(30)
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(begin, range(THREADS)))


def test_orders_taken_at_once_are_numbered_without_gaps(web: Web, url: str) -> None:
    answers = at_once(lambda number: web.take(f"key-{number}"))
    assert {answer.status_code for answer in answers} == {201}
    numbers = sorted(answer.json()["number"] for answer in answers)
    assert [number[-4:] for number in numbers] == [f"{serial:04}" for serial in range(1, THREADS + 1)]
    assert sorted(orders(url)) == sorted(row.number for row in sales(url)) == numbers


def test_one_request_sent_many_times_at_once_is_one_order(web: Web, url: str) -> None:
    answers = at_once(lambda _: web.take("same"))
    assert {answer.status_code for answer in answers} == {201}
    assert sorted(answer.json()["repeated"] for answer in answers) == [False] + [True] * (THREADS - 1)
    assert len(sales(url)) == len(orders(url)) == 1


def test_of_many_who_do_the_same_at_once_one_has_done_it(web: Web, url: str) -> None:
    order = web.taken()
    answers = at_once(lambda number: web.act(order, f"key-{number}", "done", name="paid"))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * (THREADS - 1)
    assert [row.stage for row in sales(url)] == ["packing"]
    assert len(orders(url)) == 1


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", "en"),
        ("zh", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("de,zh;q=0.5", "zh"),
        ("zh;q=0.1, en;q=0.2", "en"),
        ("zh;q=much,*", "en"),
    ],
)
def test_the_language_is_the_one_liked_best(modules: SimpleNamespace, header: str, lang: str) -> None:
    assert modules.asked.language_of(header) == lang


# The guide


def story(url: str) -> str:
    """The pieces of docs/embedding.md that go on where the one above ended, for a database."""
    text = (ROOT / "docs" / "embedding.md").read_text("utf-8")
    program = "\n".join(re.findall(r"^```py\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    asynchronous = url.replace("sqlite:", "sqlite+aiosqlite:")
    for name, place in (("URL", url), ("ASYNC_URL", asynchronous)):
        program, times = re.subn(rf"^{name} = .*$", f"{name} = {place!r}", program, flags=re.MULTILINE)
        assert times == 1
    return program


def test_the_guide_is_a_program_that_runs(url: str, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / "guide.py").write_text(story(url), "utf-8")
    done = run("guide.py", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    *said, ticked = re.sub(r"S\d{6}", "S202611", done.stdout).splitlines()
    assert re.fullmatch(r"0 0 \d{13}", ticked)
    assert said == [
        "S202611-0001 packing 2",
        "incomplete ['请说明原因：“cancel”必须填写原因']",
        "True S202611-0001",
        "Packing ['Photo of the parcel is missing (Warehouse)']",
        "[('S202611-0001', 'photo')]",
        "S202611-0001 closed",
    ]
    assert len(orders(url)) == 7


FORK = """
import os, sys
from pathlib import Path
import sqlalchemy
import flowengine

database = sqlalchemy.create_engine(sys.argv[1])
engine = flowengine.connect(database)
engine.deploy(Path(sys.argv[2]))
database.dispose()
child = os.fork()
by = flowengine.Principal.of("child" if child == 0 else "parent", "counter")
for serial in range(5):
    engine.start("shop-order", {fields!r}, by=by).or_raise()
database.dispose()
if child:
    sys.exit(os.waitpid(child, 0)[1])
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")
def test_an_engine_that_was_disposed_of_before_a_fork_serves_both_sides(url: str, tmp_path: Path) -> None:
    done = run("-c", FORK.format(fields=FIELDS), url, HOSTS / "shop-order.yaml", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert [number[-4:] for number in sorted(orders(url))] == [f"{serial:04}" for serial in range(1, 11)]


@pytest.fixture
def shop(postgres_database: str) -> Iterator[flowengine.Engine]:
    """flowengine on a PostgreSQL engine of the host."""
    with looking(postgres_database) as engine:
        engine.deploy(HOSTS / "shop-order.yaml")
        yield engine


def started(engine: flowengine.Engine, connection: sa.Connection) -> flowengine.Result:
    return engine.at(connection).start("shop-order", FIELDS, by=COUNTER)


def test_a_failed_transaction_takes_nothing_more(shop: flowengine.Engine) -> None:
    with database_of(shop).connect() as connection:
        with pytest.raises(sa.exc.ProgrammingError):
            connection.execute(sa.text("SELECT * FROM nothing"))
        with pytest.raises(StoreUnusable, match="failed already"):
            started(shop, connection)


def fail_in_savepoint(connection: sa.Connection, first: Callable[[], object]) -> None:
    with connection.begin_nested():
        first()
        connection.execute(sa.text("SELECT * FROM nothing"))


@pytest.mark.parametrize(("where", "left"), [("before", 1), ("inside", 0), ("after", 1)])
def test_after_a_savepoint_one_may_go_on(shop: flowengine.Engine, where: str, left: int) -> None:
    """What was done in the savepoint goes with it; what was done before or after it stays."""
    with database_of(shop).begin() as connection:
        ours = {name: (lambda: None) for name in ("before", "inside", "after")}
        ours[where] = lambda: started(shop, connection).or_raise()
        ours["before"]()
        with pytest.raises(sa.exc.ProgrammingError):
            fail_in_savepoint(connection, ours["inside"])
        ours["after"]()
    assert len(shop.orders(by=COUNTER).items) == left
    assert_sound(shop)


COMMANDS: dict[str, Callable[[Flow], flowengine.Result]] = {
    "start": lambda flow: flow.start("shop-order", FIELDS, by=COUNTER),
    "do": lambda flow: flow.do(1, flowengine.Choose("cancel"), by=COUNTER, reason="late"),
}


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_stricter_isolation_may_have_to_begin_again(
    shop: flowengine.Engine, level: str, command: Callable[[Flow], flowengine.Result]
) -> None:
    shop.start("shop-order", FIELDS, by=COUNTER)
    with database_of(shop).connect().execution_options(isolation_level=level) as connection:
        flow = shop.at(connection)
        assert flow.order(1, by=COUNTER).row.stage == "payment"
        shop.start("shop-order", FIELDS, by=COUNTER)
        shop.do(1, flowengine.Done("paid"), by=COUNTER)
        with pytest.raises(ChangedMeanwhile):
            command(flow)
        connection.rollback()
        assert command(flow).ok


def test_a_connection_that_commits_by_itself_is_refused(shop: flowengine.Engine) -> None:
    by_itself = database_of(shop).execution_options(isolation_level="AUTOCOMMIT")
    with by_itself.connect() as connection, pytest.raises(WrongInput, match="commits by itself"):
        started(shop, connection)


def database_of(engine: flowengine.Engine) -> sa.Engine:
    database: sa.Engine = engine.store.engine
    return database
