"""Work that comes up is dealt out: to a team, in turn, or to whoever has the least to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

import pytest

from flowengine import Claim, Done, Engine, GiveBack, Principal, Reassign, Write
from flowengine.runtime.directory import Absence
from flowengine.runtime.story import happened
from tests.kernel.desk import DAY
from tests.runtime.places import opened_here
from tests.runtime.shop import HOST, Clock
from tests.sound import assert_sound

ANN: Final = Principal.of("ann", "desk")
LEAD: Final = Principal.of("lea", "lead")
HEAD: Final = """
flowengine: 1
process: dealt
version: "1"
owner: lead
zone: Asia/Shanghai
order:
  fields:
    region: {type: choice, choices: [north, south], default: south}
    n: {type: integer, default: 0}
"""
STAGES: Final = """
stages:
  look: {owner: desk, due: 1d, needs: {seen: check, read: check}}
  pack: {owner: team, needs: {packed: check}, next: closed}
"""
TURNS: Final = """
roles:
  lead: {}
  team: {members: [tom, tim]}
  desk:
    members: [ann, ben, cem]
    reassign: lead
    assign: [{when: region == 'north', to: team}, {to: round_robin}]
"""
BUSY: Final = TURNS.replace("round_robin", "least_busy")
UNKNOWN: Final = TURNS.replace("members: [ann, ben, cem]", "title: Desk")
CHAIN: Final = TURNS.replace(
    "team: {members: [tom, tim]}", "team: {members: [tom, tim], assign: round_robin}"
)


class Company:
    """A directory of the host's, which notes what it is asked."""

    def __init__(
        self, held: Mapping[str, Sequence[str]], away: Mapping[str, str | None] | None = None
    ) -> None:
        self.held, self.away = held, away or {}
        self.asked: list[str] = []

    def members(self, role: str) -> Sequence[str] | None:
        self.asked.append(role)
        return self.held.get(role)

    def absence(self, person: str, at: int) -> Absence | None:
        assert at > 0
        return Absence(self.away[person]) if person in self.away else None

    def head_of(self, person: str, at: int) -> str | None:
        return None


@contextmanager
def running(roles: str, directory: Company | None = None, stages: str = STAGES) -> Iterator[Engine]:
    with opened_here(Clock(), directory) as engine:
        engine.deploy(HEAD + roles + stages, file="dealt.yaml")
        yield engine
        assert_sound(engine)


def start(engine: Engine, **values: object) -> int:
    return engine.start("dealt", values, by=ANN).or_raise().order_id


def has(engine: Engine, order: int) -> dict[str, str]:
    """For whom each thing waits in an order."""
    return {task.key: task.role for task in engine.work(by=HOST, limit=200).items if task.order_id == order}


def waits(engine: Engine) -> str:
    """For whom the need `seen` of the only order waits."""
    return " ".join(sorted(task.role for task in engine.work(by=HOST).items if task.key == "seen"))


def told(engine: Engine, order: int) -> list[str]:
    """What history says of the work that was dealt out."""
    plan = engine.plan("dealt", by=HOST)
    entries = engine.history(order, by=HOST).items
    sentences = [said for entry in entries for said in happened(entry.record["events"], plan, "en")]
    return [said for said in sentences if "goes to" in said]


def events(engine: Engine, order: int) -> list[str]:
    entries = engine.history(order, by=HOST, limit=200).items
    return [event["event"] for entry in entries for event in entry.record["events"]]


def test_in_turn_each_order_goes_to_the_next_and_whole() -> None:
    with running(TURNS) as engine:
        found = [has(engine, start(engine)) for _ in range(4)]
    assert found == [{"seen": f"@{who}", "read": f"@{who}"} for who in ("ann", "ben", "cem", "ann")]


def test_the_least_busy_is_whoever_has_something_to_do_in_the_fewest_orders() -> None:
    with running(BUSY) as engine:
        ids = [start(engine) for _ in range(3)]
        for command in (Done("seen"), Done("read")):
            engine.do(ids[1], command, by=HOST).or_raise()
        assert has(engine, start(engine))["seen"] == "@ben"


