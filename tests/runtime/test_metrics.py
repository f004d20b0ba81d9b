"""The figures for Prometheus, read by its own parser."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from flowengine.errors import ConnectionLost
from flowengine.runtime.health import judge, out_of_reach
from flowengine.runtime.metrics import exposition
from flowengine.runtime.rows import HeartbeatRow
from flowengine.texts import LANGUAGES, Lang
from tests.kernel.desk import DAY, NOON
from tests.runtime.healthy import WELL, vital
from tests.runtime.shop import SHOP, opened

LEVEL = "flowengine_check_level"


def read(text: str) -> dict[str, dict[tuple[str, ...], float]]:
    """The figures by name and labels; each family is there once, is a gauge and says what it means."""
    families = list(text_string_to_metric_families(text))
    assert len({family.name for family in families}) == len(families)
    assert all(family.type == "gauge" and family.documentation for family in families)
    assert text.count("# HELP ") == text.count("# TYPE ") == len(families)
    return {
        family.name: {tuple(sample.labels.values()): sample.value for sample in family.samples}
        for family in families
    }


def test_the_figures_of_a_shop(place: str) -> None:
    with opened(SHOP) as shop:
        for ref in "ABC":
            shop.start(ref)
        shop.wait(DAY + 5_000, tick=False)
        shop.start("D")
        figures = read(shop.engine.metrics())
        assert figures["flowengine_orders_open"] == {("shop", "take"): 4}
        assert figures["flowengine_orders_overdue"] == {("shop", "take"): 3}
        assert figures["flowengine_timers_due"] == {(): 3}
        assert figures["flowengine_timer_lag_seconds"] == {(): 4.999}
        assert figures["flowengine_orders_parked"] == figures["flowengine_orders_ahead"] == {(): 0}
        assert figures[LEVEL]["worker",] == 1
        assert ("chain",) not in figures[LEVEL], "a scrape reads no history"
        assert "flowengine_heartbeat_age_seconds" not in figures
        shop.engine.beat("worker@a:1", shop.engine.tick())
        shop.wait(2_500, tick=False)
        assert read(shop.engine.metrics())["flowengine_heartbeat_age_seconds"] == {("worker@a:1",): 2.5}
        assert ("flowengine_clock_skew_seconds" in figures) == (place == "postgres")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ['a "b"', "back\\slash", "two\nlines", "中文…", 'a{b="c"} 1', ""])
def test_labels_are_escaped(name: str, lang: Lang) -> None:
    signs = replace(
        WELL,
        heartbeats=(HeartbeatRow(name, NOON, 0),),
        stages=((name, name, 7, 1),),
        **vital(messages=12_345_678),
    )
    figures = read(exposition(judge(signs), lang))
    assert figures["flowengine_heartbeat_age_seconds"] == {(name,): 0}
    assert figures["flowengine_orders_open"] == {(name, name): 7}
    assert figures["flowengine_messages"] == {(): 12_345_678}


def test_there_is_an_end_to_labels() -> None:
    stages = tuple(("shop", f"s{n}", 2, 1) for n in range(2_000))
    workers = tuple(HeartbeatRow(f"w{n}", NOON, 0) for n in range(2_000))
    figures = read(exposition(judge(replace(WELL, stages=stages, heartbeats=workers))))
    assert len(figures["flowengine_orders_open"]) == 501
    assert sum(figures["flowengine_orders_open"].values()) == 4_000
    assert sum(figures["flowengine_orders_overdue"].values()) == 2_000
    assert len(figures["flowengine_heartbeat_age_seconds"]) == 500


def test_a_store_that_cannot_be_read_is_told_all_the_same() -> None:
    assert read(exposition(out_of_reach(ConnectionLost()))) == {LEVEL: {("database",): 2}}


def test_the_level_of_each_check_is_a_number() -> None:
    signs: dict[str, Any] = vital(due=3, due_since=NOON - DAY, parked=0, ahead=1)
    levels = read(exposition(judge(replace(WELL, **signs))))[LEVEL]
    assert (levels["database",], levels["ahead",], levels["timers",]) == (0, 1, 2)
