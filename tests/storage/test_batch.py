"""Many commands in one transaction of our own: all of them are there afterwards, or none."""

from __future__ import annotations

import pytest

from flowengine import Engine
from flowengine.errors import NotFound
from flowengine.kernel.commands import Done
from flowengine.runtime.flow import Flow
from tests.faults.dumps import changed
from tests.runtime.shop import DESK, HOST
from tests.storage.hosts import Host, Trouble, story
from tests.storage.recording import recorded


@pytest.fixture
def batched(host: Host) -> Engine:
    """An engine of our own, beside what the host does."""
    return host.shop.engine


def test_a_batch_is_there_as_a_whole_and_refusals_stop_nothing(batched: Engine) -> None:
    before = batched.orders(by=HOST).items
    with batched.batch() as batch:
        id = story(batch)
        assert not batch.do(id, Done("nonsense"), by=DESK).ok
        with pytest.raises(NotFound):
            batch.do(77, Done("checked"), by=DESK)
        last = batch.start("shop", {"ref": "B"}, by=DESK).or_raise()
        assert len(batch.orders(by=HOST).items) == 2
    assert before == ()
    assert [view.row.number for view in batched.orders(by=HOST).items] == ["S202605-001", last.number]


@pytest.mark.parametrize("trouble", [Trouble, KeyboardInterrupt], ids=["an exception", "Ctrl-C"])
def test_what_ends_a_batch_undoes_all_of_it(host: Host, trouble: type[BaseException]) -> None:
    def fail(batch: Flow) -> None:
        story(batch)
        batch.start("shop", {"ref": "B"}, by=DESK).or_raise()
        raise trouble

    before = host.ours()
    with pytest.raises(trouble), host.shop.engine.batch() as batch:
        fail(batch)
    assert changed(before, host.ours()) == {}
    assert host.shop.start("A").number == "S202605-001"


def test_a_batch_is_one_transaction(host: Host) -> None:
    with recorded(host.shop.engine.store.engine) as recorder, host.shop.engine.batch() as batch:
        for ref in "ABC":
            batch.do(batch.start("shop", {"ref": ref}, by=DESK).order_id, Done("checked"), by=DESK)
    assert recorder.verbs().count("COMMIT") == 1
    assert recorder.verbs().count("BEGIN") == (1 if host.database.dialect.name == "sqlite" else 0)


def test_an_empty_batch_is_none(host: Host) -> None:
    before = host.ours()
    with host.shop.engine.batch():
        pass
    assert changed(before, host.ours()) == {}