def test_rows_send_work_to_a_team_whose_people_do_it_alone() -> None:
    tom = Principal.of("tom", "team")
    with running(TURNS) as engine:
        id = start(engine, region="north")
        assert has(engine, id) == {"seen": "team", "read": "team"}
        assert [each.code for each in engine.do(id, Done("seen"), by=ANN).blockers] == ["not_yours"]
        engine.do(id, Claim("seen"), by=tom).or_raise()
        engine.do(id, GiveBack("seen"), by=tom).or_raise()
        assert has(engine, id)["seen"] == "team", "it goes back to the team"
        engine.do(id, Done("seen"), by=tom).or_raise()


def test_a_team_may_deal_its_work_out_again() -> None:
    with running(CHAIN) as engine:
        assert has(engine, start(engine, region="north"))["seen"] == "@tom"


UNION: Final = """
roles:
  lead: {}
  north: {title: North, members: [tom, tim]}
  desk: {members: [ann, ben], reassign: lead, assign: [{when: region == 'north', to: north}, {to: %s}]}
  team: {members: [cem], assign: %s}
  west: {members: [ann], assign: [{when: region == 'north', to: north}, {to: round_robin}]}
"""


@pytest.mark.parametrize(
    ("desk", "team", "by", "people"),
    [
        pytest.param("round_robin", "round_robin", "desk, team", "ann ben cem ben ann cem", id="turns"),
        pytest.param("least_busy", "least_busy", "desk, team", "ann ben cem ann ben cem", id="least busy"),
        pytest.param("round_robin", "least_busy", "team, desk", "cem ben ann cem ann ben", id="one of each"),
        pytest.param("round_robin", "least_busy", "desk, west", "ann ben ann ben ann ben", id="in two roles"),
        pytest.param("north", "round_robin", "desk, team", "cem cem cem cem cem cem", id="a team as a whole"),
    ],
)
def test_what_several_roles_deal_goes_round_all_their_people(
    desk: str, team: str, by: str, people: str
) -> None:
    with running(UNION % (desk, team), stages=SHARED % by) as engine:
        found = [has(engine, start(engine))["seen"] for _ in range(6)]
    assert " ".join(found) == " ".join(f"@{person}" for person in people.split())


def test_what_was_given_back_waits_for_all_the_roles_among_whom_it_was_dealt() -> None:
    with running(UNION % ("round_robin", "round_robin"), stages=SHARED % "desk, team") as engine:
        id = start(engine)
        engine.do(id, GiveBack("seen"), by=ANN).or_raise()
        engine.do(id, Write({"n": 1}), by=HOST).or_raise()
        assert waits(engine) == "desk team"
        assert told(engine, id) == ["seen goes to ann, who has the least to do of those next in desk, team"]


def test_work_of_several_roles_may_wait_for_teams_as_a_whole() -> None:
    roles = UNION % ("west", "north")
    with running(roles.replace("to: round_robin", "to: lead"), stages=SHARED % "desk, team") as engine:
        id = start(engine)
        assert waits(engine) == "lead north"
        assert told(engine, id) == ["seen goes to lead, North"]


@pytest.mark.parametrize(
    ("held", "role"),
    [
        pytest.param({"desk": ["ann"]}, "@ann", id="one role is unknown"),
        pytest.param({"desk": []}, "desk team", id="nobody is there, as far as anybody knows"),
        pytest.param({"desk": [], "team": []}, "lead", id="nobody is there"),
    ],
)
def test_of_several_roles_those_count_that_somebody_knows(held: dict[str, list[str]], role: str) -> None:
    roles = UNION % ("round_robin", "round_robin")
    with running(roles, Company(held), stages=SHARED % "desk, team") as engine:
        start(engine)
        assert waits(engine) == role


def test_what_was_given_back_is_not_dealt_out_again_and_the_next_visit_is() -> None:
    with running(TURNS) as engine:
        id = start(engine)
        engine.do(id, GiveBack("seen"), by=ANN).or_raise()
        engine.do(id, Write({"n": 1}), by=HOST).or_raise()
        assert has(engine, id) == {"seen": "desk", "read": "@ann"}
        engine.do(id, Reassign("read", "ben"), by=LEAD, reason="she is ill").or_raise()
        assert has(engine, id) == {"seen": "desk", "read": "@ben"}


