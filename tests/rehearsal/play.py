"""Scenario files written and played: a small process, and a scenario from its steps."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flowengine import connect
from flowengine.rehearsal.report import Mismatch, Report
from flowengine.rehearsal.scenario import run_file
from flowengine.texts import Lang

PROCESS: Final = """
flowengine: 1
process: shop
version: "1"
owner: desk
zone: Asia/Shanghai
order:
  number: "S{yyyy}{mm}-{serial:3}"
  unique: [ref]
  fields:
    ref: {type: text, required: true}
    amount: {type: money, currency: CNY, default: 0}
    pieces: {type: integer, default: 1}
    day: date
roles: {desk: {}, maker: {}, qa: {}}
stages:
  take: {owner: desk, due: 1d, needs: {checked: check, priced: {check: priced, by: [desk, qa]}}}
  make:
    owner: maker
    due: {by: day}
    needs: {made: check, slip: file, remark: note}
    outcomes:
      spoiled: {to: take, reason: required, then: [{notify: [desk, qa]}]}
      cheap: {to: closed, needs: {low: {that: amount / pieces < 5}}}
  hand: {owner: desk, needs: {handed: check}, next: closed}
"""
HEAD: Final = """scenario: {zh: 例, en: an example}
process: shop.yaml
starts: 2026-03-02 09:00
people: {dora: desk, mo: maker, qi: qa, both: [maker, qa]}
given: {ref: A, amount: 5}
"""


def report_of(
    folder: Path, steps: str, *, head: str = HEAD, process: str = PROCESS, lang: Lang = "en"
) -> Report:
    """The report of a scenario with these steps, written into `folder` and played."""
    (folder / "shop.yaml").write_text(process, "utf-8")
    path = folder / "example.scenario.yaml"
    path.write_text(head + steps, "utf-8")
    report = run_file(path, connect, lang=lang)
    assert not [finding for finding in report.findings if finding.severity == "error"], [
        f"{finding.place} {finding.message('en')}" for finding in report.findings
    ]
    return report


def mismatches(folder: Path, steps: str, **more: str) -> tuple[Mismatch, ...]:
    """What was not as expected, in all runs together."""
    return tuple(each for run in report_of(folder, steps, **more).runs for each in run.mismatches)
