"""What is of the wrong kind is refused as such, before anything is looked at."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

import flowengine
from flowengine import Amend, Approve, Choose, Claim, Done, Principal, Reassign, Write
from flowengine.errors import WrongInput
from flowengine.kernel.commands import Command

PROCESS = """
flowengine: 1
process: deal
version: "1"
owner: desk
roles: {desk: {}}
stages: {review: {owner: desk, needs: {seen: check}, next: closed}}
"""
DORA = Principal.of("dora", "desk")


@pytest.mark.parametrize(
    "command",
    [
        Write(None),
        Write(["seen"]),
        Write({1: "x"}),
        Amend("seen"),
        Choose("stop", None),
        Done(None),
        Done(b"seen"),
        Approve(["seen"]),
        Claim(7),
        Reassign("seen", None),
    ],
    ids=str,
)
def test_a_part_of_another_kind_is_refused(command: Command, tmp_path: Path) -> None:
    (tmp_path / "deal.yaml").write_text(PROCESS, "utf-8")
    with closing(flowengine.connect(":memory:")) as engine:
        engine.deploy(tmp_path / "deal.yaml")
        order = engine.start("deal", {}, by=DORA).order_id
        with pytest.raises(WrongInput):
            engine.do(order, command, by=DORA)
        with pytest.raises(WrongInput):
            engine.start("deal", None, by=DORA)