SHARED: Final = "stages: {look: {owner: desk, needs: {seen: {check: seen, by: [%s]}}, next: closed}}"


@pytest.mark.parametrize(
    ("by", "has_it"),
    [
        pytest.param("team, desk", "@ann", id="the one that deals"),
        pytest.param("lead, team", "lead team", id="none of them deals"),
        pytest.param("creator, desk", "@ann desk", id="a person of the order may do it too"),
    ],
)
def test_what_several_roles_may_do_is_dealt_out_by_those_that_deal(by: str, has_it: str) -> None:
    with running(TURNS, stages=SHARED % by) as engine:
        start(engine)
        assert waits(engine) == has_it


def codes(engine: Engine, order: int, to: str) -> list[str]:
    """Why it is refused to pass on the work; the preview says the same."""
    foreseen = engine.preview(order, Reassign("seen", to), by=LEAD, reason="she is ill")
    done = engine.do(order, Reassign("seen", to), by=LEAD, reason="she is ill")
    assert done.blockers == foreseen.blockers
    return [blocker.code for blocker in done.blockers]


def test_a_preview_uses_up_nobodys_turn() -> None:
    ask, look = "{owner: lead, needs: {asked: check}}", "{owner: desk, needs: {seen: check}, next: closed}"
    stages = f"stages: {{ask: {ask}, look: {look}}}"
    with running(TURNS, stages=stages) as engine:
        id = start(engine)
        for _ in range(2):
            engine.preview(id, Done("asked"), by=LEAD)
        engine.do(id, Done("asked"), by=LEAD).or_raise()
        assert has(engine, id) == {"seen": "@ann"}


def test_work_is_passed_to_nobody_of_whom_nobody_has_heard() -> None:
    with running(TURNS) as engine:
        id = start(engine)
        refused = engine.do(id, Reassign("seen", "bne"), by=LEAD, reason="she is ill").blockers
        assert [blocker.message("en") for blocker in refused] == [
            "seen cannot go to “bne”: nobody is called so; did you mean “ben”?"
        ]
        assert has(engine, id)["seen"] == "@ann"
        assert codes(engine, id, "tom") == [], "known, if not in that role"
        assert codes(engine, id, "lea") == [], "whoever acts is known"
        assert codes(engine, id, "ann") == []


def test_where_nobody_knows_who_holds_the_role_any_name_is_taken() -> None:
    with running(UNKNOWN) as engine:
        assert codes(engine, start(engine), "bne") == []
    with running(TURNS, Company({"team": ["tom"]})) as engine:
        assert codes(engine, start(engine), "bne") == []


def test_the_directory_says_whom_work_can_be_passed_to_and_people_of_the_process_are_known() -> None:
    people = (
        "people: {" + ", ".join(f"{name}: {{}}" for name in ("ann", "ben", "cem", "tom", "tim", "pia")) + "}"
    )
    with running(TURNS + people, Company({"desk": ["zoe"]})) as engine:
        id = start(engine)
        assert codes(engine, id, "zo") == ["nobody_called_so"]
        assert codes(engine, id, "pia") == []


def test_the_directory_of_the_host_counts_and_is_asked_once_for_a_command() -> None:
    company = Company({"desk": ["zoe", "yan"]})
    with running(TURNS, company) as engine:
        id = start(engine)
        assert has(engine, id)["seen"] == "@zoe"
        assert company.asked == ["desk"]
        engine.preview(id, Done("seen"), by=HOST)
        engine.do(id, Done("seen"), by=HOST).or_raise()
        assert company.asked == ["desk"], "nothing new has come up"


def test_whoever_is_away_gets_nothing_and_whoever_stands_in_does() -> None:
    company = Company({"desk": ["zoe", "yan", "xu"]}, {"zoe": "xu", "yan": None})
    with running(BUSY, company) as engine:
        assert [has(engine, start(engine))["seen"] for _ in range(2)] == ["@xu", "@xu"]


@pytest.mark.parametrize(
    ("away", "role"), [({"zoe": "yan", "yan": "xu"}, "@xu"), ({"zoe": "yan", "yan": "zoe"}, "lead")],
    ids=["the next", "each for the other"],
)  # fmt: skip
def test_whoever_stands_in_must_be_there(away: dict[str, str | None], role: str) -> None:
    with running(BUSY, Company({"desk": ["zoe"]}, away)) as engine:
        assert has(engine, start(engine))["seen"] == role


