"""Slips of the finger, put into a file many at a time, each with the place where it then stands."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator
from string import ascii_lowercase
from typing import NamedTuple

from flowengine.definition.findings import Place


class Word(NamedTuple):
    """A word of a file. In a `group` no slips may be alike; slips of one `layer` do not hide each other."""

    text: str
    place: Place
    layer: Hashable
    group: Hashable
    known: frozenset[str]


class Slip(NamedTuple):
    """A word and what was written for it."""

    word: Word
    written: str


def slips(text: str) -> list[str]:
    """Every letter left out, every two exchanged, every one doubled, and five replaced by another."""
    places = range(len(text))
    left_out = [text[:i] + text[i + 1 :] for i in places]
    exchanged = [text[:i] + text[i + 1] + text[i] + text[i + 2 :] for i in places[:-1]]
    doubled = [text[: i + 1] + text[i:] for i in places]
    replaced = [
        text[:i] + _other(text[i], number) + text[i + 1 :] for number, i in enumerate(_five(len(text)))
    ]
    return [
        slip for slip in dict.fromkeys((*left_out, *exchanged, *doubled, *replaced)) if slip not in ("", text)
    ]


def _five(length: int) -> list[int]:
    return [number * length // 5 for number in range(5)]


def _other(letter: str, number: int) -> str:
    """Another letter, not the same one at each of the five places."""
    letters = [each for each in ascii_lowercase if each != letter]
    return letters[(ascii_lowercase.find(letter) + 7 * number) % len(letters)]


def rounds(words: Iterable[Word], *, every: int = 1, first: int = 0) -> Iterator[list[Slip]]:
    """All slips of all words in as few rounds as will do: one per word, none hides or doubles another.

    With `every`, only one in so many slips of a word, beginning with this one of the `first` word, and of the
    next word those that come after it.
    """
    layers: dict[Hashable, deque[deque[Slip]]] = defaultdict(deque)
    for number, word in enumerate(words, first):
        some = slips(word.text)[number % every :: every]
        layers[word.layer].append(deque(Slip(word, each) for each in some if each not in word.known))
    for waiting in layers.values():
        while any(waiting):
            taken: set[tuple[Hashable, str]] = set()
            together = []
            for queue in waiting:
                if queue and (queue[0].word.group, queue[0].written) not in taken:
                    slip = queue.popleft()
                    taken.add((slip.word.group, slip.written))
                    together.append(slip)
            yield together


def slipped(text: str, together: Iterable[Slip]) -> tuple[str, list[tuple[Slip, Place]]]:
    """The text with these slips in it, and the place where each of them stands."""
    lines = text.split("\n")
    moved: dict[int, int] = defaultdict(int)
    placed = []
    for slip in sorted(together, key=lambda slip: slip.word.place):
        word, line = slip.word, slip.word.place.line
        column = word.place.column + moved[line]
        before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
        assert after.startswith(word.text), (word, after[:20])
        lines[line - 1] = before + slip.written + after.removeprefix(word.text)
        moved[line] += len(slip.written) - len(word.text)
        placed.append((slip, word.place._replace(column=column)))
    return "\n".join(lines), placed
