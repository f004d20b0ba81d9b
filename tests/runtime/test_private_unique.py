"""A phone number or a document tells orders apart, by its look-up value; erasing the person frees it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from flowengine import Principal
from tests.runtime.shop import HOST, Shop, opened

PROCESS = """
flowengine: 1
process: members
version: "1"
owner: desk
language: en
roles: {desk: {sees: all, unmasked: all, may: create}}
order:
  unique: [phone, store]
  fields:
    store: {type: text, required: true}
    phone: {type: text, required: true, private: phone}
    second: {type: text, private: phone}
stages: {review: {owner: desk, needs: {seen: check}, next: closed}}
"""
DESK = Principal.of("dora", "desk")
PHONE = "13812345678"


@pytest.fixture
def shop() -> Iterator[Shop]:
    with opened(PROCESS) as shop:
        yield shop


def joined(shop: Shop, phone: str = PHONE, **values: Any) -> str:
    values = {"phone": phone, "store": "A", **values}
    return shop.engine.start("members", values, by=DESK).or_raise().number


def kept(shop: Shop) -> list[str]:
    """Every text of every row of orders."""
    with shop.engine.store.engine.connect() as connection:  # type: ignore[attr-defined]  # a store of SQL
        return [str(cell) for row in connection.exec_driver_sql("SELECT * FROM fe_orders") for cell in row]


@pytest.mark.parametrize(
    ("values", "number"),
    [
        pytest.param({}, "000001", id="the same"),
        pytest.param({"phone": "+86 138-1234-5678"}, "000001", id="written otherwise"),
        pytest.param({"second": "13700000000"}, "000001", id="beside another number"),
        pytest.param({"phone": "13700000000"}, "000002", id="another number"),
        pytest.param({"store": "B"}, "000002", id="another value that is not private"),
        pytest.param({"phone": "13700000000", "second": PHONE}, "000002", id="in another field"),
    ],
)
def test_the_same_number_is_the_same_order(shop: Shop, values: dict[str, str], number: str) -> None:
    assert joined(shop) == "000001"
    assert joined(shop, **values) == number
    assert not [each for each in kept(shop) if PHONE in each]


def test_erasing_frees_the_number_and_nothing_of_it_is_left(shop: Shop) -> None:
    joined(shop)
    joined(shop, "13700000000")
    engine = shop.engine.store.engine  # type: ignore[attr-defined]  # a store of SQL
    with engine.connect() as connection:
        (identity,) = connection.exec_driver_sql("SELECT identity FROM fe_orders WHERE id = 1").one()
    blind = json.loads(identity)["phone"]
    assert any(blind in each for each in kept(shop))
    shop.engine.erase(PHONE, by=HOST, reason="asked for")
    assert not any(blind in each for each in kept(shop))
    assert shop.engine.verify().problems == ()
    assert joined(shop) == "000003"
    assert joined(shop, "13700000000") == "000002", "of whom nobody was erased"


def test_verify_names_an_identity_that_somebody_has_put_there(shop: Shop) -> None:
    joined(shop)
    joined(shop, "13700000000")
    engine = shop.engine.store.engine  # type: ignore[attr-defined]
    with engine.begin() as connection:
        (identity,) = connection.exec_driver_sql("SELECT identity FROM fe_orders WHERE id = 1").one()
        connection.exec_driver_sql("UPDATE fe_orders SET identity = NULL WHERE id = 1")
    assert [(each.code, each.detail) for each in shop.engine.verify().problems] == [("column", "identity")]
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE fe_orders SET identity = '%s' WHERE id = 1" % identity)  # noqa: UP031


def test_of_many_who_open_it_at_once_one_does(tmp_path: Path, place: str) -> None:
    """On a file and on a server, where each thread has a connection of its own."""
    path = str(tmp_path / "members.db") if place == "sqlite" else ""
    with opened(PROCESS, path=path) as shop, ThreadPoolExecutor(4) as threads:
        assert {*threads.map(lambda _: joined(shop), range(8))} == {"000001"}
        assert shop.engine.verify().orders == 1


def test_vacuum_leaves_no_deleted_key_in_the_files(shop: Shop, place: str) -> None:
    joined(shop)
    if place == "sqlite":
        assert shop.engine.erase(PHONE, by=HOST, reason="asked for", vacuum=True).scrubbed
        return
    engine = shop.engine.store.engine  # type: ignore[attr-defined]
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:

        def of(asked: str) -> list[str]:
            return [str(found) for (found,) in connection.exec_driver_sql(asked)]

        def files() -> str:
            """What stands in the files of the tables, as the server reads them."""
            connection.exec_driver_sql("CHECKPOINT")
            tables = ("fe_subjects", "fe_traces", "fe_orders")
            read = "SELECT encode(pg_read_binary_file(pg_relation_filepath('%s')), 'escape')"
            return "".join(of(read % table)[0] for table in tables)

        secrets = of(
            "SELECT wrapped FROM fe_subjects WHERE name <> 'index' UNION SELECT blind FROM fe_traces"
        )
        assert all(each in files() for each in secrets)
        other = joined(shop, "13700000000")
        assert not shop.engine.erase(order=other, by=HOST, reason="asked for").scrubbed
        assert shop.engine.erase(PHONE, by=HOST, reason="asked for", vacuum=True).scrubbed
        left = files()
        assert not [each for each in secrets if each in left]
