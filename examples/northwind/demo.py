"""The demo: 830 real orders run through a process written in YAML, then the page that an order manager reads.

Run it as `python examples/northwind/demo.py`; `--help` shows its options.
"""

from __future__ import annotations

import shlex
import sys
from contextlib import nullcontext
from pathlib import Path
from time import perf_counter

import click
from page import Desk, Played
from replay import CHECKOUT, ReplayClock, days_of, read, replay
from sentences import Lang, say

from flowengine import Engine, FlowEngineError, connect


def play(engine: Engine, clock: ReplayClock, lang: Lang) -> Played:
    """Replay the whole file, with a bar where somebody watches."""
    lines = read()
    days = replay(engine, clock, lines)
    begun = perf_counter()
    watched = sys.stderr.isatty()
    length, label = len(days_of(lines)), say("playing", lang)
    with click.progressbar(days, length, label, file=sys.stderr) if watched else nullcontext(days) as each:
        played = tuple(each)
    return Played(played, perf_counter() - begun)


def place(db: Path | None, lang: Lang) -> Path:
    """Where the database goes: a path that is free, or one of our own that is made anew."""
    if db is not None:
        if db.exists():
            raise click.ClickException(say("exists", lang, path=db))
        return db
    own = CHECKOUT / "build" / "northwind.db"
    own.parent.mkdir(exist_ok=True)
    for part in ("", "-wal", "-shm"):
        own.with_name(own.name + part).unlink(missing_ok=True)
    return own


def shown(path: Path) -> str:
    """The path as one would type it here."""
    here = Path.cwd()
    return shlex.quote(str(path.relative_to(here) if path.is_relative_to(here) else path))


@click.command()
@click.option(
    "--db",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A new database [default: build/northwind.db, made anew]",
)
@click.option(
    "--lang",
    type=click.Choice(["en", "zh"]),
    default="en",
    show_default=True,
    help="The language of the page.",
)
def main(db: Path | None, lang: Lang) -> None:
    """Run 830 real orders through processes/northwind-order.yaml and print what an order manager asks."""
    try:
        path, clock = place(db, lang), ReplayClock()
        engine = connect(path, clock=clock)
        played = play(engine, clock, lang)
        click.echo("\n".join(Desk(engine, lang).page(played, shown(path))))
    except FlowEngineError as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main()
