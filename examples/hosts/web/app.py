"""A shop on FastAPI. Each request is one session and one transaction, for its own rows and for its order.

Run it with `uvicorn --app-dir examples/hosts/web --factory app:create_app`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from answers import answer_errors
from asked import Act, Asking, Key, Language, NewOrder, OrderId
from database import PATIENCE, open_database
from desk import Desk, Rows
from fastapi import APIRouter, Depends, FastAPI, Request
from sqlalchemy.orm import Session, sessionmaker

import flowengine
from flowengine import Principal
from flowengine.texts import Lang

PROCESS = Path(__file__).resolve().parents[1] / "shop-order.yaml"


@dataclass(frozen=True, slots=True)
class Shop:
    """The database of the shop, and flowengine in it."""

    sessions: sessionmaker[Session]
    engine: flowengine.Engine

    @contextmanager
    def desk(self, by: Principal, lang: Lang) -> Iterator[Desk]:
        """One request: committed when the block ends well, rolled back when it does not.

        A block in the endpoint, not a dependency with `yield`: FastAPI may end such a dependency after it
        has sent the answer, and then nobody is told that the commit failed.
        """
        with self.sessions.begin() as session:
            yield Desk(session, self.engine, by, lang)


def shop_of(request: Request) -> Shop:
    """The shop of this app."""
    shop: Shop = request.app.state.shop
    return shop


OurShop = Annotated[Shop, Depends(shop_of)]
router = APIRouter()


@router.post("/orders", status_code=201)
def take(shop: OurShop, by: Asking, lang: Language, key: Key, order: NewOrder) -> dict[str, Any]:
    with shop.desk(by, lang) as desk:
        return desk.take(order, key)


@router.post("/orders/{order_id}/acts")
def act(shop: OurShop, by: Asking, lang: Language, key: Key, order_id: OrderId, done: Act) -> dict[str, Any]:
    with shop.desk(by, lang) as desk:
        return desk.act(order_id, done, key)


@router.get("/orders/{order_id}")
def show(shop: OurShop, by: Asking, lang: Language, order_id: OrderId) -> dict[str, Any]:
    with shop.desk(by, lang) as desk:
        return desk.show(order_id)


@router.get("/work")
def work(shop: OurShop, by: Asking, lang: Language) -> list[dict[str, Any]]:
    with shop.desk(by, lang) as desk:
        return desk.work()


def create_app(url: str = "sqlite:///shop.db", patience: float = PATIENCE) -> FastAPI:
    """The app on the database of `url`."""
    database = open_database(url, patience)
    engine = flowengine.connect(database)
    engine.deploy(PROCESS)
    Rows.metadata.create_all(database)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        database.dispose()

    app = FastAPI(title="Shop", lifespan=lifespan)
    app.state.shop = Shop(sessionmaker(database), engine)
    app.include_router(router)
    answer_errors(app)
    return app
