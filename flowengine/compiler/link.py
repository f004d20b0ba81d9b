"""A link to orders of another process, as the kernel asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flowengine.definition.words import Column, Text


@dataclass(frozen=True, slots=True)
class Link:
    """A link to orders of one of these processes. `known_there_as` is what orders of this one are called over
    there, empty for `many`, who say so themselves. `copies` are fields here with what each is called there;
    `reads` are fields there.
    """

    name: str
    title: Text
    line: int
    process: tuple[str, ...]
    many: bool
    required: bool
    known_there_as: str
    copies: Mapping[str, str]
    reads: Mapping[str, Column]
    ends: tuple[str, ...]
