"""Questions about the conditions of a process: can they hold at once, and for which order, for example.

`may` errs on the side of yes and `example` on the side of none, so that what is reported is so: what
cannot be decided from values (sums, datetimes, moments nobody knows of) is tried as both true and false by
the one, and left open by the other. Beyond `MOST_TRIES` for a question and `MOST_IN_ALL` for a process
neither says anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any, Final, NamedTuple

from flowengine.definition.document.characters import shown
from flowengine.definition.expressions import parse
from flowengine.definition.expressions.terms import Term
from flowengine.definition.kinds import Known
from flowengine.definition.same import Same
from flowengine.definition.scope import fields_of, outcomes_of, scope_of, set_by_itself
from flowengine.definition.soundness.samples import Variables, count_samples, field_samples, variables_of
from flowengine.definition.soundness.truth import GIVEN, MISSING, Asked, count_of, truth
from flowengine.definition.unwritten import unwritten
from flowengine.definition.values import WrongValue, store
from flowengine.definition.words import Process, Written

MOST_TRIES: Final = 5_000
MOST_IN_ALL: Final = 60_000
Moments = frozenset[str]
NONE: Final[Moments] = frozenset()


@unwritten(frozen=True, slots=True, eq=False)
class Condition:
    """A condition as it was written, and what decides it: the names that it reads, the moments among them.

    What every order has behind it is none of those.
    """

    written: Written
    term: Term
    asked: Asked
    names: frozenset[str]
    moments: frozenset[str]
    known: Mapping[str, Known]

    @property
    def source(self) -> str:
        """Its text, on one line."""
        return shown(self.written.source)

    @property
    def holds(self) -> Wish:
        """That it holds."""
        return Wish(self, holds=True)

    @property
    def fails(self) -> Wish:
        """That it does not hold."""
        return Wish(self, holds=False)


class Wish(NamedTuple):
    """A condition, and what it should come to."""

    condition: Condition
    holds: bool


class Where(NamedTuple):
    """Where an order stands: its stage, if it is one and known, what may have happened to it by then (None:
    anything), and what surely has.
    """

    stage: str = ""
    may: Moments | None = None
    surely: Moments = NONE


ANYWHERE: Final = Where()


class _TooMuch(Exception):
    pass


@unwritten(frozen=True, slots=True)
class Answers:
    """What was read and answered before, for the types of order of one process: most is the same for all."""

    conditions: dict[str, Condition] = field(default_factory=dict)
    may: dict[object, bool] = field(default_factory=dict)
    worlds: dict[object, int] = field(default_factory=dict)
    """Numbers for what every answer depends on: the fields, and the checks that read nothing else."""


class Questions:
    """The conditions of one process, and what was answered about them."""

    def __init__(self, process: Process, before: Answers | None = None) -> None:
        self._before = before or Answers()
        self.scope = scope_of(process)
        self._fields = fields_of(process)
        self._stages = tuple(process.stages)
        # What people may choose: no computed field, nor what the process or the type decides.
        self._free = {*(name for name, field in self._fields.items() if field.value is None), "channel"}
        self._free |= {*set_by_itself(process)}
        self._read: dict[str, Condition] = {}
        self._tried: dict[object, list[tuple[str, Sequence[Any]]]] = {}
        self._tries = 0
        self._most = {
            f"{place}.{outcome.name}": outcome.at_most
            for place, outcome in outcomes_of(process)
            if outcome.at_most is not None
        }
        checks = [self.condition(check.that) for check in ((process.order and process.order.checks) or ())]
        self.checks: tuple[Condition, ...] = tuple(checks)
        # Only what reads nothing but fields holds at any time: the rest changes without anybody writing.
        self._laws = [check for check in checks if not check.moments and "stage" not in check.names]
        given = (*map(Same, self._fields.values()), *self._laws)
        self._world = self._before.worlds.setdefault(given, len(self._before.worlds))

    def condition(self, written: Written) -> Condition:
        """The condition that was written; it must be sound."""
        known = self._read.get(written.source)
        if known is None:
            known = self._known_before(written.source) or self._parsed(written)
            self._read[written.source] = known
        return known

    def _known_before(self, source: str) -> Condition | None:
        """The condition as it was read in another variant, if its names mean the same in this one."""
        known = self._before.conditions.get(source)
        names = self.scope.names
        same = known is not None and all(names.get(name) == each for name, each in known.known.items())
        return known if same else None

    def _parsed(self, written: Written) -> Condition:
        expression, findings = parse(written.source, self.scope, written.place, at=written.at)
        assert expression is not None, findings
        names, term = expression.names, expression.term
        moments = frozenset(name for name in names if "." in name and name != "order.created")
        known = {name: self.scope.names[name] for name in names if name in self.scope.names}
        condition = Condition(written, term, truth(term), names, moments, known)
        self._before.conditions[written.source] = condition
        return condition

    def may(self, wishes: Sequence[Wish], where: Where = ANYWHERE, *, lawful: bool = True) -> bool:
        """Whether these wishes can come true at once for some order; yes where that is not known.

        `lawful`: for an order that keeps the checks of the process.
        """
        if not wishes:
            return True
        read = NONE.union(*(wish.condition.moments for wish in wishes))
        key = (
            self._world,
            tuple(wishes),
            (where.stage, self._stages) if any("stage" in wish.condition.names for wish in wishes) else None,
            read if where.may is None else read & where.may,
            read & where.surely,
            tuple(self._most.get(moment) for moment in sorted(read)) if read else (),
            lawful,
        )
        answers = self._before.may
        if key not in answers:
            laws = [law.holds for law in self._touching(wishes)] if lawful else []
            answer = self._decided([*wishes, *laws], where)
            if answer is None and laws:
                answer = self._decided(wishes, where)
            answers[key] = answer is not False
        return answers[key]

    def _decided(self, wishes: Sequence[Wish], where: Where) -> bool | None:
        try:
            return self._solved(wishes, where, guess=True) is not None
        except _TooMuch:
            return None

    def example(self, wishes: Sequence[Wish], where: Where = ANYWHERE) -> dict[str, Any] | None:
        """Values of fields with which these wishes surely come true; None if none are known."""
        laws = [*wishes, *(law.holds for law in self._touching(wishes))]
        try:
            found = self._solved(laws, where, guess=False)
        except _TooMuch:
            return None
        if found is None:
            return None
        return {name: found[name] for name in (*self._fields, "channel") if name in found}

    def _solved(self, wishes: Sequence[Wish], where: Where, *, guess: bool) -> dict[str, Any] | None:
        if self._tries > MOST_IN_ALL:
            raise _TooMuch
        search = Search(wishes, self._to_try(wishes, where, guess=guess), surely=not guess)
        try:
            return search.facts if search.succeeds(0, wishes) else None
        finally:
            self._tries += search.tries

    def _touching(self, wishes: Iterable[Wish]) -> list[Condition]:
        """The checks that read a field which these conditions read, or which such a check reads."""
        names = {name for wish in wishes for name in wish.condition.names}
        asked = {id(wish.condition) for wish in wishes}
        found: list[Condition] = []
        grows = bool(self._laws)
        while grows:
            grows = False
            for law in self._laws:
                if law not in found and id(law) not in asked and law.names & names:
                    found.append(law)
                    names |= law.names
                    grows = True
        return found

    def _to_try(
        self, wishes: Sequence[Wish], where: Where, *, guess: bool
    ) -> list[tuple[str, Sequence[Any]]]:
        """The values to try, the fewest first: the same whether the conditions should hold or fail."""
        key = tuple(wish.condition for wish in wishes), where, guess
        if key not in self._tried:
            variables = variables_of(wish.condition.term for wish in wishes)
            domains = self._domains(variables, where, guess=guess)
            self._tried[key] = sorted(domains.items(), key=lambda each: len(each[1]))
        return self._tried[key]

    def _domains(self, variables: Variables, where: Where, *, guess: bool) -> dict[str, list[Any]]:
        names = [name for name in variables.fields if guess or name in self._free or name == "stage"]
        domains = {name: self._values(variables, name, where, guess=guess) for name in names}
        for name in sorted(variables.counts):
            least, most = self._bounds(name, where)
            if guess or most == 0:
                domains[count_of(name)] = count_samples(variables, name, least, most)
            elif least and "." in name:  # it has happened, but how often is not known
                domains[name] = [True]
        if not guess:
            return domains
        return domains | {text: [True, False] for text in sorted(variables.guesses)}

    def _values(self, variables: Variables, name: str, where: Where, *, guess: bool) -> list[Any]:
        if name == "stage":
            return [where.stage] if where.stage else [*self._stages, ""]
        values = field_samples(variables, name)
        return values if guess else [value for value in values if self._storable(name, value)]

    def _storable(self, name: str, value: object) -> bool:
        declared = self._fields.get(name)
        if declared is None or value is GIVEN:
            return True
        if value is MISSING:
            return declared.default is None
        try:
            return store(declared, value, self.scope.zone) is not None
        except WrongValue:
            return False

    def _bounds(self, name: str, where: Where) -> tuple[int, int | None]:
        if "." not in name:
            declared = self._fields.get(name)
            least = declared.min if declared and declared.required else 0
            least = least if isinstance(least, int) else 0
            return least, declared.max if declared and isinstance(declared.max, int) else None
        if name == "order.created":
            return 1, 1
        if where.may is not None and name not in where.may:
            return 0, 0
        return int(name in where.surely), self._most.get(name)


class Search:
    """The search for facts with which all wishes come true; with `surely` none of them may be left open.

    Fixes one value after the other and turns back as soon as a wish has failed.
    """

    def __init__(
        self, wishes: Sequence[Wish], domains: Sequence[tuple[str, Sequence[Any]]], *, surely: bool
    ) -> None:
        self.facts: dict[str, Any] = {}
        self.tries = len(wishes)
        self._surely = surely
        self._domains = domains

    def succeeds(self, depth: int, wishes: Sequence[Wish]) -> bool:
        """Whether the wishes come true with what is fixed so far and some values for the rest."""
        left = []
        self.tries += len(wishes)
        for wish in wishes:
            found = wish.condition.asked(self.facts)
            if found is None:
                left.append(wish)
            elif found is not wish.holds:
                return False
        if not left:
            return True
        if depth == len(self._domains):
            return not self._surely
        if self.tries > MOST_TRIES:
            raise _TooMuch
        name, values = self._domains[depth]
        for value in values:
            self.facts[name] = value
            if self.succeeds(depth + 1, left):
                return True
        self.facts.pop(name, None)
        return False
