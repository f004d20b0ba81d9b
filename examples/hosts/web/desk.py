"""What the shop does with orders, and its own rows about them, in a session that somebody else commits.

Both apps use it: `app` as it is, `async_app` inside `AsyncSession.run_sync`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from answers import NotPossible, blockers_in
from asked import Act, NewOrder
from sqlalchemy import BigInteger
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from flowengine import Engine, Principal, Result
from flowengine.runtime.flow import Flow
from flowengine.texts import Lang


class Rows(DeclarativeBase):
    """The shop's own tables."""


class Sale(Rows):
    """What the shop knows of an order besides. `order_id` is the order's id in flowengine."""

    __tablename__ = "web_sales"
    order_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    number: Mapped[str]
    gift_note: Mapped[str]
    stage: Mapped[str]


@dataclass(frozen=True, slots=True)
class Desk:
    """One request of one person."""

    session: Session
    engine: Engine
    by: Principal
    lang: Lang

    def take(self, order: NewOrder, key: str) -> dict[str, Any]:
        """Open an order, with a sale of our own. Raises NotPossible."""
        # flowengine first, our rows second, here and in `act`: on SQLite it takes the write lock, and
        # wherever rows are locked, all lock them in the same order.
        result = self._carried_out(self._flow.start("shop-order", order.fields, by=self.by, key=key))
        if not result.repeated:
            note = order.gift_note
            self.session.add(
                Sale(order_id=result.order_id, number=result.number, gift_note=note, stage=result.stage)
            )
        return _answer(result)

    def act(self, order_id: int, act: Act, key: str) -> dict[str, Any]:
        """Carry out an act, and keep our sale up to date. Raises NotPossible."""
        result = self._carried_out(
            self._flow.do(order_id, act.command, by=self.by, key=key, reason=act.reason, expect=act.revision)
        )
        if not result.repeated:
            self.session.get_one(Sale, order_id).stage = result.stage
        return _answer(result)

    def show(self, order_id: int) -> dict[str, Any]:
        """Where an order stands, what it waits for, and what may be chosen."""
        view, explanation = self._flow.explain(order_id, by=self.by)
        return {
            "order_id": order_id,
            "number": view.row.number,
            "revision": view.row.revision,
            "stage": explanation.stage,
            "title": explanation.title.say(self.lang),
            "due_at": explanation.due_at,
            "missing": blockers_in(explanation.blockers, self.lang),
            "choices": {each.outcome.name: each.outcome.title.say(self.lang) for each in explanation.choices},
            "gift_note": self.session.get_one(Sale, order_id).gift_note,
        }

    def work(self) -> list[dict[str, Any]]:
        """What waits for the roles of this person."""
        tasks = self._flow.work(by=self.by).items
        return [
            {"order_id": task.order_id, "number": task.number, "task": task.key, "due_at": task.due_at}
            for task in tasks
        ]

    @property
    def _flow(self) -> Flow:
        return self.engine.at(self.session.connection())

    def _carried_out(self, result: Result) -> Result:
        if not result.ok:
            raise NotPossible(result.blockers)
        return result


def _answer(result: Result) -> dict[str, Any]:
    return {
        "order_id": result.order_id,
        "number": result.number,
        "revision": result.revision,
        "stage": result.stage,
        "repeated": result.repeated,
    }
