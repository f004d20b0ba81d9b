"""Who may write which field. The one rule: a write fills in what is asked and what roles may change at any
time; what a field's `changes` keeps for amendments is amended by whom it names, until it says so.
"""

from __future__ import annotations

from collections.abc import Iterable

from flowengine.calendars.days import local
from flowengine.compiler.plan import Need, Plan
from flowengine.definition.builtin_fields import SET_BY_THE_PROCESS, STAYING
from flowengine.kernel.decision import Blocker
from flowengine.kernel.draft import Draft
from flowengine.kernel.entitled import taken_by_another
from flowengine.kernel.intake import field_title
from flowengine.kernel.points import instant_of, is_over
from flowengine.kernel.standing import Standing


def may_write(draft: Draft, field: str) -> tuple[Blocker, ...]:
    """Why the one who asks may not write a field. What is only amended, people write where it is asked."""
    if _stays(draft.plan, field):
        return ()  # nobody may, which is said where it would be changed
    asking = _asking(draft, field)
    if refused := _taken(draft, field, asking):
        return refused
    if field not in draft.plan.amending:
        return _permitted(draft, field, _writers(draft, field, asking), _line(draft, asking))
    asked = _doers(draft, asking)
    if draft.by.role_among(asked) is None:
        params = {"title": field_title(draft.plan, field)}
        line = draft.plan.amending[field].line
        return (Blocker("amended_only", field, amenders(draft, field), line, params),)
    return _permitted(draft, field, asked, _line(draft, asking))


def may_amend(draft: Draft, field: str) -> tuple[Blocker, ...]:
    """Why the one who asks may not amend a field."""
    if _stays(draft.plan, field):
        return ()
    roles, asking = amenders(draft, field), _asking(draft, field)
    said = draft.plan.amending.get(field)
    line = said.line if said else _line(draft, asking)
    if refused := _permitted(draft, field, roles, line):
        return refused
    if not (said and said.until and is_over(draft, said.until, draft.now)):
        return ()
    until = instant_of(draft, said.until, end=True)
    assert until is not None
    params = {
        "title": field_title(draft.plan, field),
        "until": f"{local(until, draft.plan.zone):%Y-%m-%d %H:%M}",
    }
    return (Blocker("amended_too_late", field, roles, line, params),)


def amenders(standing: Standing, field: str) -> tuple[str, ...]:
    """The roles that may amend a field: those that its `changes` names, else whoever may write it anyway."""
    said = standing.plan.amending.get(field)
    named = standing.found(said.by) if said else ()
    return named or _writers(standing, field, _asking(standing, field))


def editors(plan: Plan, field: str) -> tuple[str, ...]:
    """The roles that may change a field at any time."""
    return tuple(role for role, rights in plan.rights.items() if field in rights.edits)


def _writers(standing: Standing, field: str, asking: Iterable[Need]) -> tuple[str, ...]:
    """Whom it is asked of, and roles that `edits` it; what is not asked, also the owners of stage and order,
    unless roles write no more than they must.
    """
    plan = standing.plan
    owners = () if plan.is_guarded else (standing.owner_of(standing.order.stage), plan.owner)
    return tuple(dict.fromkeys((*(_doers(standing, asking) or owners), *editors(plan, field))))


def _permitted(draft: Draft, field: str, roles: tuple[str, ...], line: int) -> tuple[Blocker, ...]:
    if not (roles or draft.by.is_system):
        return (Blocker("not_editable", field, line=draft.plan.fields[field].place.line),)
    if not draft.permits(roles, line):
        return (Blocker("not_yours", name=field, owner=roles, line=line),)
    return ()


def _taken(draft: Draft, field: str, asking: Iterable[Need]) -> tuple[Blocker, ...]:
    """That somebody else has taken upon himself what asks for it, unless one may change it at any time."""
    if draft.by.role_among(editors(draft.plan, field)):
        return ()
    return tuple(refused for need in asking for refused in taken_by_another(draft, need))


def _asking(standing: Standing, field: str) -> list[Need]:
    return [need for need in standing.doables() if need.field == field]


def _line(draft: Draft, asking: Iterable[Need]) -> int:
    """The line that lets somebody write it: that of what asks for it, else that of the stage."""
    return next((need.line for need in asking), draft.stage.line)


def _doers(standing: Standing, asking: Iterable[Need]) -> tuple[str, ...]:
    return tuple(role for need in asking for role in standing.entitled(need))


def _stays(plan: Plan, field: str) -> bool:
    return field in SET_BY_THE_PROCESS or field in plan.unique or field in STAYING
