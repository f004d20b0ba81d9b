"""Help in the language of the call: the usage, the options and the words around them, from the tables."""

from __future__ import annotations

from functools import partial
from typing import Final

import click
from click.shell_completion import CompletionItem

from flowengine.cli.desk import Desk
from flowengine.texts import TEXTS, Lang, say


class Told(click.Option):
    """An option whose `help` is the key of what is said of it."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """How it is written, and what it does, with what it takes where nothing is given."""
        record = super().get_help_record(ctx)
        if record is None:
            return None
        lang, extra = lang_of(ctx), self.get_help_extra(ctx)
        notes: list[str] = []
        if "envvars" in extra:
            notes.append(say("help.env", lang, {"name": extra["envvars"]}))
        if "default" in extra:
            notes.append(say("help.default", lang, {"value": extra["default"]}))
        if "range" in extra:
            notes.append(extra["range"])
        if "required" in extra:
            notes.append(say("help.required", lang))
        said = say(self.help or "", lang)
        between = "；" if lang == "zh" else "; "
        return record[0], f"{said}  [{between.join(notes)}]" if notes else said


option: Final = partial(click.option, cls=Told)
"""`click.option`, whose `help` is the key of a text."""


class Helping(click.Command):
    """A command that says in the language of the call what click says in its own."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How it is called."""
        prefix = say("help.usage", lang_of(ctx), {"call": ""})
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The words behind its name."""
        said = {say(key, "en"): say(key, lang_of(ctx)) for key in ("help.takes_options", "help.takes_verb")}
        return [said.get(piece, piece) for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, each with what it does."""
        options = (each for each in self.get_params(ctx) if isinstance(each, click.Option))
        records = [record for each in options if (record := each.get_help_record(ctx))]
        with formatter.section(say("help.options", lang_of(ctx))):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, which click adds."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("option.help", lang_of(ctx))
        return option

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """What a word may be completed to."""
        items = super().shell_complete(ctx, incomplete)
        for item in items:
            if item.help in TEXTS:
                item.help = say(item.help, lang_of(ctx))
        return items


def lang_of(ctx: click.Context) -> Lang:
    """The language of the call."""
    return ctx.ensure_object(Desk).lang
