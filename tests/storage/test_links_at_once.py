"""Many answer on one link at once, on both databases: one answer counts, the others learn of it."""

from __future__ import annotations

from functools import partial

from flowengine import NotFound
from flowengine.runtime.links import Answer
from tests.runtime.shop import DESK
from tests.runtime.test_links import SALE
from tests.storage.hosts import Host
from tests.storage.racing import at_once


def test_of_many_answers_at_once_one_counts(host: Host) -> None:
    shop = host.shop
    shop.deploy(SALE)
    id = shop.start(process="sale").order_id
    token = shop.engine.link(id, "agreed", by=DESK).token

    def answer(score: int) -> Answer:
        return shop.engine.answer(token, values={"score": str(score)})

    answers = at_once(*(partial(answer, score) for score in range(6)))
    (winner,) = [score for score, each in enumerate(answers) if each.ok]
    assert {each.asked.state for each in answers if not each.ok} == {"answered"}
    assert shop.engine.order(id, by=DESK).order.fields["score"] == winner


def test_a_link_that_is_taken_back_while_it_is_used_is_one_or_the_other(host: Host) -> None:
    shop = host.shop
    shop.deploy(SALE)
    id = shop.start(process="sale").order_id
    made = shop.engine.link(id, "agreed", by=DESK)
    assert made.link is not None

    def revoke() -> bool:
        try:
            return shop.engine.revoke_link(id, made.link.id, by=DESK).ok if made.link else False
        except NotFound:
            return False

    def use() -> bool:
        return shop.engine.answer(made.token, values={"score": "1"}).ok

    used, revoked = at_once(use, revoke)
    (link,) = shop.engine.links(id, by=DESK)
    assert used is not revoked
    assert (link.used_at is not None, link.revoked_at is not None) == (used, revoked)
