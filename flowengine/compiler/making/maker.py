"""Needs as they stand at their sites, with their approvals; and what else is there only because of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from flowengine.compiler import plan as plans
from flowengine.compiler.approval import EXTRAS
from flowengine.compiler.calendars import calendar_of
from flowengine.compiler.making.reader import Reader
from flowengine.compiler.sites import ORDER, Site
from flowengine.compiler.times import deferred, rows_of
from flowengine.compiler.ways import Move
from flowengine.definition import words
from flowengine.definition.four_eyes import CREATOR
from flowengine.definition.scope import fields_of
from flowengine.definition.words import Text

_OF_THEMSELVES = ("that", "any", "approval", "call", "event")
"""Needs that nobody does by hand."""


class Maker(Reader):
    """Makes what may stand anywhere in a process; `order` is the site of the order as a whole.

    Kept for the plan: the needs that actions ask, by name (`asks`) and by stage (`asked_in`), those that stay
    valid or are put off (`lasting`), whose doers may not do what else (`apart`), and the `moves`.
    """

    def __init__(self, process: words.Process) -> None:
        super().__init__(process)
        self.order = Site(self, ORDER, "", calendar_of(process, self.calendars))
        self.asks: dict[str, plans.Need] = {}
        self.asked_in: dict[str, list[plans.Need]] = defaultdict(list)
        self.lasting: dict[str, plans.Need] = {}
        self.apart: dict[str, tuple[str, ...]] = {}
        self.moves: list[Move] = []

    def moved(self, site: Site, target: str) -> str:
        """The trigger of a move that is made at a site by itself."""
        trigger = f"{site.place}!{len(self.moves) + 1}"
        self.moves.append(Move(site.stage, trigger, target))
        return trigger

    def asked(self, needs: Mapping[str, words.Need], site: Site) -> tuple[str, ...]:
        """The names of needs that an action asks at a site; whoever is there can do them."""
        found = self.needs(needs, site)
        self.asks |= {need.name: need for need in found}
        self.asked_in[site.stage] += found
        return tuple(need.name for need in found)

    def needs(
        self,
        needs: Mapping[str, words.Need] | None,
        site: Site,
        by: tuple[str, ...] = (),
        *,
        beside: frozenset[str] = frozenset(),
    ) -> tuple[plans.Need, ...]:
        """The needs that stand at a site. `by` does them where they do not say; else its owner does."""
        return tuple(self.need(need, site, by, beside) for need in (needs or {}).values())

    def need(
        self,
        need: words.Need,
        site: Site,
        by: tuple[str, ...] = (),
        beside: frozenset[str] = frozenset(),
    ) -> plans.Need:
        """One of them."""
        form = (self.process.approvals or {}).get(need.approval or "")
        after = self.moment(need.after, beside) if need.after else ""
        due = deferred(replace(site, stage=""), need) if need.defer else ()
        found = plans.Need(
            name=need.name,
            kind=need.kind,
            title=self._title(need),
            by=self._by(need, site, by),
            line=need.place.line,
            place=site.place,
            field=need.field or "",
            that=self.expression(need.that),
            otherwise=need.else_,
            any=self.needs(need.any, site, by, beside=beside),
            when=self.expression(need.when),
            after=after,
            beside=after in beside,
            covers=tuple(form.covers if form else need.covers),
            waive=self.doers(need.waive, site.place),
            defer=need.defer is not None,
            due=due or rows_of(replace(site, default=None), form.due if form else need.due),
            not_by=self.not_by(need),
            approval=self.approval(form, need.name, site) if form else None,
            asks=tuple(need.asks),
            call=need.call or "",
            event=need.event or "",
        )
        if found.covers or found.defer:
            self.lasting[found.name] = found
        return found

    def _by(self, need: words.Need, site: Site, by: tuple[str, ...]) -> tuple[str, ...]:
        if need.kind in _OF_THEMSELVES:
            return ()
        named = self.doers(need.confirm or need.by, site.place)
        return named or by or self.owners.by_default(site.place)

    def not_by(self, thing: words.Need | words.Outcome) -> tuple[str, ...]:
        """Whose doers may not do a thing as well; the other way round it holds too."""
        for other in thing.not_by:
            if other != CREATOR and thing.name not in self.apart.get(other, ()):
                self.apart[other] = (*self.apart.get(other, ()), thing.name)
        return tuple(thing.not_by)

    def approval(self, form: words.Approval, need: str, site: Site) -> plans.Approval:
        """The form as one need asks for it. What it covers may be asked anew wherever the order is then."""
        self.reads(f"{need}.requested")
        here = replace(site, stage="" if form.covers else site.stage)
        return plans.Approval(
            name=form.name,
            title=form.title or Text(en=form.name),
            line=form.place.line,
            steps=tuple(self._approval_step(step, site.place) for step in form.steps),
            copy=self.doers(form.copy, site.place),
            refused=here.actions(form.refused),
            returns=here.actions(words.Action(place=name.place, move=name) for name in form.returns),
            allow=frozenset(EXTRAS if form.allow is None else form.allow),
        )

    def _approval_step(self, step: words.ApprovalStep, place: str) -> plans.ApprovalStep:
        return plans.ApprovalStep(
            roles=self.doers(step.roles, place),
            least=1 if step.any else step.quorum or 0,
            in_order=bool(step.in_order),
            when=self.expression(step.when),
            veto=frozenset(self.doers(step.veto, place)),
            not_creator=step.not_by == "creator",
            not_requester=step.not_by == "requester",
        )

    def _title(self, need: words.Need) -> Text:
        """What people call a need; a field its title, a condition its text, a choice all that may be done."""
        if need.field and (field := fields_of(self.process).get(need.field)) and field.title:
            return field.title
        if need.approval and (form := (self.process.approvals or {})[need.approval]).title:
            return form.title
        if need.call and need.call == need.name and (title := (self.process.calls or {})[need.call].title):
            return title
        if need.any:
            titles = [self._title(part) for part in need.any.values()]
            return Text(
                zh=" 或 ".join(each.say("zh") for each in titles),
                en=" or ".join(each.say("en") for each in titles),
            )
        return need.called or Text(en=need.that.source if need.that else need.name)
