"""`flowengine event`: send one, see what waits, try again, give up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.runtime.test_events import PARCELS


@pytest.fixture
def event(call: Any, folder: Path) -> Any:
    (folder / "parcel.yaml").write_text(PARCELS, "utf-8")
    assert call("deploy", "parcel.yaml").exit_code == 0
    return lambda *words: call("event", *words)


def test_an_event_waits_and_comes_to_its_order(event: Any, call: Any) -> None:
    scan = ("send", "parcel", "scan", "parcel=P1", "scan=s1", "place=Wuhan")
    assert "waits: no order has these values" in event(*scan).stdout
    assert "came before, and counts once" in event(*scan).stdout
    assert "parcel scan" in event("list").stdout
    call("start", "parcel", "waybill=P1", "--as", "ann:desk")
    assert event("list").stdout == "No event waits.\n"
    assert "收到scan" in call("history", "000001", "--lang", "zh").stdout
    assert "came to order 000001" in event("send", "parcel", "scale", "parcel=P1", "grams=3").stdout


def test_it_is_tried_again_and_given_up_by_hand(event: Any) -> None:
    event("send", "parcel", "scan", "parcel=P1", "scan=s1", "place=Wuhan")
    (row,) = json.loads(event("list", "--format", "json").stdout)
    assert (row["why"], row["data"]["place"]) == ("unmatched", "Wuhan")
    assert "waits" in event("retry", str(row["id"])).stdout
    assert event("drop", str(row["id"])).exit_code == 2
    assert "is given up" in event("drop", str(row["id"]), "--reason", "a trial").stdout
    assert event("retry", str(row["id"])).exit_code == 1


@pytest.mark.parametrize("words", [("send", "parcel"), ("drop", "x"), ("look",)], ids=" ".join)
def test_what_is_not_understood_is_shown_as_it_should_be(event: Any, words: tuple[str, ...]) -> None:
    done = event(*words)
    assert done.exit_code == 2
    assert words[0] in done.stderr


def test_what_is_wrong_is_said(event: Any) -> None:
    done = event("send", "parcel", "scan", "parcle=P1")
    assert (done.exit_code, "“parcle” is no data of the event scan; known: parcel" in done.stderr) == (
        1,
        True,
    )
    answer = json.loads(event("send", "parcel", "scan", "parcle=P1", "--format", "json").stdout)
    assert [each["code"] for each in answer["blockers"]] == ["no_such_datum", *["missing_datum"] * 3]
