"""Dataclasses that nobody writes to: mypy sees to it, and nothing does while they run.

Frozen by Python itself, each of a hundred classes would get two methods of its own, a tenth of what a command
takes to begin, and each value of a word would be set on a way around them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as unwritten
else:
    from dataclasses import dataclass

    def unwritten(*, frozen, eq=True, **options):
        """A dataclass that is `frozen` for whoever checks types, and has the hash that it would have then."""
        assert frozen, "only for what nobody writes to"

        def made(kind):
            kind.__doc__ = kind.__doc__ or kind.__name__  # Python would spell out all of its values
            return dataclass(eq=eq, unsafe_hash=eq, **options)(kind)

        return made


__all__ = ["unwritten"]
