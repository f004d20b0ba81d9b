"""An order that the database itself refuses to change is parked, and the others of its batch are not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from flowengine import Engine, connect
from flowengine.errors import OrderDamaged
from flowengine.kernel.commands import Done
from tests.kernel.desk import DAY, MINUTE
from tests.runtime.places import empty
from tests.runtime.shop import DESK, HOST, SHOP, Clock, Shop
from tests.storage.recording import recorded

# A row of history that nobody decided: the next change of the order would have the same number.
INTRUDER = "INSERT INTO fe_history VALUES (3, 2, 0, 'x', NULL, 'd', '{}', 'h')"


def opened(engine: Engine) -> Shop:
    """A shop with six orders of which the third cannot be changed any more."""
    assert isinstance(engine.clock, Clock)
    shop = Shop(engine, engine.clock)
    shop.deploy(SHOP)
    for n in range(6):
        shop.start(str(n))
    change(shop, INTRUDER)
    shop.clock.now += DAY + 1
    return shop


def change(shop: Shop, statement: str) -> None:
    """Change something past the engine."""
    with shop.engine.store.engine.begin() as connection:
        connection.exec_driver_sql(statement)


@pytest.fixture(params=["sqlite", "postgres"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    """That shop, on both kinds of database."""
    if request.param == "sqlite":
        with connect(tmp_path / "orders.db", clock=Clock()) as engine:
            yield opened(engine)
        return
    database: sa.Engine = request.getfixturevalue("shared_postgres")
    empty(database)
    yield opened(connect(database, clock=Clock()))


def test_the_others_of_its_batch_become_late_and_it_is_parked_with_what_the_database_said(shop: Shop) -> None:
    ticked = shop.engine.tick()
    assert (ticked.late, ticked.failed, ticked.next_at) == (5, 1, shop.clock.now + MINUTE)
    (view,) = shop.engine.orders(by=HOST, parked=True).items
    assert view.row.id == 3
    assert "contradicts itself" in (view.row.failure or "")
    assert [problem.number for problem in shop.engine.verify().problems] == ["S202605-003"]


def test_a_command_on_it_is_told_and_a_host_can_still_undo_its_own(shop: Shop) -> None:
    with pytest.raises(OrderDamaged, match="flowengine verify"):
        shop.engine.do(3, Done("checked"), by=DESK)
    with shop.engine.store.engine.connect() as connection:
        shop.engine.at(connection).do(1, Done("checked"), by=DESK).or_raise()
        with pytest.raises(OrderDamaged):
            shop.engine.at(connection).do(3, Done("checked"), by=DESK)
        connection.rollback()
    assert shop.engine.order(1, by=HOST).row.revision == 1


def test_one_that_somebody_moved_in_the_meantime_is_not_parked_for_what_it_was(shop: Shop) -> None:
    """Between its failing and its parking there is no lock."""

    def move_it(statement: str) -> None:
        """When the batch has failed, then the order alone; each connection rolls back once more at rest."""
        failed = statement == "ROLLBACK" and recorder.seen[-2] not in {"COMMIT", "ROLLBACK"}
        failures.extend([statement] * failed)
        if failed and len(failures) == 2:
            change(shop, "UPDATE fe_orders SET revision = 2, wake_at = NULL WHERE id = 3")

    failures: list[str] = []
    with recorded(shop.engine.store.engine) as recorder:
        recorder.after = move_it
        played = shop.engine.tick()
    assert len(failures) == 2
    assert played.late == 5
    row = shop.engine.order(3, by=HOST).row
    assert (row.revision, row.failures, row.wake_at) == (2, 0, None)
