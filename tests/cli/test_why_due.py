"""Why something is due, as the order desk reads it: an order across the Spring Festival of 2026."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flowengine import assembly
from flowengine.kernel.commands import Choose, Command, Done, Hold, Principal, Reckon, Release, Write
from tests.cli.conftest import Call, Clock
from tests.kernel.desk import at

LEDGERS = Path(__file__).parent / "ledgers"
NUMBER = "202602-001"
FRIDAY = "2026-02-13 16:00"
LI = Principal.of("li", "desk")

Do = Callable[..., None]


@pytest.fixture
def do(call: Call, clock: Clock, folder: Path) -> Do:
    """An order since Friday afternoon, and what is done to it at a time in Shanghai; None only waits."""
    (folder / "sales.yaml").write_text((LEDGERS / "spring.yaml").read_text("utf-8"), "utf-8")
    clock.now = at(FRIDAY)
    assert call("deploy", "sales.yaml").exit_code == 0
    assert call("start", "sales", "--as", "li:desk").exit_code == 0

    def done(when: str, command: Command | None = None, reason: str = "") -> None:
        clock.now = at(when)
        with assembly.connect("flowengine.db") as engine:
            if command is None:
                engine.tick()
            else:
                engine.do(1, command, by=LI, reason=reason).or_raise()

    return done


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
    said = call("why-due", NUMBER, *words, "--lang", lang)
    assert said.exit_code == 0, said.stderr
    golden = LEDGERS / f"{name}.{lang}.txt"
    if os.environ.get("REWRITE"):
        golden.write_text(said.stdout, "utf-8")
    assert said.stdout == golden.read_text("utf-8")
