"""The exceptions of a process, as a process: each is a case, which rises from tier to tier until somebody
answers.

Where a case stands says what has become of it: `raised` until somebody takes it up, `answered` until the
customer has been told, `told` until there is a plan, `planned` until it is resolved, `resolved` until it is
reviewed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from flowengine.definition.document import Node
from flowengine.definition.findings import Place
from flowengine.definition.inner.inner import Inner, items_of, kept, name_of, node_of
from flowengine.definition.patching.merging import written_out
from flowengine.definition.vocabulary import SHAPES
from flowengine.definition.vocabulary.values import PRIORITIES

PRIORITY: Final = "priority"
LINK: Final = "exceptions"
"""Under this name the cases of an order stand there."""
ORDER: Final = "original"
"""Under this name its order stands in a case."""
JOINED: Final = "joined"
"""And under this one the orders that have joined it."""
RAISED_AS: Final = "raised_as"
"""The field by which an order knows which raising a case has come of."""
STAGES: Final = ("raised", "answered", "told", "planned", "resolved")
END: Final = "reviewed"
OPEN: Final = STAGES[:4]
"""Where a case stands until it is resolved."""
_TAKEN_OVER: Final = ("version", "language", "owner", "zone", "calendar", "calendars", "people", "notices")
_OF_ROLES: Final = ("title", "members", "reassign")
_ACTS: Final = frozenset({"check", "file", "note", "confirm"})

Tiers = Mapping[int, Node]


def exceptions(process: Node) -> Iterator[Inner]:
    """The process of the exceptions that a process declares, if it declares any and its tiers too."""
    declared, tiers = process.entries.get("exceptions"), process.entries.get("tiers")
    if declared is None or tiers is None:
        return
    at = process.keys["exceptions"]
    name = str(process.entries["process"].value)
    by_number = {int(number): tier for number, tier in sorted(tiers.entries.items())}
    teams = {}
    for tier in by_number.values():
        first, *others = (str(role.value) for role in items_of(tier.entries["team"]))
        teams[first] = tuple(others)
    yield Inner(LINK, node_of(_link(name), at), _process(process, declared, by_number, at), teams)


def _link(process: str) -> dict[str, Any]:
    return {
        "title": {"zh": "异常", "en": "Exceptions"},
        "process": name_of(process, LINK),
        "many": True,
        "reads": {"type": "text", "tier": "integer", RAISED_AS: "text"},
        "ends": [END],
    }


def _process(process: Node, declared: Node, tiers: Tiers, at: Place) -> Node:
    name = str(process.entries["process"].value)
    defaults = process.entries["defaults"].entries if "defaults" in process.entries else {}
    default = defaults["exception"].entries if "exception" in defaults else {}
    types = {each: _type(exception) for each, exception in declared.entries.items()}
    ranked = _has_priorities(process)
    told = _TOLD | (_PRIORITY if ranked else {})
    return node_of(
        {
            "flowengine": 1,
            "process": name_of(name, LINK),
            "title": {"zh": "异常", "en": "Exceptions"},
            **kept(process, *_TAKEN_OVER),
            "roles": _roles(process, declared, tiers),
            "order": _ORDER,
            **({PRIORITY: _NORMAL} if ranked else {}),
            "links": {ORDER: _original(name, told), JOINED: _joined(name, told)},
            "types": replace(node_of(types, at), keys=declared.keys),
            "stages": _stages(tiers, default.get("review")),
            "ends": {END: {"kind": "success", "title": {"zh": "已复盘", "en": "Reviewed"}}},
            "outcomes": _outcomes(tiers),
            "clocks": {**_report(default.get("report")), "more_news": _NEWS},
            "rules": {
                **({f"as_{each}": _as_urgent(each) for each in _ABOVE} if ranked else {}),
                **{f"take_up_{number}": _take_up(number, tier) for number, tier in tiers.items()},
            },
        },
        at,
    )


_ENDLESS: Final = "no_limit"
_ORDER: Final = {
    "number": "E{yyyy}{mm}-{serial:4}",
    "fields": {
        "about": {"type": "text", "required": True, "title": {"zh": "订单", "en": "Order"}},
        "reason": {"type": "text", "title": {"zh": "发起原因", "en": "Why it was raised"}},
        "tier": {"type": "integer", "required": True, "min": 1, "title": {"zh": "级别", "en": "Tier"}},
        _ENDLESS: {"type": "duration", "title": {"zh": "不限时", "en": "No limit"}},
        "next_news": {"type": "datetime", "title": {"zh": "下次消息的时间", "en": "Time of the next news"}},
        RAISED_AS: {"type": "text", "required": True, "title": {"zh": "发起编号", "en": "Raised as"}},
    },
}
_NEWS: Final = {
    "title": {"zh": "告知客户新的进展", "en": "More news for the customer"},
    "after": "told.entered",
    "by": "next_news",
    "until": "resolved.entered",
}


def _take_up(number: int, tier: Node) -> dict[str, Any]:
    """Everybody of the team is told, whenever a case comes to its tier."""
    return {
        "title": {"zh": "请响应异常", "en": "Please take up the exception"},
        "after": "raised.entered",
        "when": f"tier == {number}",
        "each": True,
        "then": [{"notify": items_of(tier.entries["team"])}],
    }


def _has_priorities(process: Node) -> bool:
    """Whether orders of the process are more urgent or less: it, a type or a lane says so, or an action."""
    types, lanes = (process.entries.get(key) for key in ("types", "lanes"))
    grants = (lane.entries.get("grants") for lane in (lanes.entries.values() if lanes else ()))
    says = (process, *(types.entries.values() if types else ()), *filter(None, grants), *_settings(process))
    return any(PRIORITY in each.entries for each in says if each.kind == "map")


def _settings(node: Node) -> Iterator[Node]:
    """What is set anywhere in the process."""
    for name, each in node.entries.items() if node.kind == "map" else ():
        if name == "set":
            yield each
        yield from _settings(each)
    for each in node.items if node.kind == "list" else ():
        yield from _settings(each)


def _as_urgent(priority: str) -> dict[str, Any]:
    """A case becomes as urgent as one of its orders. Like its tier its priority never falls."""
    lower = " and ".join(f"{PRIORITY} != '{each}'" for each in _ABOVE[: _ABOVE.index(priority) + 1])
    of_any = f"{ORDER}.{PRIORITY} == '{priority}' or any({JOINED}.{PRIORITY} == '{priority}')"
    return {
        "title": {"zh": "与订单同样紧急", "en": "As urgent as its order"},
        "when": f"{lower} and ({of_any})",
        "then": [{"set": {PRIORITY: f"'{priority}'"}}],
    }


def _original(process: str, told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": {"zh": "订单", "en": "Order"},
        "process": process,
        "required": True,
        "known_there_as": LINK,
        "reads": told,
    }


def _joined(process: str, told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": {"zh": "同一原因的订单", "en": "Orders of the same cause"},
        "process": process,
        "many": True,
        "reads": told,
    }


_TOLD: Final = {
    "least_tier": {"type": "integer", "required": True},
    "settled": {"type": "boolean", "required": True},
}

_NORMAL: Final = "normal"
_ABOVE: Final = PRIORITIES[: PRIORITIES.index(_NORMAL)]
"""The priorities that a case takes over; a case of an order of a low one is like others."""
_PRIORITY: Final = {PRIORITY: {"type": "choice", "choices": PRIORITIES, "required": True}}


def _roles(process: Node, declared: Node, tiers: Tiers) -> dict[str, Any]:
    """The roles of the process, which pass on work as they do there. Whoever deals with exceptions sees all
    of a case; the others what they do.
    """
    dealing = {str(process.entries["owner"].value)}
    dealing |= {str(role.value) for tier in tiers.values() for role in items_of(tier.entries["team"])}
    for exception in declared.entries.values():
        dealing |= {str(role.value) for role in items_of(exception.entries.get("by"))}
    return {
        name: {
            **kept(role, *_OF_ROLES),
            **({"may": "reassign"} if _says(role, "may", "reassign") else {}),
            **(
                {"sees": "all"}
                if name in dealing or _says(role, "sees", "all") or _says(role, "may", "raise")
                else {}
            ),
        }
        for name, role in process.entries["roles"].entries.items()
    }


def _says(role: Node, word: str, value: str) -> bool:
    return any(each.value == value for each in items_of(role.entries.get(word)))


def _stages(tiers: Tiers, review: Node | None) -> dict[str, Any]:
    """The way of a case. A step for which its tier gives no time is passed over, but for the last."""
    told = {
        "customer_told": {
            "note": {
                "zh": "告知客户的原因与措施",
                "en": "What the customer was told: the reason, and what is done",
            },
            "covers": ["about"],
        },
        "next_news": {"field": "next_news"},
    }
    plan = {"plan": {"note": {"zh": "处理方案", "en": "Plan"}, "covers": ["about"]}}
    solved = {"solution": {"note": {"zh": "如何解决", "en": "How it was resolved"}}}
    return {
        "raised": {
            "title": {"zh": "已发起", "en": "Raised"},
            "owner": _owners(tiers),
            "due": _times(tiers, "answer"),
            "needs": _asked(tiers, "answer", {"answer": {"check": {"zh": "响应", "en": "Take it up"}}}),
        },
        "answered": _step(tiers, "tell", {"zh": "已响应", "en": "Answered"}, told),
        "told": _step(tiers, "plan", {"zh": "已告知客户", "en": "Customer told"}, plan),
        "planned": {
            "title": {"zh": "处理中", "en": "Planned"},
            "owner": _owners(tiers),
            "due": _times(tiers, "resolve"),
            "needs": solved,
        },
        "resolved": {
            "title": {"zh": "已解决", "en": "Resolved"},
            "owner": _owners(tiers),
            "needs": review.entries["needs"] if review else _REVIEW,
            "next": END,
        },
    }


_REVIEW: Final = {
    "root_cause": {"note": {"zh": "根本原因", "en": "Root cause"}},
    "plan_change": {"note": {"zh": "预案应如何改进", "en": "What the plan should change"}},
}


def _step(tiers: Tiers, step: str, title: dict[str, str], needs: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": title,
        "owner": _owners(tiers),
        "due": _times(tiers, step),
        "needs": _asked(tiers, step, needs),
    }


def _asked(tiers: Tiers, step: str, needs: dict[str, Any]) -> dict[str, Any]:
    """What is asked on those tiers that give a time for it."""
    on = [number for number, tier in tiers.items() if step in tier.entries]
    if len(on) == len(tiers):
        return needs
    when = " or ".join(f"tier == {number}" for number in on) or "tier == 0"
    return {name: {**need, "when": when} for name, need in needs.items()}


def _owners(tiers: Tiers) -> list[dict[str, Any]]:
    """By tier the first of its team."""
    *lower, (_, last) = tiers.items()
    rows = [{"when": f"tier == {number}", "to": _first(tier)} for number, tier in lower]
    return [*rows, {"to": _first(last)}]


def _first(tier: Node) -> Node:
    return items_of(tier.entries["team"])[0]


def _times(tiers: Tiers, step: str) -> list[dict[str, Any]] | None:
    """By tier how much time a step has. The last row counts for tiers on which it is passed over, too; but
    none passes over the last step, so that it has no end there: a length that nobody fills in.
    """
    rows: list[dict[str, Any]] = [
        {
            "when": f"tier == {number}",
            "within": tier.entries[step],
            **({"late": _rise(tiers, number)} if step == "answer" and _rises(tiers, number) else {}),
        }
        for number, tier in tiers.items()
        if step in tier.entries
    ]
    if rows and step == "resolve" and len(rows) < len(tiers):
        return [*rows, {"within": _ENDLESS}]
    if rows:
        del rows[-1]["when"]
    return rows or None


def _rises(tiers: Tiers, number: int) -> bool:
    unanswered = tiers[number].entries.get("unanswered")
    return number != max(tiers) and not (unanswered and unanswered.value == "stay")


def _rise(tiers: Tiers, number: int) -> list[dict[str, Any]]:
    higher = min(each for each in tiers if each > number)
    return [{"then": [{"set": {"tier": str(higher)}}, {"move": "raised"}]}]


def _outcomes(tiers: Tiers) -> dict[str, Any]:
    return {
        "rise": {
            "title": {"zh": "升级", "en": "Tier risen"},
            "from": OPEN,
            "when": f"{ORDER}.least_tier > tier",
            "to": "raised",
            "then": [{"set": {"tier": f"{ORDER}.least_tier"}}],
        },
        **{f"rise_along_{number}": _rise_along(number) for number in tiers if number != min(tiers)},
        "settled": {
            "title": {"zh": "已由订单解决", "en": "Resolved by the order"},
            "from": OPEN,
            "when": f"{ORDER}.settled and all({JOINED}.settled)",
            "to": "resolved",
        },
    }


def _rise_along(number: int) -> dict[str, Any]:
    """A case comes to the highest tier that one of the orders wants that have joined it."""
    is_highest = f"any({JOINED}.least_tier == {number}) and not any({JOINED}.least_tier > {number})"
    return {
        "title": {"zh": "随其他订单升级", "en": "Tier risen with another order"},
        "from": OPEN,
        "when": f"tier < {number} and {is_highest}",
        "to": "raised",
        "then": [{"set": {"tier": str(number)}}],
    }


def _type(exception: Node) -> dict[str, Any]:
    """What one exception asks besides what all do."""
    said = exception.entries
    stages: dict[str, Any] = {}
    if "playbook" in said:
        stages["planned"] = {"needs": _lasting(said["playbook"])}
    if "review" in said:
        stages["resolved"] = {"needs": said["review"].entries["needs"]}
    return {
        **({"stages": stages} if stages else {}),
        **({"clocks": _report(said["report"])} if "report" in said else {}),
    }


def _report(report: Node | None) -> dict[str, Any]:
    if report is None:
        return {}
    title = {"zh": "上报", "en": "Report"}
    return {"report": {"title": title, "owner": "raised.owner", **kept(report, "within", "needs")}}


def _lasting(playbook: Node) -> Node:
    """A playbook of which what was done stays done when the tier rises."""
    needs = {name: _covering(name, need) for name, need in playbook.entries.items()}
    return replace(playbook, value=needs)


def _covering(name: str, need: Node) -> Node:
    whole = written_out(SHAPES["need"], name, need)
    if "any" in whole.entries:
        return replace(whole, value={**whole.entries, "any": _lasting(whole.entries["any"])})
    if not _ACTS & whole.entries.keys():
        return need
    covers = whole.entries.get("covers", node_of(["about"], whole.place))
    keys = {**whole.keys, "covers": covers.place}
    return replace(whole, value={**whole.entries, "covers": covers}, keys=keys)
