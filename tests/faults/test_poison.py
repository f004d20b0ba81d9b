"""One order that cannot be decided any more does not keep the others from becoming late."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.dumps import raw
from tests.faults.workshop import DAY, DESK, WORKSHOP, Clock, opened, received


@pytest.mark.parametrize(
    "poison",
    [
        pytest.param("UPDATE fe_orders SET state = '{' WHERE id = 1", id="a state that cannot be read"),
        pytest.param(
            "UPDATE fe_orders SET state = '{\"x\": 1}' WHERE id = 1", id="a state of another version"
        ),
        pytest.param("UPDATE fe_orders SET definition_id = 9 WHERE id = 1", id="a definition that is gone"),
        pytest.param(
            "UPDATE fe_definitions SET text = 'flowengine: 1', hash = 'x' WHERE id = 1",
            id="a definition that is refused now",
        ),
        pytest.param(
            """UPDATE fe_orders SET state = replace(state, '"receive"', '"nowhere"') WHERE id = 1""",
            id="a stage that is not in the plan",
        ),
    ],
)
def test_a_tick_goes_on_past_an_order_that_cannot_be_decided(poison: str, tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "orders.db"
    with opened(path, clock) as engine:
        engine.deploy(WORKSHOP, file="w.yaml")
        first = received(engine, "poisoned")
        engine.deploy(WORKSHOP.replace('version: "1"', 'version: "2"'), file="w.yaml")
        others = [received(engine, name) for name in "ab"]
        with raw(engine) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute(poison)
    clock.now += 2 * DAY
    with opened(path, clock) as engine:  # the one before may know the definition by heart
        ticked = engine.tick()
        assert (ticked.late, ticked.failed) == (2, 1)
        assert [message.order_id for message in engine.messages(by=DESK).items] == [
            each.order_id for each in others
        ]
        assert engine.tick().orders == 0, "it is asked again later, not at once"
        clock.now += DAY
        assert engine.tick().orders == 1, f"order {first.order_id} is not forgotten"


def test_a_definition_that_is_refused_now_hides_no_orders_of_others() -> None:
    with opened() as engine:
        engine.deploy(WORKSHOP, file="w.yaml")
        engine.deploy(WORKSHOP.replace('version: "1"', 'version: "2"'), file="w.yaml")
        id = received(engine, "x").order_id
        with raw(engine) as connection:
            connection.execute("UPDATE fe_definitions SET text = 'flowengine: 1', hash = 'x' WHERE id = 1")
        assert [view.row.id for view in engine.orders(by=DESK).items] == [id]
        assert engine.work(by=DESK).items
        assert engine.stages(by=DESK)
