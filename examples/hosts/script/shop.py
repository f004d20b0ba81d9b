"""A shop with tables of its own: a sale is written in one transaction with its order, or not at all.

Run it as `python examples/hosts/script/shop.py`, or with `--db postgresql://user@host/database`.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

import flowengine

PROCESS = Path(__file__).resolve().parents[1] / "shop-order.yaml"
COUNTER = flowengine.Principal.of("counter-1", "counter")

tables = sa.MetaData()
accounts = sa.Table(
    "accounts",
    tables,
    sa.Column("customer", sa.Text, primary_key=True),
    sa.Column("cents", sa.Integer, nullable=False),
)
sales = sa.Table("sales", tables, sa.Column("number", sa.Text), sa.Column("customer", sa.Text))


class NotPaid(Exception):
    """There is not enough in the customer's account."""


def sell(shop: sa.Engine, engine: flowengine.Engine, customer: str, basket: str, cents: int) -> str:
    """Take an order and its payment; returns the order's number. The same basket is sold once."""
    values = {"customer": customer, "address": "南京路 1 号", "total": cents / 100}
    with shop.begin() as connection:
        flow = engine.at(connection)
        order = flow.start("shop-order", values, by=COUNTER, key=f"{customer}/{basket}").or_raise()
        if order.repeated:
            return f"{order.number}, as before"
        connection.execute(sales.insert().values(number=order.number, customer=customer))
        account = accounts.update().where(accounts.c.customer == customer, accounts.c.cents >= cents)
        if connection.execute(account.values(cents=accounts.c.cents - cents)).rowcount != 1:
            raise NotPaid  # and everything above is rolled back
        flow.do(order.order_id, flowengine.Done("paid"), by=COUNTER).or_raise()
    return order.number


def tell(shop: sa.Engine, engine: flowengine.Engine, customer: str) -> None:
    """Print what is there: in the shop's own tables, and of orders."""
    with shop.connect() as connection:
        left = connection.scalars(sa.select(accounts.c.cents).where(accounts.c.customer == customer)).one()
        numbers = list(connection.scalars(sa.select(sales.c.number).where(sales.c.customer == customer)))
    stages = [engine.order(number, by=COUNTER).row.stage for number in numbers]
    orders = sum(count.orders for count in engine.stages(by=COUNTER))
    print(f"{customer}: CNY {left / 100:.2f} left, bought {numbers} in {stages}; orders in all: {orders}")


def main() -> None:
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--db", default="sqlite:///shop.db", help="SQLAlchemy's URL [%(default)s]")
    url = sa.make_url(parser.parse_args().db)
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    shop, customer = sa.create_engine(url), f"customer {uuid4().hex[:6]}"
    engine = flowengine.connect(shop)
    engine.deploy(PROCESS)
    tables.create_all(shop)
    with shop.begin() as connection:
        connection.execute(accounts.insert().values(customer=customer, cents=50_000))
    for basket, cents in (("first", 30_000), ("second", 90_000), ("first", 30_000)):
        try:
            print(f"{basket} basket: sold as {sell(shop, engine, customer, basket, cents)}")
        except NotPaid:
            print(f"{basket} basket: not paid, so neither sold nor ordered")
    tell(shop, engine, customer)
    shop.dispose()


if __name__ == "__main__":
    main()
