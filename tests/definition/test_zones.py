"""Which names of time zones mean the same on every machine."""

from __future__ import annotations

from zoneinfo import available_timezones

import pytest

from flowengine.definition.zones import is_zone, likely_zone

OF_THE_MACHINE = {"localtime", "posixrules", "Factory"}


def test_every_zone_of_the_database_is_one_but_for_those_of_the_machine() -> None:
    assert {name for name in available_timezones() if not is_zone(name)} <= OF_THE_MACHINE


@pytest.mark.parametrize(
    "name",
    [
        *sorted(OF_THE_MACHINE),
        "posix/Asia/Shanghai",
        "right/UTC",
        "asia/shanghai",
        "/etc/localtime",
        "../UTC",
        "Asia",
        "UTC+8",
        "Asia/Shanghai ",
        "",
        "\0",
    ],
)
def test_what_only_a_machine_knows_is_none(name: str) -> None:
    assert not is_zone(name)


LIKELY = {
    "posix/Asia/Shanghai": "Asia/Shanghai",
    "right/UTC": "UTC",
    "asia/shanghai": "Asia/Shanghai",
    "Asia/Shangai": "Asia/Shanghai",
    "New York": "America/New_York",
    "Berlin": "Europe/Berlin",
    "localtime": None,
    "": None,
}


@pytest.mark.parametrize(("word", "zone"), LIKELY.items())
def test_the_zone_that_was_probably_meant(word: str, zone: str | None) -> None:
    assert likely_zone(word) == zone
