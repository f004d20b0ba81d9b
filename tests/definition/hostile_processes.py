"""Process files that are well-formed and strange: much of everything, names that mean something elsewhere.

Each stands beside the codes of what is found in it; none means that it is sound and compiles.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.definition.small_process import small

LONG = "a" * 200


def stages(number: int, **more: Any) -> dict[str, Any]:
    """So many stages in a row, with five needs each."""
    names = [f"stage_{each}" for each in range(number)]
    return {
        name: {
            "owner": "desk",
            "needs": {f"need_{at}_{each}": "check" for each in range(5)},
            "next": names[at + 1] if at + 1 < number else "closed",
            **more,
        }
        for at, name in enumerate(names)
    }


def fields(number: int) -> dict[str, Any]:
    return {"fields": {f"field_{each}": {"type": "money", "required": True} for each in range(number)}}


ENORMOUS: Mapping[str, tuple[dict[str, Any], set[str]]] = {
    "200 stages, 500 fields, 1 000 needs": (small(stages=stages(200), order=fields(500)), set()),
    "1 000 stages": (
        small(
            stages={name: {**each, "needs": {f"n_{name}": "check"}} for name, each in stages(1000).items()}
        ),
        set(),
    ),
    "200 stages, each with a way to every other": (
        small(
            stages={
                name: {
                    "owner": "desk",
                    "outcomes": {f"to_{other}": {"to": other} for other in list(stages(40))},
                }
                for name in stages(40)
            },
            outcomes={"stop": {"from": "any", "to": "closed"}},
        ),
        set(),
    ),
    "300 conditions over 500 fields": (
        small(
            order=fields(500),
            stages={
                "review": {
                    "owner": "desk",
                    "next": "closed",
                    "needs": {
                        f"need_{each}": {"that": f"field_{each} > {each} and field_{499 - each} < 9"}
                        for each in range(300)
                    },
                }
            },
        ),
        set(),
    ),
    "500 outcomes of the whole order": (
        small(outcomes={f"outcome_{each}": {"from": "any", "to": "cancelled"} for each in range(500)}),
        set(),
    ),
    "1 000 unknown roles": (
        small(
            stages={
                "review": {
                    "owner": "desk",
                    "next": "closed",
                    "needs": {f"need_{each}": {"check": "x", "by": f"role_{each}"} for each in range(1000)},
                }
            }
        ),
        {"FE201"},
    ),
    "names of 200 letters": (
        small(
            roles={LONG: {}},
            owner=LONG,
            stages={LONG: {"owner": LONG, "needs": {f"{LONG[1:]}b": "check"}, "next": "closed"}},
        ),
        set(),
    ),
    "a name of 100 000 letters": (small(owner="a" * 100_000), {"FE201"}),
    "a choice of 2 000 words": (
        small(
            order={
                "fields": {
                    "it": {
                        "type": "choice",
                        "choices": [f"word {each}" for each in range(2000)],
                        "default": "word",
                    }
                }
            }
        ),
        {"FE218"},
    ),
    "a row of 1 000 ways": (
        small(
            order=fields(1),
            stages={
                "review": {
                    "owner": "desk",
                    "needs": {"seen": "check"},
                    "next": [
                        *({"when": f"field_0 > {each}", "to": "closed"} for each in range(1000)),
                        "closed",
                    ],
                }
            },
        ),
        {"FE420"},
    ),
}


def review(**more: Any) -> dict[str, Any]:
    return {"review": {"owner": "desk", "needs": {"seen": "check"}, "next": "closed", **more}}


NAMES: Mapping[str, tuple[dict[str, Any], list[str]]] = {
    "a stage called __class__": (
        small(stages={**review(next="__class__"), "__class__": review()["review"]}),
        ["FE105", "FE105"],
    ),
    "a stage called constructor": (small(stages={"constructor": review()["review"]}), []),
    "a stage called next": (small(stages={"next": review()["review"]}), []),
    "a stage called transitions": (
        small(stages={"transitions": review(next="order_desk.closed")["review"]}),
        ["FE105"],
    ),
    "a stage called any": (small(stages={"any": review()["review"]}), ["FE205"]),
    "a stage called like a default end": (
        small(stages={"closed": review(next="cancelled")["review"]}),
        ["FE206"],
    ),
    "a stage called like its own end": (
        small(stages={"lost": review()["review"]}, ends={"lost": {"kind": "failure"}}),
        ["FE204"],
    ),
    "a name with a line break behind it": (small(stages={"review\n": review()["review"]}), ["FE105"]),
    "a role with a line break behind it": (small(owner="desk\n"), ["FE105"]),
    "an outcome called done": (small(stages=review(outcomes={"done": {"to": "cancelled"}})), []),
    "an outcome called next": (small(stages=review(outcomes={"next": {"to": "cancelled"}})), []),
    "an outcome called late": (small(stages=review(outcomes={"late": {"to": "cancelled"}})), ["FE205"]),
    "an outcome called like a need": (small(stages=review(outcomes={"seen": {"to": "cancelled"}})), []),
    "an outcome of the whole order called created": (
        small(outcomes={"created": {"from": "any", "to": "closed"}}),
        ["FE205"],
    ),
    "an outcome of the whole order called like one of a stage": (
        small(
            stages=review(outcomes={"stop": {"to": "cancelled"}}),
            outcomes={"stop": {"from": "any", "to": "cancelled"}},
        ),
        ["FE204"],
    ),
    "a need called like a stage": (small(stages=review(needs={"review": "check"})), ["FE204"]),
    "a need called like a field of another kind": (small(order={"fields": {"seen": "text"}}), ["FE204"]),
    "a need called like another field than its own": (
        small(
            order={"fields": {"seen": "text", "sent": "text"}},
            stages=review(needs={"seen": {"field": "sent"}}),
        ),
        ["FE204"],
    ),
    "a need called next": (small(stages=review(needs={"next": "check"})), []),
    "a field called like a word of Python": (
        small(order={"fields": {"class": "text", "lambda": "text"}}),
        ["FE205", "FE205"],
    ),
    "a field called self": (small(order={"fields": {"self": "text", "mro": "text"}}), []),
    "a role called owner": (small(roles={"desk": {}, "owner": {}}), ["FE205"]),
    "a role called customer": (small(roles={"desk": {}, "customer": {}}), ["FE205"]),
    "a role called any": (small(owner="any", roles={"desk": {}, "any": {}}), []),
    "a role called like a stage": (small(roles={"desk": {}, "review": {}}), []),
    "who: the owner of an end": (
        small(stages=review(outcomes={"stop": {"to": "cancelled", "then": [{"notify": "closed.owner"}]}})),
        ["FE202"],
    ),
    "who: the owner of the order as of a stage": (
        small(stages=review(outcomes={"stop": {"to": "cancelled", "then": [{"notify": "order.owner"}]}})),
        ["FE202"],
    ),
    "who: anything else of a stage": (
        small(stages=review(outcomes={"stop": {"to": "cancelled", "then": [{"notify": "review.due"}]}})),
        ["FE105"],
    ),
    "from: any and a stage": (
        small(outcomes={"stop": {"from": ["any", "review"], "to": "cancelled"}}),
        ["FE215"],
    ),
    "from: an end and itself": (small(outcomes={"again": {"from": "cancelled", "to": "cancelled"}}), []),
    "a default end that means something else": (
        small(ends={"closed": {"kind": "failure"}, "cancelled": {"kind": "success"}}),
        ["FE408"],
    ),
    "a condition on nothing": (
        small(stages=review(needs={"seen": {"that": "seen.__class__ == 1"}})),
        ["FE310"],
    ),
    "a condition that is a whole number": (small(stages=review(needs={"seen": {"that": 1}})), ["FE103"]),
    "a map where a text belongs": (small(version={"a": 1}), ["FE103"]),
    "a text where a step belongs": (
        small(stages=review(outcomes={"stop": {"to": "cancelled", "then": ["desk"]}})),
        ["FE103"],
    ),
    "numbers where maps belong": (small(stages=review(due=24, needs={"seen": 1})), ["FE103", "FE103"]),
    "a due time without end": (small(stages=review(due="999999d")), ["FE105"]),
    "a due time of no length": (small(stages=review(due="0m 0h")), ["FE105"]),
    "a due time in full-width digits": (small(stages=review(due="２４h")), ["FE030"]),
    "a due time in words of other languages": (small(stages=review(due="二十四h")), ["FE105"]),
    "more decimals than there are": (
        small(order={"fields": {"it": {"type": "money", "min": 1e300}}}),
        ["FE020"],
    ),
}
