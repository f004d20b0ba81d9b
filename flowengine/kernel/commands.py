"""What somebody may want of an order, and who that is. The same verbs as in scenario files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, Final, final, get_args

from flowengine.definition.outsiders import CUSTOMER
from flowengine.kernel.addressees import at, person_of


@final
@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks. The host authenticates, the engine authorises by `roles`; `proof` stands in history."""

    id: str
    roles: frozenset[str] = frozenset()
    name: str = ""
    is_system: bool = False
    proof: str = ""

    @classmethod
    def of(cls, id: str, *roles: str, name: str = "") -> Principal:
        """A person with these roles."""
        return cls(id, frozenset(roles), name)

    @classmethod
    def customer(cls, id: str = CUSTOMER, *, proof: str, name: str = "") -> Principal:
        """The customer of an order, who holds no role in it; `proof` is how they showed who they are."""
        return cls(id, frozenset({CUSTOMER}), name, proof=proof)

    @classmethod
    def system(cls, reason: str) -> Principal:
        """The host itself, allowed everything; `reason` stands in history as its name."""
        return cls("system", name=reason, is_system=True)

    @property
    def addressees(self) -> frozenset[str]:
        """The roles that this principal holds, and the person; nobody is another by a role of that name."""
        return frozenset(role for role in self.roles if not person_of(role)) | {at(self.id)}

    def role_among(self, roles: tuple[str, ...]) -> str | None:
        """The role under which this principal may act, or the person, given who may; None if neither."""
        for role in roles:
            person = person_of(role)
            if person == self.id if person else role in self.roles:
                return role
        return "system" if self.is_system else None


@dataclass(frozen=True, slots=True)
class Create:
    """Open an order. `values` are as they came: incoming names, texts, numbers. `links` are the ids of the
    orders with which it is linked.

    The runtime finds out what those say of themselves, `linked`, and which of their fields are `copies` here.
    `hops` is how many orders have set off each other until this one is opened. As a `part` of another it
    begins where that was split. It counts as opened by its `creator`, where another order opens it for a
    person, and what its `doers` did there keeps them from the same things here. A case is shared by orders
    with the `same` values.
    """

    verb: ClassVar[str] = "create"
    values: Mapping[str, Any]
    number: str = ""
    links: Mapping[str, Any] = field(default_factory=dict)
    linked: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    copies: Mapping[str, Any] = field(default_factory=dict)
    hops: int = 0
    part: str = ""
    creator: str = ""
    doers: Mapping[str, str] = field(default_factory=dict)
    same: Mapping[str, Any] = field(default_factory=dict)

    @property
    def incoming(self) -> Mapping[str, Any]:
        """The values, and the copies where nothing else was given."""
        return {**self.copies, **self.values} if self.copies else self.values


@dataclass(frozen=True, slots=True)
class Done:
    """Tick a check."""

    verb: ClassVar[str] = "done"
    need: str


@dataclass(frozen=True, slots=True)
class Attach:
    """Record evidence for a file need: a reference, and what is known of the bytes behind it."""

    verb: ClassVar[str] = "attach"
    need: str
    reference: str
    sha256: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Write:
    """Write notes and fields: a value for each name; None empties a field."""

    verb: ClassVar[str] = "write"
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Amend:
    """Change fields of the order that were agreed on; the reason comes with the request."""

    verb: ClassVar[str] = "amend"
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choose:
    """Choose an outcome of the stage or of the whole order; `values` are for the fields that it `edits`."""

    verb: ClassVar[str] = "outcome"
    outcome: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waive:
    """Do without a need; the reason comes with the request."""

    verb: ClassVar[str] = "waive"
    need: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Stop the order; what is done meanwhile counts once it goes on."""

    verb: ClassVar[str] = "hold"
    hold: str


@dataclass(frozen=True, slots=True)
class Release:
    """Take a hold off the order."""

    verb: ClassVar[str] = "release"
    hold: str


@dataclass(frozen=True, slots=True)
class Raise:
    """Raise an exception, at least on that tier; 0 for the one that the process says. The reason comes with
    the request. With the id of a `case` it joins that of another order, which has the same cause: the
    runtime finds out what that says of itself, `joined`.
    """

    verb: ClassVar[str] = "raise"
    exception: str
    tier: int = 0
    case: int = 0
    joined: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Approve:
    """Vote for it; `round` is the one that was shown, so that no vote goes to another. 0 for any."""

    verb: ClassVar[str] = "approve"
    need: str
    round: int = 0


@dataclass(frozen=True, slots=True)
class Refuse:
    """Vote against it, or do not confirm it; the reason comes with the request."""

    verb: ClassVar[str] = "refuse"
    need: str
    round: int = 0


@dataclass(frozen=True, slots=True)
class Abstain:
    """Vote neither for nor against it."""

    verb: ClassVar[str] = "abstain"
    need: str
    round: int = 0


@dataclass(frozen=True, slots=True)
class Transfer:
    """Let one's seat pass to another role for good."""

    verb: ClassVar[str] = "transfer"
    need: str
    to: str


@dataclass(frozen=True, slots=True)
class Delegate:
    """Ask another role for its opinion; the seat comes back with it."""

    verb: ClassVar[str] = "delegate"
    need: str
    to: str


@dataclass(frozen=True, slots=True)
class AddSigner:
    """Let another role sign too, `before`, `beside` or `after` oneself."""

    verb: ClassVar[str] = "add_signer"
    need: str
    to: str
    position: str = "beside"


@dataclass(frozen=True, slots=True)
class Urge:
    """Remind everybody who is awaited."""

    verb: ClassVar[str] = "urge"
    need: str


