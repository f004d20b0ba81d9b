"""Names of processes, stages and roles: a slip is pointed out, not answered with nothing."""

from __future__ import annotations

from collections.abc import Iterable

from flowengine.cli.desk import Desk
from flowengine.cli.trouble import REFUSED, Trouble
from flowengine.compiler.plan import Plan
from flowengine.definition.findings import nearest
from flowengine.definition.outsiders import CUSTOMER
from flowengine.runtime.catalog import plan_of
from flowengine.runtime.engine import Engine


def known_place(engine: Engine, process: str | None, stage: str | None, desk: Desk) -> None:
    """Raise Trouble for a process that is not deployed, or a stage or end that none of its versions has."""
    with engine.store.reading() as unit:
        plans = [plan_of(row) for row in unit.definitions()]
    if process is not None:
        _known("no_process", process, (plan.process for plan in plans), desk)
        plans = [plan for plan in plans if plan.process == process]
    if stage is not None:
        _known("no_stage", stage, _places(plans), desk)


def known_role(engine: Engine, role: str, desk: Desk) -> None:
    """Raise Trouble for a role that no process has; the customer is none, and may be waited for."""
    roles = _roles(engine)
    _known("no_role", role, sorted({*roles, CUSTOMER}) if roles else (), desk)


def note_emptiness(engine: Engine, desk: Desk) -> None:
    """Say why there is nothing, where it is no answer: nothing is deployed, or the asker is a stranger."""
    if _roles(engine):
        note_strangers(engine, desk)
    else:
        desk.note("note.nothing_deployed", db=desk.place)


def note_strangers(engine: Engine, desk: Desk) -> None:
    """Say so where whoever asks holds no role that any process has: then there is nothing for them."""
    held = desk.person[1] if desk.person else ()
    known = _roles(engine)
    if held and known and not desk.is_customer and not known.intersection(held):
        for role in held:
            desk.note("note.no_role", role=role, known=nearest(role, known) or sorted(known))


def _roles(engine: Engine) -> set[str]:
    with engine.store.reading() as unit:
        return {role for row in unit.definitions() for role in plan_of(row).roles}


def _places(plans: Iterable[Plan]) -> Iterable[str]:
    return (name for plan in plans for each in plan.every for name in each.places)


def _known(code: str, word: str, names: Iterable[str], desk: Desk) -> None:
    known = list(dict.fromkeys(names))
    if word not in known:
        if not known:
            raise Trouble("nothing_deployed", word, exit_code=REFUSED, db=desk.place)
        guess = nearest(word, known)
        raise Trouble(code, word, exit_code=REFUSED, db=desk.place, known=[guess] if guess else known)
