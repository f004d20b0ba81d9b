"""Values that some options and arguments take; another one is refused in the language of the call."""

from __future__ import annotations

from typing import Any

import click

from flowengine.cli.trouble import Trouble


class OneOf(click.Choice[str]):
    """One of some words. Another is refused with those that there are, and the nearest."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002 - click's signature
        """The word. Raises Trouble."""
        if value in self.choices:
            return str(value)
        from flowengine.definition.findings import nearest

        guess = nearest(str(value), self.choices)
        code = "not_one_of" if guess else "not_one_of_like_it"
        raise Trouble(code, _given(param, value), known=list(self.choices), guess=guess)


class Number(click.IntRange):
    """A whole number in a range. Another value is refused with the range."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number. Raises Trouble."""
        try:
            return int(super().convert(value, param, ctx))
        except click.UsageError as error:
            code = "not_a_number" if self.max is None else "not_a_number_below"
            raise Trouble(code, _given(param, value), least=self.min, most=self.max) from error


def _given(param: click.Parameter | None, value: object) -> str:
    """What was typed: an option with its value, or a word that stands alone."""
    return f"{param.opts[0]} {value}" if isinstance(param, click.Option) else str(value)
