"""Whether anybody is called so to whom work is passed by hand: with a slip in the name, nobody has it."""

from __future__ import annotations

from flowengine.definition.findings import nearest
from flowengine.kernel.answers import HOLDS, Question
from flowengine.kernel.decision import Blocker
from flowengine.kernel.draft import Draft
from flowengine.kernel.work_item import WorkItem
from flowengine.texts import Phrase


def unknown_person(draft: Draft, item: WorkItem, name: str) -> tuple[Blocker, ...]:
    """That nobody has that name. Nothing is said where nobody knows who holds a role of the work."""
    questions = [Question(HOLDS, role) for role in draft.plan.roles]
    if [question for question in questions if not draft.is_answered(question)]:  # all are asked at once
        return ()
    held = {question.of: draft.answers[question] for question in questions}
    theirs = [held[role] for role in item.roles if role in held] or [*held.values()]
    if None in theirs:
        return ()
    people = {person for members in held.values() for person in members or ()} | _of_the_order(draft)
    if name in people:
        return ()
    guess = nearest(name, people)
    meant = Phrase("people.meant", {"guess": guess}) if guess else ""
    params = {"title": item.thing.title.all(), "meant": meant}
    return (Blocker("nobody_called_so", name, item.roles, item.thing.line, params),)


def _of_the_order(draft: Draft) -> set[str]:
    """Everybody whom the process or the order has named already."""
    order, plan = draft.order, draft.plan
    named = (order.fields.get(field.name) for field in plan.fields.values() if field.type == "person")
    found = (order.doers, order.taken, order.heads)
    met = (person for people in found for person in people.values() if person)
    return {order.creator, draft.by.id, *met, *plan.away, *(str(each) for each in named if each)}
