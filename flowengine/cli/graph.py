"""`flowengine graph`: draw a process from its file, or as it is deployed, with where an order stands."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import PATH, as_option, db_option, process_option, verb
from flowengine.cli.values import OneOf

if TYPE_CHECKING:
    from flowengine.compiler.plan import Plan

_ENDINGS: Final = {".svg", ".mmd", ".mermaid", ".md", ".txt"}


@verb("graph")
@click.argument("subject", metavar="FILE|PROCESS")
@option("--format", "form", type=OneOf(["mermaid", "svg"]), help="option.graph.format")
@option("-o", "--output", "out", type=PATH, help="option.output")
@option("--order", "number", metavar="NUMBER", help="option.graph.order")
@option("--type", "of_type", metavar="NAME", help="option.graph.type")
@option("--lane", metavar="NAME", help="option.graph.lane")
@option(
    "--part",
    metavar="NAME",
    help="option.graph.part",
)
@process_option
@as_option()
@db_option
@pass_desk
def command(  # noqa: PLR0913 - one for each option
    desk: Desk,
    subject: str,
    *,
    form: str | None,
    out: Path | None,
    number: str | None,
    of_type: str | None,
    lane: str | None,
    part: str | None,
    process: str | None,
) -> int:
    """Print the drawing, or write it to a file."""
    from flowengine.cli.files import write
    from flowengine.cli.trouble import REFUSED, Trouble
    from flowengine.compiler.charting import chart_of

    if out is not None and out.exists() and Path(subject).exists() and out.samefile(subject):
        raise Trouble("same_file", out)
    if form is None and out is not None and out.suffix.lower() not in _ENDINGS:
        raise Trouble("no_drawing", out, endings=sorted(_ENDINGS))
    plan, here = _drawn(desk, subject, number, process)
    if part is not None:
        if part not in plan.inner:
            raise Trouble("no_part", subject, exit_code=REFUSED, part=part, known=list(plan.inner) or ["–"])
        plan, here = plan.inner[part], ""
    if of_type is not None and of_type not in plan.variants:
        raise Trouble("no_type", subject, exit_code=REFUSED, type=of_type, known=list(plan.variants) or ["–"])
    if lane is not None and lane not in plan.lanes:
        raise Trouble("no_lane", subject, exit_code=REFUSED, lane=lane, known=list(plan.lanes) or ["–"])
    chart = chart_of(plan, desk.lang, here, of_type or "", lane or "")
    if form == "svg" or (form is None and out is not None and out.suffix.lower() == ".svg"):
        from flowengine.compiler.drawing.svg import svg as draw
    else:
        from flowengine.compiler.drawing.mermaid import mermaid as draw
    if out is None:
        click.echo(draw(chart), nl=False)
        return 0
    write(out, draw(chart))
    desk.note("graph.written", file=out)
    return 0


def _drawn(desk: Desk, subject: str, number: str | None, process: str | None) -> tuple[Plan, str]:
    """The plan to draw, and the stage to mark: an order is drawn on the plan that it runs on."""
    from flowengine.cli.findings.sound import sound_plan

    path = Path(subject)
    if path.is_file() or path.suffix in (".yaml", ".yml") or os.sep in subject:
        plan = sound_plan(path, desk.lang)
        return plan, _standing(desk, number, process, plan) if number else ""
    engine = desk.engine()
    if number:
        view = engine.order(number, by=desk.by, process=process or subject)
        return view.plan, view.row.stage
    return engine.plan(subject, by=desk.by), ""


def _standing(desk: Desk, number: str, process: str | None, plan: Plan) -> str:
    """The stage of an order, to mark in a file that it may not run on. Raises Trouble for one not in it."""
    from flowengine.cli.trouble import Trouble

    view = desk.engine().order(number, by=desk.by, process=process or plan.process)
    if view.row.stage not in plan.places:
        raise Trouble("stage_not_drawn", plan.file, number=number, stage=view.row.stage)
    return view.row.stage
