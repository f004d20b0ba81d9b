"""Two at once on PostgreSQL, forced to meet where it hurts: nothing is lost, nothing happens twice."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import Future
from functools import partial
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from flowengine import Result
from flowengine.errors import (
    ChangedMeanwhile,
    KeyReused,
    OrderBusy,
    VersionTaken,
)
from flowengine.kernel.commands import Done, Write
from tests.runtime.shop import DESK, HOST
from tests.storage.racing import (
    COMMIT,
    SAVE,
    SECOND,
    Pair,
    at_once,
    others,
    told,
    url_of,
    wait_until_blocked,
)


def test_whoever_comes_second_decides_again_on_what_the_first_left(pair: Pair) -> None:
    pair.recorder.at(SAVE, lambda: pair.second.do(1, Done("checked")))
    answer = pair.first.engine.do(1, Done("priced"), by=DESK)
    assert (answer.ok, answer.revision, answer.stage) == (True, 3, "make")
    assert pair.recorder.verbs().count(SAVE) == 2


def test_whoever_loses_again_and_again_takes_the_lock(pair: Pair) -> None:
    amounts = iter(range(1, 9))
    rival = partial(lambda: pair.second.do(1, Write({"amount": next(amounts)})))
    with others() as begin:
        waiting: list[Future[Result]] = []

        def last() -> None:
            waiting.append(begin(rival))
            wait_until_blocked(pair.second.engine.store.engine)

        pair.recorder.at(SAVE, rival, rival, last)
        answer = pair.first.engine.do(1, Done("checked"), by=DESK).or_raise()
        assert waiting[0].result().revision == answer.revision + 1
    assert answer.revision == 4
    assert ["FOR UPDATE" in each for each in pair.recorder.seen if "fe_orders.state" in each] == [
        False,
        False,
        True,
    ]


def test_the_same_key_at_once_is_one_command_and_one_answer(pair: Pair) -> None:
    answers: list[Result] = []
    command = partial(pair.second.engine.do, 1, Done("checked"), by=DESK, key="k")
    pair.recorder.at(SAVE, lambda: answers.append(command()))
    answers.append(pair.first.engine.do(1, Done("checked"), by=DESK, key="k"))
    assert [(each.revision, each.stage, each.repeated) for each in answers] == [
        (2, "take", False),
        (2, "take", True),
    ]
    assert told(pair.second) == ["create", "done"]


def test_the_same_key_at_once_for_another_command_is_refused(pair: Pair) -> None:
    pair.recorder.at(SAVE, lambda: pair.second.engine.do(1, Done("checked"), by=DESK, key="k"))
    with pytest.raises(KeyReused):
        pair.first.engine.do(1, Done("priced"), by=DESK, key="k")


def test_of_two_who_looked_at_the_same_revision_one_is_told(pair: Pair) -> None:
    pair.recorder.at(SAVE, lambda: pair.second.do(1, Done("checked")))
    answer = pair.first.engine.do(1, Done("priced"), by=DESK, expect=1)
    assert [blocker.code for blocker in answer.blockers] == ["changed_meanwhile"]


def test_what_became_impossible_meanwhile_is_refused(pair: Pair) -> None:
    pair.recorder.at(SAVE, lambda: pair.second.do(1, Done("checked")))
    answer = pair.first.engine.do(1, Done("checked"), by=DESK)
    assert [blocker.code for blocker in answer.blockers] == ["already_done"]


def test_fifty_at_once_on_one_order_are_all_done_once(pair: Pair) -> None:
    def act(n: int) -> Result:
        return pair.second.engine.do(1, Write({"amount": n}), by=DESK, key=f"k{n}")

    began = time.monotonic()
    answers = at_once(*(partial(act, n) for n in range(1, 51)))
    assert time.monotonic() - began < 5
    assert sorted(each.revision for each in answers) == list(range(2, 52))
    assert Counter(told(pair.second)) == {"create": 1, "write": 50}


def test_an_order_that_stays_locked_is_busy_after_a_while(pair: Pair) -> None:
    """How long a connection waits for a lock is a setting of ours on it; here it is shorter."""

    def impatient(connection: Any, _record: object, _proxy: object) -> None:
        connection.execute("SET lock_timeout = '50ms'")
        connection.commit()

    sa.event.listen(pair.second.engine.store.engine, "checkout", impatient)
    with psycopg.connect(url_of(pair.second.engine.store.engine)) as other:
        other.execute("SELECT id FROM fe_orders FOR UPDATE")
        with pytest.raises(OrderBusy, match="stayed locked"):
            pair.second.engine.do(1, Done("checked"), by=DESK)
    assert pair.second.engine.do(1, Done("checked"), by=DESK).ok


def test_what_no_attempt_can_settle_is_told_as_a_change_of_others(pair: Pair) -> None:
    def lose() -> None:
        raise ChangedMeanwhile

    pair.recorder.at(SAVE, *[lose] * 3)
    with pytest.raises(ChangedMeanwhile, match="give the command again"):
        pair.first.engine.do(1, Done("checked"), by=DESK)
    assert pair.first.engine.do(1, Done("checked"), by=DESK).ok


SAME: dict[str, dict[str, Any]] = {"the same key": {"key": "k"}, "what is unique": {}}


@pytest.mark.parametrize("more", SAME.values(), ids=SAME)
def test_twenty_openings_of_one_order_at_once_open_one(pair: Pair, more: dict[str, Any]) -> None:
    answers = at_once(*[partial(pair.second.engine.start, "shop", {"ref": "B"}, by=DESK, **more)] * 20)
    assert {each.number for each in answers} == {"S202605-002"}
    assert Counter(each.repeated for each in answers) == {True: 19, False: 1}
    assert pair.second.start("C").number == "S202605-003"


def test_an_opening_of_the_same_order_in_between_is_the_one_there_is(pair: Pair) -> None:
    """Not only at once: after the look for an earlier one, and before a number is taken."""
    pair.recorder.at("INSERT INTO fe_counters", lambda: pair.second.start("B"))
    answer = pair.first.engine.start("shop", {"ref": "B"}, by=DESK)
    assert (answer.repeated, answer.number) == (True, "S202605-002")
    assert pair.first.start("C").number == "S202605-003"


def test_numbers_have_no_gap_and_none_is_given_twice(pair: Pair) -> None:
    def clerk(name: int) -> list[str]:
        engine = (pair.first if name % 2 else pair.second).engine
        answers = [engine.start("shop", {"ref": f"{name}/{n}"} if n % 5 else {}, by=DESK) for n in range(20)]
        return [each.number for each in answers if each.ok]

    numbers = [number for each in at_once(*(partial(clerk, name) for name in range(8))) for number in each]
    assert sorted(numbers) == [f"S202605-{n:03}" for n in range(2, 8 * 16 + 2)]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [(SECOND, "known"), (SECOND + "# a comment\n", "taken")],
    ids=["the same text", "another text"],
)
def test_a_version_deployed_twice_at_once_is_deployed_once(pair: Pair, text: str, outcome: str) -> None:
    with others() as begin:
        waiting: list[Future[bool]] = []

        def meanwhile() -> None:
            waiting.append(begin(lambda: pair.second.deploy(text)))
            wait_until_blocked(pair.second.engine.store.engine)

        pair.recorder.at("INSERT INTO fe_definitions", meanwhile)
        assert pair.first.deploy(SECOND)
        if outcome == "known":
            assert waiting[0].result() is False
        else:
            with pytest.raises(VersionTaken):
                waiting[0].result()
    assert pair.second.engine.plan("shop", by=HOST).version == "2"


def test_an_order_that_is_opened_during_a_deployment_waits_for_nobody(pair: Pair) -> None:
    versions: list[str] = []

    def meanwhile() -> None:
        id = pair.second.start("B").order_id
        versions.append(pair.second.engine.order(id, by=HOST).plan.version)

    pair.recorder.at(COMMIT, meanwhile)
    pair.first.deploy(SECOND)
    id = pair.second.start("C").order_id
    versions.append(pair.second.engine.order(id, by=HOST).plan.version)
    assert versions == ["1", "2"]
