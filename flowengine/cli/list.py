"""`flowengine list`: orders, what waits for somebody, or what somebody was told, page by page."""

from __future__ import annotations

from typing import Final

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.options import asking, verb
from flowengine.cli.trouble import Trouble
from flowengine.cli.values import Number

_NARROWING: Final = "--stage, --open, --closed, --late, --held, --awaiting, --parked, --find"


@verb("list")
@click.option("--process", metavar="NAME", help="Only orders of this process.")
@click.option("--stage", metavar="NAME", help="Only orders in this stage or end.")
@click.option("--open/--closed", "is_open", default=None, help="Only open, or only closed orders.")
@click.option("--late", is_flag=True, help="Only orders past their time threshold, the latest first.")
@click.option("--held", is_flag=True, help="Only orders on which a hold lies.")
@click.option("--awaiting", metavar="ROLE", help="Only orders that wait for that role, or the customer.")
@click.option("--parked", is_flag=True, help="Only orders that could not be decided when their time came.")
@click.option("--find", metavar="FIELD=VALUE", help="Only orders that hold this private value, whole.")
@click.option("--work", is_flag=True, help="Instead: what waits for the roles of --as.")
@click.option("--mine", is_flag=True, help="Instead: what --as has claimed or been given.")
@click.option("--messages", is_flag=True, help="Instead: what the roles of --as were told.")
@click.option("--limit", type=Number(1, 200), default=50, show_default=True, help="At most so many lines.")
@click.option("--after", metavar="CURSOR", help="The next page, as the last one named it.")
@asking
@pass_desk
def command(  # noqa: PLR0913 - one parameter for each word that a user may give
    desk: Desk,
    *,
    process: str | None,
    stage: str | None,
    is_open: bool | None,
    late: bool,
    held: bool,
    awaiting: str | None,
    parked: bool,
    find: str | None,
    work: bool,
    mine: bool,
    messages: bool,
    limit: int,
    after: str | None,
) -> int:
    """Print one page and how to get the next."""
    from flowengine.cli.telling import listing

    narrowed = bool(stage or late or held or awaiting or parked or find or is_open is not None)
    _only_one("--work", work, "--messages", messages)
    _only_one("--work", work, "--mine", mine)
    _only_one("--mine", mine, "--messages", messages)
    _only_one("--work", work, _NARROWING, narrowed)
    _only_one("--mine", mine, _NARROWING, narrowed)
    _only_one("--messages", messages, f"--process, {_NARROWING}", narrowed or bool(process))
    _only_one("--late", late, "--closed", is_open is False)
    _only_one("--held", held, "--closed", is_open is False)
    asked = listing.Asked(process, stage, is_open, late, held, awaiting, parked, mine, _sought(find), limit)
    engine = desk.engine(watched=True)
    if messages:
        listed = listing.messages(desk, engine, asked, after)
    elif work or mine:
        listed = listing.work(desk, engine, asked, after)
    else:
        listed = listing.orders(desk, engine, asked, after)
    listing.show(desk, engine, listed)
    return 0


def _sought(find: str | None) -> tuple[str, str] | None:
    if find is None:
        return None
    field, sign, value = find.partition("=")
    if not (field and sign and value.strip()):
        raise Trouble("not_sought", find)
    return field, value


def _only_one(word: str, given: bool, other: str, other_given: bool) -> None:  # noqa: FBT001 - pairs of what was given
    if given and other_given:
        raise Trouble("not_together", word, other=other)
