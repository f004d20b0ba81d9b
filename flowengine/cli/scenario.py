"""`flowengine scenario`: play scenario files; where one fails, tell what was expected and what happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.options import PATH, verb
from flowengine.cli.screen import print_json, visible
from flowengine.cli.trouble import Trouble, unreadable

if TYPE_CHECKING:
    from flowengine.rehearsal.report import Report

ENDINGS = (".scenario.yaml", ".scenario.yml")


@verb("scenario")
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@click.option(
    "-k", "words", multiple=True, metavar="TEXT",
    help="Only scenarios whose file, title or rules contain this; several times: any of them.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "junit"]), default="text", show_default=True,
    help="How the answer is printed.",
)  # fmt: skip
@pass_desk
def command(desk: Desk, paths: tuple[Path, ...], words: tuple[str, ...], form: str) -> int:
    """Exit with 1 when a file has errors or an expectation is not met."""
    from flowengine.cli.files import yaml_files

    files = _chosen(yaml_files(paths, ENDINGS), words)
    reports = []
    for report in _played(desk, files):
        reports.append(report)
        if form == "text":
            _print(desk, report)
    if form == "junit":
        from flowengine.cli.rehearsed.junit import junit

        click.echo(junit(reports, desk.lang))
    elif form == "json":
        from flowengine.cli.rehearsed.as_json import report_json

        print_json({"scenarios": [report_json(report, desk.lang) for report in reports]})
    else:
        _summarise(desk, reports)
    return 0 if all(report.passed for report in reports) else 1


def _played(desk: Desk, files: Iterable[Path]) -> Iterator[Report]:
    from flowengine.assembly import connect
    from flowengine.rehearsal.scenario import run_file

    for path in files:
        try:
            yield run_file(path, connect, lang=desk.lang)
        except OSError as error:
            raise unreadable(path, error) from error


def _chosen(files: Iterable[Path], words: tuple[str, ...]) -> list[Path]:
    """The files that one of the words names; all of them without words. Raises Trouble when there are none."""
    chosen = [path for path in files if not words or _is_meant(path, words)]
    if not chosen:
        raise Trouble("no_scenario", ", ".join(words))
    return chosen


def _is_meant(path: Path, words: tuple[str, ...]) -> bool:
    from flowengine.rehearsal.files import names_of

    try:
        said = "\n".join((str(path), *names_of(path))).lower()
    except OSError as error:
        raise unreadable(path, error) from error
    return any(word.lower() in said for word in words)


def _print(desk: Desk, report: Report) -> None:
    from flowengine.cli.rehearsed.text import report_lines

    for line in report_lines(report, desk.lang):
        click.echo(visible(line))


def _summarise(desk: Desk, reports: list[Report]) -> None:
    runs = [run for report in reports for run in report.runs]
    failed = sum(not report.passed for report in reports)
    counts = {"files": len(reports), "runs": len(runs), "steps": sum(run.steps for run in runs)}
    desk.print("scenario.failed" if failed else "scenario.passed", **counts, failed=failed)
