"""What click finds wrong with the words of a call, said in the language of the call and not in click's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from flowengine.texts import Lang, say


class TooManyWords(click.UsageError):
    """Words behind those that a verb takes."""

    def __init__(self, words: Sequence[str], ctx: click.Context) -> None:
        super().__init__(" ".join(words), ctx)


@contextmanager
def reading(ctx: click.Context) -> Iterator[None]:
    """Let a mistake say in which verb it was made: that of an option without its value does not know."""
    try:
        yield
    except click.UsageError as error:
        error.ctx = error.ctx or ctx
        raise


def misuse(error: click.UsageError, lang: Lang) -> str:
    """What is wrong, without a full stop; what a later click finds besides, in its own words."""
    match error:
        case TooManyWords():
            return say("misuse.too_many", lang, {"words": error.message})
        case click.MissingParameter(param=click.Parameter() as param, ctx=click.Context() as ctx):
            return say("misuse.missing", lang, {"name": param.make_metavar(ctx).strip("[]")})
        case click.NoSuchOption(option_name=name, possibilities=list(near)) if near:
            return say("misuse.no_option", lang, {"name": name, "guess": " / ".join(sorted(near))})
        case click.NoSuchOption(option_name=name):
            return say("misuse.no_option_like_it", lang, {"name": name})
        case click.BadOptionUsage(option_name=name, ctx=click.Context() as ctx):
            return _without_or_with_value(name, ctx, lang)
        case _:
            return error.format_message().rstrip(".")


def _without_or_with_value(name: str, ctx: click.Context, lang: Lang) -> str:
    option = next((each for each in ctx.command.params if name in (*each.opts, *each.secondary_opts)), None)
    if not isinstance(option, click.Option) or option.is_flag:
        return say("misuse.takes_no_value", lang, {"name": name})
    return say("misuse.wants_value", lang, {"name": name, "value": option.make_metavar(ctx)})
