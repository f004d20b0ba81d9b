"""What is asked of one thing again and again, found out once: another thing that says the same is another.

Words are compared by what they say, which takes longer than to find out again what is to be looked up.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_MOST: Final = 16  # each check of a process asks many times; a file has few types of order


class Same(Generic[T]):
    """A key that is found again by the very thing for which it was made, which it keeps alive."""

    __slots__ = ("it",)

    def __init__(self, it: T) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.it is self.it


def kept(ask: Callable[[T], R]) -> Callable[[T], R]:
    """The question with a memory of its answers about the last few things; none of them may change."""
    answers: tuple[tuple[T, R], ...] = ()

    @wraps(ask)
    def answered(it: T) -> R:
        nonlocal answers
        for known, answer in answers:
            if known is it:
                return answer
        answer = ask(it)
        answers = ((it, answer), *answers[: _MOST - 1])  # replaced whole: threads may ask at once
        return answer

    return answered