def test_where_nobody_is_there_the_owner_of_the_order_has_the_work_and_is_told() -> None:
    with running(TURNS, Company({"desk": []})) as engine:
        id = start(engine)
        assert has(engine, id) == {"seen": "lead", "read": "lead"}
        assert [each.about for each in engine.messages(by=LEAD).items] == ["nobody_to_act"]
        engine.do(id, Done("seen"), by=LEAD).or_raise()


@pytest.mark.parametrize("directory", [None, Company({})], ids=["no directory", "one without the role"])
def test_where_nobody_knows_who_holds_the_role_the_work_is_for_all_of_it(directory: Company | None) -> None:
    with running(UNKNOWN, directory) as engine:
        id = start(engine)
        assert has(engine, id) == {"seen": "desk", "read": "desk"}
        engine.do(id, Done("seen"), by=ANN).or_raise()
        assert events(engine, id).count("dealt") == 1, "nobody is asked again"


def test_four_eyes_pass_over_whoever_may_not_do_it() -> None:
    stages = "stages: {look: {owner: desk, needs: {seen: {check: seen, not_by: creator}}, next: closed}}\n"
    with running(TURNS, stages=stages) as engine:
        assert has(engine, start(engine)) == {"seen": "@ben"}


def test_work_that_comes_up_while_time_passes_is_dealt_out_when_no_order_is_locked() -> None:
    stages = """
stages:
  wait: {owner: lead, due: 1d, needs: {asked: check}, outcomes: {overdue: {after: wait.late, to: look}}}
  look: {owner: desk, needs: {seen: check}, next: closed}
"""
    company = Company({"desk": ["zoe"]})
    clock = Clock()
    with opened_here(clock, company) as engine:
        engine.deploy(HEAD + TURNS + stages, file="dealt.yaml")
        id = start(engine)
        clock.now += 2 * DAY
        ticked = engine.tick()
        assert ticked.orders == 1
        assert has(engine, id) == {"seen": "@zoe"}
        assert engine.tick().orders == 0
        assert_sound(engine)


def test_many_orders_in_one_transaction_take_turns_too() -> None:
    with running(TURNS) as engine:
        with engine.batch() as flow:
            ids = [flow.start("dealt", {}, by=ANN).or_raise().order_id for _ in range(3)]
        assert [has(engine, id)["seen"] for id in ids] == ["@ann", "@ben", "@cem"]


def test_history_says_to_whom_and_why() -> None:
    with running(TURNS) as engine:
        found = [told(engine, start(engine)), told(engine, start(engine, region="north"))]
    assert found == [["seen, read goes to ann, whose turn it is (desk)"], ["seen, read goes to team"]]


def test_work_of_other_orders_is_dealt_out_although_the_directory_fails_for_one() -> None:
    stages = """
stages:
  wait: {owner: lead, due: 1d, needs: {asked: check}, outcomes: {overdue: {after: wait.late, to: look}}}
  look: {owner: desk, needs: {seen: check}, next: closed}
"""

    class Moody(Company):
        def members(self, role: str) -> Sequence[str] | None:
            super().members(role)
            if len(self.asked) in failing:
                raise ConnectionRefusedError("LDAP")
            return ["zoe"]

    failing, company, clock = {1}, Moody({}), Clock()
    with opened_here(clock, company) as engine:
        engine.deploy(HEAD + TURNS + stages, file="dealt.yaml")
        orders = [start(engine) for _ in range(3)]
        clock.now += 2 * DAY
        with pytest.raises(ConnectionRefusedError, match="LDAP"):
            engine.tick()
        held = [has(engine, id)["seen"] for id in orders]
        assert sorted(held) == ["@zoe", "@zoe", "desk"], "which waits for everybody of the role"
        failing.update(range(4, 100))
        later = [start(engine) for _ in range(9)]
        clock.now += 2 * DAY
        with pytest.raises(ConnectionRefusedError):
            engine.tick()
        assert len(company.asked) == 3 + 3, "a directory that is away is not asked for all of them"
        assert [has(engine, id)["seen"] for id in later] == ["desk"] * 9
