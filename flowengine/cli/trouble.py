"""What stops a call: every mistake of a user as one sentence that says where, what, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from flowengine.cli.misuse import misuse
from flowengine.cli.places import hidden, is_url, shown
from flowengine.errors import FlowEngineError
from flowengine.texts import TEXTS, Lang, say

REFUSED = 1
WRONG_USE = 2
INTERRUPTED = 130


class Trouble(click.ClickException):
    """A mistake that the tables have a sentence for. `where` is what the user named, `params` the rest."""

    def __init__(
        self, code: str, where: object = "", *, exit_code: int = WRONG_USE, **params: object
    ) -> None:
        super().__init__(code)
        self.code = code
        self.params = {"where": where, **params}
        self.exit_code = exit_code  # type: ignore[misc]  # click: a constant of the class; here each has its own


class Faulty(click.ClickException):
    """Files that cannot be used; the message is what was found in them, line by line."""

    def __init__(self, lines: Iterable[str], *, exit_code: int = REFUSED) -> None:
        super().__init__("\n".join(lines))
        self.exit_code = exit_code  # type: ignore[misc]  # as above


def unreadable(path: Path, error: OSError) -> Trouble:
    """The trouble with a file that cannot be read."""
    if isinstance(error, IsADirectoryError) or path.is_dir():
        return Trouble("folder", path)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Trouble("no_file", path)
    return Trouble("unreadable", path, detail=error.strerror or error)


def unwritable(path: Path, error: OSError) -> Trouble:
    """The trouble with a file that cannot be written."""
    return Trouble("unwritable", path, detail=error.strerror or error)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """What is done to a file meanwhile. Raises Trouble when the system refuses."""
    try:
        yield
    except OSError as error:
        raise unwritable(path, error) from error


def complaint(error: Exception, lang: Lang, db: str) -> tuple[str, int]:
    """The sentence for what went wrong, and the exit code that goes with it."""
    match error:
        case Faulty():
            return error.message, error.exit_code
        case Trouble():
            said, code = say(f"trouble.{error.code}", lang, error.params), error.exit_code
        case click.UsageError(ctx=ctx):
            path = ctx.command_path if ctx else "flowengine"
            said = say("trouble.usage", lang, {"where": path, "detail": misuse(error, lang)})
            code = WRONG_USE
        case click.ClickException():
            said, code = error.format_message(), error.exit_code
        case click.Abort():
            said, code = say("trouble.interrupted", lang), INTERRUPTED
        case OSError():
            where = error.filename or say("trouble.output", lang)
            said, code = (
                say("trouble.system", lang, {"where": where, "detail": error.strerror or error}),
                REFUSED,
            )
        case _:
            detail = hidden(told(error, lang), db)
            said, code = say(_key(error, db), lang, {"where": shown(db), "detail": detail}), REFUSED
    return say("trouble.shown", lang, {"said": said}), code


def told(error: Exception, lang: Lang) -> str:
    """The words of an error of the engine, in `lang` where the tables have them."""
    if isinstance(error, FlowEngineError) and error.key:
        return say(error.key, lang, error.params)
    return str(error)


def _key(error: Exception, db: str) -> str:
    """The key of the sentence for an error of the engine: of its class, or of one that it derives from.

    A server has neither a path nor free space that a user could look at: it has a sentence of its own.
    """
    at = ".server" if is_url(db) else ""
    names = (
        f"trouble.{kind.__name__}{end}" for kind in type(error).__mro__ for end in dict.fromkeys((at, ""))
    )
    return next((name for name in names if name in TEXTS), f"trouble.{FlowEngineError.__name__}")
