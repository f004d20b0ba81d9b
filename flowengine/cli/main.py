"""The command `flowengine`: finds the verb, speaks the user's language, and turns every mistake into one sentence."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final, NoReturn

import click

from flowengine.cli.desk import Desk
from flowengine.cli.language import language
from flowengine.cli.options import lang_option
from flowengine.cli.trouble import complaint
from flowengine.errors import FlowEngineError
from flowengine.texts import say

VERBS: Final = {
    "init": "init",
    "validate": "validate",
    "graph": "graph",
    "scenario": "scenario",
    "deploy": "deploy",
    "import": "import_",
    "start": "start",
    "do": "do",
    "list": "list",
    "show": "show",
    "explain": "explain",
    "history": "history",
    "tick": "tick",
    "verify": "verify",
}
"""Each verb and the file that carries it out, in the order in which a newcomer meets them."""


class Verbs(click.Group):
    """The verbs, each imported when it is called and not before: help of all of them imports none."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Every verb."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The verb of that name."""
        if cmd_name not in VERBS:
            return None
        found = import_module(f"flowengine.cli.{VERBS[cmd_name]}").command
        assert isinstance(found, click.Command)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that the words name. Raises UsageError with the nearest one when there is none."""
        if args[0] not in VERBS and not args[0].startswith("-"):
            from flowengine.definition.findings import nearest

            guess = nearest(args[0], VERBS)
            raise click.UsageError(_no_verb(ctx, args[0], guess), ctx)
        return super().resolve_command(ctx, args)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the whole command is for."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say("help.flowengine", ctx.ensure_object(Desk).lang))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs with what each does, from the tables."""
        lang = ctx.ensure_object(Desk).lang
        with formatter.section(say("help.verbs", lang)):
            formatter.write_dl([(name, say(f"help.{name}", lang)) for name in VERBS])

    def main(self, args: Any = None, prog_name: str | None = None, **rest: Any) -> Any:
        """Carry out one call and exit with its code; without `standalone_mode` return the code instead."""
        standalone = rest.pop("standalone_mode", True)
        words = sys.argv[1:] if args is None else list(args)
        desk = Desk(lang=language(words, os.environ))
        _show_what_can_be_shown()
        name = prog_name or "flowengine"
        code = _answered(lambda: super(Verbs, self).main(args, name, standalone_mode=False, obj=desk, **rest), desk)
        if standalone:
            sys.exit(code)
        return code


def _answered(call: Callable[[], Any], desk: Desk) -> int:
    """The exit code of a call. What is not a mistake of the user is a bug of ours and keeps its traceback."""
    try:
        code = call()
    except click.exceptions.NoArgsIsHelpError as shown:
        click.echo(shown.format_message(), err=True)
        return shown.exit_code
    except (FlowEngineError, click.ClickException, click.Abort, OSError) as error:
        said, code = complaint(error, desk.lang, desk.db)
        if isinstance(error, OSError) and error.filename is None:
            sys.stdout = io.StringIO()  # what could not be printed must not be tried again at the exit
        click.echo(said, err=True)
    return code if isinstance(code, int) else 0


def _show_what_can_be_shown() -> None:
    """On a terminal that has no Chinese, show the code of a sign rather than fall over it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _no_verb(ctx: click.Context, word: str, guess: str | None) -> str:
    lang = ctx.ensure_object(Desk).lang
    key = "trouble.no_verb" if guess else "trouble.no_verb_like_it"
    return say(key, lang, {"word": word, "guess": guess})


def _version(ctx: click.Context, _param: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click's signature
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            click.echo(f"flowengine {version('flowengine-orders')}")
        except PackageNotFoundError:
            click.echo("flowengine, from a checkout")
        ctx.exit()


@click.group(cls=Verbs)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="The version.")
def cli() -> None:
    """Order processes: checked, drawn, rehearsed and run."""


cli.params.append(lang_option())


def main() -> NoReturn:
    """Carry out what the command line says, and exit with 0 (fine), 1 (refused, findings) or 2 (wrong use)."""
    sys.exit(cli.main(standalone_mode=False))
