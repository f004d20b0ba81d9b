"""What signers do: vote, hand their seat over, add somebody, urge, send back; and what a round sets off."""

from __future__ import annotations

from functools import partial
from typing import Any, Final, Literal, NamedTuple

from flowengine.compiler.plan import Action, Need
from flowengine.kernel import lanes
from flowengine.kernel.addressees import at, person_of
from flowengine.kernel.commands import (
    AddSigner,
    Copy,
    Delegate,
    Principal,
    Return,
    Transfer,
    Urge,
    Vote,
    Withdraw,
)
from flowengine.kernel.decision import Blocker
from flowengine.kernel.doing import perform
from flowengine.kernel.draft import Draft
from flowengine.kernel.four_eyes import not_by
from flowengine.kernel.moving import destination
from flowengine.kernel.rounds import voting as rounds
from flowengine.kernel.rounds.seats import Position, Round, Seat
from flowengine.kernel.rounds.voting import Cast, Person, add, delegate, transfer, vote
from flowengine.kernel.standing_in import absent_signer, for_whom, speaker, stands_in

_POSITIONS: Final[tuple[Position, ...]] = ("before", "beside", "after")


def cast_vote(
    draft: Draft, command: Vote, *, said: Literal["approve", "refuse", "abstain"]
) -> tuple[Blocker, ...]:
    """Vote, or give the opinion that one was asked for."""
    need, ballot, refused = _round(draft, command.need)
    if need is None or ballot is None:
        return refused
    if command.round and command.round != ballot.number:
        return (_blocker(draft, need, "old_round"),)
    who = speaker(draft, need, lambda who: vote(ballot, who, "abstain", 0))
    answer = vote(ballot, who, said, draft.now)
    if not isinstance(answer, Cast):
        return (_blocker(draft, need, answer),)
    if refused := _kept_from(draft, need, who):
        return refused
    if said == "refuse" and not draft.reason.strip():
        return (Blocker("reason_missing", need.name, draft.signers(need.name), need.line),)
    awaited = draft.signers(need.name)
    data: dict[str, Any] = {"need": need.name, "role": answer.seat.role, "by": draft.by.id, "said": said}
    if draft.reason.strip():
        data["reason"] = draft.reason
    if answer.seat.stands_for:
        data["stands_for"] = answer.seat.stands_for
    draft.emit("advised" if answer.opinion else "voted", state=answer.ballot.plain(), **data)
    of_lane = need.name in draft.plan.lanes
    if answer.ballot.outcome == "granted":
        (lanes.grant if of_lane else _grant)(draft, need, answer.ballot)
    elif answer.ballot.outcome == "refused":
        (lanes.refuse if of_lane else _refuse)(draft, need, answer.ballot)
    else:
        _tell_next(draft, need, awaited)
    return ()


def hand_over(draft: Draft, command: Transfer | Delegate | AddSigner) -> tuple[Blocker, ...]:
    """Let a seat pass to another role, ask that role for its opinion, or let it sign too."""
    need, ballot, refused = _round(draft, command.need, command.verb)
    if need is None or ballot is None:
        return refused
    if command.to not in draft.plan.roles:
        return (Blocker("no_such_role", command.to, params={"known": list(draft.plan.roles)}),)
    how, awaited = command.verb, draft.signers(need.name)
    act = partial(transfer if isinstance(command, Transfer) else delegate, ballot, to=command.to)
    if isinstance(command, AddSigner):
        position = next((each for each in _POSITIONS if each == command.position), None)
        if position is None:
            return (Blocker("no_such_position", command.position, params={"known": list(_POSITIONS)}),)
        act, how = partial(add, ballot, to=command.to, position=position), f"{how}.{position}"
    who = speaker(draft, need, act)
    answer = act(who)
    if not isinstance(answer, Cast):
        return (_blocker(draft, need, answer),)
    if refused := _kept_from(draft, need, who):
        return refused
    said = {"role": command.to, "was": [answer.seat.role], "by": draft.by.id, **for_whom(who.stands_for)}
    draft.emit("passed_on", need=need.name, how=how, state=answer.ballot.plain(), **said)
    _tell_next(draft, need, awaited)
    return ()


