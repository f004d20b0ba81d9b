"""`flowengine exceptions`: the playbooks of a process, and what the reviews of its exceptions have found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import asking, verb

if TYPE_CHECKING:
    from flowengine.runtime.playbooks import Learned, Playbook


@verb("exceptions")
@click.argument("process")
@option("--category", default="", metavar="NAME", help="option.exceptions.category")
@asking
@pass_desk
def command(desk: Desk, process: str, category: str) -> int:
    """Print what each exception asks for, and what was learned from those that have been reviewed."""
    from flowengine.cli.screen import print_json, visible

    found = desk.engine().playbooks(process, by=desk.by, exception=category)
    if desk.format == "json":
        print_json([_json(each, desk) for each in found])
        return 0
    if not found:
        desk.print("playbook.none", process=process)
    for each in found:
        for line in _lines(desk, each):
            click.echo(visible(line))
    return 0


def _lines(desk: Desk, playbook: Playbook) -> Iterator[str]:
    from flowengine.compiler.naming import Names

    names = Names(playbook.plan, desk.lang)
    title = playbook.title.say(desk.lang)
    yield desk.say("playbook.head", title=title, name=playbook.exception, cases=playbook.cases)
    for need in playbook.needs:
        yield f"  - {names.need(need)}"
    for need in playbook.review:
        if learned := playbook.learned[need.name]:
            yield f"  {names.need(need)}"
            yield from (f"    {_said(desk, each, playbook)}" for each in learned)


def _said(desk: Desk, learned: Learned, playbook: Playbook) -> str:
    from flowengine.runtime.story import clock_time

    key = "playbook.often" if learned.count > 1 else "playbook.once"
    return desk.say(key, **{**asdict(learned), "at": clock_time(learned.at, playbook.plan)})


def _json(playbook: Playbook, desk: Desk) -> dict[str, Any]:
    from flowengine.cli.screen import iso
    from flowengine.compiler.naming import Names

    names = Names(playbook.plan, desk.lang)
    needs = [{"need": each.name, "kind": each.kind, "title": names.need(each)} for each in playbook.needs]
    review = [
        {
            "need": need.name,
            "title": names.need(need),
            "learned": [{**asdict(each), "at": iso(each.at)} for each in playbook.learned[need.name]],
        }
        for need in playbook.review
    ]
    title = playbook.title.say(desk.lang)
    return {
        "exception": playbook.exception,
        "title": title,
        "plan": needs,
        "reviewed": playbook.cases,
        "review": review,
    }
