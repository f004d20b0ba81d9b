"""The files beside a process file, as a folder has them; nothing outside that folder is ever read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from flowengine.definition.document.characters import LARGEST
from flowengine.definition.telling_apart import SCENARIO_ENDINGS

_MOST_BESIDE: Final = 1_000
"""Files that are looked through for the process that another extends."""


class Folder:
    """The folder of the file that is checked."""

    def __init__(self, file: Path) -> None:
        self._folder = file.parent
        self._inside = self._folder.resolve()

    def read(self, name: str) -> bytes | None:
        """What stands in a file of the folder; None for one that cannot be read, or that lies outside it.

        Of one that is too large only as many bytes as show that it is.
        """
        path = self._folder / name
        try:
            if not path.resolve().is_relative_to(self._inside) or not path.is_file():
                return None
            with path.open("rb") as file:
                return file.read(LARGEST + 1)
        except (OSError, ValueError):
            return None

    def beside(self) -> Sequence[str]:
        """The YAML files of the folder that are no scenarios, in alphabetical order."""
        try:
            names = sorted(path.name for path in self._folder.iterdir() if _may_be_process(path.name))
        except OSError:
            return ()
        return names[:_MOST_BESIDE]

    def shown(self, name: str) -> str:
        """The path of a file, as the user named that of the process."""
        return str(self._folder / name)


def _may_be_process(name: str) -> bool:
    return (
        name.endswith((".yaml", ".yml")) and not name.startswith(".") and not name.endswith(SCENARIO_ENDINGS)
    )
