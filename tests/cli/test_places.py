"""Which database: a path or a URL, and that no password is ever printed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from flowengine import errors
from flowengine.cli.places import hidden, is_postgres, is_url, shown
from flowengine.cli.trouble import complaint
from flowengine.texts import LANGUAGES, Lang

# The place, as it is shown.
PLACES = {
    "a path": ("flowengine.db", "flowengine.db"),
    "a path with an @": ("a:b@c.db", "a:b@c.db"),
    "no password": ("postgresql://dora@host/orders", "postgresql://dora@host/orders"),
    "nobody": ("postgresql:///orders?host=/run", "postgresql:///orders?host=/run"),
    "a password": ("postgresql://dora:secret@host/orders", "postgresql://dora:***@host/orders"),
    "a driver": ("postgresql+psycopg://d:secret@host:5432/o", "postgresql+psycopg://d:***@host:5432/o"),
    "an empty user": ("postgresql://:secret@host/o", "postgresql://:***@host/o"),
    "an @ in the password": ("postgres://dora:se@cret@host/o", "postgres://dora:***@host/o"),
    "a / in the password": ("postgres://dora:se/cret@host/o", "postgres://dora:***@host/o"),
    "an escaped password": ("postgres://dora:se%40cret@host/o", "postgres://dora:***@host/o"),
    "as an option": ("postgresql://host/o?user=d&password=secret", "postgresql://host/o?user=d&password=***"),
    "as an option in front": ("postgresql://h/o?password=secret&x=1", "postgresql://h/o?password=***&x=1"),
    "of a certificate": ("postgresql://h/o?sslpassword=secret", "postgresql://h/o?sslpassword=***"),
    "in words of libpq": ("host=h password=secret", "host=h password=***"),
    "of another kind": ("mysql://dora:secret@host/o", "mysql://dora:***@host/o"),
}


@pytest.mark.parametrize(("place", "wanted"), PLACES.values(), ids=PLACES.keys())
def test_a_place_is_shown_without_its_password(place: str, wanted: str) -> None:
    assert shown(place) == wanted
    assert hidden(f"could not connect to {place!r}", place) == f"could not connect to {wanted!r}"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("postgres://dora:x@cret@host/o", "failed to resolve host 'cret@host'"),
        ("postgres://dora:x@cret/o@host/o", "failed to resolve host 'cret'"),
        ("postgres://dora:x/cret@host/o", 'invalid port number: "cret"'),
    ],
)
def test_a_part_of_a_password_that_was_taken_for_something_else_is_not_said(place: str, said: str) -> None:
    assert "cret" not in hidden(said, place)


@pytest.mark.parametrize(
    ("place", "url", "postgres"),
    [
        ("flowengine.db", False, False),
        ("C:\\orders.db", False, False),
        (":memory:", False, False),
        ("postgresql://h/o", True, True),
        ("postgres://h/o", True, True),
        ("postgresql+psycopg://h/o", True, True),
        ("postgressql://h/o", True, False),
        ("sqlite:///o.db", True, False),
    ],
)
def test_a_url_is_told_from_a_path(place: str, url: bool, postgres: bool) -> None:
    assert (is_url(place), is_postgres(place)) == (url, postgres)


AWAY = "postgresql://dora:secret@nowhere.invalid/orders"
VERBS = {
    "list": ["list"],
    "deploy": ["deploy", "processes/order.yaml"],
    "migrate": ["migrate"],
    "worker": ["worker"],
    "worker once": ["worker", "--once"],
    "tick": ["tick"],
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("words", VERBS.values(), ids=VERBS.keys())
def test_a_server_that_is_not_there_is_one_sentence(office: Any, words: list[str], lang: Lang) -> None:
    done = office(*words, "--db", AWAY, "--lang", lang)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "postgresql://dora:***@nowhere.invalid/orders" in done.stderr
    assert "secret" not in done.output
    assert "free space" not in done.stderr


@pytest.mark.parametrize("verb", ["list", "migrate"])
def test_a_missing_driver_is_one_sentence(office: Any, monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    done = office(verb, "--db", AWAY)
    assert done.exit_code == 1
    assert "PostgreSQL needs the driver psycopg: pip install 'flowengine-orders[postgres]'" in done.stderr


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "mysql://dora:***@host/o: databases of this kind are not used"),
        ("zh", "mysql://dora:***@host/o：不支持这种数据库"),
    ],
)
@pytest.mark.parametrize("words", VERBS.values(), ids=VERBS.keys())
def test_another_kind_of_database_is_refused(office: Any, words: list[str], lang: str, said: str) -> None:
    done = office(*words, "--db", "mysql://dora:secret@host/o", "--lang", lang)
    assert (done.exit_code, said in done.stderr) == (2, True)


@pytest.mark.parametrize("setting", ["FLOWENGINE_DB", "FLOWENGINE_AS"])
@pytest.mark.parametrize("value", ["", "  "])
@pytest.mark.parametrize(
    ("lang", "said"), [("en", "this setting is there and empty"), ("zh", "已设置，但内容为空")]
)
def test_a_setting_that_is_there_and_empty_is_refused(
    call: Any, office: Any, setting: str, value: str, lang: str, said: str
) -> None:
    """As of a script whose variable was not filled: it must not ask in the name of the host."""
    for words in (["list"], ["start", "order", "customer=x", "amount=1"], ["release", "1"]):
        done = call(*words, "--lang", lang, env={"FLOWENGINE_AS": "ann:order_desk", setting: value})
        assert (done.exit_code, f"{setting}" in done.stderr, said in done.stderr) == (2, True, True)


def test_what_is_typed_wins_over_an_empty_setting(call: Any, office: Any) -> None:
    typed = ["--db", "flowengine.db", "--as", "ann:order_desk"]
    assert call("list", *typed, env={"FLOWENGINE_DB": "", "FLOWENGINE_AS": ""}).exit_code == 0


def test_the_database_may_be_a_setting(call: Any, office: Any, folder: Path) -> None:
    (folder / "flowengine.db").rename(folder / "other.db")
    assert call("list", env={"FLOWENGINE_DB": "other.db"}).exit_code == 0
    assert call("list").exit_code == 2


@pytest.mark.parametrize(
    ("error", "en", "zh"),
    [
        (
            errors.StoreUnusable("no room"),
            "error: postgresql://d:***@h/o: no room",
            "错误：postgresql://d:***@h/o：数据库无法使用（no room）；请检查 --db 的地址和服务器",
        ),
        (
            errors.OrderBusy("locked"),
            "error: postgresql://d:***@h/o: locked",
            "错误：postgresql://d:***@h/o：数据库正忙，未写入任何内容（locked）；请稍后重试",
        ),
    ],
    ids=["of the server", "of an order"],
)
def test_errors_on_a_server_have_no_path(error: Exception, en: str, zh: str) -> None:
    place = "postgresql://d:secret@h/o"
    assert [complaint(error, lang, place)[0] for lang in LANGUAGES] == [en, zh]
