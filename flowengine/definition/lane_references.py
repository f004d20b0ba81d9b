"""Lanes that cannot be: forms of approval that there are none of, requests that nobody can make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flowengine.definition.findings import Finding, unknown
from flowengine.definition.scope import every_action
from flowengine.definition.words import Approval, Process

REQUESTER = "requester"
"""Whoever asked for a lane."""


def lane_findings(process: Process) -> Iterator[Finding]:
    """What is wrong with the lanes of a process, and with whoever is said to have asked for one."""
    forms = process.approvals or {}
    for lane in (process.lanes or {}).values():
        if lane.approval not in forms:
            yield unknown("FE380", lane.approval.place, lane.approval, forms)
        if not lane.grants.says:
            yield Finding("FE547", lane.grants.place, {"lane": lane.name}, severity="warning")
    asked = {str(lane.approval) for lane in (process.lanes or {}).values()}
    yield from _requesters(process, [form for form in forms.values() if form.name in asked])


def _requesters(process: Process, asked: Iterable[Approval]) -> Iterator[Finding]:
    """Where a requester is spoken of and nobody has asked for anything: but in forms that lanes ask for."""
    theirs = {id(each) for form in asked for each in (*form.steps, *form.refused)}
    for form in (process.approvals or {}).values():
        for step in form.steps:
            if step.not_by == REQUESTER and id(step) not in theirs:
                yield Finding("FE548", step.place)
    for action in every_action(process):
        for who in (*action.notify, *([action.assign] if action.assign else [])):
            if who == REQUESTER and (action.assign or id(action) not in theirs):
                yield Finding("FE548", who.place)
