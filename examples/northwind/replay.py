"""Two years of Northwind's order desk, played day by day through the engine on a clock of its own.

Every day, in the zone of the process: shortly after midnight time passes, at nine the orders of the day are
imported, at five is shipped what really left that day. The clock stops at six on the last day of the data.
What came of it is asked of the engine, not of the data. Nothing here prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import groupby
from pathlib import Path
from typing import Any, Final, TypeVar

from flowengine import Engine, Principal, Result, Write
from flowengine.runtime.importing import Imported, records_of
from flowengine.runtime.looking import OrderView, Page

FOLDER: Final = Path(__file__).resolve().parent
CHECKOUT: Final = FOLDER.parents[1]
ORDERS: Final = FOLDER / "orders.jsonl"
PROCESS: Final = CHECKOUT / "processes" / "northwind-order.yaml"
NAME: Final = "northwind-order"

TICK, IMPORT, SHIP, STOP = time(0, 1), time(9), time(17), time(18)

HOST: Final = Principal.system("northwind")
DAY: Final = 24 * 60 * 60 * 1000

Line = tuple[int, Mapping[str, Any]]
T = TypeVar("T")


class ReplayClock:
    """The clock of the replay, in milliseconds UTC: it stands still until it is set."""

    def __init__(self) -> None:
        self.now = 0

    def __call__(self) -> int:
        return self.now

    def set(self, day: date, hour: time, zone: tzinfo) -> None:
        self.now = int(datetime.combine(day, hour, zone).timestamp() * 1000)


@dataclass(frozen=True, slots=True)
class Day:
    """What one day brought: orders imported, orders shipped, and how many became late at midnight."""

    day: date
    imported: tuple[Imported, ...]
    shipped: tuple[Result, ...]
    late: int


@dataclass(frozen=True, slots=True)
class Late:
    """An order that became late. `days` are those begun between its due instant and its shipping, or now."""

    view: OrderView
    due: int
    days: int


def read(path: Path = ORDERS) -> tuple[Line, ...]:
    """The orders of the file, each with its line."""
    records = records_of(path.read_text("utf-8").splitlines(), "jsonl")
    return tuple((line, record) for line, record in records if isinstance(record, Mapping))


def days_of(lines: Iterable[Line]) -> tuple[date, ...]:
    """Every day from the first to the last on which an order was taken or shipped."""
    dates = [record[name] for _, record in lines for name in ("order_date", "shipped_date") if record[name]]
    first, last = date.fromisoformat(min(dates)), date.fromisoformat(max(dates))
    return tuple(first + timedelta(days=after) for after in range((last - first).days + 1))


def replay(engine: Engine, clock: ReplayClock, lines: tuple[Line, ...]) -> Iterator[Day]:
    """Play the orders through `engine`, which must run on `clock`; yields day after day.

    An order's shipped date is told to the engine on that day and not before.
    """
    days = days_of(lines)
    clock.set(days[0], TICK, UTC)
    engine.deploy(PROCESS.read_text("utf-8"), file=PROCESS.relative_to(CHECKOUT).as_posix())
    zone = engine.plan(NAME, by=HOST).zone
    taken, left = _by_day(lines, "order_date"), _by_day(lines, "shipped_date")
    ids: dict[int, int] = {}
    for day in days:
        clock.set(day, TICK, zone)
        late = engine.tick().late
        clock.set(day, IMPORT, zone)
        imported = tuple(_import(engine, taken.get(day, ()), ids))
        clock.set(day, SHIP, zone)
        shipped = tuple(_ship(engine, record, ids) for _, record in left.get(day, ()))
        yield Day(day, imported, shipped, late)
    clock.set(days[-1], STOP, zone)


def person(name: str, role: str) -> Principal:
    """Somebody named in the data: `Steven Buchanan` is `steven.buchanan`."""
    return Principal.of(name.lower().replace(" ", "."), role, name=name)


def _by_day(lines: Iterable[Line], field: str) -> dict[date, list[Line]]:
    days: dict[date, list[Line]] = {}
    for line, record in lines:
        if record[field]:
            days.setdefault(date.fromisoformat(record[field]), []).append((line, record))
    return days


def _import(engine: Engine, lines: Iterable[Line], ids: dict[int, int]) -> Iterator[Imported]:
    """Each employee hands in the orders that he or she took, in the order of the file."""
    for employee, group in groupby(lines, key=lambda line: line[1]["employee"]):
        handed_in = tuple(group)
        known = [(line, {**record, "shipped_date": None}) for line, record in handed_in]
        answers = engine.import_orders(NAME, known, by=person(employee, "sales"))
        for (_, record), imported in zip(handed_in, answers, strict=True):
            ids[record["order_id"]] = imported.result.order_id
            yield imported


def _ship(engine: Engine, record: Mapping[str, Any], ids: Mapping[int, int]) -> Result:
    """The carrier of the order reports the day on which it left."""
    written = Write({"shipped_date": record["shipped_date"]})
    return engine.do(ids[record["order_id"]], written, by=person(record["shipper"], "shipping"))


def late_orders(engine: Engine) -> tuple[Late, ...]:
    """The orders that the engine recorded as late, the worst first. Of each somebody was told."""
    messages = every(lambda after: engine.messages(by=HOST, after=after or 0, limit=200))
    numbers = dict.fromkeys(message.number for message in messages if message.about == "late")
    late = [_late(engine, number) for number in numbers]
    return tuple(sorted(late, key=lambda each: (-each.days, each.due, each.view.row.id)))


def open_orders(engine: Engine) -> tuple[OrderView, ...]:
    """The orders that are still open, the one due first at the head."""
    views = every(lambda after: engine.orders(by=HOST, process=NAME, status="open", after=after, limit=200))
    return tuple(sorted(views, key=lambda view: (view.row.due_at or 0, view.row.id)))


def on_the_day(engine: Engine, late: Iterable[Late]) -> int:
    """How many orders were shipped on the very day that was required, and are not among the late ones."""
    views = every(lambda after: engine.orders(by=HOST, process=NAME, status="closed", after=after, limit=200))
    numbers = {each.view.row.number for each in late}
    fields = [view.order.fields for view in views if view.row.number not in numbers]
    return sum(each["shipped_date"] == each["required_date"] for each in fields)


def every(ask: Callable[[Any], Page[T]]) -> Iterator[T]:
    """All items of a list that is answered page by page; `ask` is given where to go on."""
    page = ask(None)
    yield from page.items
    while page.after is not None:
        page = ask(page.after)
        yield from page.items


def _late(engine: Engine, number: str) -> Late:
    view = engine.order(number, by=HOST)
    events = [event for entry in engine.history(number, by=HOST).items for event in entry.record["events"]]
    due = next(event["due"] for event in events if event["event"] == "late")
    until = next((event["at"] for event in events if event["event"] == "ended"), engine.clock())
    return Late(view, due, -((due - until) // DAY))
