"""`flowengine worker`: let time pass, all the time, until it is told to stop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from flowengine.cli.channels import channels_option, settings_of
from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.functions import functions_of, functions_option
from flowengine.cli.helping import option
from flowengine.cli.options import db_option, verb
from flowengine.cli.places import hidden
from flowengine.cli.trouble import Trouble

_SECONDS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0}
_SHORTEST: Final = 0.1
_LONGEST: Final = 3_600.0


def _seconds(_ctx: click.Context, _param: click.Parameter, value: str) -> float:
    """A wait as people write it: `5s`, `500ms`, `1m`. Raises Trouble where it is not one for a worker."""
    found = re.fullmatch(r"([0-9]{1,6}) ?(ms|s|m)", value)
    seconds = int(found[1]) * _SECONDS[found[2]] if found else 0.0
    if not _SHORTEST <= seconds <= _LONGEST:
        raise Trouble("not_a_wait", value)
    return seconds


@verb("worker")
@option("--once", is_flag=True, help="option.worker.once")
@option(
    "--poll",
    default="5s",
    show_default=True,
    metavar="TIME",
    callback=_seconds,
    help="option.worker.poll",
)
@channels_option
@functions_option
@db_option
@pass_desk
def command(desk: Desk, *, once: bool, poll: float, channels: Path | None, functions: str | None) -> int:
    """Exit with 0 when it was told to stop; with `--once` also when an order had to be parked."""
    import logging
    from random import random

    from flowengine.cli.telling.ticked import tell_ticked
    from flowengine.worker.heartbeat import signature
    from flowengine.worker.loop import REST, Worker
    from flowengine.worker.postman import Postman
    from flowengine.worker.signals import run_until_told
    from flowengine.worker.thread import Running

    engine = desk.engine(settings=settings_of(desk, channels), functions=functions_of(functions))
    carries = bool(channels or functions)
    rest = 0.0 if desk.is_server else REST
    if once:
        silent = logging.getLogger("flowengine.worker.once")
        silent.setLevel(logging.CRITICAL)  # what it did is the answer of this call
        ticked = Worker(engine, name=signature("worker"), rest=rest, log=silent).catch_up()
        tell_ticked(desk, ticked)
        if carries:
            done = Postman(engine, name=signature(Postman.kind), log=silent).catch_up()
            desk.print("postman.done", sent=done.sent, retried=done.retried, dead=done.dead)
            if done.held:
                desk.print("postman.held", held=done.held)
        return 0
    with _said_on_stderr(desk):
        worker = Worker(engine, name=signature("worker"), poll=poll, rest=rest, rng=random, lang=desk.lang)
        name = signature(Postman.kind)
        postman = [Postman(engine, name=name, poll=poll, rng=random, lang=desk.lang)] if carries else []
        run_until_told(Running(worker, *postman))
    return 0


@contextmanager
def _said_on_stderr(desk: Desk) -> Iterator[None]:
    """Print what the worker says, with the time of this machine, and no password, whoever wrote it there."""
    import logging

    class Discreet(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            return hidden(super().format(record), desk.db)

    handler = logging.StreamHandler()
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%d %H:%M:%S%z"))
    log = logging.getLogger("flowengine.worker")
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.removeHandler(handler)
