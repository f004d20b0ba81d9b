"""`--functions`: where the functions are that do calls out."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from flowengine.cli.helping import option
from flowengine.cli.trouble import Trouble

if TYPE_CHECKING:
    from flowengine.runtime.callers import Function
    from flowengine.runtime.inside import Inside

functions_option = option(
    "--functions",
    metavar="MODULE:NAME",
    envvar="FLOWENGINE_FUNCTIONS",
    show_envvar=True,
    help="option.functions",
)


def functions_of(where: str | None) -> Mapping[str, Function | Inside] | None:
    """The functions by name, from a module that may stand in the present folder; None where nobody asks.

    Raises Trouble where there is no such map. Importing the module runs it: it is the host's own.
    """
    from importlib import import_module

    if where is None:
        return None
    module, colon, name = where.partition(":")
    if not (module and colon and name):
        raise Trouble("functions_where", where)
    sys.path.insert(0, str(Path.cwd()))
    try:
        found = getattr(import_module(module), name)
    except Exception as error:
        raise Trouble("functions_broken", where, detail=f"{type(error).__name__}: {error}") from error
    finally:
        sys.path.pop(0)
    if not isinstance(found, Mapping) or not all(isinstance(each, str) for each in found):
        raise Trouble("functions_no_map", where)
    return found
