"""How the value of a key may be written: the few kinds of value of which the vocabulary is made.

A shape is a closed map of keys; every other kind is a scalar or a collection. The reader, the JSON
Schema and the reference are all derived from these.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from keyword import iskeyword
from typing import Final, Literal

from flowengine.definition.document import Node
from flowengine.definition.document.scalars import LONGEST_KEY
from flowengine.definition.unwritten import unwritten

NAME = r"^[a-z][a-z0-9_]*$"
LONGEST_NAME: Final = LONGEST_KEY
"""Characters of a name that stands as a value; a key may have as many."""
REMOVE: Final = "remove"
"""The word of a patch that takes away what it stands on."""
PROCESS_NAME = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"


@unwritten(frozen=True, slots=True)
class Txt:
    """A text for people: a string in the file's language, or `{zh: …, en: …}`.

    A `template` has places for the values of an order.
    """

    template: bool = False


@unwritten(frozen=True, slots=True)
class Str:
    """A string. `what` names the pattern to people (text key `kind.…`); a `ref` is kept with its place.

    `longest` is the most characters it may have, 0 if nobody counts them.
    """

    what: str = "text"
    pattern: str = ""
    ref: bool = False
    longest: int = 0


@unwritten(frozen=True, slots=True)
class Pick:
    """One of these words."""

    words: tuple[str, ...]


@unwritten(frozen=True, slots=True)
class Int:
    """A whole number, at least `least`; `exactly` allows that one number only."""

    least: int | None = None
    exactly: int | None = None


@unwritten(frozen=True, slots=True)
class Flag:
    """`true` or `false`."""


@unwritten(frozen=True, slots=True)
class Dur:
    """A duration of elapsed time; where `working`, of working hours or working days as well.

    Where `field`, the name of a field that holds one may stand instead.
    """

    working: bool = False
    field: bool = False

    @property
    def what(self) -> str:
        """What it is called in hints (`FE105.…`)."""
        return "length or field" if self.field else "length" if self.working else "duration"


@unwritten(frozen=True, slots=True)
class Exp:
    """A condition over the order's data, or any value that is worked out from it."""

    of: Literal["condition", "expression"] = "condition"


@unwritten(frozen=True, slots=True)
class Any:
    """Whatever the file says, as it says it."""


@unwritten(frozen=True, slots=True)
class Data:
    """Any value at all, as the file has it. `like` narrows it to a map, to a reason with its names, or to
    somebody with the message that they got.
    """

    like: Literal["", "map", "reasons", "told"] = ""


@unwritten(frozen=True, slots=True)
class Sub:
    """A map of the shape of that name."""

    shape: str


@unwritten(frozen=True, slots=True)
class Named:
    """A map from names of the analyst's choice to values of one kind."""

    of: Value
    pattern: str = NAME
    least: int = 1


@unwritten(frozen=True, slots=True)
class Many:
    """A list of values of one kind; where `single`, one value may stand without the list."""

    of: Value
    single: bool = False
    least: int = 1


@unwritten(frozen=True, slots=True)
class Patch:
    """A patch of a shape: the same map, of which only what differs is written."""

    shape: str


Value = Txt | Str | Pick | Int | Flag | Dur | Exp | Any | Data | Sub | Named | Many | Patch


@unwritten(frozen=True, slots=True)
class Key:
    """One key: its value, what it means in both languages, and an example as it stands in a file.

    What is `fixed` is the same for every type of order, so no type may say it; what is `patch_only` has
    a meaning in a patch and nowhere else.
    """

    name: str
    value: Value
    en: str
    zh: str
    example: str = ""
    required: bool = False
    fixed: bool = False
    patch_only: bool = False

    @property
    def attribute(self) -> str:
        """The attribute of the word that holds it: Python's own words get an underscore."""
        return f"{self.name}_" if iskeyword(self.name) else self.name


@unwritten(frozen=True, slots=True)
class Short:
    """The short form of a shape: which scalars may stand for the map, and the map they stand for."""

    value: Value
    expand: Callable[[str, Node], Mapping[str, Node]]
    en: str
    zh: str


@unwritten(frozen=True, slots=True)
class Shape:
    """A closed map: its keys in the order of the reference, and those of which exactly one must stand.

    Of those, the two words of a `pair` may stand together.
    """

    name: str
    en: str
    zh: str
    keys: tuple[Key, ...]
    one_of: tuple[str, ...] = ()
    at_most_one_of: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()
    short: Short | None = None

    def is_choice(self, given: Collection[str]) -> bool:
        """Whether these words of `one_of` are one choice: a single word, or the pair."""
        return len(given) == 1 or (bool(self.pair) and set(given) == set(self.pair))

    def key(self, name: str) -> Key | None:
        """The key of that name, if the shape has it."""
        return next((key for key in self.keys if key.name == name), None)
