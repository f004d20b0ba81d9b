"""Good process files of about 150 lines, each another: names, stages, needs, conditions and types vary.

Used by the part that measures the checker. The same number gives the same file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

WORK = (
    "survey", "quote", "approval", "purchase", "cutting", "welding", "painting", "assembly", "testing",
    "packing", "loading", "transport", "customs", "installing", "training", "invoicing", "payment", "archive",
    "audit", "labelling",
)  # fmt: skip
STAFF = (
    "sales", "planner", "buyer", "worker", "inspector", "carrier", "finance", "service", "director", "clerk",
)  # fmt: skip
ACTS = (
    "measured", "agreed", "signed", "counted", "cleaned", "sealed", "weighed", "pictured", "filed", "told",
)  # fmt: skip
GRADES = ("standard", "premium", "export", "sample", "repair", "rental")
DUES = ("30m", "4h", "8h", "1d", "36h", "2d 12h", "5d")
TESTS = (
    "amount > {}", "quantity > {} and grade == '{}'", "amount > {} or not insured", "grade in '{}' | '{}'",
    "has(weight) and weight > {}", "insured and quantity >= {}", "total > {} and grade != '{}'",
)  # fmt: skip


def good_file(number: int) -> str:
    """The file of that number."""
    return "\n".join(_File(Random(number), number).lines()) + "\n"


class _File:
    """One file while it is written: what it has drawn decides what its conditions may name."""

    def __init__(self, random: Random, number: int) -> None:
        self._random = random
        self._number = number
        self._stages = [f"{name}_{number}" for name in random.sample(WORK, random.randint(6, 8))]
        self._roles = random.sample(STAFF, random.randint(4, 7))
        self._grades = random.sample(GRADES, random.randint(3, 5))
        self._types = random.sample(("rush", "custom", "plain", "internal"), random.choice((0, 0, 2, 3)))

    def lines(self) -> Iterator[str]:
        yield from self._head()
        yield from self._order()
        yield from self._patches()
        yield "stages:"
        below = [*self._stages[1:], "closed"]
        for stage, to in zip(self._stages, below, strict=True):
            yield from self._stage(stage, to)
        yield from self._whole()

    def _head(self) -> Iterator[str]:
        yield "flowengine: 1"
        yield f"process: bench-{self._number}"
        yield f'version: "2026.{self._number}"'
        yield f"title: {{zh: 第{self._number}号流程, en: Process {self._number}}}"
        yield f"owner: {self._roles[0]}"
        yield "zone: Asia/Shanghai"
        yield "roles:"
        yield from (f"  {role}: {{title: {role.capitalize()}}}" for role in self._roles)

    def _order(self) -> Iterator[str]:
        limit = self._random.randint(1, 9) * 1000
        yield "order:"
        yield f'  number: "N{self._number}-{{yyyy}}-{{serial:4}}"'
        yield "  checks:"
        yield "    - {that: promised_date >= order.created, else: The promised date lies before the order}"
        yield "  fields:"
        yield "    customer: {type: text, title: Customer, required: true}"
        yield "    amount: {type: money, title: Amount, currency: CNY, required: true, min: 0}"
        yield "    quantity: {type: integer, title: Pieces, required: true, min: 1}"
        yield f"    grade: {{type: choice, choices: [{', '.join(self._grades)}], required: true}}"
        yield "    promised_date: {type: date, title: Promised for, required: true}"
        yield "    insured: {type: boolean, default: false}"
        yield "    weight: {type: decimal, title: Weight in kg}"
        yield "    total: {type: money, currency: CNY, value: amount + 100}"
        yield "    carriage:"
        yield "      type: choice"
        yield "      choices: [van, lorry, rail]"
        yield f"      default: [{{when: quantity > {limit}, value: rail}}, {{value: van}}]"

    def _patches(self) -> Iterator[str]:
        if self._types:
            yield "types:"
        for name in self._types:
            stage = self._random.choice(self._stages)
            yield f"  {name}:"
            yield f"    title: {name.capitalize()} orders"
            if name == "rush":
                yield "    priority: urgent"
            yield "    stages:"
            yield f"      {stage}:"
            yield f"        due: {self._random.choice(DUES)}"
            yield f"        needs: {{extra_{self._number}: {{file: A document for {name}}}}}"

    def _stage(self, stage: str, to: str) -> Iterator[str]:
        draw = self._random
        yield f"  {stage}:"
        yield f"    title: {stage.replace('_', ' ').capitalize()}"
        yield f"    owner: {draw.choice(self._roles)}"
        yield f"    due: {draw.choice(DUES)}"
        yield "    needs:"
        yield f"      {stage}_ready: {{check: Everything is there}}"
        for act in draw.sample(ACTS, draw.randint(1, 2)):
            yield f"      {stage}_{act}: {self._need()}"
        if draw.random() < 0.4:
            yield "    tasks:"
            yield f"      {stage}_papers:"
            yield f"        owner: {draw.choice(self._roles)}"
            yield "        due: 2d"
            yield f"        needs: {{{stage}_slip: {{file: Slip}}}}"
        if stage != self._stages[0] and draw.random() < 0.6:
            yield "    outcomes:"
            yield f"      {stage}_failed:"
            yield f"        to: {draw.choice(self._stages[: self._stages.index(stage)])}"
            yield "        reason: required"
            yield f"        at_most: {draw.randint(2, 5)}"
            yield "        beyond: [{move: cancelled}]"
            yield f"        then: [{{notify: {stage}.owner}}]"
        yield "    next:"
        if stage in self._stages[:-2] and draw.random() < 0.5:
            yield f"      - {{when: {self._condition()}, to: {self._stages[self._stages.index(stage) + 2]}}}"
        yield f"      - {{to: {to}}}"

    def _need(self) -> str:
        by = self._random.choice(self._roles)
        return self._random.choice(
            (
                f"{{check: Looked at, by: {by}, when: {self._condition()}}}",
                f"{{file: Its document, by: {by}}}",
                f"{{note: What was found, when: {self._condition()}}}",
                f"{{file: A copy, waive: {by}, covers: [amount]}}",
            )
        )

    def _condition(self) -> str:
        test = self._random.choice(TESTS)
        values: Sequence[object] = (self._random.randint(2, 900), *self._random.sample(self._grades, 2))
        return test.format(*(values if "> {}" in test or ">= {}" in test else values[1:]))

    def _whole(self) -> Iterator[str]:
        places = ", ".join(self._stages[:3])
        yield "outcomes:"
        yield f"  cancel: {{from: [{places}], by: {self._roles[0]}, reason: required, to: cancelled}}"
        yield f"  amend: {{from: [{places}], by: {self._roles[1]}, edits: [amount], reason: required}}"
        yield "ends:"
        yield "  closed: {kind: success}"
        yield "  cancelled: {kind: cancelled}"
