"""Where the master key of a call comes from: the environment, or a file that only its owner may read."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flowengine.cli.trouble import REFUSED, Trouble, unreadable, unwritable
from flowengine.disk import make

if TYPE_CHECKING:
    from flowengine.runtime.privacy.master import MasterKeys

KEY: Final = "FLOWENGINE_MASTER_KEY"
FILE: Final = "FLOWENGINE_KEY_FILE"
DEFAULT: Final = "flowengine.key"
_OWNER_ONLY: Final = 0o600


def master_keys() -> MasterKeys | None:
    """The master key that this call was given; None where there is none.

    Raises Trouble where one was named and cannot be used.
    """
    if KEY in os.environ:
        return _keys(os.environ[KEY], KEY)
    path = key_file()
    if FILE not in os.environ and not path.exists():
        return None
    try:
        return _keys(path.read_text("utf-8"), str(path))
    except UnicodeDecodeError:
        raise Trouble("no_key_in", path, exit_code=REFUSED) from None
    except OSError as error:
        raise unreadable(path, error) from error


def is_there() -> bool:
    """Whether this machine could encrypt: there is a master key, and the package for it."""
    return (KEY in os.environ or key_file().exists()) and find_spec("cryptography") is not None


def key_file() -> Path:
    """The file with the master key."""
    return Path(os.environ.get(FILE, DEFAULT))


def make_key_file(path: Path) -> None:
    """Write a new master key into a new file. Raises Trouble where there is one already."""
    from flowengine.runtime.privacy.master import new_master_key

    try:
        make(path, new_master_key().encode() + b"\n", mode=_OWNER_ONLY)
    except FileExistsError:
        raise Trouble("exists", path, exit_code=REFUSED) from None
    except OSError as error:
        raise unwritable(path, error) from error


def _keys(text: str, where: str) -> MasterKeys:
    from flowengine.errors import WrongInput
    from flowengine.runtime.privacy.master import MasterKeys

    try:
        return MasterKeys.of(text)
    except WrongInput:
        raise Trouble("no_key_in", where, exit_code=REFUSED) from None