@dataclass(frozen=True, slots=True)
class Copy:
    """Tell somebody of a round who has no seat in it: a role, or a person as `@wang`."""

    verb: ClassVar[str] = "copy"
    need: str
    to: str


@dataclass(frozen=True, slots=True)
class RequestLane:
    """Ask for a lane. `used` says which request of theirs this is in the period of its quota: the runtime
    counts them, and nobody else knows.
    """

    verb: ClassVar[str] = "request"
    lane: str
    used: int = 0


@dataclass(frozen=True, slots=True)
class RevokeLane:
    """End a lane before its time; the reason comes with the request."""

    verb: ClassVar[str] = "revoke"
    lane: str


@dataclass(frozen=True, slots=True)
class Return:
    """Send the order back `to` a stage that the form names, instead of voting; the reason comes with the
    request. Without `to`, to the one that it names.
    """

    verb: ClassVar[str] = "return"
    need: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take back what one has asked to be approved."""

    verb: ClassVar[str] = "withdraw"
    need: str


@dataclass(frozen=True, slots=True)
class Confirm:
    """Confirm it; `values` are for the fields that it asks.

    `shown` is the digest of what was shown to them, so that nobody confirms what they have not seen.
    """

    verb: ClassVar[str] = "confirm"
    need: str
    values: Mapping[str, Any] = field(default_factory=dict)
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Invite:
    """Put on record that the customer was handed a link, good until then (milliseconds UTC)."""

    verb: ClassVar[str] = "invite"
    need: str
    link: str
    until: int


@dataclass(frozen=True, slots=True)
class Revoke:
    """Put on record that a link was taken back."""

    verb: ClassVar[str] = "revoke_link"
    need: str
    link: str


@dataclass(frozen=True, slots=True)
class Receive:
    """Take in what another system reports: `data` as it came."""

    verb: ClassVar[str] = "event"
    event: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """Take work upon oneself: a need, a choice or a task of the queue, which nobody else does then."""

    verb: ClassVar[str] = "claim"
    item: str


@dataclass(frozen=True, slots=True)
class GiveBack:
    """Put claimed work back into the queue; that of somebody else with a reason."""

    verb: ClassVar[str] = "give_back"
    item: str


@dataclass(frozen=True, slots=True)
class Reassign:
    """Pass work to a person by hand; the reason comes with the request."""

    verb: ClassVar[str] = "reassign"
    item: str
    to: str


@dataclass(frozen=True, slots=True)
class Split:
    """Split the order into parts: `rows` are those of each, as in `1,2 3` for two parts."""

    verb: ClassVar[str] = "split"
    part: str
    rows: str


@dataclass(frozen=True, slots=True)
class Open:
    """Open a part of the order that has a life of its own, with these values of its fields."""

    verb: ClassVar[str] = "open"
    part: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reckon:
    """Reckon every due instant again, as after a change of the calendar; old and new stand in history."""

    verb: ClassVar[str] = "reckon"


@dataclass(frozen=True, slots=True)
class Erase:
    """Keep on record that the person of whom the order tells was erased: the key goes with it."""

    verb: ClassVar[str] = "erase"


@dataclass(frozen=True, slots=True)
class Answered:
    """What a call out has come to: the parts of the answer that it sets, or why it has failed for good."""

    verb: ClassVar[str] = "answered"
    call: str
    values: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""


@dataclass(frozen=True, slots=True)
class PassTime:
    """Nobody wants anything: let happen what has fallen due."""

    verb: ClassVar[str] = "time"


@dataclass(frozen=True, slots=True)
class Hear:
    """Take in what a linked order says of itself: where it stands, and what is read of it here.

    `hops` is how many orders have set off each other until this is said. It may be a case of the same cause,
    with which the order is linked instead of one of its own: for what it has raised under the key `raised`.
    """

    verb: ClassVar[str] = "hear"
    link: str
    order: int
    says: Mapping[str, Any]
    hops: int = 0
    raised: str = ""


Vote = Approve | Refuse | Abstain
Signing = Vote | Transfer | Delegate | AddSigner | Urge | Copy | Return | Withdraw
Doing = (
    Create | Done | Attach | Write | Amend | Choose | Waive | Hold | Release | Raise | Confirm | Split | Open
)
Claiming = Claim | GiveBack | Reassign
OfLanes = RequestLane | RevokeLane
Inviting = Invite | Revoke
ByHost = Reckon | Receive | Erase | Answered | PassTime | Hear
Command = Doing | Signing | Claiming | OfLanes | Inviting | ByHost
COMMANDS: Final[tuple[type[Command], ...]] = get_args(Command)
_FOUND_OUT: Final = frozenset({"linked", "copies", "joined", "says", "hops", "creator", "doers", "same"})
_SAYS: Final[Mapping[type, tuple[str, ...]]] = {
    kind: tuple(each.name for each in fields(kind) if each.name not in _FOUND_OUT) for kind in COMMANDS
}


@dataclass(frozen=True, slots=True)
class Request:
    """A command with all that comes with it: who wants it, why, and the key under which it is repeated."""

    command: Command
    by: Principal
    reason: str = ""
    key: str | None = None


def described(command: Command) -> dict[str, Any]:
    """The command as it stands in history and in the digest of an idempotency key. What was found out for it
    stands in its events.
    """
    said = {"verb": command.verb}
    for name in _SAYS[type(command)]:
        value = getattr(command, name)
        if (
            value is None
            or value == ""
            or (name in ("round", "used", "tier", "case") and not value)
            or (isinstance(command, Choose | Confirm | Answered | Open) and not value)
            or (name == "links" and not value)
        ):
            continue
        said[name] = value
    return said
