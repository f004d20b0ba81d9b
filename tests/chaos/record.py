"""What stands in a database at the end, read past the engine: keys, numbers, and moments that fell due."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from flowengine import Engine
from tests.faults.dumps import raw

Ack = tuple[int, int]
"""The id of an order and its revision, as a command answered."""


def rows(engine: Engine, question: str) -> list[Any]:
    """What the database answers."""
    with raw(engine) as connection:
        return list(connection.cursor().execute(question).fetchall())


def keys_on_record(engine: Engine) -> dict[str, list[Ack]]:
    """Where in history each key stands."""
    found: dict[str, list[Ack]] = defaultdict(list)
    wanted = "SELECT command_key, order_id, seq FROM fe_history WHERE command_key IS NOT NULL"
    for key, id, seq in rows(engine, f"{wanted} ORDER BY order_id, seq"):
        found[key].append((id, seq))
    return dict(found)


def assert_numbers_whole(engine: Engine) -> None:
    """What follows the last dash of the numbers is 1, 2, 3 … without a hole, for each beginning."""
    serials: dict[str, list[int]] = defaultdict(list)
    for (number,) in rows(engine, "SELECT number FROM fe_orders"):
        beginning, _, serial = number.rpartition("-")
        serials[beginning].append(int(serial))
    for found in serials.values():
        assert sorted(found) == list(range(1, len(found) + 1))


def assert_late_once(engine: Engine, now: int) -> int:
    """Every moment that fell due before `now` was noticed exactly once, and told once; how many there were.

    Whether it fell due is read off the stages that were entered and left, not off the columns of the order.
    """
    events: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for id, record in rows(engine, "SELECT order_id, record FROM fe_history ORDER BY order_id, seq"):
        events[id] += json.loads(record)["events"]
    noticed = {id: _times_late(id, happened, now) for id, happened in events.items()}
    told = "SELECT order_id, count(*), count(DISTINCT cause) FROM fe_outbox WHERE about = 'late'"
    for id, messages, causes in rows(engine, f"{told} GROUP BY order_id"):
        assert messages == causes == noticed[id], f"order {id} was late {noticed[id]} times, told {messages}"
    return sum(noticed.values())


def _times_late(id: int, events: list[dict[str, Any]], now: int) -> int:
    due, is_late, times = None, False, 0
    for event in [*events, {"event": "left", "at": now}]:
        match event["event"]:
            case "clock":
                due, is_late = event["due"], False
            case "late":
                assert not is_late, f"order {id} became late twice for {due}"
                assert event["due"] == due
                is_late, times = True, times + 1
            case "left":
                assert due is None or is_late == (due < event["at"]), f"order {id} was due at {due}"
                due, is_late = None, False
    return times
