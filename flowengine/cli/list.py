"""`flowengine list`: orders, what waits for somebody, or what somebody was told, page by page."""

from __future__ import annotations

from typing import Final

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import asking, verb
from flowengine.cli.trouble import Trouble
from flowengine.cli.values import Number

_NARROWING: Final = "--stage, --open, --closed, --late, --held, --awaiting, --parked, --find"


@verb("list")
@option("--process", metavar="NAME", help="option.list.process")
@option("--stage", metavar="NAME", help="option.list.stage")
@option("--open/--closed", "is_open", default=None, help="option.list.open")
@option("--late", is_flag=True, help="option.list.late")
@option("--held", is_flag=True, help="option.list.held")
@option("--awaiting", metavar="ROLE", help="option.list.awaiting")
@option("--parked", is_flag=True, help="option.list.parked")
@option("--find", metavar="FIELD=VALUE", help="option.list.find")
@option("--work", is_flag=True, help="option.list.work")
@option("--mine", is_flag=True, help="option.list.mine")
@option("--messages", is_flag=True, help="option.list.messages")
@option("--limit", type=Number(1, 200), default=50, show_default=True, help="option.limit")
@option("--after", metavar="CURSOR", help="option.after")
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
