"""Parts of an order: those into which it is split, and those with a life of their own."""

from __future__ import annotations

from flowengine.compiler import plan as plans
from flowengine.compiler.making.maker import Maker
from flowengine.compiler.sites import ORDER
from flowengine.compiler.ways import Move
from flowengine.definition import words
from flowengine.definition.dividing import MOST_PARTS, done_end, done_need
from flowengine.definition.inner import name_of
from flowengine.definition.words import Text


def part(make: Maker, said: words.Part) -> plans.Part:
    """The parts into which an order may be split; whoever is done with the last stage goes to an end."""
    assert said.of is not None, "an order is split over a list"
    trigger, last = f"{said.name}!part", said.through[-1]
    make.moves.append(Move(last, trigger, done_end(make.process)))
    return plans.Part(
        name=said.name,
        title=said.title or Text(en=said.name),
        line=said.place.line,
        of=said.of,
        through=tuple(said.through),
        by=make.doers(said.by, ORDER),
        at_most=said.at_most or MOST_PARTS,
        trigger=trigger,
        done=make.need(done_need(said), make.order),
    )


def own_part(make: Maker, said: words.Part) -> plans.OwnPart:
    """Parts that are orders of a process of their own."""
    return plans.OwnPart(
        name=said.name,
        title=said.title or Text(en=said.name),
        line=said.place.line,
        process=name_of(make.process.process, said.name),
        by=make.doers(said.by, ORDER) or (str(make.process.owner),),
        at_most=said.at_most or 0,
    )
