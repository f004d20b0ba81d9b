"""The command `flowengine`: speaks the user's language, and turns every mistake into one sentence."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import click

from flowengine.cli.desk import Desk
from flowengine.cli.helping import option
from flowengine.cli.language import language
from flowengine.cli.options import lang_option
from flowengine.cli.trouble import complaint
from flowengine.cli.verbs import Verbs
from flowengine.errors import FlowEngineError, NotFound
from flowengine.texts import say


class Cli(Verbs):
    """The command as a whole."""

    def main(  # type: ignore[override]  # click's has an overload that never returns
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **rest: Any
    ) -> Any:
        """Carry out one call and exit with its code; without `standalone_mode` return the code instead."""
        standalone = rest.pop("standalone_mode", True)
        words = sys.argv[1:] if args is None else list(args)
        desk = Desk(lang=language(words, os.environ))
        _show_what_can_be_shown()
        _read_what_can_be_read()
        rest |= {"prog_name": prog_name or "flowengine", "standalone_mode": False, "obj": desk}
        code = _answered(lambda: super(Cli, self).main(args, **rest), desk)
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
        if isinstance(error, NotFound) and desk.person:
            _note_strangers(desk)
    return code if isinstance(code, int) else 0


def _note_strangers(desk: Desk) -> None:
    """Say so of a slip in a role: for one that has nothing to do here nothing is there."""
    from contextlib import closing, suppress

    from flowengine.cli.telling.naming import note_strangers

    with suppress(FlowEngineError, click.ClickException), closing(desk.engine()) as engine:
        note_strangers(engine, desk)


def _show_what_can_be_shown() -> None:
    """On a terminal that has no Chinese, show the code of a sign rather than fall over it; likewise where the
    output was closed, for which questions would fall.
    """
    sys.stdout = sys.stdout or io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _read_what_can_be_read() -> None:
    """Where the input was closed there is nothing to read, and what is not in its encoding shows as code."""
    if sys.stdin is None:
        sys.stdin = io.StringIO()
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="backslashreplace")


def _version(ctx: click.Context, _param: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click's signature
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            click.echo(f"flowengine {version('flowengine-orders')}")
        except PackageNotFoundError:
            click.echo("flowengine, from a checkout")
        ctx.exit()


@click.group(
    "flowengine",
    cls=Cli,
    no_args_is_help=True,
    invoke_without_command=True,
    subcommand_metavar=say("help.takes_verb", "en"),
)
@option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="option.version"
)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Order processes: checked, drawn, rehearsed and run."""
    if ctx.invoked_subcommand is None:
        raise click.exceptions.NoArgsIsHelpError(ctx)


cli.params.append(lang_option())


def main() -> NoReturn:
    """Carry out what was typed, and exit with 0 (fine), 1 (refused, findings) or 2 (wrong use)."""
    sys.exit(cli.main(standalone_mode=False))
