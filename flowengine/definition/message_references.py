"""What is wrong with messages: templates that cannot be read or name nothing, messages that nobody sends or
that there are not, and values that those who are told do not see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from flowengine.definition.builtin_fields import SET_BY_THE_PROCESS, STAYING, builtin_fields
from flowengine.definition.findings import Finding, unknown
from flowengine.definition.role_references import ALL
from flowengine.definition.scope import channels_of, every_action, fields_of
from flowengine.definition.template_values import LONGEST_TEMPLATE, Names
from flowengine.definition.templates import named, slips
from flowengine.definition.words import Message, Process, Role, Written

OF_THE_ORDER: Final = frozenset({"number", "process", "stage", "reason", "due"})
"""What a message may name besides fields: the order itself, and what it is about."""
_CODES: Final = {
    "syntax": "FE610", "refused": "FE611", "name": "FE612", "column": "FE612", "filter": "FE617",
    "no_list": "FE619", "deep": "FE649",
}  # fmt: skip
_BRACED: Final = re.compile(r"[\uff5b{]{1,2}\s*(?P<name>\w+)\s*[\uff5d}]{1,2}")
_WITH_KNOWN: Final = ("FE612", "FE617", "FE619")


def message_findings(process: Process) -> Iterator[Finding]:
    """Everything that is wrong with the messages of a process and with the words that name them.

    A library may hold messages for other processes: one that is not sent here is no business of this one.
    """
    messages, sent = process.messages or {}, messages_sent(process)
    for action in every_action(process):
        if action.message is None:
            continue
        if not action.notify:
            yield Finding("FE615", action.message.place)
        elif action.message not in messages:
            yield unknown("FE613", action.message.place, action.message, messages)
    for name, message in messages.items():
        own = message.place.file == process.place.file
        if own or name in sent:
            yield from _templates(process, message)
        if own and name not in sent and not _changes_by_type(process):
            yield Finding("FE614", message.place, {"message": name}, severity="warning")
    yield from _unseen(process)


def messages_sent(process: Process) -> set[str]:
    """The messages that are sent, also where a patch has taken that away."""
    before = messages_sent(process.base) if process.base else set()
    return before | {str(action.message) for action in every_action(process) if action.message}


def _changes_by_type(process: Process) -> bool:
    """Whether orders of a type may do what the process as it stands does not."""
    return any(each.says - {"title", "priority"} for each in (process.types or {}).values())


def _templates(process: Process, message: Message) -> Iterator[Finding]:
    names = _names(process)
    for text in message.texts:
        if len(text.source) > LONGEST_TEMPLATE:
            yield Finding("FE618", text.place, {"most": LONGEST_TEMPLATE})
            continue
        if wide := [*_wide_braces(text, names)]:
            yield from wide
            continue
        for slip in slips(text.source, names):
            place = text.at(slip.offset) if text.at else text.place
            code = _CODES[slip.fault]
            if code in _WITH_KNOWN:
                yield unknown(code, place, slip.word, slip.known)
            else:
                yield Finding(code, place)


def _wide_braces(text: Written, names: Names) -> Iterator[Finding]:
    """Values in braces as wide as a Chinese keyboard types them: they would be sent as they stand."""
    for found in _BRACED.finditer(text.source):
        if {*found[0]} & {*"\uff5b\uff5d"} and found["name"] in names.values:
            place = text.at(found.start()) if text.at else text.place
            params = {"found": found[0], "wanted": f"{{{{ {found['name']} }}}}"}
            yield Finding("FE785", place, params)


def _names(process: Process) -> Names:
    fields = fields_of(process)
    known = {*fields, *builtin_fields(process), *OF_THE_ORDER}
    known |= {"channel"} if channels_of(process) else set()
    lists = {name: tuple(field.of or ()) for name, field in fields.items() if field.type == "list"}
    return Names(frozenset(known), lists)


def _unseen(process: Process) -> Iterator[Finding]:
    """Values in a message for a role that does not always see them: it reads a dash instead."""
    if not any(role.sees for role in process.roles.values()):
        return
    for action in every_action(process):
        if action.message is None or action.message not in (process.messages or {}):
            continue
        texts = (process.messages or {})[action.message].texts
        shown = {name for text in texts for name in _shown(text)} & {*fields_of(process)}
        for role in (process.roles[who] for who in action.notify if who in process.roles):
            for name in sorted(shown - _seen(process, role)):
                params = {"field": name, "message": action.message, "role": role.name}
                yield Finding("FE616", action.message.place, params, severity="warning")


def _shown(text: Written) -> frozenset[str]:
    try:
        return named(text.source)
    except ValueError:  # what cannot be read is found where it stands
        return frozenset()


def _seen(process: Process, role: Role) -> set[str]:
    seen = {*role.sees, *role.edits, *STAYING, *SET_BY_THE_PROCESS}
    if ALL in seen:
        return {*fields_of(process)}
    return seen | {
        name for name, field in fields_of(process).items() if field.changes and role.name in field.changes.by
    }
