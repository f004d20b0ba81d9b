"""From words to a plan: every default filled in, every reference resolved, nothing left to look up."""

from __future__ import annotations

from contextlib import suppress

from flowengine.compiler.plan import Action, Plan, Stage, Way
from flowengine.definition.lengths import Length
from flowengine.definition.moments import Point
from tests.kernel.desk import DAY, HOUR, line_of, plan_of

SHORT = """
stages:
  one: {owner: maker, needs: {a: check}}
  two: {owner: desk, outcomes: {on: {to: three}}}
  three: {owner: qa, needs: {b: check}, next: closed}
"""
LONG = """
language: zh
title: 订单
order:
  number: "{yyyy}-{serial:4}"
  unique: [channel, ref]
  channels: {phone: {title: 电话}, web: {maps: {who: buyer.name}}}
  checks: [{that: amount >= 0, else: {en: too little, zh: 太少}}]
  fields:
    ref: {type: text, required: true}
    who: {type: text, title: {en: Customer, zh: 客户}}
    amount: {type: money, currency: CNY, default: 0}
    day: date
stages:
  one:
    owner: maker
    title: {en: First, zh: 第一}
    due: 1d 2h
    needs:
      plain: check
      titled: {file: 凭证, by: [qa, boss]}
      who: {field: who}
      enough: {that: amount > 5 and count(two.failed) < 3}
      told: {that: has(one.late), else: 已逾期}
    next: [{when: amount > 50, to: three}, {to: two}]
  two:
    owner: desk
    due: {by: day}
    entry: {plain: {check: x, by: maker}, weighed: file}
    outcomes:
      passed: {to: three, needs: {report: file}}
      failed:
        title: 不合格
        to: one
        by: [qa, boss]
        needs: {sign: check, sketch: {file: x, by: maker}}
        reason: required
        at_most: 2
        then: [{notify: [one.owner, owner]}, {notify: boss}]
        beyond: [{notify: two.owner}, {ask: {cause: note, plan: {file: x, by: boss}}}]
  three:
    owner: qa
    needs: {done_now: check}
    outcomes: {again: {to: three, at_most: 1, beyond: [{notify: boss}, {move: gone}]}}
    next: gone
outcomes:
  cancel: {from: any, to: cancelled, needs: {letter: file}}
  reopen: {from: [gone, two], to: one, by: boss}
ends: {gone: {kind: failure, title: 走了}}
"""


def short(name: str) -> Stage:
    return plan_of(SHORT).stages[name]


def long() -> Plan:
    return plan_of(LONG)


def stage(name: str) -> Stage:
    return long().stages[name]


def test_without_an_order_section_the_plan_is_complete() -> None:
    plan = plan_of(SHORT)
    assert (plan.process, plan.version, plan.owner, plan.start) == ("test", "1", "desk", "one")
    assert (plan.number, plan.unique, dict(plan.fields), dict(plan.channels), plan.checks) == (
        "{serial:6}",
        (),
        {},
        {},
        (),
    )
    assert (plan.title.en, plan.language, plan.file, plan.zone.key) == (
        "test",
        "en",
        "test.yaml",
        "Asia/Shanghai",
    )


def test_two_ends_exist_without_being_written() -> None:
    ends = plan_of(SHORT).ends
    assert {name: (end.kind, end.title.say("en"), end.title.say("zh")) for name, end in ends.items()} == {
        "closed": ("success", "Closed", "完成"),
        "cancelled": ("cancelled", "Cancelled", "已取消"),
    }


def test_an_end_that_is_written_stands_before_them() -> None:
    assert [(end.name, end.kind, end.title.say("zh")) for end in long().ends.values()] == [
        ("gone", "failure", "走了"),
        ("closed", "success", "完成"),
        ("cancelled", "cancelled", "已取消"),
    ]


def test_places_are_the_stages_and_then_the_ends() -> None:
    assert list(long().places) == ["one", "two", "three", "gone", "closed", "cancelled"]


def test_a_stage_with_needs_goes_on_to_the_one_below_and_one_without_never() -> None:
    assert short("one").ways == (Way("two", None),)
    assert short("two").ways == ()
    assert short("three").ways == (Way("closed", None),)


def test_rows_of_next_are_kept_in_order() -> None:
    assert [(way.to, way.when.source if way.when else None) for way in stage("one").ways] == [
        ("three", "amount > 50"),
        ("two", None),
    ]


def test_names_stand_in_for_titles_that_are_missing() -> None:
    assert short("one").title.say("zh") == "one"
    assert stage("one").title.say("zh") == "第一"
    assert stage("two").outcomes["failed"].title.say("en") == "不合格"
    assert stage("two").outcomes["passed"].title.say("en") == "passed"
    assert [long().roles[role].say("en") for role in ("desk", "qa")] == ["desk", "qa"]


TITLES = {"plain": "plain", "titled": "凭证", "who": "客户", "enough": "amount > 5 and count(two.failed) < 3"}


def test_a_need_is_called_by_its_text_or_its_field_or_what_it_says() -> None:
    titles = {need.name: need.title.say("zh") for need in stage("one").needs}
    assert {name: titles[name] for name in TITLES} == TITLES
    told = stage("one").needs[-1]
    assert told.otherwise is not None
    assert told.otherwise.say("zh") == "已逾期"


