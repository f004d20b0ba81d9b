"""Many claim the same work at once, on both databases: exactly one has it, and all others learn who."""

from __future__ import annotations

from functools import partial

from flowengine import Claim, Principal, Result
from tests.runtime.shop import HOST
from tests.storage.hosts import Host
from tests.storage.racing import at_once


def test_of_many_who_claim_at_once_one_has_the_work_and_the_others_learn_who(host: Host) -> None:
    shop = host.shop
    id = shop.start("A").order_id
    people = [Principal.of(f"clerk {n}", "desk") for n in range(6)]

    def claim(who: Principal) -> Result:
        return shop.engine.do(id, Claim("checked"), by=who)

    answers = at_once(*(partial(claim, who) for who in people))
    (winner,) = [who for who, answer in zip(people, answers, strict=True) if answer.ok]
    refused = [blocker for answer in answers for blocker in answer.blockers]
    assert [(each.code, each.owner) for each in refused] == [("taken", (f"@{winner.id}",))] * 5
    assert winner.id in refused[0].message("en")
    assert [task.key for task in shop.engine.work(by=winner, mine=True).items] == ["checked"]
    assert [task.key for task in shop.engine.work(by=people[0], mine=False).items] == (
        ["checked", "priced"] if people[0] == winner else ["priced"]
    )
    assert {(task.role, task.key) for task in shop.engine.work(by=HOST).items} == {
        (f"@{winner.id}", "checked"),
        ("desk", "priced"),
        ("qa", "priced"),
    }
