"""Links on which customers confirm: made, listed, taken back, asked and answered.

A link is good for one need of one order, as it was asked when the link was made. Of its token the store keeps
a hash, and history the first signs of that, which are the id of the link.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final, Literal, NamedTuple

from flowengine.compiler.plan import Need, Plan
from flowengine.definition.values import Stored
from flowengine.errors import ChangedMeanwhile, KeyReused, OrderDamaged, WrongInput
from flowengine.kernel.commands import Command, Confirm, Invite, Principal, Refuse, Request, Revoke
from flowengine.kernel.inviting import Question, question
from flowengine.kernel.order import Order
from flowengine.runtime.admission import (
    LINK_KEY,
    admit,
    admit_order,
    admit_principal,
    admit_token,
    admit_words,
    copied,
)
from flowengine.runtime.catalog import Catalog, may_read
from flowengine.runtime.commanding import Commanding
from flowengine.runtime.missing import denied, missing
from flowengine.runtime.ports import Clock, Session, Writer, instant, new_token
from flowengine.runtime.privacy.lens import UNREADABLE, Opener
from flowengine.runtime.result import Result
from flowengine.runtime.rows import LINK_SIGNS, LinkRow, OrderRow
from flowengine.runtime.sight import Sight

DAY: Final = 24 * 60 * 60_000
FORTNIGHT: Final = 14 * DAY
LONGEST: Final = 366 * DAY
"""A link that lies about for longer than that is one that nobody remembers."""

_OPENING: Final = Principal.system("link")

LinkState = Literal["unknown", "revoked", "answered", "expired", "ended", "gone", "open"]


class Invitation(NamedTuple):
    """A link that was made. The token is shown this once and kept nowhere; without a link it was refused."""

    result: Result
    link: LinkRow | None = None
    token: str = ""

    def url(self, base: str) -> str:
        """The address for the customer, below that of the pages."""
        return f"{base.rstrip('/')}/{self.token}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link asks at present; what is not `open` tells nothing of the order but the language.

    `covers` and `asks` are fields with their values, `shown` is the digest of the former.
    """

    state: LinkState
    plan: Plan | None = None
    number: str = ""
    need: Need | None = None
    covers: Mapping[str, Stored] = field(default_factory=dict)
    asks: Mapping[str, Stored] = field(default_factory=dict)
    shown: str = ""

    @property
    def is_open(self) -> bool:
        """Whether an answer would be taken."""
        return self.state == "open"


class Answer(NamedTuple):
    """What became of an answer: how the link stood before, and the result where one was given."""

    asked: Asked
    result: Result | None = None

    @property
    def ok(self) -> bool:
        """Whether it was taken."""
        return self.result is not None and self.result.ok