def test_a_need_is_for_whom_it_names_or_for_the_owner_of_its_stage_and_a_condition_for_nobody() -> None:
    assert {need.name: need.by for need in stage("one").needs} == {
        "plain": ("maker",),
        "titled": ("qa", "boss"),
        "who": ("maker",),
        "enough": (),
        "told": (),
    }
    assert {need.name: need.by for need in stage("two").entry} == {"plain": ("maker",), "weighed": ("desk",)}


def test_an_outcome_is_for_whom_it_names_or_for_its_owner_and_so_are_its_needs() -> None:
    outcomes = stage("two").outcomes
    assert {name: outcome.by for name, outcome in outcomes.items()} == {
        "passed": ("desk",),
        "failed": ("qa", "boss"),
        "cancel": ("desk",),
        "reopen": ("boss",),
    }
    assert {need.name: need.by for need in outcomes["failed"].needs} == {
        "sign": ("qa", "boss"),
        "sketch": ("maker",),
    }
    assert {need.name: need.by for need in outcomes["cancel"].needs} == {"letter": ("desk",)}


def test_an_outcome_is_counted_under_its_place() -> None:
    assert {name: outcome.key for name, outcome in stage("two").outcomes.items()} == {
        "passed": "two.passed",
        "failed": "two.failed",
        "cancel": "order.cancel",
        "reopen": "order.reopen",
    }


def test_outcomes_of_the_whole_order_stand_where_they_are_open() -> None:
    open_at = {
        name: [key for key in place.outcomes if key in ("cancel", "reopen")]
        for name, place in long().places.items()
    }
    assert open_at == {
        "one": ["cancel"],
        "two": ["cancel", "reopen"],
        "three": ["cancel"],
        "gone": ["reopen"],
        "closed": [],
        "cancelled": [],
    }


def test_those_to_be_told_are_roles() -> None:
    failed = stage("two").outcomes["failed"]
    assert failed.then == (Action(notify=("maker", "desk")), Action(notify=("boss",)))
    assert failed.beyond == (Action(notify=("desk",)), Action(ask=("cause", "plan")))
    assert stage("three").outcomes["again"].beyond == (
        Action(notify=("boss",)),
        Action(move="gone", trigger="three.again!"),
    )


def test_what_an_action_asks_is_for_whom_it_names_or_for_the_owner_of_the_stage() -> None:
    doable = stage("two").doable
    assert (doable["cause"].by, doable["plan"].by) == (("desk",), ("boss",))


DOABLE = {
    "one": {"plain", "titled", "who", "enough", "told", "weighed", "letter"},
    "two": {"report", "sign", "sketch", "cause", "plan", "letter"},
    "three": {"done_now", "letter"},
}


def test_in_a_stage_counts_what_it_asks_its_outcomes_ask_and_the_doors_it_leads_to() -> None:
    assert {name: set(each.doable) for name, each in long().stages.items()} == DOABLE


def test_where_one_name_stands_in_the_stage_and_at_a_door_the_need_of_the_stage_counts() -> None:
    assert stage("one").doable["plain"] is stage("one").needs[0]


def test_due_times_are_lengths_or_points() -> None:
    (one,), (two,), three = (stage(name).due for name in ("one", "two", "three"))
    assert (one.within, one.by, one.line) == (Length(DAY + 2 * HOUR), None, line_of(LONG, "    due: 1d 2h"))
    assert (two.within, two.by, three) == (None, Point("day", 0, is_field=True), ())


def test_everything_that_is_refused_for_knows_its_line() -> None:
    plan, one = long(), stage("one")
    assert one.line == line_of(LONG, "  one:\n".rstrip())
    assert one.needs[1].line == line_of(LONG, "      titled:")
    assert stage("two").outcomes["failed"].line == line_of(LONG, "      failed:")
    assert plan.checks[0].line == line_of(LONG, "  checks:")
    assert plan.fields["who"].place.line == line_of(LONG, "    who: {type")


def test_channels_are_a_required_choice_field_that_stands_with_the_others() -> None:
    plan = long()
    channel = plan.fields["channel"]
    assert (channel.type, channel.required, channel.choices) == ("choice", True, ("phone", "web"))
    assert list(plan.fields) == ["ref", "who", "amount", "day", "channel"]
    assert {name: dict(maps) for name, maps in plan.channels.items()} == {
        "phone": {},
        "web": {"who": "buyer.name"},
    }


def test_the_channel_field_knows_the_line_of_the_channels() -> None:
    assert long().fields["channel"].place.line == line_of(LONG, "  channels:")


def test_counted_are_outcomes_with_a_limit_and_moments_that_a_condition_reads() -> None:
    assert long().marks == {"two.failed", "three.again", "one.late"}


class Amount:
    """The facts of an order over a little money, and nothing else."""

    def value(self, name: str) -> object:
        return {"amount": 1}[name]

    def count(self, moment: str) -> int:
        raise AssertionError(moment)


def test_ways_that_no_row_asks_for_do_not_exist() -> None:
    router = long().router
    moves = {
        (name, trigger)
        for name in long().places
        for trigger in ("next", "two.failed", "order.reopen", "three.again!")
    }

    found = {}
    for name, trigger in moves:
        with suppress(LookupError):
            found[name, trigger] = router.move(name, trigger, Amount())
    assert found == {
        ("one", "next"): "two",
        ("three", "next"): "gone",
        ("two", "two.failed"): "one",
        ("two", "order.reopen"): "one",
        ("gone", "order.reopen"): "one",
        ("three", "three.again!"): "gone",
    }