def urge(draft: Draft, command: Urge) -> tuple[Blocker, ...]:
    """Remind those who are awaited."""
    need, ballot, refused = _round(draft, command.need, command.verb)
    if need is None or ballot is None:
        return refused
    if not (awaited := draft.signers(need.name)):
        return (_blocker(draft, need, "round_over"),)
    draft.emit("urged", need=need.name, by=draft.by.id)
    draft.tell(awaited, "urged", place=need.name, stage=draft.order.stage)
    return ()


def copy(draft: Draft, command: Copy) -> tuple[Blocker, ...]:
    """Tell somebody of a round: whoever has a seat in it, or owns the order, thinks that they should know."""
    need, ballot, refused = _round(draft, command.need, command.verb)
    if need is None or ballot is None:
        return refused
    if not ballot.steps or ballot.outcome:
        return (_blocker(draft, need, "round_over"),)
    if command.to not in draft.plan.roles and not person_of(command.to):
        return (Blocker("no_such_role", command.to, params={"known": list(draft.plan.roles)}),)
    who = (name for step in ballot.steps for seat in step.seats for name in _in(seat))
    away = ""
    if not (
        draft.permits((*dict.fromkeys(who), draft.plan.owner), need.line)
        or (away := absent_signer(draft, need))
    ):
        return (_blocker(draft, need, "not_in_the_round"),)
    draft.emit("copied", need=need.name, to=command.to, by=draft.by.id, **for_whom(away))
    draft.tell([command.to], "copied", place=need.name, stage=draft.order.stage)
    return ()


def _in(seat: Seat) -> tuple[str, ...]:
    """Who has to do with a seat: its role or person, whoever is asked about it, whoever has voted in it."""
    return tuple(filter(None, (seat.role, seat.helper, seat.by and at(seat.by))))


def send_back(draft: Draft, command: Return) -> tuple[Blocker, ...]:
    """Send the order back to a stage that the form names, instead of voting."""
    need, ballot, refused = _round(draft, command.need, command.verb)
    if need is None or ballot is None:
        return refused
    act = partial(rounds.send_back, ballot)
    who = speaker(draft, need, act)
    answer = act(who)
    if not isinstance(answer, Cast):
        return (_blocker(draft, need, answer),)
    way, refused = _way_back(draft, need, command.to)
    if refused := _kept_from(draft, need, who) or refused:
        return refused
    assert way is not None
    if not draft.reason.strip():
        return (Blocker("reason_missing", need.name, draft.signers(need.name), need.line),)
    role = answer.seat.role
    said = {"role": role, "to": way.action.move, "reason": draft.reason, **for_whom(who.stands_for)}
    _end(draft, need, answer.ballot, way, besides=role, **said)
    return ()


def take_back(draft: Draft, command: Withdraw) -> tuple[Blocker, ...]:
    """Take back what one has asked for; of a round that a stage has opened, whoever opened the order."""
    need, ballot, refused = _round(draft, command.need, command.verb)
    if need is None or ballot is None:
        return refused
    requester = ballot.requester or draft.order.creator
    away = "" if draft.by.is_system or draft.by.id == requester else requester
    if away and not stands_in(draft, away):
        return (_blocker(draft, need, "not_the_requester"),)
    if ballot.requester:
        lanes.take_back(draft, need, **for_whom(away))
        return ()
    answer = rounds.withdraw(ballot)
    if isinstance(answer, str):
        return (_blocker(draft, need, answer),)
    way, refused = _way_back(draft, need, "", first=True)
    if way is None:
        return refused
    _end(draft, need, answer, way, **for_whom(away))
    return ()


class _Way(NamedTuple):
    """A move back, and the stage to which it leads."""

    action: Action
    target: str


def _way_back(
    draft: Draft, need: Need, to: str, *, first: bool = False
) -> tuple[_Way | None, tuple[Blocker, ...]]:
    """The move to the stage that was named, or to the one there is; of several the `first` if any will do."""
    assert need.approval is not None
    ways = need.approval.returns
    known = {"title": need.title.all(), "known": [way.move for way in ways]}
    if not ways:
        return None, (Blocker("no_way_back", need.name, line=need.approval.line, params=known),)
    found = [way for way in ways if way.move == to] if to else [*ways]
    if len(found) != 1 and not (found and first):
        return None, (Blocker("no_such_return", to or need.name, line=need.approval.line, params=known),)
    target = destination(draft, found[0].trigger, found[0].move)
    if not target:
        return None, (Blocker("nowhere_back", need.name, line=need.approval.line),)
    return _Way(found[0], target), ()


