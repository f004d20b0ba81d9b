"""The same shop on an asynchronous SQLAlchemy session: flowengine runs inside `run_sync`.

What is committed, and when, is the same as in `app`. Run it with
`uvicorn --app-dir examples/hosts/web --factory async_app:create_app`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar

from answers import answer_errors
from asked import Act, Asking, Key, Language, NewOrder, OrderId
from database import PATIENCE, open_async_database, open_database
from desk import Desk, Rows
from fastapi import APIRouter, Depends, FastAPI, Request
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

import flowengine
from flowengine import Principal
from flowengine.texts import Lang

PROCESS = Path(__file__).resolve().parents[1] / "shop-order.yaml"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shop:
    """The database of the shop, and flowengine, which deploys and ticks on connections of its own."""

    sessions: async_sessionmaker[AsyncSession]
    engine: flowengine.Engine

    async def at_desk(self, by: Principal, lang: Lang, work: Callable[[Desk], T]) -> T:
        """One request: committed when `work` ends well, rolled back when it does not."""
        async with self.sessions.begin() as session:
            return await session.run_sync(lambda inner: work(Desk(inner, self.engine, by, lang)))


def shop_of(request: Request) -> Shop:
    """The shop of this app."""
    shop: Shop = request.app.state.shop
    return shop


OurShop = Annotated[Shop, Depends(shop_of)]
router = APIRouter()


@router.post("/orders", status_code=201)
async def take(shop: OurShop, by: Asking, lang: Language, key: Key, order: NewOrder) -> dict[str, Any]:
    return await shop.at_desk(by, lang, lambda desk: desk.take(order, key))


@router.post("/orders/{order_id}/acts")
async def act(
    shop: OurShop, by: Asking, lang: Language, key: Key, order_id: OrderId, done: Act
) -> dict[str, Any]:
    return await shop.at_desk(by, lang, lambda desk: desk.act(order_id, done, key))


@router.get("/orders/{order_id}")
async def show(shop: OurShop, by: Asking, lang: Language, order_id: OrderId) -> dict[str, Any]:
    return await shop.at_desk(by, lang, lambda desk: desk.show(order_id))


@router.get("/work")
async def work(shop: OurShop, by: Asking, lang: Language) -> list[dict[str, Any]]:
    return await shop.at_desk(by, lang, lambda desk: desk.work())


def create_app(url: str = "sqlite:///shop.db", patience: float = PATIENCE) -> FastAPI:
    """The app on the database of `url`."""
    blocking = open_database(url, patience)
    database = open_async_database(url, patience)
    engine = flowengine.connect(blocking)
    engine.deploy(PROCESS)
    Rows.metadata.create_all(blocking)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        await database.dispose()
        blocking.dispose()

    app = FastAPI(title="Shop", lifespan=lifespan)
    app.state.shop = Shop(async_sessionmaker(database), engine)
    app.include_router(router)
    answer_errors(app)
    return app
