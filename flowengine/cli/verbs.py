"""The verbs of the command line: where each stands, found and imported only when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click

from flowengine.cli.desk import Desk
from flowengine.cli.helping import Helping
from flowengine.cli.misuse import reading
from flowengine.cli.trouble import Trouble
from flowengine.texts import say

VERBS: Final = {
    "init": "init",
    "validate": "validate",
    "finding": "finding",
    "graph": "graph",
    "calendar": "calendar_",
    "scenario": "scenario",
    "train": "train",
    "schema": "schema",
    "deploy": "deploy",
    "diff": "diff",
    "import": "import_",
    "start": "start",
    "do": "do",
    "link": "link",
    "event": "event",
    "serve": "serve",
    "list": "list",
    "show": "show",
    "explain": "explain",
    "why-due": "why_due",
    "history": "history",
    "exceptions": "exceptions",
    "tick": "tick",
    "reckon": "reckon",
    "worker": "worker",
    "outbox": "outbox",
    "release": "release",
    "doctor": "doctor",
    "verify": "verify",
    "audit": "audit",
    "migrate": "migrate",
    "key": "key",
    "person": "person",
}
"""Each verb and the file that carries it out, in the order in which a newcomer meets them."""


class Verbs(Helping, click.Group):
    """The verbs, each imported when it is called and not before: help of all of them imports none."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words before the verb."""
        with reading(ctx):
            return super().parse_args(ctx, args)

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
        """The verb that the words name. Raises Trouble with the nearest one when there is none."""
        if args[0] not in VERBS and not args[0].startswith("-"):
            from flowengine.definition.findings import nearest

            guess = nearest(args[0], VERBS)
            raise Trouble("no_verb" if guess else "no_verb_like_it", args[0], guess=guess)
        return super().resolve_command(ctx, args)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the whole command is for."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say("help.flowengine", ctx.ensure_object(Desk).lang))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the verbs."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs with what each does, from the tables."""
        lang = ctx.ensure_object(Desk).lang
        with formatter.section(say("help.verbs", lang)):
            formatter.write_dl([(name, say(f"help.{name}", lang)) for name in VERBS])
