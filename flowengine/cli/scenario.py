"""`flowengine scenario`: play scenario files; where one fails, tell what was expected and what happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.options import PATH, format_option, verb
from flowengine.cli.screen import print_json, visible
from flowengine.texts import Lang, say

if TYPE_CHECKING:
    from flowengine.rehearsal.report import Report, Run

ENDINGS = (".scenario.yaml", ".scenario.yml")


@verb("scenario")
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@format_option
@pass_desk
def command(desk: Desk, paths: tuple[Path, ...]) -> int:
    """Exit with 1 when a file has errors or an expectation is not met."""
    from flowengine.assembly import connect
    from flowengine.cli.files import yaml_files
    from flowengine.cli.trouble import unreadable
    from flowengine.rehearsal.scenario import run_file

    reports = []
    for path in yaml_files(paths, ENDINGS):
        try:
            reports.append(run_file(path, connect, lang=desk.lang))
        except OSError as error:
            raise unreadable(path, error) from error
        if desk.format == "text":
            for line in _told(reports[-1], desk.lang):
                click.echo(visible(line))
    if desk.format == "json":
        print_json([_row(report, desk.lang) for report in reports])
    else:
        runs = [run for report in reports for run in report.runs]
        failed = sum(not report.passed for report in reports)
        steps = sum(run.steps for run in runs)
        desk.print(
            "scenario.failed" if failed else "scenario.passed",
            files=len(reports),
            runs=len(runs),
            steps=steps,
            failed=failed,
        )
    return 0 if all(report.passed for report in reports) else 1


def _told(report: Report, lang: Lang) -> Iterator[str]:
    """One line for a file that passed; for one that did not, where, what, and how it came to that."""
    shows = f"  [{', '.join(report.shows)}]" if report.shows else ""
    yield f"{'✓' if report.passed else '✗'} {report.file}  {report.title}{shows}"
    for finding in report.findings:
        yield f"  {finding.place}: {finding.code} {finding.message(lang)} {finding.remedy(lang)}".rstrip()
    yield from _failures(report.runs, lang)


def _failures(runs: Iterable[Run], lang: Lang) -> Iterator[str]:
    for run in runs:
        if run.passed:
            continue
        if run.row is not None:
            yield "  " + say(
                "scenario.row", lang, {"row": [f"{name}: {value}" for name, value in run.row.items()]}
            )
        for mismatch in run.mismatches:
            yield f"  {mismatch.place}: {mismatch.message(lang)}"
        if run.history:
            yield "  " + say("scenario.history", lang)
            yield from (f"    {line}" for line in run.history)


def _row(report: Report, lang: Lang) -> dict[str, Any]:
    return {
        "file": report.file,
        "title": report.title,
        "shows": list(report.shows),
        "passed": report.passed,
        "findings": [
            {"code": each.code, "place": str(each.place), "message": each.message(lang)}
            for each in report.findings
        ],
        "runs": [
            {
                "row": {name: str(value) for name, value in (run.row or {}).items()},
                "passed": run.passed,
                "steps": run.steps,
                "mismatches": [
                    {
                        "place": str(each.place),
                        "step": each.step,
                        "word": each.word,
                        "message": each.message(lang),
                    }
                    for each in run.mismatches
                ],
                "history": list(run.history),
            }
            for run in report.runs
        ],
    }
