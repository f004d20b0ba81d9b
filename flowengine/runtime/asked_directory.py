"""The host's directory, each answer looked at: a slip is told where it is made, and deals nothing out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from inspect import iscoroutinefunction, signature
from typing import Final

from flowengine.errors import WrongDirectory, WrongInput
from flowengine.runtime.admission import admit_person
from flowengine.runtime.directory import Absence, Directory

_METHODS: Final[Mapping[str, tuple[object, ...]]] = {
    "members": ("role",),
    "absence": ("person", 0),
    "head_of": ("person", 0),
}
_TAKEN: Final = {
    "members": "a role",
    "absence": "a person and an instant",
    "head_of": "a person and an instant",
}


def admit_directory(directory: object) -> None:
    """Raise WrongInput for what could not be asked for people: a method is missing, is none, or takes
    something else.
    """
    for name, words in _METHODS.items():
        method = getattr(directory, name, None)
        if not callable(method):
            raise WrongInput(
                f"a directory has the methods {', '.join(map(repr, _METHODS))}, and `{_kind(directory)}` has "
                f"no {name!r}; write it: it may return None where it does not know"
            )
        if iscoroutinefunction(method):
            raise WrongInput(
                f"{name!r} of the directory is asynchronous and would not be run; hand over a plain one, "
                f"which may call `asyncio.run`"
            )
        if not _takes(method, words):
            of_class = (
                f"; hand over an object: `{directory.__name__}()`" if isinstance(directory, type) else ""
            )
            raise WrongInput(
                f"{name!r} of the directory is called with {_TAKEN[name]}, and takes them not{of_class}"
            )


def admit_book(book: object) -> None:
    """Raise WrongInput for what could not be asked for addresses."""
    method = getattr(book, "addresses", None)
    if not callable(method) or isinstance(book, type):
        raise WrongInput(
            f"an address book is an object with the method 'addresses', and `{_kind(book)}` is none"
        )
    if iscoroutinefunction(method):
        raise WrongInput("'addresses' is asynchronous and would not be run; hand over a plain one")


@dataclass(frozen=True, slots=True)
class AskedDirectory:
    """A `Directory` that raises WrongDirectory for an answer which is none, and asks the `host` at each call.

    As with a directory that fails, whoever gave the command is told, and nothing was written.
    """

    host: Directory

    def members(self, role: str) -> Sequence[str] | None:
        """Who holds a role."""
        found: object = self.host.members(role)
        if found is None:
            return None
        asked = f"members({role!r})"
        if not isinstance(found, Iterable) or isinstance(found, str | bytes | Mapping):
            raise _wrong(asked, f"a list of ids is wanted, or None, not {_kind(found)}")
        return [*_persons(asked, found)]

    def absence(self, person: str, at: int) -> Absence | None:
        """Whether somebody is away at an instant."""
        found: object = self.host.absence(person, at)
        if found is None:
            return None
        asked = f"absence({person!r}, …)"
        if not isinstance(found, Absence):
            raise _wrong(asked, f"an Absence is wanted, or None for who is there, not {_kind(found)}")
        if found.substitute is not None:
            _person(asked, found.substitute)
        return found

    def head_of(self, person: str, at: int) -> str | None:
        """Who is above somebody at an instant."""
        found: object = self.host.head_of(person, at)
        return None if found is None else _person(f"head_of({person!r}, …)", found)


def _takes(method: object, words: Sequence[object]) -> bool:
    """Whether a method can be called so; True where it does not say what it takes."""
    try:
        form = signature(method)  # type: ignore[arg-type]  # it was looked at above
    except (TypeError, ValueError):
        return True
    try:
        form.bind(*words)
    except TypeError:
        return False
    return True


def _persons(asked: str, found: Iterable[object]) -> Iterator[str]:
    for each in found:
        yield _person(asked, each)


def _person(asked: str, found: object) -> str:
    """The id of somebody who could act here: nobody is an answer of its own, and no blank id."""
    if not isinstance(found, str):
        raise _wrong(asked, f"a person is named by an id, which is a text, not {_kind(found)}")
    if not found:
        raise _wrong(asked, "an empty text is nobody's id; leave it out, or say None where there is nobody")
    try:
        admit_person(found)
    except WrongInput as wrong:
        raise _wrong(asked, str(wrong)) from wrong
    return found


def _wrong(asked: str, why: str) -> WrongDirectory:
    return WrongDirectory(f"the directory cannot be followed in what it answers to {asked}: {why}")


def _kind(found: object) -> str:
    return found.__name__ if isinstance(found, type) else type(found).__name__
