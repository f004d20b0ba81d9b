"""`flowengine link`: an address is made and shown once, listed without its token, and taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

SALE = """
flowengine: 1
process: sale
version: "1"
owner: desk
roles: {desk: {title: Desk}, maker: {}}
order: {fields: {score: {type: integer, max: 100}}}
stages:
  review:
    owner: desk
    needs: {agreed: {confirm: customer, asks: score, title: Please confirm}}
    next: closed
"""
ANN = ("--as", "ann:desk")


@pytest.fixture
def sale(call: Any, folder: Path) -> Any:
    (folder / "sale.yaml").write_text(SALE, "utf-8")
    assert call("deploy", "sale.yaml").exit_code == 0
    assert call("start", "sale", *ANN).exit_code == 0
    return call


def test_a_link_is_made_listed_and_taken_back(sale: Any) -> None:
    made = sale("link", "000001", "agreed", "--base", "https://shop.example/c/", "--expires", "2d", *ANN)
    assert made.exit_code == 0
    url = made.stdout.strip()
    assert url.startswith("https://shop.example/c/")
    assert "good for one answer until" in made.stderr
    id = made.stderr.split()[1].rstrip(",")
    listed = sale("link", "000001", *ANN).stdout
    assert f"{id}  Please confirm: good; made by ann" in listed
    assert url.rpartition("/")[2] not in listed
    assert sale("link", "000001", "--revoke", id, *ANN).exit_code == 0
    assert "taken back" in sale("link", "000001", *ANN).stdout
    assert sale("link", "000001", "--revoke", id, *ANN).exit_code != 0
    told = sale("history", "000001").stdout
    assert f"made the link {id} for Please confirm" in told
    assert f"took back the link {id}" in told
    assert "收回用于Please confirm的链接" in sale("history", "000001", "--lang", "zh").stdout


def test_for_programs_it_is_json_without_the_hash(sale: Any) -> None:
    made = json.loads(sale("link", "000001", "agreed", "--format", "json", *ANN).stdout)
    assert len(made["token"]) == 22
    assert made["url"] is None
    (listed,) = json.loads(sale("link", "000001", "--format", "json", *ANN).stdout)
    assert listed == {name: value for name, value in made.items() if name not in ("token", "url")}
    assert "hash" not in listed


REFUSED = {
    "a need that is none": (("agred",), 1, "agred"),
    "no length of time": (("agreed", "--expires", "soon"), 2, "--expires soon"),
    "far too long": (("agreed", "--expires", "400d"), 2, "--expires 400d"),
    "two wishes at once": (("agreed", "--revoke", "ffffffffffff"), 2, "--revoke"),
}


@pytest.mark.parametrize(("words", "code", "said"), REFUSED.values(), ids=REFUSED)
def test_a_slip_is_told(sale: Any, words: tuple[str, ...], code: int, said: str) -> None:
    done = sale("link", "000001", *words, *ANN)
    assert done.exit_code == code
    assert said in done.stdout + done.stderr


def test_orders_that_wait_for_the_customer_are_listed(sale: Any) -> None:
    assert "000001" in sale("list", "--awaiting", "customer", *ANN).stdout
    assert "000001" not in sale("list", "--awaiting", "maker", *ANN).stdout
    assert sale("list", "--awaiting", "customer", "--work", *ANN).exit_code == 2


def test_somebody_else_makes_none(sale: Any) -> None:
    done = sale("link", "000001", "agreed", "--as", "mo:maker")
    assert (done.exit_code, done.stdout.count("http")) == (1, 0)


def test_the_customer_confirms_from_the_command_line(sale: Any) -> None:
    done = sale("do", "000001", "confirm", "agreed", "score=95", "--as", "13800001234:customer")
    assert done.exit_code == 0
    assert "13800001234 (command line)" in sale("history", "000001").stdout
    assert "confirmed: Please confirm" in sale("history", "000001").stdout
    row = json.loads(sale("history", "000001", "--format", "json").stdout)[-1]
    assert (row["actor"], row["proof"]) == ("13800001234", "command line")
    assert sale("do", "000001", "confirm", "agreed", "--as", "1:customer").exit_code == 1
