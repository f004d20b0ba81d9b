"""One thing that changes for an order, and the place in both plans that a comparison has come to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeVar

from flowengine.compiler.naming import Names
from flowengine.compiler.plan import Need, Plan
from flowengine.definition.expressions import Expression
from flowengine.texts import LANGUAGES, Lang, Phrase, say

Effect = Literal["stricter", "looser", "neutral"]
EFFECTS: Final[tuple[Effect, ...]] = ("stricter", "looser", "neutral")
Side = Literal["old", "new"]
Words = Mapping[Lang, str]
T = TypeVar("T")
_SHIFT: Final = "diff.shift"


@dataclass(frozen=True, slots=True)
class Change:
    """`code` names the sentence `diff.CODE`, which `params` fill; `old` and `new` are plain JSON values.

    `path` leads to the place in the file, `place` is the stage or end that it concerns, empty for the
    whole order. `stricter` asks more of orders than before or takes something from them, `looser` asks
    less. `breaking` says that an order which was taken in so far may be refused or read in another way.
    `of_type` is the type of order that alone it concerns, `lane` the lane; empty for all. `inner` is the
    process in which it changes where that is one that the two bring.
    """

    code: str
    path: str
    place: str
    effect: Effect = "neutral"
    breaking: bool = False
    old: Any = None
    new: Any = None
    params: Mapping[str, object] = field(default_factory=dict)
    of_type: str = ""
    lane: str = ""
    inner: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a comparison is: two plans, the path walked so far, and the stage or end on it."""

    old: Plan
    new: Plan
    path: tuple[str, ...] = ()
    place: str = ""

    def at(self, *names: str) -> Spot:
        """The same, further in."""
        return Spot(self.old, self.new, (*self.path, *names), self.place)

    def within(self, place: str) -> Spot:
        """The same, in that stage or end."""
        return Spot(self.old, self.new, self.path, place)

    def change(
        self,
        code: str,
        effect: Effect = "neutral",
        *,
        breaking: bool = False,
        old: Any = None,
        new: Any = None,
        **params: object,
    ) -> Change:
        """A change here. Where both sides read the same, the words of the file that differ are named."""
        said = {key: _told_apart(each, old, new) for key, each in params.items()}
        return Change(code, ".".join(self.path), self.place, effect, breaking, old, new, said)

    def role(self, name: str) -> Words:
        """What people call a role, by the new plan where it still knows it."""
        return {names.lang: names.role(name) for names in self._names(name, "roles")}

    def goal(self, name: str) -> Words:
        """What people call a stage, a task or an end."""
        plan = self.new if Names(self.new, "en").has_place(name) else self.old
        return {lang: Names(plan, lang).place(name) for lang in LANGUAGES}

    def field(self, name: str) -> Words:
        """What people call a field."""
        return {names.lang: names.field(name) for names in self._names(name, "fields")}

    def said(self, side: Side, say: Callable[[Names], str]) -> Words:
        """Something of one of the plans, in words."""
        plan = self.new if side == "new" else self.old
        return {lang: say(Names(plan, lang)) for lang in LANGUAGES}

    def condition(self, expression: Expression, side: Side) -> Words:
        """A condition of one of the plans."""
        return self.said(side, expression.plainly)

    def need(self, need: Need, side: Side) -> Words:
        """What people call a need of one of the plans."""
        return self.said(side, lambda names: names.need(need))

    def both(self, old: T, new: T, say: Callable[[Names, T], str], none: str) -> Phrase:
        """From what to what; `none` is the key of the words for nothing at all."""
        before = self.said("old", lambda names: say(names, old)) if old else Phrase(none)
        after = self.said("new", lambda names: say(names, new)) if new else Phrase(none)
        return shift(before, after)

    def _names(self, name: str, what: Literal["roles", "fields"]) -> list[Names]:
        plan = self.new if name in getattr(self.new, what) else self.old
        return [Names(plan, lang) for lang in LANGUAGES]


def shift(old: object, new: object) -> Phrase:
    """From what to what."""
    return Phrase(_SHIFT, {"old": old, "new": new})


def reads_alike(said: object, lang: Lang) -> bool:
    """Whether it is said from what to what, and both are the same to whoever reads it."""
    if not isinstance(said, Phrase) or said.key != _SHIFT:
        return False
    again = shift(said.params["old"], said.params["old"])
    return say(_SHIFT, lang, said.params) == say(_SHIFT, lang, again.params)


def _told_apart(said: object, old: Any, new: Any) -> object:
    if not any(reads_alike(said, lang) for lang in LANGUAGES):
        return said
    before, after = dict(_leaves(old)), dict(_leaves(new))
    apart = [
        (name, before.get(name), after.get(name))
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    ]
    return [
        Phrase("diff.attribute", {"name": name, "shift": moved}) if name else moved
        for name, one, other in apart
        for moved in [shift(*(Phrase("diff.nothing") if each is None else each for each in (one, other)))]
    ] or said


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every plain value in what is compared, by the words that lead to it."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _leaves(each, (*path, str(name).rstrip("_")))
    elif isinstance(value, list):
        for number, each in enumerate(value, 1):
            yield from _leaves(each, (*path, str(number)))
    elif value is not None and value != "":
        yield ".".join(path), str(value).lower() if isinstance(value, bool) else str(value)
