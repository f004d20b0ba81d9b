"""People of the order wherever somebody may be named: seats, waiving, holds, amendments, owners."""

from __future__ import annotations

from typing import Final

import pytest

from flowengine.kernel.commands import Amend, Approve, Done, Hold, Principal, Refuse, Release, Waive
from flowengine.kernel.rights import hidden
from tests.kernel.desk import BOSS, DESK, HOST, MAKER, QA, Story, told, why

ZOE: Final = Principal.of("zoe", "maker")
PROCESS: Final = """
flowengine: 1
process: test
version: "1"
owner: desk
roles: {desk: {}, maker: {sees: swift}, qa: {}, boss: {}}
order:
  fields:
    helper: person
    swift: {type: boolean, default: false}
    price: {type: integer, default: 1, changes: {by: helper}}
approvals:
  sign: {steps: [STEP], copy: made.by, refused: [{move: make}]}
holds: {stop: {by: [helper, make.owner], release: {by: made.by}}}
stages:
  make:
    owner: [{when: swift, to: qa}, {to: maker}]
    needs:
      made: {check: made, waive: helper}
      seen: {check: seen, by: make.owner}
      kept: {check: kept, by: owner}
  pack:
    owner: boss
    needs: {sign: approval, checked: {check: checked, by: make.owner}}
    next: closed
"""


def signing(step: str, **values: object) -> Story:
    story = Story(PROCESS.replace("STEP", step), values)
    story.do(Done("made"), QA if values.get("swift") else MAKER)
    for need in ("seen", "kept"):
        story.do(Done(need), HOST)
    assert story.stage == "pack"
    return story


def doers(story: Story) -> dict[str, tuple[str, ...]]:
    return {item.key: item.roles for item in story.work}


def seats(story: Story) -> list[str]:
    return [seat.role for seat in story.order.rounds["sign"].now.seats]


def test_what_the_host_did_was_done_by_nobody() -> None:
    story = Story(PROCESS.replace("STEP", "{all: [made.by, boss]}"))
    for need in ("made", "seen", "kept"):
        story.do(Done(need), HOST)
    assert seats(story) == ["desk", "boss"]


@pytest.mark.parametrize(("swift", "owner"), [(False, "maker"), (True, "qa")])
def test_the_owner_of_a_place_may_be_named_where_rows_decide_who_that_is(swift: bool, owner: str) -> None:
    story = Story(PROCESS.replace("STEP", "{any: boss}"), {"swift": swift})
    assert doers(story)["seen"] == doers(story)["kept"] == (owner,)
    assert doers(signing("{any: boss}", swift=swift))["checked"] == (owner,)


def test_seats_are_for_people_who_are_fixed_when_the_round_is_opened() -> None:
    story = signing("{all: [helper, made.by, boss]}", helper="zoe")
    assert seats(story) == ["@zoe", "@mo", "boss"]
    assert ("@zoe", "requested") in told(story.last)
    assert why(story.do(Approve("sign"), Principal.of("max", "maker"))) == [("not_a_signer", "sign")]
    for who in (ZOE, MAKER, BOSS):
        assert not story.do(Approve("sign"), who).blockers
    assert "sign" not in story.order.rounds


def test_a_seat_waits_in_the_queue_of_its_person() -> None:
    story = signing("{in_order: [helper, boss]}", helper="zoe")
    assert {item.key: item.addressees for item in story.work}["sign"] == ("@zoe",)


@pytest.mark.parametrize(
    ("step", "values", "expected"),
    [
        pytest.param("{all: [helper, boss]}", {}, ["desk", "boss"], id="nobody is named"),
        pytest.param("{all: [helper, made.by]}", {"helper": "mo"}, ["@mo", "desk"], id="one person twice"),
        pytest.param("{quorum: 2, of: [helper, made.by]}", {"helper": "mo"}, ["@mo", "desk"], id="a quorum"),
        pytest.param(
            "{all: [helper, boss], not_by: creator}", {"helper": "dora"}, ["desk", "boss"], id="four eyes"
        ),
        pytest.param("{any: [helper, boss]}", {}, ["boss"], id="one is enough"),
        pytest.param("{any: helper}", {}, ["desk"], id="nobody at all"),
    ],
)
def test_no_fewer_people_sign_than_the_form_asks_for(
    step: str, values: dict[str, str], expected: list[str]
) -> None:
    story = signing(step, **values)
    assert seats(story) == expected
    assert (("desk", "nobody_to_act") in told(story.last)) == ("desk" in expected)


def test_whoever_is_kept_from_a_seat_does_not_get_it_through_the_role_either() -> None:
    story = signing("{all: [helper, boss], not_by: creator}", helper="dora")
    assert why(story.do(Approve("sign"), DESK)) == [("barred_from_signing", "sign")]
    assert not story.do(Approve("sign"), Principal.of("dan", "desk")).blockers


def test_a_veto_may_be_that_of_a_person() -> None:
    story = signing("{quorum: 1, of: [helper, boss], veto: helper}", helper="zoe")
    story.do(Approve("sign"), BOSS)
    story.do(Refuse("sign"), ZOE, reason="no")
    assert story.stage == "make"
    assert ("@mo", "refused") in told(story.last)


def test_a_person_may_waive_hold_release_and_amend() -> None:
    story = Story(PROCESS.replace("STEP", "{any: boss}"), {"helper": "zoe"})
    assert why(story.do(Waive("made"), MAKER, reason="late")) == [("not_yours", "made")]
    assert why(story.do(Hold("stop"), QA)) == [("not_yours", "stop")]
    assert not story.do(Hold("stop"), ZOE, reason="wait").blockers
    story.do(Done("made"), MAKER)
    assert story.explained.holds[0].roles == ("@mo",)
    assert why(story.do(Release("stop"), ZOE)) == [("not_yours", "stop")]
    assert not story.do(Release("stop"), MAKER).blockers
    assert why(story.do(Amend({"price": 2}), MAKER, reason="dearer")) == [("not_yours", "price")]
    assert not story.do(Amend({"price": 2}), ZOE, reason="dearer").blockers


def test_while_nobody_is_named_the_owner_of_the_order_may() -> None:
    story = Story(PROCESS.replace("STEP", "{any: boss}"))
    assert not story.do(Waive("made"), DESK, reason="late").blockers
    assert not story.do(Amend({"price": 2}), DESK, reason="dearer").blockers


def test_whoever_may_amend_a_field_sees_it() -> None:
    story = Story(PROCESS.replace("STEP", "{any: boss}"), {"helper": "zoe"})
    assert "price" in hidden(story.plan, story.order, MAKER)
    assert "price" not in hidden(story.plan, story.order, ZOE)
