"""`flowengine train`: the trainee types, the real engine answers, the score tells the truth."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import Result

from tests.rehearsal.play import HEAD, PROCESS
from tests.runtime.linked import CASE, SALE

ROOT = Path(__file__).parents[2]
VOUCHER = str(ROOT / "processes" / "scenarios" / "missing-voucher.scenario.yaml")
STEPS = """steps:
  - {create: {}, by: dora}
  - {done: checked, by: dora}
  - {done: priced, by: qi, expect: {stage: make}}
  - {done: made, by: dora, expect: {refused: not_yours}}
  - {attach: {slip: s.pdf}, by: mo, wait: 1h}
  - {write: {remark: fine}, by: mo}
  - {done: made, by: mo, expect: {stage: hand, blocked_by: [handed]}}
  - {done: handed, by: dora, expect: {stage: closed}}
"""
Train = Callable[..., Result]


@pytest.fixture
def train(call: Any, folder: Path) -> Train:
    """Trains with the small scenario: what is typed, line by line, and more words of the command line."""
    (folder / "shop.yaml").write_text(PROCESS, "utf-8")
    (folder / "a.scenario.yaml").write_text(HEAD + STEPS, "utf-8")

    def trained(*typed: str, words: tuple[str, ...] = ()) -> Result:
        stdin = "".join(f"{line}\n" for line in typed)
        return call("train", "a.scenario.yaml", *words, stdin=stdin)  # type: ignore[no-any-return]

    return trained


ALL = ("checked", "priced", "slip", "", "remark", "", "made", "handed")


def test_all_steps_at_once(train: Train) -> None:
    result = train(*ALL)
    assert result.exit_code == 0
    assert "6 of 6 steps right at once" in result.output
    assert "The order is where the scenario wants it: Closed" in result.output
    assert "What went differently" not in result.output


def test_the_steps_are_hidden_and_what_a_screen_would_show_is_not(train: Train) -> None:
    shown = train().output
    assert "You play everybody" in shown
    assert "You are dora (desk)." in shown
    assert "ref: A; amount: 5.00 CNY" in shown
    assert "  1  tick: checked  (desk)\n  2  tick: priced  (desk, qa)\n" in shown
    assert "s.pdf" not in shown
    assert "6 of 6" not in shown


TYPED = {
    "numbers": ("1", "1", "2", "s.pdf", "2", "fine", "1", "1"),
    "names": ALL,
    "words of `flowengine do`": (
        "done checked", "done priced", "attach slip my file.pdf", "write remark=fine and well", "done made",
        "done handed",
    ),
}  # fmt: skip


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_numbers_names_and_words_mean_the_same(train: Train, typed: tuple[str, ...]) -> None:
    result = train(*typed)
    assert (result.exit_code, "6 of 6 steps right at once" in result.output) == (0, True)


def test_only_one_person_is_played_and_the_others_do_their_steps(train: Train) -> None:
    result = train("slip", "", "remark", "", "made", words=("--as", "mo"))
    assert "mo: maker (you)" in result.output
    assert "dora: ticked: checked" in result.output
    assert "dora: ticked: handed" in result.output
    assert (result.exit_code, "3 of 3 steps right at once" in result.output) == (0, True)


def test_what_may_be_done_in_another_order_counts_as_right(train: Train) -> None:
    result = train("checked", "priced", "made", "write remark=x", "slip", "", "handed")
    assert result.output.count("That comes later in the scenario") == 2
    assert (result.exit_code, "6 of 6 steps right at once" in result.output) == (0, True)


def test_hints_come_in_two_sizes_and_are_counted(train: Train) -> None:
    result = train("h", "checked", "h", "h", "priced", "slip", "", "remark", "", "made", "handed")
    assert "would now take from you\n  tick: checked  (desk)\n  tick: priced" in result.output
    assert "Hint: in the scenario qi does this: done: priced" in result.output
    assert "2 of 6 steps right with hints" in result.output
    assert "step 2, qi, right with hints: done: priced\n    hints: 2" in result.output
    assert result.exit_code == 0


def test_the_engine_refuses_with_its_reasons_and_the_try_is_counted(train: Train) -> None:
    result = train("checked", "checked", "done checked", "priced", "slip", "", "remark", "", "made", "handed")
    assert "The engine refuses:\n  - “checked” is for desk" in result.output
    assert (
        "step 2, qi, right after something else was tried: done: priced\n    refused 1 times" in result.output
    )
    assert "“checked” is no number, name or command of these" in result.output
    assert result.exit_code == 0


def test_something_allowed_that_is_not_asked_for_leaves_the_step_open(train: Train) -> None:
    result = train("write day=2026-03-09", *ALL)
    assert "the scenario does not ask for it" in result.output
    assert "you also did: write day" in result.output
    assert result.exit_code == 0


def test_another_way_counts_when_the_order_ends_where_it_should(train: Train) -> None:
    result = train("checked", "priced", "write pieces=2", "outcome cheap", "0", "0", "0")
    assert "takes another way" in result.output
    assert "1 of 6 steps done another way" in result.output
    assert (result.exit_code, "Other ways count as right" in result.output) == (0, True)


def test_another_way_to_another_end_does_not(train: Train) -> None:
    result = train("checked", "priced", "outcome spoiled torn", "0", "0", "0", "0")
    assert "The order is not where the scenario wants it" in result.output
    assert "stage\n    - closed\n    + take" in result.output
    assert result.exit_code == 1


def test_steps_of_others_that_became_impossible_are_refused_aloud(train: Train) -> None:
    result = train("outcome spoiled torn", "0", "0", words=("--as", "mo"))
    assert "dora wanted to: done: handed" in result.output
    assert result.exit_code == 1


LEAVING = {"the input ends": (), "q": ("q",), "in the middle of an answer": ("checked", "priced", "slip")}


@pytest.mark.parametrize("typed", LEAVING.values(), ids=LEAVING)
@pytest.mark.parametrize(("lang", "said"), [("en", "You left before the end."), ("zh", "你提前离开了")])
def test_leaving_is_polite(train: Train, typed: tuple[str, ...], lang: str, said: str) -> None:
    result = train(*typed, words=("--lang", lang))
    assert (result.exit_code, said in result.output) == (1, True)


def test_ctrl_c_leaves_politely(train: Train, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(click, "prompt", interrupted)
    result = train("checked")
    assert (result.exit_code, "You left before the end." in result.output) == (1, True)


def test_help_and_slips_do_not_end_the_turn(train: Train) -> None:
    result = train("", "99", "done", "nonsense", "write remark", *ALL)
    assert result.output.count("is no number, name or command") == 3
    assert "remark" in result.output
    assert "6 of 6 steps right at once" in result.output


def test_the_voucher_that_does_not_come(call: Any) -> None:
    """R60: finance cannot be stood in for; the order must go back, with a reason."""
    typed = [
        "customer_qualified",
        "payment_voucher",
        "口头答应.txt",
        "unclear",
        "",
        "unclear",
        "客户没有付款",
    ]
    stdin = "".join(f"{line}\n" for line in typed)
    result = call("train", VOUCHER, "--as", "李伟", "--lang", "zh", stdin=stdin)
    assert result.exit_code == 0
    assert "“payment_voucher”由 财务 办理" in result.output
    assert "2 步中有 1 步一次做对" in result.output
    assert "2 步中有 1 步先试了别的再做对" in result.output
    assert "被拒绝 2 次" in result.output
    assert "订单停在情景要求的地方：生产/采购" in result.output


SHIPPED = [
    pytest.param(path, id=path.stem, marks=[pytest.mark.soak] if number % 4 else [])
    for number, path in enumerate(sorted((ROOT / "processes").rglob("*.scenario.yaml")))
]
"""Every fourth is tried each time: each is played twice, and they pass in a test of their own."""


@pytest.mark.parametrize("path", SHIPPED)
def test_every_scenario_that_comes_along_can_be_left_at_once(call: Any, path: Path) -> None:
    result = call("train", str(path), stdin="")
    assert result.exit_code == 1
    assert "You left before the end" in result.output or "no step is left to find" in result.output


MISTAKES = {
    "nobody of that name": (("--as", "nora"), 2, "dora, mo, qi, both"),
    "a row that is not there": (("--row", "2"), 2, "1 rows"),
    "nobody's steps": (("--as", "both"), 1, "no step is left to find"),
}


@pytest.mark.parametrize(("words", "code", "said"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes(train: Train, words: tuple[str, ...], code: int, said: str) -> None:
    result = train(words=words)
    assert (result.exit_code, said in result.output) == (code, True)


def test_a_scenario_that_is_wrong_itself_is_no_training(train: Train, folder: Path) -> None:
    (folder / "a.scenario.yaml").write_text(HEAD + STEPS.replace("stage: closed", "stage: make"), "utf-8")
    result = train()
    assert (result.exit_code, "mend it first" in result.output) == (1, True)


def test_another_row_is_another_story(train: Train, folder: Path) -> None:
    text = HEAD.replace("amount: 5", 'amount: "{amount}"') + "rows: [{amount: 5}, {amount: 77}]\n" + STEPS
    (folder / "a.scenario.yaml").write_text(text, "utf-8")
    result = train(*ALL, words=("--row", "2"))
    assert ("77.00 CNY" in result.output, result.exit_code) == (True, 0)


def test_it_ends_where_the_order_of_the_scenario_is_and_not_a_linked_one(call: Any, folder: Path) -> None:
    (folder / "sale.yaml").write_text(SALE, "utf-8")
    (folder / "after-sales-cases.yaml").write_text(CASE, "utf-8")  # found by what stands in it
    steps = "  - {create: {amount: 100}, by: ann}\n  - {outcome: complain, by: ann}\n"
    steps += "  - {on: cases, done: contacted, by: ann, expect: {stage: solve}}\n"
    head = "scenario: Cases\nprocess: sale.yaml\nstarts: 2026-03-02 09:00\npeople: {ann: [desk, service]}\n"
    (folder / "b.scenario.yaml").write_text(head + "steps:\n" + steps, "utf-8")
    result = call("train", "b.scenario.yaml", stdin="complain\n\n")
    assert "The order is where the scenario wants it: pack" in result.output


ODD = """
flowengine: 1
process: shop
version: "1"
owner: desk
order: {fields: {ref: text}}
roles: {desk: {}}
stages: {look: {owner: desk, needs: {seen: check}, next: closed}}
tiers: {1: {team: desk, answer: 4h, resolve: 2d}}
exceptions: {broken: {title: Broken, tier: 1, by: desk}}
approvals: {sign: {steps: [{all: [desk]}], refused: [{hold: stop}]}}
holds: {stop: {by: desk, release: {by: desk}}}
lanes:
  fast: {title: Fast, request: {by: desk}, approval: sign, grants: {priority: urgent}, revoke: {by: desk}}