def _end(draft: Draft, need: Need, ballot: Round, way: _Way, besides: str = "", **said: str) -> None:
    """Let a round end without a decision, tell whoever was awaited `besides` the one who ends it and whoever
    is accountable where the order goes, and let it go there.
    """
    assert need.approval is not None
    name, how = need.name, ballot.outcome
    awaited = (role for role in draft.signers(name) if role != besides)
    told = (*awaited, *need.approval.copy, draft.owner_of(way.target))
    draft.emit(how, f"{name}.{how}", need=name, by=draft.by.id, state=ballot.plain(), **said)
    data: dict[str, Any] = {"place": name, "stage": draft.order.stage, "reason": draft.reason}
    draft.tell(told, how, **data)
    perform(draft, [way.action], how, need.place, told=told, **data)


def _round(draft: Draft, name: str, extra: str = "") -> tuple[Need | None, Round | None, tuple[Blocker, ...]]:
    """The need of that name with its round, if there is one and its form allows `extra`."""
    need = draft.doable(name)
    if (need is None or need.approval is None) and draft.facts.count(f"{name}.requested"):
        over = draft.plan.find(name)
        return (
            None,
            None,
            (Blocker("round_over", name, params={"title": over.title.all() if over else name}),),
        )
    if need is None or need.approval is None:
        known = [each.name for each in draft.doables() if each.approval is not None]
        return None, None, (Blocker("no_such_approval", name, params={"known": known}),)
    allowed = need.approval.allow - ({"return"} if name in draft.plan.lanes else set())
    if extra and extra not in allowed:
        params = {"title": need.title.all(), "known": sorted(allowed)}
        return None, None, (Blocker("not_allowed_here", name, line=need.approval.line, params=params),)
    ballot = draft.order.rounds.get(name)
    if ballot is None:
        code = "round_over" if name in draft.order.acts else "not_requested"
        return None, None, (_blocker(draft, need, code),)
    return need, ballot, ()


def _kept_from(draft: Draft, need: Need, who: Person) -> tuple[Blocker, ...]:
    """Why one of the two who speak here may not: four eyes."""
    people = (who.id, *filter(None, (who.stands_for,)))
    return next((no for person in people if (no := not_by(draft, need, Principal.of(person)))), ())


def _blocker(draft: Draft, need: Need, code: str) -> Blocker:
    return Blocker(code, need.name, draft.signers(need.name), need.line, {"title": need.title.all()})


def _tell_next(draft: Draft, need: Need, before: tuple[str, ...]) -> None:
    """Tell those whose turn has come by it."""
    new = [role for role in draft.signers(need.name) if role not in before]
    draft.tell(new, "requested", place=need.name, stage=draft.order.stage)


def _grant(draft: Draft, need: Need, ballot: Round) -> None:
    name = need.name
    value: dict[str, Any] = {"round": ballot.number, "signed": list(ballot.voted)}
    if ballot.digest:
        value["digest"] = ballot.digest
    moments = f"{name}.granted", f"{name}.done"
    draft.emit("granted", *moments, need=name, kind="approval", value=value, by=draft.by.id)
    assert need.approval is not None
    draft.tell(need.approval.copy, "granted", place=name, stage=draft.order.stage)


def _refuse(draft: Draft, need: Need, _ballot: Round) -> None:
    name = need.name
    assert need.approval is not None
    draft.emit("refused", f"{name}.refused", need=name, by=draft.by.id, reason=draft.reason)
    data: dict[str, Any] = {"place": name, "stage": draft.order.stage, "reason": draft.reason}
    draft.tell(need.approval.copy, "refused", **data)
    actions = lanes.requested_by(need.approval.refused, draft.plan.owner)
    perform(draft, actions, "refused", need.place, told=need.approval.copy, **data)
