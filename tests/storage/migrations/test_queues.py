"""Revision 0003: orders that were there before stand in their queues where they would have been put."""

from __future__ import annotations

from sqlalchemy.engine import Engine

from flowengine import Done, Hold, connect
from flowengine.storage.migrations.stamp import write_version
from flowengine.storage.schema import NEWEST, migrate_place
from tests.sound import assert_sound
from tests.storage.migrations.shapes import shape
from tests.storage.migrations.shop import DESK

SHOP = """
flowengine: 1
process: shop
version: "1"
owner: desk
types: {plain: {}, urgent: {priority: urgent}}
roles: {desk: {title: Desk}}
clocks: {answer: {within: 9h, until: checked}}
holds: {waits: {by: desk, pauses: all}}
stages:
  receive: {owner: desk, due: 24h, needs: {checked: check}, next: pack}
  pack: {owner: desk, needs: {packed: check}, next: closed}
"""
BACK = (
    "DROP TABLE fe_rests",
    "DROP TABLE fe_schedules",
    "DROP TABLE fe_signals",
    "DROP TABLE fe_matches",
    "DROP TABLE fe_events",
    "DROP TABLE fe_parcels",
    "DROP INDEX fe_outbox_new",
    "ALTER TABLE fe_outbox DROP COLUMN parcelled_at",
    "DROP TABLE fe_traces",
    "DROP TABLE fe_subjects",
    "DROP TABLE fe_tokens",
    "DROP INDEX fe_work_queue",
    "ALTER TABLE fe_work DROP COLUMN priority",
    "ALTER TABLE fe_work DROP COLUMN due_at",
    "ALTER TABLE fe_orders DROP COLUMN priority",
    "ALTER TABLE fe_orders DROP COLUMN next_due",
    "CREATE INDEX fe_work_role ON fe_work (role, order_id)",
)


def test_orders_of_before_stand_where_they_would_have_been_put(place: str, database: Engine) -> None:
    with connect(place) as engine:
        engine.deploy(SHOP)
        ids = [engine.start("shop", {"type": kind}, by=DESK).order_id for kind in ("plain", "urgent") * 2]
        for command in (Done("checked"), Done("packed")):
            engine.do(ids[0], command, by=DESK).or_raise()
        engine.do(ids[1], Done("checked"), by=DESK).or_raise()
        engine.do(ids[2], Hold("waits"), by=DESK).or_raise()
        waiting = [(task.order_id, task.key) for task in engine.work(by=DESK).items]
    with database.begin() as connection:
        whole = shape(connection)
        for statement in BACK:
            connection.exec_driver_sql(statement)
        write_version(connection, "0002")
    assert migrate_place(database) == ("0002", NEWEST)
    with database.connect() as connection:
        assert shape(connection) == whole
    with connect(place, create=False) as engine:
        assert [(task.order_id, task.key) for task in engine.work(by=DESK).items] == waiting
        assert_sound(engine)
