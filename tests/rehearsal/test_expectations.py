"""Every word of `expect` can fail: it then shows what was expected, what was found, and the story so far."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowengine.definition.scenario_words import Expect
from flowengine.rehearsal.expectations import ANSWERS
from tests.rehearsal.play import HEAD, PROCESS, mismatches, report_of

OPENED = "  - {create: {}, by: dora}\n"
MADE = OPENED + "  - {done: checked, by: dora}\n  - {done: priced, by: qi}\n"

TIMED = "  - {create: {ref: T}, by: dora}\n"
CLOCKS = """
flowengine: 1
process: shop
version: "1"
owner: desk
zone: Asia/Shanghai
priority: high
order: {fields: {ref: {type: text, required: true}, amount: {type: money, default: 0}}}
roles: {desk: {}, maker: {}, qa: {}}
holds: {waiting: {by: desk, pauses: [take], due: 2d}}
events: {scan: {data: {of: text}, match: {ref: event.of}}}
approvals: {sign: {steps: [{any: qa}], refused: [{notify: requester}]}}
lanes:
  fast: {request: {by: desk}, approval: sign, grants: {stages: {take: {needs: {checked: {waive: desk}}}}}}
stages:
  take:
    owner: desk
    due: {within: 10h, warn: [50%]}
    needs: {checked: check, bill: {file: bill, by: qa, defer: 9d}}
    tasks: {drawing: {owner: maker, due: 1d, needs: {drawn: check}}}
    clocks: {answer: {within: 10h, owner: qa, warn: [-6h], needs: {said: note}}}
    next: closed
