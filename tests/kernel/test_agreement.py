"""What is explained is what is decided: in any process, on any way through it, both say the same."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st

from flowengine.compiler.plan import Need
from flowengine.kernel.commands import Attach, Choose, Command, Done, Principal, Write
from flowengine.kernel.decide import decide
from flowengine.kernel.decision import Blocker, Decision
from flowengine.kernel.explain import Choice, explain
from flowengine.kernel.standing import Standing
from tests.kernel.desk import DAY, HOST, HOUR, PEOPLE, Story
from tests.kernel.random_processes import ROLES, VALUES, processes, wanted

STEPS = 8
NOBODY_BY_AN_ACT = (
    *("choice_open", "spinning", "cannot_go_on", "nobody_decided", "not_open_yet", "task_waits", "task_open"),
)
SLOW_BUT_FAIR = settings(max_examples=settings().max_examples // 2, suppress_health_check=list(HealthCheck))


@st.composite
def stories(draw: st.DrawFn) -> Iterator[Story]:
    """An order of a random process, some way along."""
    text, values = draw(processes()), draw(VALUES)
    try:
        story = Story(text, values, by=HOST)
    except AssertionError:  # not sound, or it would run in a circle
        reject()
    for _ in range(draw(st.integers(0, STEPS))):
        command, who = draw(wanted(story.plan)), draw(st.sampled_from(PEOPLE))
        story.do(command, who, wait=draw(st.sampled_from([0, HOUR, DAY, 40 * DAY])), reason="why not")
    return story


def found(story: Story, name: str) -> Need:
    """The need of that name as it stands now."""
    need = Standing(story.plan, story.order).doable(name)
    assert need is not None, name
    return need


def act(story: Story, name: str) -> Command:
    """What meets the need of that name where the order stands."""
    need = found(story, name)
    value = "2026-06-01" if need.kind == "field" else "well"
    if need.kind == "any":
        return act(story, next(part.name for part in need.any))
    return {
        "check": Done(name),
        "file": Attach(name, "a.pdf"),
        "note": Write({name: value}),
        "field": Write({need.field: value}),
    }[need.kind]


def turns_in_a_circle(decision: Decision) -> bool:
    return any(blocker.code == "spinning" for blocker in decision.blockers)


@SLOW_BUT_FAIR
@given(stories())
def test_an_open_order_always_waits_for_something_and_says_for_what(story: Story) -> None:
    if story.order.status == "open":
        assert story.explained.blockers


@SLOW_BUT_FAIR
@given(stories())
def test_whoever_has_something_on_the_list_may_do_it(story: Story) -> None:
    for item in story.work:
        if item.kind in ("outcome", "task"):
            continue
        for role in item.roles:
            decision = decide(
                story.plan, story.order, act(story, item.key), Principal.of("x", role), story.now
            )
            assert not decision.blockers or turns_in_a_circle(decision), (item, decision.blockers)


@SLOW_BUT_FAIR
@given(stories())
def test_whoever_could_help_with_what_is_missing_may(story: Story) -> None:
    for blocker in story.explained.blockers:
        if blocker.code in NOBODY_BY_AN_ACT or found(story, blocker.name).kind in ("that", "any"):
            continue
        for role in ROLES:
            decision = decide(
                story.plan, story.order, act(story, blocker.name), Principal.of("x", role), story.now
            )
            refused = [each.code for each in decision.blockers if each.code != "spinning"]
            if role in blocker.owner:
                assert not refused, (role, blocker)
            elif found(story, blocker.name).kind != "field":  # a field may be asked of others too
                assert refused == ["not_yours"], (role, blocker)


@SLOW_BUT_FAIR
@given(stories())
def test_an_outcome_is_refused_for_exactly_what_was_explained(story: Story) -> None:
    def told(blockers: tuple[Blocker, ...]) -> list[tuple[object, ...]]:
        return [(each.code, each.name, each.owner, each.line) for each in blockers]

    for choice in story.explained.choices:
        decision = decide(story.plan, story.order, _chosen(choice), HOST, story.order.last_at, reason="x")
        if not turns_in_a_circle(decision):
            assert told(decision.blockers) == told(choice.blockers)


@SLOW_BUT_FAIR
@given(stories(), st.randoms(use_true_random=False))
def test_with_everything_done_that_was_listed_the_order_goes_where_it_was_said_to_go(
    story: Story, random: Random
) -> None:
    assume(story.order.status == "open" and story.plan.stages[story.stage].completes_itself)
    assume(not story.pass_time().events)
    for _ in range(20):
        explained = story.explained
        assume(not any(blocker.code in NOBODY_BY_AN_ACT for blocker in explained.blockers))
        missing = {blocker.name for blocker in explained.blockers}
        assume(not any(found(story, name).that for name in missing))
        acts = {str(command): command for command in (act(story, name) for name in missing)}
        decision = story.do(acts[random.choice(sorted(acts))])
        assume(not turns_in_a_circle(decision))
        assert not decision.blockers
        if left := [event for event in decision.events if event.kind == "left"]:
            assume(left[0].data["by"] == "next")  # or something happened by itself
            assert len(acts) == 1, "it went on before everything was done"
            assert left[0].data["to"] == explained.goes_to
            return
    raise AssertionError("it never went on")


def _chosen(choice: Choice) -> Choose:
    """Choose it, with a value for what it edits."""
    return Choose(choice.name, {"n": 1} if choice.outcome.edits else {})


@SLOW_BUT_FAIR
@given(stories(), st.sampled_from([0, HOUR, DAY, 40 * DAY]))
def test_what_is_explained_for_an_instant_is_what_time_leaves_then(story: Story, wait: int) -> None:
    explained = explain(story.plan, story.order, story.now + wait)
    story.pass_time(wait)
    assert explained == story.explained


@SLOW_BUT_FAIR
@given(stories(), st.data())
def test_the_same_command_on_the_same_order_is_decided_the_same(story: Story, data: st.DataObject) -> None:
    command, who = data.draw(wanted(story.plan)), data.draw(st.sampled_from(PEOPLE))
    first, second = (
        decide(story.plan, story.order.copy(), command, who, story.now, reason="x") for _ in range(2)
    )
    assert first == second
