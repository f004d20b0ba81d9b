"""`flowengine scenario`: play scenario files; where one fails, tell what was expected and what happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import PATH, verb
from flowengine.cli.screen import print_json, visible
from flowengine.cli.trouble import Trouble, unreadable
from flowengine.cli.values import Number, OneOf
from flowengine.definition.telling_apart import SCENARIO_ENDINGS

if TYPE_CHECKING:
    from flowengine.rehearsal.coverage.coverage import Coverage
    from flowengine.rehearsal.report import Report


@verb("scenario")
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@option(
    "-k", "words", multiple=True, metavar="TEXT",
    help="option.scenario.k",
)  # fmt: skip
@option(
    "--format", "form", type=OneOf(["text", "json", "junit"]), default="text", show_default=True,
    help="option.format",
)  # fmt: skip
@option("--story", "tells", is_flag=True, help="option.scenario.story")
@option("--messages", is_flag=True, help="option.scenario.messages")
@option("--coverage", "covering", is_flag=True, help="option.scenario.coverage")
@option(
    "--fail-under", "least", type=Number(0, 100), metavar="PERCENT",
    help="option.scenario.fail-under",
)  # fmt: skip
@pass_desk
def command(
    desk: Desk,
    *,
    paths: tuple[Path, ...],
    words: tuple[str, ...],
    form: str,
    tells: bool,
    messages: bool,
    covering: bool,
    least: int | None,
) -> int:
    """Exit with 1 when a file has errors, an expectation is not met, or too little is covered."""
    from flowengine.cli.files import yaml_files
    from flowengine.cli.rehearsed.meant import refuse_processes
    from flowengine.rehearsal.coverage.coverage import Coverage

    refuse_processes(path for path in paths if path.is_file())
    files = _chosen(yaml_files(paths, SCENARIO_ENDINGS), words)
    coverage = Coverage() if covering or least is not None else None
    reports = []
    for report in _played(desk, files, coverage, tells=tells, messages=messages):
        reports.append(report)
        if form == "text":
            _print(desk, report)
    if coverage:
        _expect(coverage, paths)
    _tell(desk, reports, coverage, form=form, least=least or 0)
    short = coverage and any(each.percent < (least or 0) for each in coverage.processes)
    return 0 if all(report.passed for report in reports) and not short else 1


def _played(
    desk: Desk, files: Iterable[Path], coverage: Coverage | None, *, tells: bool, messages: bool
) -> Iterator[Report]:
    from flowengine.assembly import connect
    from flowengine.rehearsal.scenario import run_file

    witness = coverage.saw if coverage else None
    for path in files:
        try:
            yield run_file(path, connect, lang=desk.lang, witness=witness, tells=tells, messages=messages)
        except OSError as error:
            raise unreadable(path, error) from error


def _expect(coverage: Coverage, paths: Iterable[Path]) -> None:
    """Have the processes in the folders covered too that no scenario plays: nothing of them was met."""
    from flowengine.cli.files import yaml_files

    for path in yaml_files(path for path in paths if path.is_dir()):
        if not path.name.lower().endswith(SCENARIO_ENDINGS):
            try:
                coverage.expect(path)
            except OSError as error:
                raise unreadable(path, error) from error


def _tell(desk: Desk, reports: list[Report], coverage: Coverage | None, *, form: str, least: int) -> None:
    """What is told once all have been played."""
    processes = coverage.processes if coverage else ()
    if form == "junit":
        from flowengine.cli.rehearsed.covered import coverage_suite
        from flowengine.cli.rehearsed.junit import junit

        click.echo(junit(reports, desk.lang, (coverage_suite(each, least, desk.lang) for each in processes)))
    elif form == "json":
        from flowengine.cli.rehearsed.as_json import report_json
        from flowengine.cli.rehearsed.covered import coverage_json

        said = {"scenarios": [report_json(report, desk.lang) for report in reports]}
        if coverage:
            said["coverage"] = [coverage_json(each, desk.lang) for each in processes]
        print_json(said)
    else:
        from flowengine.cli.rehearsed.covered import coverage_lines

        _summarise(desk, reports)
        for line in coverage_lines(processes, least, desk.lang):
            click.echo(visible(line))


def _chosen(files: Iterable[Path], words: tuple[str, ...]) -> list[Path]:
    """The files that one of the words names, or all of them. Raises Trouble when there are none."""
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
