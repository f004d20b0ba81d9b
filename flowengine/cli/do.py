"""`flowengine do`: whatever somebody may do to an order, a verb at a time, or see what that would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import MOST, acting, process_option, verb
from flowengine.cli.trouble import Trouble, unreadable
from flowengine.cli.values import Number

if TYPE_CHECKING:
    from flowengine.kernel.commands import Command
    from flowengine.kernel.decision import Decision
    from flowengine.runtime.looking import OrderView

DOABLE: Final[Mapping[str, str]] = {
    "done": "NEED",
    "attach": "NEED FILE-OR-REFERENCE",
    "write": "NAME=VALUE...",
    "amend": "FIELD=VALUE...",
    "outcome": "NAME [FIELD=VALUE...]",
    "waive": "NEED",
    "hold": "HOLD",
    "release": "HOLD",
    "raise": "EXCEPTION [TIER] [--joins CASE]",
    "approve": "NEED",
    "refuse": "NEED",
    "abstain": "NEED",
    "transfer": "NEED ROLE",
    "delegate": "NEED ROLE",
    "add_signer": "NEED ROLE [before|beside|after]",
    "urge": "NEED",
    "copy": "NEED WHO",
    "request": "LANE",
    "revoke": "LANE",
    "return": "NEED [STAGE]",
    "withdraw": "NEED",
    "confirm": "NEED [FIELD=VALUE...]",
    "claim": "NEED",
    "give_back": "NEED",
    "reassign": "NEED PERSON",
    "split": "PART ROWS ROWS...",
    "open": "PART [FIELD=VALUE...]",
}
"""What people can do with an order, and what belongs behind the word."""

_MEETING: Final[Mapping[str, str]] = {
    "check": "done {}",
    "file": "attach {} FILE",
    "note": "write {}=TEXT",
    "field": "write {}=VALUE",
    "approval": "approve {}",
    "confirm": "confirm {}",
}
"""How a need of each kind is met, where a person does it."""


@verb("do")
@click.argument("order")
@click.argument("act", metavar="VERB")
@click.argument("words", nargs=-1, metavar="ARG...")
@option("--reason", default="", help="option.do.reason")
@option("--joins", metavar="CASE", help="option.do.joins")
@option("--key", help="option.do.key")
@option("--expect", type=Number(0, MOST), metavar="REVISION", help="option.do.expect")
@option("--preview", is_flag=True, help="option.do.preview")
@process_option
@acting
@pass_desk
def command(  # noqa: PLR0913 - one parameter for each word that a user may give
    desk: Desk,
    *,
    order: str,
    act: str,
    words: tuple[str, ...],
    reason: str,
    joins: str | None,
    key: str | None,
    expect: int | None,
    preview: bool,
    process: str | None,
) -> int:
    """Carry out the command, or say why not."""
    from flowengine.cli.telling.orders import answered

    if act not in DOABLE:
        raise _no_verb(desk, order, act, process)
    wanted = _command(desk, act, words)
    if preview and (key is not None or expect is not None):
        raise Trouble("not_together", "--preview", other="--key, --expect")
    engine = desk.engine(watched=True)
    view = engine.order(order, by=desk.host if desk.is_customer else desk.by, process=process)
    if joins is not None:
        wanted = _joined(desk, wanted, joins, view)
    if preview:
        return _previewed(desk, view, engine.preview(view.row.id, wanted, by=desk.by, reason=reason))
    result = engine.do(view.row.id, wanted, by=desk.by, key=key, reason=reason, expect=expect)
    return answered(desk, engine, result, view.plan)


def _joined(desk: Desk, wanted: Command, case: str, view: OrderView) -> Command:
    """An exception that joins the case of that number."""
    from flowengine.definition.inner import name_of
    from flowengine.definition.inner.exceptions import LINK
    from flowengine.kernel.commands import Raise

    if not isinstance(wanted, Raise):
        raise Trouble("not_together", "--joins", other=wanted.verb)
    cases = name_of(view.row.process, LINK)
    return replace(wanted, case=desk.engine().order(case, by=desk.by, process=cases).row.id)


def _no_verb(desk: Desk, order: str, word: str, process: str | None) -> Trouble:
    """What to write instead: many give the name of an outcome or a need where a verb belongs."""
    from flowengine.compiler.plan import every_outcome
    from flowengine.definition.findings import nearest

    plan = desk.engine().order(order, by=desk.host if desk.is_customer else desk.by, process=process).plan
    if any(each.name == word for place in plan.places.values() for each in every_outcome(place)):
        return Trouble("an_outcome", word, wanted=f"flowengine do {order} outcome {word}")
    need = plan.find(word)
    if need and need.kind in _MEETING:
        return Trouble("a_need", word, wanted=f"flowengine do {order} {_MEETING[need.kind].format(word)}")
    if guess := nearest(word, DOABLE):
        return Trouble("no_act", word, guess=guess)
    return Trouble("no_act_like_it", word)


def _command(  # noqa: C901, PLR0911, PLR0912 - one line for each verb
    desk: Desk, act: str, words: tuple[str, ...]
) -> Command:
    """The command that the words name. Raises Trouble with the words that it wants."""
    from flowengine.cli.taking.given import pairs
    from flowengine.kernel.commands import (
        Amend,
        Choose,
        Confirm,
        Done,
        Hold,
        Open,
        Raise,
        Release,
        RequestLane,
        RevokeLane,
        Waive,
        Write,
    )

    match act, words:
        case "done", (need,):
            return Done(need)
        case "attach", (need, evidence):
            return _attached(desk, need, evidence)
        case "write", (_, *_):
            return Write(pairs(words))
        case "amend", (_, *_):
            return Amend(pairs(words))
        case "outcome", (name, *values):
            return Choose(name, pairs(values))
        case "waive", (need,):
            return Waive(need)
        case "hold", (name,):
            return Hold(name)
        case "release", (name,):
            return Release(name)
        case "raise", (name,):
            return Raise(name)
        case "raise", (name, tier) if tier.isdecimal() and len(tier) == 1:
            return Raise(name, int(tier))
        case "request", (name,):
            return RequestLane(name)
        case "revoke", (name,):
            return RevokeLane(name)
        case "confirm", (need, *values):
            return Confirm(need, pairs(values))
        case "open", (part, *values):
            return Open(part, pairs(values))
    if found := _signing(act, words) or _claiming(act, words):
        return found
    raise Trouble("other_words", " ".join((act, *words)), wanted=f"{act} {DOABLE[act]}")


def _signing(act: str, words: tuple[str, ...]) -> Command | None:
    """What signers do; None where the words are not those that the verb wants."""
    from flowengine.kernel.commands import (
        Abstain,
        AddSigner,
        Approve,
        Copy,
        Delegate,
        Refuse,
        Return,
        Transfer,
        Urge,
        Withdraw,
    )

    alone: dict[str, Callable[[str], Command]] = {
        "approve": Approve,
        "refuse": Refuse,
        "abstain": Abstain,
        "urge": Urge,
        "withdraw": Withdraw,
    }
    to_somebody: dict[str, Callable[[str, str], Command]] = {
        "transfer": Transfer,
        "delegate": Delegate,
        "copy": Copy,
    }
    match act, words:
        case _, (need,) if act in alone:
            return alone[act](need)
        case _, (need, whom) if act in to_somebody:
            return to_somebody[act](need, whom)
        case "return", (need, *stage) if len(stage) <= 1:
            return Return(need, *stage)
        case "add_signer", (need, role, *position) if len(position) <= 1:
            return AddSigner(need, role, *position)
    return None


def _claiming(act: str, words: tuple[str, ...]) -> Command | None:
    """Whose work it is, and into what an order is split; None where the words are not those that it wants."""
    from flowengine.kernel.commands import Claim, GiveBack, Reassign, Split

    match act, words:
        case "claim", (item,):
            return Claim(item)
        case "give_back", (item,):
            return GiveBack(item)
        case "reassign", (item, person):
            return Reassign(item, person)
        case "split", (part, *rows) if len(rows) > 1:
            return Split(part, " ".join(rows))
    return None


def _attached(desk: Desk, need: str, evidence: str) -> Command:
    """Evidence: a file that is here by its name, hash and size; anything else by reference, as written."""
    from hashlib import file_digest

    from flowengine.kernel.commands import Attach

    path = Path(evidence)
    try:
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
            return Attach(need, path.name, digest, file.tell())
    except (FileNotFoundError, NotADirectoryError):
        desk.note("do.reference", reference=evidence)
        return Attach(need, evidence)
    except OSError as error:
        raise unreadable(path, error) from error


def _previewed(desk: Desk, view: OrderView, decision: Decision) -> int:
    from flowengine.cli.screen import print_json, visible
    from flowengine.cli.telling.order_json import blocker_json, event_json
    from flowengine.cli.telling.orders import refused
    from flowengine.runtime.story import happened

    if desk.format == "json":
        blockers = [blocker_json(blocker, desk.lang, view.plan.file) for blocker in decision.blockers]
        events = [event_json(event) for event in decision.events]
        print_json({"verdict": str(decision.verdict), "events": events, "blockers": blockers})
    elif decision.blockers:
        refused(desk, decision.blockers, view.plan)
    else:
        desk.print("do.preview", number=view.row.number)
        for sentence in happened(decision.events, view.plan, desk.lang):
            click.echo(f"  - {visible(sentence)}")
    return 1 if decision.blockers else 0
