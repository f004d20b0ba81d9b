"""`flowengine diff`: what changes for an order from one state of a process to another, in sentences."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import as_option, db_option, verb
from flowengine.cli.values import OneOf

if TYPE_CHECKING:
    from flowengine.compiler.comparing import Change
    from flowengine.compiler.plan import Plan


@verb("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@option(
    "--format", "form", type=OneOf(["text", "json", "markdown"]), default="text", show_default=True,
    help="option.format",
)  # fmt: skip
@option("--exit-code", "as_code", is_flag=True, help="option.diff.exit-code")
@as_option()
@db_option
@pass_desk
def command(desk: Desk, old: str, new: str, form: str, *, as_code: bool) -> int:
    """Print every change. OLD and NEW are files, or deployed: PROCESS, PROCESS@VERSION."""
    from flowengine.compiler.comparing import compare

    before, after = _plan(desk, old), _plan(desk, new)
    changes = compare(before, after)
    if form == "json":
        import json

        from flowengine.compiler.comparing.sentences import as_values

        values = as_values(before, after, changes, desk.lang)
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
    else:
        for line in _lines(desk, before, after, changes, markdown=form == "markdown"):
            click.echo(line)
    return 1 if changes and as_code else 0


def _lines(desk: Desk, old: Plan, new: Plan, changes: tuple[Change, ...], *, markdown: bool) -> Iterator[str]:
    from flowengine.compiler.comparing.sentences import by_effect, told

    heading = desk.say("diff.heading", title=new.title.all(), old=old.version, new=new.version)
    yield f"## {heading}" if markdown else heading
    if not changes:
        yield from ("", desk.say("diff.same"))
    for effect, sentences in by_effect(told(old, new, changes, desk.lang)).items():
        yield ""
        yield f"### {desk.say(f'diff.effect.{effect}')}" if markdown else desk.say(f"diff.effect.{effect}")
        yield from ("",) if markdown else ()
        yield from (f"- {_escaped(each.text) if markdown else each.text}" for each in sentences)


def _escaped(text: str) -> str:
    """The words as Markdown shows them, whatever signs people put into titles."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in text)


def _plan(desk: Desk, subject: str) -> Plan:
    """The plan of a file, or else of what is deployed under that name.

    Exit code 1 says that something changes: what cannot be compared ends the call with 2.
    """
    from flowengine.cli.findings.sound import sound_plan
    from flowengine.cli.trouble import WRONG_USE, Faulty, Trouble, told
    from flowengine.errors import NotFound

    path = Path(subject)
    try:
        if path.is_file() or path.suffix in (".yaml", ".yml") or os.sep in subject:
            return sound_plan(path, desk.lang)
        process, at, version = subject.partition("@")
        return desk.engine().plan(process, by=desk.by, version=version if at else None)
    except Faulty as faulty:
        raise Faulty([faulty.message], exit_code=WRONG_USE) from faulty
    except NotFound as error:
        raise Trouble("not_deployed", subject, detail=told(error, desk.lang)) from error
