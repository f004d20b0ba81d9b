"""Where the other files of a process come from: a folder, a bundle, or whatever the host hands in.

Names are those of files relative to the one that is checked, with `/` between folders. Which names may be
asked for is decided here; whoever opens files must besides look where links lead.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

MOST_FILES: Final = 50
"""Files of one process. A company has a handful of libraries; more than this is a slip or an attack."""
_NEVER: Final = frozenset('\\:*?"<>|\0')


class Sources(Protocol):
    """The files beside the one that is checked."""

    def read(self, name: str) -> bytes | str | None:
        """What stands in the file of that name; None where there is none that can be read."""

    def beside(self) -> Sequence[str]:
        """The names of the YAML files that stand in the same folder."""

    def shown(self, name: str) -> str:
        """How findings and blockers call the file of that name."""


class Files:
    """Files that are already there, by name. `main` is how the one that is checked is called."""

    def __init__(self, texts: Mapping[str, bytes | str], main: str = "") -> None:
        self._texts = texts
        self._folder = main[: max(main.rfind("/"), main.rfind("\\")) + 1]

    def read(self, name: str) -> bytes | str | None:
        """What was handed in under that name."""
        return self._texts.get(name)

    def beside(self) -> Sequence[str]:
        """The names without a folder."""
        return sorted(name for name in self._texts if "/" not in name)

    def shown(self, name: str) -> str:
        """The name, in the folder of the file that is checked."""
        return self._folder + name


NONE: Final[Sources] = Files({})
"""No file but the one that is checked."""


def name_from(where: str, name: str) -> str | None:
    """The name of a file that the file `where` calls `name`; None for one outside the folder."""
    if posixpath.isabs(name) or not name.strip() or not _NEVER.isdisjoint(name):
        return None
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(where), name))
    return None if joined == ".." or joined.startswith("../") else joined
