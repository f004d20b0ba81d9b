"""The words that several verbs take, each once: who asks, which database, which form, which order."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from flowengine.cli.desk import DATABASE, Desk
from flowengine.cli.helping import Helping, Told, option
from flowengine.cli.misuse import TooManyWords, reading
from flowengine.cli.trouble import Trouble
from flowengine.cli.values import OneOf
from flowengine.texts import LANGUAGES, say

F = TypeVar("F", bound=Callable[..., Any])
PATH = click.Path(path_type=Path)
MOST = 2**63 - 1
_PERSON = re.compile(r"([^\s:,][^:]*):([a-z][a-z0-9_]*(?:,[a-z][a-z0-9_]*)*)")


class Verb(Helping):
    """A verb whose help stands in the tables: `help.NAME` says what it does, `help.NAME.example` shows it."""

    allow_extra_args = True  # click would speak English of them

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words behind the verb."""
        with reading(ctx):
            super().parse_args(ctx, args)
        if ctx.args:
            raise TooManyWords(ctx.args, ctx)
        return ctx.args

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The summary, in the language of the call."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say(f"help.{self.name}", ctx.ensure_object(Desk).lang))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples, one on a line, never broken: they are there to be copied."""
        lang = ctx.ensure_object(Desk).lang
        with formatter.section(say("help.examples", lang)):
            for line in say(f"help.{self.name}.example", lang).splitlines():
                formatter.write(f"{'':{formatter.current_indent}}{line}\n")

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - click's own would cut the sentence
        """The summary, for lists of verbs and for completion."""
        ctx = click.get_current_context(silent=True)
        return say(f"help.{self.name}", ctx.ensure_object(Desk).lang if ctx else "en")


def verb(name: str) -> Callable[[Callable[..., Any]], Verb]:
    """A verb of the command line, made from the function that carries it out and returns its exit code."""

    def made(function: Callable[..., Any]) -> Verb:
        command = click.command(name, cls=Verb)(function)
        command.params.append(lang_option())
        return command

    return made


def _kept(name: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """A callback that puts the value of an option on the desk instead of handing it to the verb."""

    def keep(ctx: click.Context, _param: click.Parameter, value: Any) -> None:
        setattr(ctx.ensure_object(Desk), name, value)

    return keep


def _keep_place(ctx: click.Context, param: click.Parameter, value: str) -> None:
    _refuse_empty_setting(ctx, param)
    if not value.strip():
        raise Trouble("no_place", "--db")
    ctx.ensure_object(Desk).db = value


def _refuse_empty_setting(ctx: click.Context, param: click.Parameter) -> None:
    """Raise Trouble where a setting is there and empty, as of a script whose variable was not filled.

    Click would pass over it, and an order would be asked for by the host itself, or of another database.
    """
    given = ctx.get_parameter_source(param.name or "")
    name = str(param.envvar)
    if given is not ParameterSource.COMMANDLINE and not os.environ.get(name, "-").strip():
        raise Trouble("empty_setting", name)


def person(text: str) -> tuple[str, tuple[str, ...]]:
    """The id and the roles in `li.wei:order_desk,finance`. Raises Trouble with the form that is wanted."""
    found = _PERSON.fullmatch(text.strip())
    if not found:
        raise Trouble("not_a_person", text)
    return found[1].strip(), tuple(dict.fromkeys(found[2].split(",")))


def _keep_person(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    _refuse_empty_setting(ctx, param)
    ctx.ensure_object(Desk).person = person(value) if value is not None else None


def _demand_person(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    _refuse_empty_setting(ctx, param)
    if value is None:
        raise Trouble("nobody", ctx.command_path)
    _keep_person(ctx, param, value)


def lang_option() -> click.Option:
    """`--lang`, after the verb as well as before it; it was obeyed before anything was parsed."""
    languages = OneOf(LANGUAGES)
    return Told(["--lang"], type=languages, expose_value=False, help="option.lang")


def db_option(function: F) -> F:
    """`--db`."""
    return option(
        "--db", metavar="PATH|URL", envvar="FLOWENGINE_DB", default=DATABASE, show_default=True,
        show_envvar=True, callback=_keep_place, expose_value=False,
        help="option.db",
    )(function)  # fmt: skip


def as_option(*, required: bool = False) -> Callable[[F], F]:
    """`--as`; who gives a command must be named, who only asks need not be."""
    return option(
        "--as", "person", metavar="ID:ROLE,ROLE", envvar="FLOWENGINE_AS", show_envvar=True,
        expose_value=False, callback=_demand_person if required else _keep_person,
        help="option.as" if required else "option.asking",
    )  # fmt: skip


def format_option(function: F) -> F:
    """`--format`."""
    return option(
        "--format", type=OneOf(["text", "json"]), default="text", show_default=True,
        callback=_kept("format"), expose_value=False, help="option.format",
    )(function)  # fmt: skip


def process_option(function: F) -> F:
    """`--process`, for numbers that orders of several processes have."""
    return option("--process", metavar="NAME", help="option.process")(function)


def asking(function: F) -> F:
    """The options of a question."""
    return as_option()(db_option(format_option(function)))


def acting(function: F) -> F:
    """The options of a command on orders."""
    return as_option(required=True)(db_option(format_option(function)))
