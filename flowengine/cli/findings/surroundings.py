"""What stands around a file that is checked: the other files of a process, the process of a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from flowengine.cli.files import read
from flowengine.definition.patching import Sources
from flowengine.definition.patching.sources import Files
from flowengine.folder import Folder

_AS_IT_IS: Mapping[Path, bytes] = {}


class Played(NamedTuple):
    """The process that a scenario plays, the name that findings give it, and what it is put together of."""

    data: bytes
    file: str
    sources: Sources


class Surroundings(Protocol):
    """The files around one."""

    @property
    def sources(self) -> Sources:
        """The files that a process may be put together of."""

    def played(self, name: str) -> Played | None:
        """The process that a scenario calls `name`; none if there is no such file."""


class OnDisk:
    """The files around `path`, as they are or, where they are not written yet, as in `newer`."""

    def __init__(self, path: Path, newer: Mapping[Path, bytes] = _AS_IT_IS) -> None:
        self.sources: Sources = _Newer(path, newer)
        self._path = path
        self._newer = newer

    def played(self, name: str) -> Played | None:
        """The file of that name. Raises Trouble when it is there and cannot be read."""
        path = self._path.parent / name
        if not path.is_file():
            return None
        known = self._newer.get(path.resolve())
        return Played(read(path) if known is None else known, str(path), _Newer(path, self._newer))


class _Newer(Folder):
    """A folder some of whose files are about to be written."""

    def __init__(self, path: Path, newer: Mapping[Path, bytes]) -> None:
        super().__init__(path)
        self._newer = newer

    def read(self, name: str) -> bytes | None:
        """What stands in a file of the folder, or will."""
        found = super().read(name)
        return found if found is None else self._newer.get(Path(self.shown(name)).resolve(), found)


class InMemory:
    """Files that are handed in by name, around the one called `file`."""

    def __init__(self, files: Mapping[str, bytes], file: str = "") -> None:
        self.sources: Sources = Files(files, file)
        self._files = files

    def played(self, name: str) -> Played | None:
        """The file of that name."""
        data = self._files.get(name)
        return None if data is None else Played(data, name, self.sources)


ALONE: Surroundings = InMemory({})
"""No other file at all."""