class Linking:
    """The links of one store."""

    def __init__(
        self, session: Session, catalog: Catalog, clock: Clock | None, commanding: Commanding
    ) -> None:
        self._session = session
        self._catalog = catalog
        self._clock = clock
        self._commanding = commanding

    def make(self, order_id: int, need: str, by: Principal, *, expires: int, reason: str) -> Invitation:
        """A link for the customer. Raises NotFound, and WrongInput for a time that is none."""
        if isinstance(expires, bool) or not isinstance(expires, int) or not 0 < expires <= LONGEST:
            raise WrongInput(f"a link is good for 1 to {LONGEST} milliseconds, not for {expires!r}")
        token = new_token()
        admit(request := Request(Invite(need, link_id(token), 0), by, reason))
        admit_order(order_id)

        def work(unit: Writer) -> Invitation:
            now = self._now(unit, order_id)
            command = Invite(need, link_id(token), now + expires)
            result = self._commanding.carry_out(unit, order_id, Request(command, by, reason))
            if not result.ok:
                return Invitation(result)
            asked = next(each.data["asking"] for each in result.events if each.kind == "invited")
            row = LinkRow(hash_of(token), order_id, need, asked, now, by.id, now + expires, None, None)
            unit.add_link(row)
            return Invitation(result, row, token)

        return self._commanding.within(request, work)

    def of(self, order_id: int, by: Principal) -> tuple[LinkRow, ...]:
        """The links of an order, oldest first. Raises NotFound, and NotAllowed for whom it is no concern."""
        admit_order(order_id)
        admit_principal(by)
        with self._session.reading() as unit:
            row = unit.order(order_id)
            if row is None:
                raise missing("order_id", id=order_id)
            if not may_read(self._catalog.plan(unit, row.definition_id), by):
                raise denied("links", order=order_id, by=by.id)
            return tuple(unit.links(order_id))

    def revoke(self, order_id: int, id: str, by: Principal, *, reason: str) -> Result:
        """Take a link back. Raises NotFound where the order has none of that id that is good still."""
        admit_words(id)
        hash = next((link.hash for link in self.of(order_id, by) if link.id == id), "")

        def work(unit: Writer) -> Result:
            now = self._now(unit, order_id)
            link = unit.link(hash)
            if link is None or link.used_at is not None or link.revoked_at is not None:
                raise missing("link", order=order_id, id=id)
            result = self._commanding.carry_out(unit, order_id, Request(Revoke(link.need, id), by, reason))
            if result.ok and not unit.revoke_link(hash, now):
                raise ChangedMeanwhile
            return result

        admit(request := Request(Revoke("-", id), by, reason))
        return self._commanding.within(request, work)

    def asked(self, token: str) -> Asked:
        """What the link asks. Changes nothing, however often it is called."""
        admit_token(token)
        with self._session.reading() as unit:
            link = unit.link(hash_of(token))
            row = unit.order(link.order_id) if link else None
            if link is None or row is None:
                return Asked("unknown")
            plan, now = self._catalog.plan(unit, row.definition_id), unit.now()
            opener = self._catalog.opener(unit, plan, row.state)
        return _asked(link, row, plan, instant(self._clock, now), opener)

    def answer(
        self, token: str, *, agrees: bool, values: Mapping[str, Any], shown: str, reason: str
    ) -> Answer:
        """Give the one answer that a link is good for; what is refused can be given again.

        Raises WrongInput for an answer that no database could hold.
        """
        admit_token(token)
        hash = hash_of(token)
        by = Principal.customer(proof=f"link {hash[:LINK_SIGNS]}")
        key = f"{LINK_KEY}{hash[:LINK_SIGNS]}"

        def work(unit: Writer) -> Answer:
            link = unit.link(hash)
            found = unit.find(link.order_id, None) if link else None
            if link is None or found is None:
                return Answer(Asked("unknown"))
            now = instant(self._clock, found.now)
            plan = self._catalog.plan(unit, found.row.definition_id)
            asked = _asked(link, found.row, plan, now, self._catalog.opener(unit, plan, found.row.state))
            if not asked.is_open:
                return Answer(asked)
            command: Command = Confirm(link.need, values, shown) if agrees else Refuse(link.need)
            request = Request(command, by, reason, key)
            try:
                result = self._commanding.carry_out(unit, link.order_id, request, expect=found.row.revision)
            except KeyReused as other:  # another answer on the same link was quicker, and is found next time
                raise ChangedMeanwhile from other
            if any(blocker.code == "changed_meanwhile" for blocker in result.blockers):
                raise ChangedMeanwhile
            if result.ok and not unit.use_link(hash, now):
                raise ChangedMeanwhile
            return Answer(asked, result)

        admit(request := Request(Confirm("-", copied(values), shown), by, reason, key))
        answer = self._commanding.within(request, work)
        if answer.result and answer.result.ok:
            self._commanding.deal_out(answer.result.order_id)
        return answer

    def _now(self, unit: Writer, order_id: int) -> int:
        found = unit.find(order_id, None)
        if found is None:
            raise missing("order_id", id=order_id)
        return instant(self._clock, found.now)


def hash_of(token: str) -> str:
    """What the store keeps of a token: 128 random bits want no salt, and cannot be tried."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def link_id(token: str) -> str:
    """What a link is called in lists and in history; the token does not follow from it."""
    return hash_of(token)[:LINK_SIGNS]


def _asked(link: LinkRow, row: OrderRow, plan: Plan, now: int, opener: Opener | None) -> Asked:
    if (state := link.state(now)) != "good":
        return Asked(state, plan)
    try:
        order = Order.load(row.state)
    except (TypeError, ValueError) as error:
        raise OrderDamaged from error
    found = question(plan, order, now, link.need, link.asking)
    if found.state != "open":
        return Asked("answered" if found.state == "met" else found.state, plan)
    assert found.need is not None
    return Asked("open", found.plan, row.number, found.need, *_fields(found, opener), found.shown)


def _fields(found: Question, opener: Opener | None) -> tuple[dict[str, Stored], dict[str, Stored]]:
    """The fields that a question shows, and those that it asks: private ones in full, for they are theirs."""
    assert found.need is not None
    fields = Sight.of(found.plan, found.order, _OPENING, opener).order(found.order).fields
    covers = {name: fields.get(name) for name in found.need.covers}
    asks = {name: fields.get(name) for name in found.need.asks}
    for name in asks.keys() & found.plan.private.keys():
        if asks[name] in UNREADABLE:  # to be filled in, and not to be sent back
            asks[name] = None
    return covers, asks
