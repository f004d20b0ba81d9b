"""Every sentence that a person may read, in English and Chinese, looked up by key.

One table per subject; a test holds the two languages to the same placeholders. Lowest layer after
`errors`: anything may say something, and nothing here knows what it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from flowengine.texts import (
    approvals,
    blockers,
    calendars,
    calls,
    checking,
    clocks,
    comparing,
    confirming,
    delivery,
    drawing,
    editor,
    events,
    exceptions,
    expressions,
    health,
    lanes,
    ledger,
    linked,
    messages,
    missing,
    options,
    own_parts,
    patches,
    people,
    plain,
    playbooks,
    private,
    reading,
    reference,
    references,
    rehearsals,
    screen,
    shape,
    soundness,
    story,
    times,
)

Lang = Literal["en", "zh"]
LANGUAGES: Final[tuple[Lang, ...]] = ("en", "zh")
Table = Mapping[str, Mapping[Lang, str]]

TEXTS: Final[dict[str, Mapping[Lang, str]]] = {
    key: entry
    for table in (
        reading,
        shape,
        references,
        patches,
        people,
        exceptions,
        expressions,
        plain,
        playbooks,
        checking,
        soundness,
        calls,
        blockers,
        story,
        screen,
        health,
        lanes,
        linked,
        own_parts,
        drawing,
        comparing,
        editor,
        reference,
        rehearsals,
        calendars,
        ledger,
        clocks,
        times,
        approvals,
        private,
        confirming,
        events,
        messages,
        missing,
        delivery,
        options,
    )
    for key, entry in table.TEXTS.items()
}


class Phrase(NamedTuple):
    """A sentence inside a sentence: said in the reader's language when the outer one is."""

    key: str
    params: Mapping[str, object] = MappingProxyType({})


_BLOCKER: Final = "blocker."
REASONS: Final[dict[str, Mapping[Lang, str]]] = {
    key.removeprefix(_BLOCKER): entry for key, entry in TEXTS.items() if key.startswith(_BLOCKER)
}
"""Why a command is refused: the sentence of each code."""


def say(key: str, lang: Lang, params: Mapping[str, object] | None = None) -> str:
    """The sentence `key` in `lang`, its placeholders filled from `params`; lists are joined, an empty one is none."""
    values = {name: _shown(value, lang) for name, value in (params or {}).items()}
    return TEXTS[key][lang].format(**values)


def _shown(value: object, lang: Lang) -> str:
    if isinstance(value, Phrase):
        return say(value.key, lang, value.params)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return str(value.get(lang) or next(iter(value.values()), ""))
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        joined = ("、" if lang == "zh" else ", ").join(_shown(item, lang) for item in value)
        return joined or ("无" if lang == "zh" else "none")
    return str(value)
