"""`flowengine validate`: check process and scenario files without a database."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import PATH, verb
from flowengine.cli.screen import print_json, takes_colour
from flowengine.cli.values import OneOf

if TYPE_CHECKING:
    from flowengine.cli.findings.checking import Sheet


@verb("validate")
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@option(
    "--format", "form", default="text", show_default=True, help="option.validate.format",
    type=OneOf(["text", "json", "sarif", "github", "junit"]),
)  # fmt: skip
@option("--strict", is_flag=True, help="option.validate.strict")
@option("--baseline", type=PATH, metavar="FILE", help="option.validate.baseline")
@option("--write-baseline", type=PATH, metavar="FILE", help="option.validate.write-baseline")
@option("--fix", is_flag=True, help="option.validate.fix")
@option("--diff", is_flag=True, help="option.validate.diff")
@pass_desk
def command(
    desk: Desk, paths: tuple[Path, ...], form: str, *, strict: bool, baseline: Path | None,
    write_baseline: Path | None, fix: bool, diff: bool,
) -> int:  # fmt: skip
    """Exit with 1 when a finding is an error, with 0 when there are warnings only."""
    from flowengine.cli.files import yaml_files
    from flowengine.cli.findings.checking import checked_all

    files = yaml_files(paths)
    if diff:
        return _show(files)
    if fix:
        _mend(desk, files)
    sheets = checked_all(files)
    if write_baseline:
        return _write(desk, sheets, write_baseline)
    if baseline:
        sheets = _measured(sheets, baseline)
    failing = ("error", "warning", "note") if strict else ("error",)
    _print(desk, sheets, form, failing)
    return int(any(finding.severity in failing for sheet in sheets for finding in sheet.findings))


def _show(files: Sequence[Path]) -> int:
    from flowengine.cli.findings.mending import difference, mended_all

    changed = mended_all(files)
    for path, (before, after) in changed.items():
        click.echo(difference(before, after, path.as_posix()), nl=False)
    return int(bool(changed))


def _mend(desk: Desk, files: Sequence[Path]) -> None:
    from flowengine.cli.files import write_bytes
    from flowengine.cli.findings.mending import mended_all

    for path, (_, after) in mended_all(files).items():
        write_bytes(path, after)
        desk.note("validate.mended", file=path)


def _write(desk: Desk, sheets: Sequence[Sheet], path: Path) -> int:
    from flowengine.cli.files import read, write
    from flowengine.cli.findings.baseline import Baseline, recorded

    before = Baseline.read(read(path), str(path)) if path.exists() else Baseline(str(path))
    baseline = recorded(sheets, before)
    write(path, baseline.text())
    desk.print("validate.baseline", file=path, number=len(baseline.entries))
    return 0


def _measured(sheets: Sequence[Sheet], path: Path) -> list[Sheet]:
    """The sheets without what the baseline records, and one for what it records in vain, if anything."""
    from flowengine.cli.files import read
    from flowengine.cli.findings.baseline import Baseline, against

    clean, stale = against(sheets, Baseline.read(read(path), str(path)))
    return [*clean, stale] if stale.findings else clean


def _print(desk: Desk, sheets: Sequence[Sheet], form: str, failing: Sequence[str]) -> None:
    from flowengine.cli.findings import report

    if form != "text":
        _print_for_programs(desk, sheets, form, failing)
        return
    for line in report.text_of(sheets, desk.lang, colour=takes_colour(sys.stdout)):
        click.echo(line)
    for line in report.summary(sheets, desk.lang):
        click.echo(line)
    _tell_of_keys(desk, sheets)
    _tell_of_calendars(desk, sheets)


def _print_for_programs(desk: Desk, sheets: Sequence[Sheet], form: str, failing: Sequence[str]) -> None:
    from flowengine.cli.findings import machines, sarif

    match form:
        case "json":
            print_json(machines.rows_of(sheets, desk.lang))
        case "sarif":
            print_json(sarif.sarif(sheets, desk.lang))
        case "github":
            for line in machines.annotations_of(sheets, desk.lang):
                click.echo(line)
        case "junit":
            click.echo(machines.junit(sheets, desk.lang, failing))


def _tell_of_keys(desk: Desk, sheets: Sequence[Sheet]) -> None:
    """What a sound process with private data wants besides, once it is deployed."""
    from flowengine.cli.master_key import is_there
    from flowengine.definition.scope import fields_of

    private = [
        sheet.file
        for sheet in sheets
        if sheet.process and any(field.private for field in fields_of(sheet.process).values())
    ]
    if private and not is_there():
        desk.note("validate.private", files=private)


def _tell_of_calendars(desk: Desk, sheets: Sequence[Sheet]) -> None:
    """Where an order that began today would count days whose holidays are not announced yet.

    No finding: that is no fault of the file, and comes and goes with the day on which it is checked.
    """
    for sheet in sheets:
        process = sheet.process if sheet.is_sound else None
        calendars = (process and process.calendars) or {}
        if process and any(each.holidays != "none" for each in calendars.values()):
            from flowengine.cli.doubts import tell_of_doubts
            from flowengine.compiler.compile import compile_process
            from flowengine.runtime.ports import instant

            tell_of_doubts(desk, compile_process(process, sheet.file), instant(None, None))
