"""What may come in at all: a request that no database could hold is refused before anything is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any, Final, TypeVar

from flowengine.definition.inner import MARK, is_inner
from flowengine.definition.outsiders import HOST_IDS
from flowengine.definition.persons import composed, is_plain
from flowengine.errors import WrongInput
from flowengine.kernel.addressees import PERSON, person_of
from flowengine.kernel.commands import (
    COMMANDS,
    Answered,
    Attach,
    Command,
    Copy,
    Create,
    Erase,
    Hear,
    Inviting,
    Principal,
    Reassign,
    Request,
)
from flowengine.runtime.rows import SCHEDULE_KEY, SIGNAL_KEY
from flowengine.texts import say

T = TypeVar("T")
LONGEST_KEY: Final = 255
LONGEST_ID: Final = 200
LONGEST_REASON: Final = 10_000
GREATEST_ID: Final = 2**63 - 1
LINK_KEY: Final = "link/"


def admit(request: Request) -> None:
    """Raise WrongInput for a request whose parts are of the wrong kind, too long, or hold no real text."""
    if not isinstance(request.command, COMMANDS):
        found = type(request.command).__name__  # not what it holds: that may tell of a person
        raise WrongInput(f"a command is wanted, such as flowengine.Done('name'), not {found}")
    admit_principal(request.by)
    _text("reason", request.reason, LONGEST_REASON)
    if request.key is not None:
        _text("key", request.key, LONGEST_KEY, needed=True)
    _parts(request.command)
    if isinstance(request.command, Attach):
        _attachment(request.command)
    if isinstance(request.command, Reassign):
        admit_person(request.command.to)
    if isinstance(request.command, Copy) and (person := person_of(request.command.to)):
        admit_person(person)


def admit_principal(by: Principal) -> None:
    """Raise WrongInput for somebody who is no Principal, or has no name that could stand in history."""
    admit_asker(by)
    _id(by.id, needed=True)
    _text("name of the person", by.name, LONGEST_ID)
    _text("proof of the person", by.proof, LONGEST_ID)
    if by.id in HOST_IDS and not by.is_system:
        raise WrongInput(f"{by.id!r} stands for the host itself in history; nobody else can be called so")


def admit_asker(by: Principal) -> None:
    """Raise WrongInput for somebody who is no Principal, and so cannot even ask."""
    if not isinstance(by, Principal):
        raise WrongInput(f"`by` wants a Principal, such as Principal.of('li', 'clerk'), not {by!r}")
    if not isinstance(by.id, str):
        raise WrongInput(f"the id of the person is a text, not {type(by.id).__name__}")
    if not isinstance(by.roles, frozenset) or not all(isinstance(role, str) for role in by.roles):
        raise WrongInput("roles are names: Principal.of('li', 'clerk', 'sales')")


def admit_person(id: str) -> None:
    """Raise WrongInput for the id of a person that nobody can have."""
    _id(id)
    if id in HOST_IDS or id.startswith(PERSON):
        raise WrongInput(f"{id!r} is nobody: a person is named by the id under which the host lets them act")


def admit_opening(process: str) -> None:
    """Raise WrongInput for a process of which nobody opens orders but those of the one that brings it."""
    if isinstance(process, str) and is_inner(process):
        outer = process.partition(MARK)[0]
        raise WrongInput(f"orders of {process!r} are opened by orders of {outer!r}, and by nobody else")


def check_key(key: str | None) -> None:
    """Raise WrongInput for a key under which the engine keeps what it does by itself: the answers to links,
    what orders hear, and those that the calendar opens.
    """
    if key is not None and key.startswith(LINK_KEY):
        raise WrongInput(f"keys that begin with {LINK_KEY!r} are those of answers to links; take another")
    if key is not None and key.startswith(SIGNAL_KEY):
        raise WrongInput(f"keys that begin with {SIGNAL_KEY!r} are those of linked orders; take another")
    if key is not None and key.startswith(SCHEDULE_KEY):
        raise WrongInput(f"keys that begin with {SCHEDULE_KEY!r} are those of the calendar; take another")


def admit_order(id: int) -> None:
    """Raise WrongInput for an id that no order can have."""
    if isinstance(id, bool) or not isinstance(id, int) or not 0 < id <= GREATEST_ID:
        raise WrongInput(f"{_named(id)} is no id of an order; `start` gives it as `order_id`")


def admit_reference(ref: int | str) -> None:
    """Raise WrongInput for what is neither the id nor the number of an order."""
    if isinstance(ref, bool) or not isinstance(ref, int | str):
        raise WrongInput(f"{_named(ref)} is neither the id nor the number of an order")
    if isinstance(ref, str):
        admit_words(ref)


def admit_expected(revision: int | None) -> None:
    """Raise WrongInput for what no order can have as its revision, and so would never come."""
    if revision is not None and type(revision) is not int:
        raise WrongInput(f"`expect` is the revision of an order, a whole number, not {_named(revision)}")


def page_size(wanted: int, most: int) -> int:
    """Never nothing, which would have no end, and never everything, which a negative limit means in SQL.
    Raises WrongInput.
    """
    if type(wanted) is not int:
        raise WrongInput(f"`limit` is a whole number, not {_named(wanted)}")
    return max(1, min(wanted, most))


def begun(after: Any, beginning: T) -> T:
    """Behind what a page begins: what the page before gave, as JSON may have kept it; else the `beginning`.

    Raises WrongInput for anything else: a database takes it for the end of the list, or for an error.
    """
    if not after:
        return beginning
    place: Any = tuple(after) if isinstance(after, list) else after
    if not _is_like(place, beginning):
        raise WrongInput(
            f"`after` is what the page before gave as its `after`, unchanged, not {_named(after)}"
        )
    return place  # type: ignore[no-any-return]


def _is_like(place: object, other: object) -> bool:
    if isinstance(place, tuple) and isinstance(other, tuple):
        return len(place) == len(other) and all(map(_is_like, place, other))
    if isinstance(other, str):
        return isinstance(place, str)
    return type(place) is int and -GREATEST_ID <= place + 1 <= GREATEST_ID + 1  # a column can hold it


def _named(given: object) -> str:
    """What was given instead; of what holds more than a word, only its kind: that may tell of a person."""
    is_plain = given is None or isinstance(given, int | float | str)
    return repr(given) if is_plain else type(given).__name__


def admit_links(links: object) -> None:
    """Raise WrongInput for what are no links: names, each with the id or the number of an order."""
    if not isinstance(links, Mapping) or not all(isinstance(name, str) for name in links):
        raise WrongInput("links are a map of names to orders: links={'original': 'N001'}")
    admit_words(*links)
    for ref in links.values():
        if isinstance(ref, str):
            admit_words(ref)
        else:
            admit_order(ref)


def admit_words(*words: str | None) -> None:
    """Raise WrongInput for a name or a number that no database could be asked for."""
    for word in words:
        if word is None:
            continue
        if not isinstance(word, str):
            raise WrongInput(f"a name is a text, not {_named(word)}")
        _signs("name", word)


def admit_find(find: object) -> None:
    """Raise WrongInput for what is no private field with its value."""
    if find is None:
        return
    if not isinstance(find, tuple | list) or len(find) != len(("field", "value")):
        raise WrongInput("`find` is a private field with its whole value: find=('phone', '13800001234')")
    admit_words(*find)


def admit_token(token: str) -> None:
    """Raise WrongInput for a token of a link that is no text."""
    if not isinstance(token, str):
        raise WrongInput("the token of a link is a text: what its address ends with")


def check_not_opening(command: Command) -> None:
    """Raise WrongInput for what is no command of its own: the opening of an order, which would begin the
    history of this one anew, what stands in history beside a link, the answer of a call, and the record of
    an erasure.
    """
    if isinstance(command, Create):
        raise WrongInput("an order is opened with `start`, not by a command on another order")
    if isinstance(command, Inviting):
        raise WrongInput("a link is made with `link` and taken back with `revoke_link`")
    if isinstance(command, Hear):
        raise WrongInput("what a linked order says is handed on by `tick`")
    if isinstance(command, Answered):
        raise WrongInput("the answer of a call is taken in with `reply`, which looks for what it fills")
    if isinstance(command, Erase):
        raise WrongInput("a person is erased with `engine.erase`, which deletes the key as well")


def copied(values: object) -> dict[str, Any]:
    """The values with which an order is to be opened. Raises WrongInput for what is no map of them."""
    if not isinstance(values, Mapping):
        raise WrongInput(f"the values of an order are a map, not {type(values).__name__}")
    return dict(values)


@cache
def _kinds(command: Any) -> tuple[tuple[str, type, str], ...]:
    """The parts of a command that are texts or maps, as its fields are annotated."""
    kinds: dict[str, tuple[type, str]] = {"str": (str, "a text"), "Mapping[str, Any]": (Mapping, "a map")}
    return tuple((each.name, *kinds[str(each.type)]) for each in fields(command) if each.type in kinds)


def _parts(command: Command) -> None:
    """Raise WrongInput for a part of another kind: nothing behind this asks for it again."""
    of: Any = type(command)
    for name, kind, wanted in _kinds(of):
        part: object = getattr(command, name)
        if not isinstance(part, kind):
            raise WrongInput(f"`{name}` of `{command.verb}` is {wanted}, not {type(part).__name__}")
        if isinstance(part, Mapping) and not all(isinstance(key, str) for key in part):
            raise WrongInput(f"the names in `{name}` of `{command.verb}` are texts")


def _attachment(command: Attach) -> None:
    _text("sha256", command.sha256, LONGEST_KEY)
    size = command.size
    if size is not None and (isinstance(size, bool) or not isinstance(size, int) or size < 0):
        raise WrongInput(f"the size of a file is a whole number of bytes, not {size!r}")


def _text(what: str, text: object, longest: int, *, needed: bool = False) -> None:
    if not isinstance(text, str) or len(text) > longest or (needed and not text.strip()):
        raise WrongInput(f"the {what} is a text of {1 if needed else 0} to {longest} characters")
    _signs(what, text)


def _id(id: object, *, needed: bool = False) -> None:
    """Raise WrongInput for an id that could be written in another form: that would be another person."""
    _text("id of the person", id, LONGEST_ID, needed=needed)
    if isinstance(id, str) and not is_plain(id):
        params = {"id": ascii(id), "composed": composed(id)}
        key = "wrong.id" if composed(id) == id else "wrong.id.composed"
        raise WrongInput(say(key, "en", params), key=key, params=params)


def _signs(what: str, text: str) -> None:
    if text.isprintable():
        return  # which is true of nearly every one, and said at once
    if not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):
        raise WrongInput(f"the {what} holds half a character, which no database can store")
    if any(sign < " " and sign not in "\n\t\r" for sign in text):
        raise WrongInput(f"the {what} holds control characters")