"""
LOOKED = """scenario: a look
process: shop.yaml
starts: 2026-03-02 09:00
people: {dora: desk}
steps:
  - {create: {}, by: dora}
  - {done: seen, by: dora, expect: {stage: closed}}
"""


@pytest.fixture
def odd(call: Any, folder: Path) -> Train:
    (folder / "shop.yaml").write_text(ODD, "utf-8")
    (folder / "a.scenario.yaml").write_text(LOOKED, "utf-8")
    return lambda *typed: call("train", "a.scenario.yaml", stdin="".join(f"{line}\n" for line in typed))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (("fast", "in a hurry", "fast", "no hurry"), "Done:"),
        (("request fast in a hurry", "h"), "Done:"),
        (("raise broken it fell", "h"), "Done:"),
        (("broken", "it fell"), "Done:"),
        (("9" * 5000, "１", "seen"), "The order is where the scenario wants it"),
        (("？",), "Answer with a number"),
        (("ｑ",), "You left before the end"),
    ],
    ids=lambda each: str(each)[:20],
)
def test_whatever_a_screen_offers_can_be_chosen(odd: Train, typed: tuple[str, ...], shown: str) -> None:
    assert shown in odd(*typed).output


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_empty_name_is_said_where_it_stands(train: Train, lang: str) -> None:
    done = train(words=("--as", "", "--lang", lang))
    assert (done.exit_code, "--as" in done.stderr) == (2, True)
