"""Every reason that a person may read is given by somebody, and says so in two languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from flowengine import CallFailed, Engine, Inside, connect
from flowengine.errors import Refused
from flowengine.kernel.commands import Done
from flowengine.kernel.decision import Blocker
from flowengine.rehearsal.scenario import run_file
from flowengine.runtime.importing import records_of
from flowengine.texts import LANGUAGES, TEXTS
from tests.kernel.desk import DAY
from tests.kernel.refusals import REFUSALS
from tests.kernel.test_approvals import REFUSED as VOTES
from tests.kernel.test_lanes import REFUSALS as LANES
from tests.runtime.shop import DESK, SHOP, Shop

HAN: Final = re.compile("[\u4e00-\u9fff]")
STUCK: Final = """
flowengine: 1
process: stuck
version: "1"
owner: desk
order: {fields: {ref: text, n: {type: integer, default: 0}}}
roles: {desk: {}}
stages:
  one:
    owner: desk
    due: 1d
    needs: {expired: {that: happened(one.late)}}
    next: [{when: 6 / n > 1, to: two}, {to: closed}]
  two: {owner: desk, needs: {b: check}, next: closed}
"""
OWNERLESS: Final = """
flowengine: 1
process: ownerless
version: "1"
owner: desk
order: {fields: {ref: text, n: {type: integer, default: 6}}}
roles: {desk: {}, maker: {}}
stages:
  one:
    owner: desk
    due: {within: 1d, late: [{set: {n: 0}}]}
    needs: {expired: {that: happened(one.late)}}
  two:
    owner: [{when: 6 / n > 1, to: desk}, {to: maker}]
    entry: {label: file}
    needs: {b: check}
    next: closed
"""


def changed_meanwhile(shop: Shop, _: Path) -> Blocker:
    (blocker,) = shop.engine.do(shop.start().order_id, Done("checked"), by=DESK, expect=7).blockers
    return blocker


def unreadable(shop: Shop, _: Path) -> Blocker:
    ((_line, blocker),) = records_of(["{"], "jsonl")
    assert isinstance(blocker, Blocker)
    return blocker


def columns(shop: Shop, _: Path) -> Blocker:
    ((_line, blocker),) = records_of(["a,b\n", "1\n"], "csv")
    assert isinstance(blocker, Blocker)
    return blocker


def cannot_go_on(shop: Shop, _: Path) -> Blocker:
    shop.deploy(STUCK)
    id = shop.start(process="stuck").order_id
    shop.wait(2 * DAY)
    (blocker,) = shop.engine.explain(id, by=DESK)[1].blockers
    return blocker


def nobody_decided(shop: Shop, _: Path) -> Blocker:
    shop.deploy(OWNERLESS)
    id = shop.start(process="ownerless", n=3).order_id
    shop.wait(2 * DAY)
    *_, blocker = shop.engine.explain(id, by=DESK)[1].blockers
    return blocker


def no_order(shop: Shop, folder: Path) -> Blocker:
    (folder / "shop.yaml").write_text(SHOP, "utf-8")
    scenario = folder / "x.scenario.yaml"
    scenario.write_text(
        "scenario: too early\nprocess: shop.yaml\nstarts: 2026-03-02 09:00\npeople: {dora: desk}\n"
        "steps: [{done: checked, by: dora}]\n"
    )
    ((mismatch,),) = [run.mismatches for run in run_file(scenario, connect).runs]
    assert mismatch.found == {"no_order": [""]}
    return Blocker("no_order")


def inside_refused(shop: Shop, _: Path) -> Blocker:
    def refuse(*_: object) -> None:
        raise CallFailed("out of stock")

    text = SHOP.replace("needs: {checked: check,", "needs: {checked: check, reserve: call,")
    engine = Engine(shop.engine.store, clock=shop.clock, functions={"reserve": Inside(refuse)})
    engine.deploy(text.replace('"1"', '"2"') + "calls: {reserve: {function: reserve}}\n", file="shop.yaml")
    (blocker,) = engine.start("shop", {"ref": "Z"}, by=DESK).blockers
    return blocker


OUTSIDE: Final[dict[str, Callable[[Shop, Path], Blocker]]] = {
    "changed_meanwhile": changed_meanwhile,
    "inside_refused": inside_refused,
    "unreadable": unreadable,
    "columns": columns,
    "no_order": no_order,
    "cannot_go_on": cannot_go_on,
    "nobody_decided": nobody_decided,
}
"""Reasons that the kernel does not give; those of the kernel are in `tests.kernel.refusals`."""
SIGNING: Final = {code for _, code in VOTES.values()} | {
    "approval_gap",
    "approval_open",
    "approval_refused",
    "approval_returned",
    "no_such_return",
    "no_way_back",
    "not_the_requester",
    "not_allowed_here",
    "not_in_the_round",
    "not_requested",
    "round_over",
    "too_many_signers",
}
"""The reasons about approvals: those of the table in `test_approvals`, and those that stories there and in
`test_sending_back` name.
"""

OF_LANES: Final = {*LANES, "lane_asked_for", "lane_beside", "lane_too_late"}
"""The reasons about lanes: those of the table in `test_lanes`, and those that stories there name."""


@pytest.mark.parametrize(("code", "refuse"), OUTSIDE.items(), ids=OUTSIDE)
def test_a_reason_from_outside_the_kernel(
    code: str, refuse: Callable[[Shop, Path], Blocker], shop: Shop, tmp_path: Path
) -> None:
    blocker = refuse(shop, tmp_path)
    assert blocker.code == code
    english, chinese = (blocker.message(lang) for lang in LANGUAGES)
    assert not HAN.search(english)
    assert HAN.search(chinese)


def test_every_reason_that_has_a_text_is_given_by_somebody() -> None:
    written = {key.removeprefix("blocker.") for key in TEXTS if key.startswith("blocker.")}
    assert written == {refusal.code for refusal in REFUSALS} | set(OUTSIDE) | SIGNING | OF_LANES


def test_those_who_like_exceptions_better_get_the_reasons_in_one(shop: Shop) -> None:
    id = shop.start().order_id
    assert shop.engine.do(id, Done("checked"), by=DESK).or_raise().ok
    with pytest.raises(Refused, match="checked was ticked before, by dora"):
        shop.engine.do(id, Done("checked"), by=DESK).or_raise()


def test_the_verdict_of_an_answer_is_that_of_its_reasons(shop: Shop) -> None:
    id = shop.start().order_id
    assert shop.engine.do(id, Done("checked"), by=DESK).verdict == "ready"
    assert shop.engine.do(id, Done("checked"), by=DESK).verdict == "refused"
    assert shop.engine.start("shop", {}, by=DESK).verdict == "incomplete"