"""
CALLS = f"""{CLOCKS}
calls: {{ask: {{function: ask}}}}
rules: {{asked: {{after: waiting.placed, then: [{{call: ask}}]}}}}
"""

# The word: steps, what is true then, what is not and must fail, and what is shown as found.
WORDS: dict[str, tuple[str, str, str, str]] = {
    "stage": (OPENED, "take", "make", "take"),
    "stage, an end": (OPENED, "take", "closed", "take"),
    "number": (OPENED, "S202603-001", "S202603-002", "S202603-001"),
    "blocked_by": (OPENED, "[priced, checked]", "[checked]", "[checked, priced]"),
    "blocked_by, nothing": (OPENED, "[priced, checked]", "[]", "[checked, priced]"),
    "todo": (OPENED, "{qi: [priced], mo: []}", "{qi: [], mo: []}", "{qi: [priced], mo: []}"),
    "todo, too much": (OPENED, "{qi: [priced]}", "{qi: [priced, checked]}", "{qi: [priced]}"),
    "due": (OPENED, "{take: 2026-03-03 09:00}", "{take: 2026-03-03 09:01}", "{take: 2026-03-03 09:00}"),
    "due, in another stage": (OPENED, "{take: 2026-03-03 09:00}", "{make: 2026-03-03 09:00}", "{make: –}"),
    "due, where there is none": (MADE, "", "{make: 2026-03-03 09:00}", "{make: –}"),
    "late": (OPENED + "  - {wait: 25h}\n", "[take]", "[]", "[take]"),
    "warned": (TIMED + "  - {wait: 5h}\n", "[take, answer]", "[take]", "[answer, take]"),
    "warned, of a clock met": (
        TIMED + "  - {write: {said: so}, by: qi, wait: 5h}\n",
        "[take, answer]",
        "[]",
        "[answer, take]",
    ),
    "held": (TIMED + "  - {hold: waiting, by: dora}\n", "[waiting]", "[]", "[waiting]"),
    "held, no longer": (
        TIMED + "  - {hold: waiting, by: dora}\n  - {release: waiting, by: dora}\n",
        "[]",
        "[waiting]",
        "[]",
    ),
    "lanes": (
        TIMED + "  - {request: fast, by: dora}\n  - {approve: fast, by: qi}\n",
        "[fast]",
        "[]",
        "[fast]",
    ),
    "linked": (OPENED, "{cases: []}", "{cases: [contact]}", "{cases: []}"),
    "lanes, asked for": (TIMED + "  - {request: fast, by: dora}\n", "[]", "[fast]", "[]"),
    "parked": (TIMED + "  - {event: scan, data: {of: X}}\n", "[scan]", "[]", "[scan]"),
    "parked, no longer": (TIMED + "  - {event: scan, data: {of: T}}\n", "[]", "[scan]", "[]"),
    "called": (TIMED + "  - {hold: waiting, by: dora}\n", "[ask]", "[]", "[ask]"),
    "called, nothing": (TIMED, "[]", "[ask]", "[]"),
    "deferred": (
        TIMED,
        "{bill: 2026-03-11 09:00}",
        "{bill: 2026-03-11 09:01}",
        "{bill: 2026-03-11 09:00}",
    ),
    "deferred, no longer": (
        TIMED + "  - {attach: {bill: b.pdf}, by: qi}\n",
        "{}",
        "{bill: 2026-03-11 09:00}",
        "{}",
    ),
    "priority": (TIMED, "high", "urgent", "high"),
    "due, of a clock, a task and a hold": (
        TIMED + "  - {hold: waiting, by: dora}\n",
        "{answer: 2026-03-02 19:00, waiting: 2026-03-04 09:00, drawing: 2026-03-03 09:00}",
        "{answer: 2026-03-02 19:01}",
        "{answer: 2026-03-02 19:00}",
    ),
    "late, a clock and a hold": (
        TIMED + "  - {hold: waiting, by: dora}\n  - {wait: 3d}\n",
        "[answer, drawing, waiting]",
        "[answer, waiting]",
        "[answer, drawing, waiting]",
    ),
    "late, but in time": (OPENED + "  - {wait: 24h}\n", "[]", "[take]", "[]"),
    "fields": (OPENED, "{amount: 5.00, day: null}", "{amount: 5.01}", "{amount: 5}"),
    "sees": (OPENED, "{dora: [ref, amount, pieces]}", "{dora: [ref]}", "{dora: [amount, pieces, ref]}"),
    "shown": (OPENED, "{dora: {amount: 5.00, day: null}}", "{dora: {amount: 6}}", "{dora: {amount: 5}}"),
    "fields, with a value instead of none": (OPENED, "{day: null}", "{day: 2026-03-03}", "{day: –}"),
    "fields, that cannot have that value": (OPENED, "{amount: 5}", "{amount: much}", "{amount: 5}"),
    "todo, of a role": (OPENED, "{qa: [priced], desk: [checked, priced]}", "{qa: []}", "{qa: [priced]}"),
    "mine": (
        OPENED + "  - {claim: priced, by: qi}\n",
        "{qi: [priced], mo: []}",
        "{qi: []}",
        "{qi: [priced]}",
    ),
    "queue": (OPENED, "{qi: [S202603-001], mo: []}", "{qi: []}", "{qi: [S202603-001]}"),
    "todo, claimed by another": (
        OPENED + "  - {claim: priced, by: qi}\n",
        "{dora: [checked]}",
        "{dora: []}",
        "{dora: [checked]}",
    ),
    "verdict": (OPENED + "  - {done: checked, by: qi}\n", "refused", "incomplete", "refused"),
    "verdict, done": (OPENED, "ready", "refused", "ready"),
    "verdict, missing": ("  - {create: {ref: null}, by: dora}\n", "incomplete", "refused", "incomplete"),
    "refused": (
        OPENED + "  - {done: checked, by: qi}\n",
        "not_yours",
        "already_done",
        "{not_yours: [checked]}",
    ),
    "refused, by name": (
        OPENED + "  - {done: checked, by: qi}\n",
        "{not_yours: [checked]}",
        "{not_yours: [priced]}",
        "{not_yours: [checked]}",
    ),
    "refused, but it was done": (MADE, "", "not_yours", "–"),
    "notified": (OPENED + "  - {wait: 25h}\n", "[dora]", "[]", "[dora]"),
    "notified, and somebody else too": (OPENED + "  - {wait: 25h}\n", "[dora]", "[dora, qi]", "[dora]"),
    "notified, as a role": (OPENED + "  - {wait: 25h}\n", "[desk]", "[qa]", "[dora]"),
    "not_notified, as a role": (OPENED + "  - {wait: 25h}\n", "[qa]", "[desk]", "[dora]"),
    "not_notified": (OPENED + "  - {wait: 25h}\n", "[qi, mo]", "[qi, dora]", "[dora]"),
    "says": (
        OPENED + "  - {wait: 25h}\n",
        "{dora: It was due}",
        "{dora: shipped}",
        "{dora: [S202603-001: overdue Order S202603-001 (shop), take: overdue. It was due 2026-03-03 09:00.]}",  # noqa: E501
    ),
    "sent": (
        OPENED + "  - {wait: 25h}\n",
        "[{to: desk, about: late, via: [], at: 2026-03-03 09:00, says: {en: It was due, zh: 期限为}}]",
        "[{to: dora, about: warned}]",
        "[{to: dora, about: late}]",
    ),
    "sent, and nobody expected it": (
        OPENED + "  - {wait: 25h}\n",
        "[{to: dora}]",
        "[]",
        "[{to: dora, about: late, at: 2026-03-03 09:00, says: S202603-001: overdue Order S202603-001 (shop), take: overdue. It was due 2026-03-03 09:00.}]",  # noqa: E501
    ),
    "sent, to somebody else too": (OPENED + "  - {wait: 25h}\n", "", "[{to: dora}, {to: qi}]", "[]"),
    "imported": ("  - {import: [{ref: A}, {ref: B}, {ref: A}], by: dora}\n", "2", "3", "2"),
    "already_there": ("  - {import: [{ref: A}, {ref: B}, {ref: A}], by: dora}\n", "1", "0", "1"),
    "rejected": (
        "  - {import: [{ref: A}, {ref: B, amount: x}], by: dora}\n",
        "{row_2: [amount]}",
        "{}",
        "{row_2: [amount]}",
    ),
    "rejected, for another reason": (
        "  - {import: [{ref: A, amount: x}], by: dora}\n",
        "{row_1: [amount]}",
        "{row_1: [ref]}",
        "{row_1: [amount]}",
    ),
    "chart": (OPENED, "{take: [make]}", "{take: [make, hand]}", "{take: [make]}"),
    "chart, of an end": (OPENED, "{closed: []}", "{closed: [take]}", "{closed: []}"),
}


def expecting(steps: str, word: str, value: str) -> str:
    """The steps, the last of which expects this."""
    lines = steps.splitlines()
    last = lines[-1].strip().removeprefix("- {").removesuffix("}")
    return "\n".join(["steps:", *lines[:-1], f"  - {{{last}, expect: {{{word}: {value}}}}}", ""])


@pytest.mark.parametrize(("steps", "true", "wrong", "found"), WORDS.values(), ids=WORDS)
def test_what_is_true_passes_and_what_is_not_fails(
    request: pytest.FixtureRequest, steps: str, true: str, wrong: str, found: str, tmp_path: Path
) -> None:
    word = request.node.callspec.id.split(",")[0]
    process = CLOCKS if steps.startswith(TIMED) else PROCESS
    process, after = (CALLS, "calls: {ask: {}}\n") if word == "called" else (process, "")
    if true:
        assert mismatches(tmp_path, expecting(steps, word, true) + after, process=process) == ()
    failed = [
        each
        for each in mismatches(tmp_path, expecting(steps, word, wrong) + after, process=process)
        if each.word == word
    ]
    assert len(failed) == 1
    assert failed[0].message("en").endswith(f", but is {found}")
    assert f": {word} should be " in failed[0].message("en")
    assert (failed[0].step, failed[0].place.line) == (
        steps.count("\n"),
        HEAD.count("\n") + 1 + steps.count("\n"),
    )
    assert "\n" not in failed[0].message("zh")


def test_every_word_stands_in_the_table() -> None:
    words = {name for name in Expect.__dataclass_fields__ if name not in ("place", "name")}
    assert words == set(ANSWERS) == {name.split(",")[0] for name in WORDS}


def test_a_step_that_is_refused_unexpectedly_fails_with_the_reason(tmp_path: Path) -> None:
    (failed,) = mismatches(tmp_path, "steps:\n" + OPENED + "  - {done: checked, by: qi}\n")
    assert failed.message("en") == "step 2: refused should be –, but is {not_yours: [checked]}"


def test_a_failure_comes_with_the_story_up_to_it_and_nothing_after(tmp_path: Path) -> None:
    steps = expecting(MADE, "stage", "hand") + "  - {done: made, by: mo}\n"
    (run,) = report_of(tmp_path, steps, lang="en").runs
    assert not run.passed
    assert [mismatch.step for mismatch in run.mismatches] == [3]
    story = "\n".join(run.history)
    assert all(words in story for words in ("S202603-001", "2026-03-02 09:00", "dora", "qi", "make"))
    assert "mo:" not in story


def test_what_passes_tells_no_story(tmp_path: Path) -> None:
    (run,) = report_of(tmp_path, expecting(MADE, "stage", "make")).runs
    assert (run.passed, run.history, run.steps) == (True, (), 3)


def test_every_expectation_of_a_step_that_is_not_so_is_shown(tmp_path: Path) -> None:
    wrong = "{stage: make, number: x, fields: {amount: 7}, late: [take]}"
    steps = f"steps:\n  - {{create: {{}}, by: dora, expect: {wrong}}}\n"
    assert {each.word for each in mismatches(tmp_path, steps)} == {"stage", "number", "fields", "late"}


SINCE = {
    "late": ("late: [take]", "late: []"),
    "notified": ("notified: [dora]", "notified: []"),
}


@pytest.mark.parametrize(("first", "then"), SINCE.values(), ids=SINCE)
def test_what_happened_before_the_last_step_is_no_news(first: str, then: str, tmp_path: Path) -> None:
    steps = f"steps:\n{OPENED}  - {{wait: 25h, expect: {{{first}}}}}\n  - {{wait: 1h, expect: {{{then}}}}}\n"
    assert mismatches(tmp_path, steps) == ()


NO_NEWS = "expect: {number: S202603-001, late: [], notified: []}"
AGAIN = {
    "opened again": f"{{create: {{}}, by: dora, {NO_NEWS}}}",
    "imported again": f"{{import: [{{}}], by: dora, {NO_NEWS}}}",
    "opened again, and another between": "{create: {ref: B}, by: dora}\n  - "
    f"{{create: {{}}, by: dora, {NO_NEWS}}}",
}


@pytest.mark.parametrize("step", AGAIN.values(), ids=AGAIN)
def test_an_order_that_is_met_again_brings_no_old_news(step: str, tmp_path: Path) -> None:
    assert (
        mismatches(tmp_path, f"steps:\n{OPENED}  - {{wait: 25h, expect: {{late: [take]}}}}\n  - {step}\n")
        == ()
    )


WITHOUT_ORDER = {
    "stage": "take",
    "number": "S202603-001",
    "blocked_by": "[]",
    "todo": "{dora: []}",
    "due": "{take: 2026-03-03 09:00}",
    "fields": "{day: null}",
    "sees": "{dora: []}",
    "shown": "{dora: {day: null}}",
}


@pytest.mark.parametrize(("word", "value"), WITHOUT_ORDER.items(), ids=WITHOUT_ORDER)
def test_nothing_is_true_of_an_order_that_was_never_opened(word: str, value: str, tmp_path: Path) -> None:
    expect = f"{{refused: missing_fields, {word}: {value}}}"
    steps = f"steps:\n  - {{create: {{ref: null}}, by: dora, expect: {expect}}}\n"
    (failed,) = mismatches(tmp_path, steps)
    assert (failed.word, failed.found) == (word, None)


def test_a_condition_that_cannot_be_worked_out_fails_the_step_and_not_the_rehearsal(tmp_path: Path) -> None:
    steps = (
        "steps:\n" + MADE + "  - {write: {pieces: 0}, by: dora, reason: x}\n  - {outcome: cheap, by: mo}\n"
    )
    process = PROCESS.replace("owner: desk\nzone", "owner: desk\nlanguage: en\nzone")
    failed = mismatches(tmp_path, steps.replace("by: dora, reason", "by: mo, reason"), process=process)[-1]
    assert (failed.step, failed.word) == (5, "refused")
    assert "divides by zero (amount = 5, pieces = 0)" in failed.message("en")


def test_time_that_cannot_pass_fails_the_step(tmp_path: Path) -> None:
    stuck = PROCESS.replace(
        "checked: check,", "checked: check, low: {that: not has(take.late) or amount / pieces < 5},"
    )
    steps = "steps:\n  - {create: {pieces: 0}, by: dora}\n  - {wait: 25h, expect: {stage: take}}\n"
    (failed,) = mismatches(tmp_path, steps, process=stuck)
    assert (failed.step, failed.word) == (2, "refused")
    assert "divides by zero" in failed.message("en")


def test_time_does_not_go_back(tmp_path: Path) -> None:
    steps = f"steps:\n{OPENED}  - {{wait: 2d, expect: {{late: [take]}}}}\n  - {{until: 2026-03-03 10:00}}\n"
    (failed,) = mismatches(tmp_path, steps)
    assert failed.message("en") == "step 3: until should be 2026-03-03 10:00, but is 2026-03-04 09:00"


def test_the_list_of_somebody_with_much_to_do_is_seen_to_its_end(tmp_path: Path) -> None:
    rows = ", ".join(f"{{ref: R{number}}}" for number in range(120))  # 3 entries each: more than a page holds
    expect = "{imported: 120, todo: {qi: [priced], mo: []}}"
    steps = f"steps:\n  - {{import: [{rows}], by: dora, expect: {expect}}}\n"
    assert mismatches(tmp_path, steps) == ()
