"""People instead of roles: whoever opened the order, a field that names somebody, whoever did something."""

from __future__ import annotations

from typing import Final

import pytest

from flowengine.kernel.commands import (
    Choose,
    Claim,
    Done,
    GiveBack,
    Principal,
    Reassign,
    Write,
)
from tests.kernel.desk import BOSS, DAY, DESK, HOST, MAKER, QA, Story, told, why

ZOE: Final = Principal.of("zoe", "maker")
PEOPLE: Final = """
order: {fields: {helper: person, swift: {type: boolean, default: false}}}
stages:
  make:
    owner: maker
    needs:
      made: check
      helped: {check: helped, by: helper}
      seen: {check: seen, by: creator}
      told: {check: told, by: [made.by, boss], after: made}
    outcomes: {stop: {to: cancelled, by: [creator, made.by]}}
  pack:
    owner: [{when: swift, to: creator}, {to: helper}]
    due: {within: 1d, late: [{notify: [owner, made.by, creator]}]}
    needs: {packed: check, checked: {check: checked, by: made.by}}
    next: closed
clocks: {answer: {owner: helper, within: 9d, needs: {answered: check}}}
"""


def addressees(story: Story) -> dict[str, tuple[str, ...]]:
    return {item.key: item.addressees for item in story.work}


def packing(**values: object) -> Story:
    story = Story(PEOPLE, {"helper": "zoe", **values})
    for who, *needs in ((MAKER, "made", "told"), (ZOE, "helped"), (DESK, "seen")):
        for need in needs:
            assert not story.do(Done(need), who).blockers
    assert story.stage == "pack"
    return story


def test_what_is_for_somebody_waits_for_that_person_alone() -> None:
    story = Story(PEOPLE, {"helper": "zoe"})
    assert addressees(story) == {
        "made": ("maker",),
        "helped": ("@zoe",),
        "seen": ("@dora",),
        "answered": ("@zoe",),
    }
    assert why(story.do(Done("helped"), MAKER)) == [("not_yours", "helped")]
    assert "zoe" in story.last.blockers[0].message("en")
    assert not story.do(Done("helped"), ZOE).blockers
    assert why(story.do(Done("seen"), Principal.of("dan", "desk"))) == [("not_yours", "seen")]
    assert not story.do(Done("seen"), DESK).blockers


def test_whoever_did_something_is_known_in_this_visit_and_in_the_next_stage() -> None:
    story = Story(PEOPLE, {"helper": "zoe"})
    story.do(Done("made"), MAKER)
    assert addressees(story)["told"] == ("@mo", "boss")
    assert addressees(packing())["checked"] == ("@mo",)


def test_when_a_field_names_somebody_else_the_work_is_theirs() -> None:
    story = Story(PEOPLE, {"helper": "zoe"})
    story.do(Write({"helper": "qi"}), HOST)
    assert addressees(story)["helped"] == addressees(story)["answered"] == ("@qi",)
    assert not story.do(Done("helped"), QA).blockers


def test_where_nobody_is_named_the_owner_of_the_order_has_it_is_told_once_and_gives_it_up() -> None:
    story = Story(PEOPLE)
    assert addressees(story)["helped"] == addressees(story)["answered"] == ("desk",)
    assert told(story.last) == [("desk", "nobody_to_act")] * 2
    assert told(story.do(Done("made"), MAKER)) == []
    story.do(Write({"helper": "zoe"}), HOST)
    assert addressees(story)["helped"] == ("@zoe",)


def test_a_choice_may_be_for_a_person() -> None:
    story = Story(PEOPLE, {"helper": "zoe"})
    assert why(story.do(Choose("stop"), BOSS)) == [("not_yours", "stop")]
    assert not story.do(Choose("stop"), DESK).blockers


@pytest.mark.parametrize(("swift", "owner"), [(False, "@zoe"), (True, "@dora")])
def test_a_stage_may_be_owned_by_a_person_by_rows(swift: bool, owner: str) -> None:
    story = packing(swift=swift)
    assert story.explained.owner == owner
    assert addressees(story)["packed"] == (owner,)
    assert (
        told(story.pass_time(2 * DAY)) == [(owner, "late"), ("@mo", "late"), ("@dora", "late")][: 3 - swift]
    )


def test_somebody_claims_what_is_theirs_anyway() -> None:
    story = packing()
    assert not story.do(Claim("checked"), MAKER).blockers
    assert not story.do(GiveBack("checked"), MAKER).blockers
    assert addressees(story)["checked"] == ("@mo",)


def test_who_is_named_in_place_of_somebody_else_is_told_once_and_has_the_work() -> None:
    """The queue of the one before is empty at once, also of what that person had claimed."""
    story = Story(PEOPLE, {"helper": "zoe"})
    story.do(Claim("helped"), ZOE)
    renamed = story.do(Write({"helper": "qi"}), HOST)
    assert told(renamed) == [("@qi", "named")]
    assert addressees(story)["helped"] == addressees(story)["answered"] == ("@qi",)
    assert [event.data["items"] for event in renamed.events if event.kind == "let_go"] == [["helped"]]
    assert told(story.do(Done("made"), MAKER)) == []
    assert told(story.do(Write({"helper": "qi"}), HOST)) == []


def test_what_was_passed_on_by_hand_stays_with_whoever_has_it() -> None:
    story = Story(PEOPLE, {"helper": "zoe"})
    for need in ("helped", "answered"):
        story.do(Reassign(need, "mo"), DESK, reason="zoe is ill")
    assert told(story.do(Write({"helper": "qi"}), HOST)) == []
    assert addressees(story)["helped"] == ("@mo",)
