"""What is wrong with a file: collected as values, reported by whoever asked, never raised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final, Literal, NamedTuple

from flowengine.texts import TEXTS, Lang, Phrase, say

SHORTEST_SLIP: Final = 2
MOST_COMPARED: Final = 100
LONGEST_COMPARED: Final = 60

Severity = Literal["error", "warning", "note"]


class Line(int):
    """The number of a line in a `file` other than the one that is mainly spoken of.

    Whoever cites a line may ask it for its file; everybody else has a number.
    """

    file: str

    def __new__(cls, number: int, file: str) -> Line:
        """The line of that number in that file."""
        line = super().__new__(cls, number)
        line.file = file
        return line

    def __add__(self, other: int) -> Line:
        """A later line of the same file."""
        return Line(int(self) + other, self.file)


def cited(line: int, file: str) -> str:
    """A line as people look it up, `orders.yaml:14`: of `file`, unless it says itself of which."""
    return f"{file_of(line, file)}:{line}"


def file_of(line: int, file: str) -> str:
    """The file of a line: `file`, unless it says itself which."""
    return line.file if isinstance(line, Line) else file


class Place(NamedTuple):
    """Where something stands: file as the user named it, line and column from 1, in characters."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def right(self, characters: int) -> Place:
        """The place so many characters further on the same line."""
        return Place(self.file, self.line, self.column + characters)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: `code` is stable (`FE104`) and names the sentence; `hint` names the remedy."""

    code: str
    place: Place
    params: Mapping[str, object] = field(default_factory=dict)
    hint: str = ""
    severity: Severity = "error"
    types: tuple[str, ...] = ()
    lanes: tuple[str, ...] = ()

    def message(self, lang: Lang) -> str:
        """What is wrong, in one sentence; `types` and `lanes` are those of which alone it is true."""
        said = say(self.code, lang, self.params)
        if self.lanes:
            said = say("finding.in_lanes", lang, {"lanes": self.lanes, "said": said})
        return say("finding.in_types", lang, {"types": self.types, "said": said}) if self.types else said

    def remedy(self, lang: Lang) -> str:
        """What to do about it; empty where nothing can be advised."""
        key = self.hint or f"{self.code}.hint"
        return say(key, lang, self.params) if key in TEXTS else ""


def elsewhere(first: Place, here: Place) -> Phrase:
    """Where else something stands, as a finding `here` says it: the line, with its file if that differs."""
    key = "at.line" if first.file == here.file else "at.file"
    return Phrase(key, {"file": first.file, "line": int(first.line)})


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was probably meant to be, if one is near enough to propose.

    Where what stands before the last dot is known, only what stands behind it is compared.
    """
    before, _, behind = word.rpartition(".")
    if below := _below(before, known := tuple(known)):
        last = nearest(behind, (name.removeprefix(f"{before}.") for name in below))
        return last and f"{before}.{last}"
    names = {name.lower(): name for name in known}
    meant = word.lower()
    if slips := one_slip_away(meant, names):
        # The first letter is seldom the wrong one, and an exchange is likelier than an omission.
        return names[max(slips, key=lambda name: (name[:1] == meant[:1], len(name) == len(meant)))]
    if len(names) > MOST_COMPARED or len(meant) > LONGEST_COMPARED:
        return None
    close = get_close_matches(meant, names, n=1, cutoff=0.6)
    return names[close[0]] if close else None


def _below(before: str, known: Iterable[str]) -> list[str]:
    """The names that begin in that way, up to a dot."""
    return [name for name in known if name.startswith(f"{before}.")] if before else []


def one_slip_away(word: str, known: Iterable[str]) -> list[str]:
    """The known words from which `word` differs by one slip of the finger, or in capitals only."""
    return [name for name in known if _is_one_slip(word.lower(), name.lower())]


def is_sure(word: str, known: Iterable[str]) -> bool:
    """Whether one known word alone can be meant. A name with another number in it is another name."""
    names = set(known)
    near = [name for name in names if name.lower() == word.lower()] or one_slip_away(word, names)
    return len(near) == 1 and _digits(word) == _digits(near[0])


def _digits(word: str) -> str:
    return "".join(sign for sign in word if sign.isdigit())


def _is_one_slip(word: str, other: str) -> bool:
    """Whether one letter was left out, added or replaced, or two neighbours exchanged."""
    if len(word) < SHORTEST_SLIP or abs(len(word) - len(other)) > 1:
        return False
    shortest = min(len(word), len(other))
    start = next((n for n in range(shortest) if word[n] != other[n]), shortest)
    rest = shortest - start
    end = next((n for n in range(rest) if word[-1 - n] != other[-1 - n]), rest)
    mine, theirs = word[start : len(word) - end], other[start : len(other) - end]
    exchanged = len(mine) == 2 and mine == theirs[::-1]  # noqa: PLR2004 - two neighbours
    return exchanged or max(len(mine), len(theirs)) <= 1


def unknown(code: str, place: Place, word: str, known: Iterable[str], **params: object) -> Finding:
    """The finding for a word that does not exist: proposes the nearest one, else lists them all.

    Its parameter `sure` says whether no other word comes into question, so that a program may write it.
    """
    names = sorted(known)
    guess = nearest(word, names)
    names = names if guess else _below(word.rpartition(".")[0], names) or names
    hint = "hint.did_you_mean" if guess else "hint.known" if names else "hint.none_known"
    told = {"word": word, "guess": guess, "known": names, "sure": is_sure(word, names), **params}
    return Finding(code, place, told, hint)


def stage(code: str) -> int:
    """How far a file was checked when this was found: with an error of one stage it goes no further.

    0 reading it, 1 its shape and its parts, 2 its names and conditions, 3 the flow of orders.
    """
    return {"0": 0, "1": 1, "7": 1, "4": 3}.get(code[2:3], 2)


def identity(finding: Finding) -> tuple[Place, str, str]:
    """What two findings have in common when they are the same one, said twice."""
    return finding.place, finding.code, str(sorted(finding.params.items(), key=str))


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without repeats, in the order in which they stand in the file."""
    unique = {identity(finding): finding for finding in findings}
    return tuple(sorted(unique.values(), key=lambda f: (f.place, f.code)))
