"""Why something is due, as the order desk reads it: an order across the Spring Festival of 2026."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from flowengine import assembly
from flowengine.kernel.commands import Choose, Command, Done, Hold, Principal, Release, Write
from tests.cli.conftest import Call, Clock
from tests.kernel.desk import at

LEDGERS = Path(__file__).parent / "ledgers"
PROCESS = Path(__file__).parents[2] / "examples" / "spring-festival" / "sales.yaml"
NUMBER = "S001"
FRIDAY = "2026-02-13 16:00"
LI = Principal.of("li", "desk")

Do = Callable[..., None]


@pytest.fixture
def begin(call: Call, clock: Clock, folder: Path) -> Callable[[str], Do]:
    """An order since Friday afternoon, and what is done to it at a time in Shanghai; None only waits."""

    def begun(process: str) -> Do:
        (folder / "sales.yaml").write_text(process, "utf-8")
        clock.now = at(FRIDAY)
        assert call("deploy", "sales.yaml").exit_code == 0
        assert call("start", "sales", "--as", "li:desk").exit_code == 0
        return done

    def done(when: str, command: Command | None = None, reason: str = "") -> None:
        clock.now = at(when)
        with assembly.connect("flowengine.db") as engine:
            if command is None:
                engine.tick()
            else:
                engine.do(1, command, by=LI, reason=reason).or_raise()

    return begun


@pytest.fixture
def do(begin: Callable[[str], Do]) -> Do:
    """An order of the example."""
    return begin(PROCESS.read_text("utf-8"))


def held_over_the_holidays(do: Do) -> None:
    do("2026-02-14 10:00", Hold("cold_chain"), "the truck is warm")
    do("2026-02-24 10:30", Release("cold_chain"))


def rushed_when_half_done(do: Do) -> None:
    do("2026-02-14 15:00")
    do("2026-02-14 15:30", Write({"rush": True}), "the customer's line stands")


def left_to_itself(do: Do) -> None:
    do("2026-02-28 10:00")
    do("2026-02-28 11:00", Write({"progress": "half"}))


STORIES: dict[str, tuple[Callable[[Do], None], str, tuple[str, ...]]] = {
    "spring-festival": (lambda _do: None, FRIDAY, ()),
    "spring-festival-held": (held_over_the_holidays, "2026-02-24 11:00", ()),
    "standing": (lambda do: do("2026-02-14 10:00", Hold("cold_chain")), "2026-02-20 12:00", ()),
    "rushed": (rushed_when_half_done, "2026-02-14 15:40", ()),
    "over-the-holidays": (lambda _do: None, "2026-02-25 10:00", ("supplier",)),
    "duty": (left_to_itself, "2026-02-28 12:00", ("daily",)),
    "duty-excused": (held_over_the_holidays, "2026-02-24 11:00", ("daily",)),
    "silence": (held_over_the_holidays, "2026-02-24 11:00", ("quiet",)),
    "long": (lambda _do: None, FRIDAY, ("long",)),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", STORIES)
def test_the_ledger_reads_word_for_word(name: str, lang: str, do: Do, call: Call, clock: Clock) -> None:
    story, now, words = STORIES[name]
    story(do)
    clock.now = at(now)
    reads(name, lang, call("why-due", NUMBER, *words, "--lang", lang))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_clock_that_is_due_only_now_and_then_tells_what_went_on_unseen(
    lang: str, begin: Callable[[str], Do], call: Call, clock: Clock
) -> None:
    do = begin(PROCESS.read_text("utf-8").replace("within: 20wh,", "within: 20wh, when: not rush,"))
    do("2026-02-14 09:00", Write({"rush": True}), "the customer's line stands")
    do("2026-02-14 10:00", Hold("cold_chain"), "the truck is warm")
    reads("off", lang, call("why-due", NUMBER, "supplier", "--lang", lang))
    do("2026-02-14 11:00", Release("cold_chain"))
    do("2026-02-14 11:30", Write({"rush": False}))
    clock.now = at("2026-02-14 14:00")
    reads("on-again", lang, call("why-due", NUMBER, "supplier", "--lang", lang))


@pytest.mark.parametrize(
    ("lang", "says"), [("en", "as long as the field Patience says"), ("zh", "由字段“耐心”规定")]
)
def test_a_clock_whose_length_was_never_known_says_which_field_gives_it(
    lang: str, says: str, begin: Callable[[str], Do], call: Call
) -> None:
    text = PROCESS.read_text("utf-8").replace("within: 8wh,", "within: patience,")
    field = "fields:\n    patience: {type: duration, title: {en: Patience, zh: 耐心}}"
    do = begin(text.replace("fields:", field))
    do("2026-02-14 10:00", Hold("cold_chain"))
    assert says in call("why-due", NUMBER, "review", "--lang", lang).stdout


def reads(name: str, lang: str, said: Result) -> None:
    """What was said must be what stands in the file of that name."""
    assert said.exit_code == 0, said.stderr
    golden = LEDGERS / f"{name}.{lang}.txt"
    if os.environ.get("REWRITE"):
        golden.write_text(said.stdout, "utf-8")
    assert said.stdout == golden.read_text("utf-8")


def test_a_program_reads_the_same_in_utc(do: Do, call: Call) -> None:
    held_over_the_holidays(do)
    said = json.loads(call("why-due", NUMBER, "--format", "json").stdout)
    assert (said["clock"], said["kind"], said["visit"], said["state"]) == ("review", "stage", 1, "running")
    assert (said["file"], said["line"], said["when"]) == ("sales.yaml", 22, None)
    assert said["due"] == said["lines"][-1]["at"] == "2026-02-24T09:00:00.000Z"
    assert said["used"]["ms"] + said["left"]["ms"] == said["whole"]["ms"] == 8 * 3_600_000
    stood = next(line for line in said["lines"] if line["did"] == "stood")
    assert stood["causes"] == [
        {"why": "hold", "name": "cold_chain", "by": "li", "reason": "the truck is warm"}
    ]
    ran = next(line for line in said["lines"] if line["did"] == "ran")
    assert [(day["day"], day["why"], day["stands_for"]) for day in ran["days"]] == [
        ("2026-02-13", "weekday", None),
        ("2026-02-14", "make_up", "2026-02-20"),
    ]
    assert said["others"] == ["supplier", "daily", "quiet", "long"]


def test_each_visit_has_a_ledger_of_its_own(do: Do, call: Call) -> None:
    do("2026-02-14 10:00", Choose("again"))
    first = call("why-due", NUMBER, "review", "--visit", "1").stdout
    assert "S001: Review is over" in first
    assert "2026-02-14 10:00                    over" in first
    assert "the stage was left" in first
    assert "8h in all = 3h used + 5h left" in first
    assert "Review is due 2026-02-24 10:30" in call("why-due", NUMBER).stdout


def test_an_order_that_ended_tells_of_its_last_stage(do: Do, call: Call) -> None:
    do("2026-02-14 10:00", Write({"promised": "2026-02-27", "remark": "fine"}))
    do("2026-02-14 10:10", Done("checked"))
    do("2026-02-14 10:20", Write({"promised": "2026-02-28"}))
    assert "until Promised on, as sales.yaml:" in (said := call("why-due", NUMBER).stdout)
    assert "due 2026-02-27 23:59 → 2026-02-28 23:59" in said
    assert "Promised on: 2026-02-27 → 2026-02-28 (by li)" in said
    do("2026-02-14 11:00", Done("sent"))
    assert "S001: Delivery is over" in call("why-due", NUMBER).stdout


WRONG: dict[str, tuple[tuple[str, ...], str, str]] = {
    "a slip": (
        ("suplier",),
        "there is no clock “suplier” in this order; did you mean supplier?",
        "该订单没有计时“suplier”；是否想写 supplier？",
    ),
    "nothing like it": (
        ("xyz",),
        "there is no clock “xyz” in this order; name one of these: review, supplier, daily, quiet, long",
        "该订单没有计时“xyz”；请写以下之一：review、supplier、daily、quiet、long",
    ),
    "no such visit": (
        ("review", "--visit", "7"),
        "the clock review has no visit of that number; there are: 1",
        "计时 review 没有这一次；现有：1",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_clock_that_is_none_is_pointed_out(case: str, do: Do, call: Call) -> None:
    assert do
    words, english, chinese = WRONG[case]
    for lang, sentence in (("en", english), ("zh", chinese)):
        said = call("why-due", NUMBER, *words, "--lang", lang)
        assert said.exit_code == 1
        assert NUMBER in said.stderr
        assert sentence in said.stderr


def test_a_stage_without_a_threshold_names_the_clocks_there_are(do: Do, call: Call) -> None:
    do("2026-02-14 10:00", Write({"remark": "fine"}))
    do("2026-02-14 10:10", Done("checked"))
    said = call("why-due", NUMBER)
    assert said.exit_code == 1
    assert "the stage has no time threshold; name one of these clocks: review, supplier" in said.stderr


def test_an_order_without_any_clock_says_so(call: Call, clock: Clock, folder: Path) -> None:
    (folder / "plain.yaml").write_text(
        "flowengine: 1\nprocess: plain\nversion: '1'\nowner: desk\nroles: {desk: {}}\n"
        "stages: {one: {owner: desk, needs: {seen: check}, next: closed}}\n",
        "utf-8",
    )
    clock.now = at(FRIDAY)
    assert call("deploy", "plain.yaml").exit_code == 0
    order = json.loads(call("start", "plain", "--as", "li:desk", "--format", "json").stdout)
    said = call("why-due", order["number"])
    assert said.exit_code == 1
    assert "nothing of this order was ever due" in said.stderr


def test_nobody_learns_of_an_order_that_does_not_concern_them(do: Do, call: Call) -> None:
    assert do
    said = call("why-due", NUMBER, "--as", "sam:visitor")
    assert said.exit_code == 1
    assert "Review" not in said.output


@pytest.mark.parametrize(("lang", "page"), [("en", "time.md"), ("zh", "time.zh-CN.md")])
def test_the_page_about_time_shows_the_ledger_as_it_is_printed(lang: str, page: str) -> None:
    text = (PROCESS.parents[2] / "docs" / page).read_text("utf-8")
    assert (LEDGERS / f"spring-festival-held.{lang}.txt").read_text("utf-8") in text
