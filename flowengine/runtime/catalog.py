"""Deployed processes: pinned by the hash of their text, compiled when first needed, kept compiled."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from flowengine.compiler.compile import compile_process
from flowengine.compiler.plan import Plan
from flowengine.definition.check import Checked, check_process, own_name
from flowengine.definition.inner import is_inner, name_of
from flowengine.definition.link_pairs import linked_beside, linked_processes, pair_findings, reading_findings
from flowengine.definition.patching.bundle import packed, packed_inner, unpacked, unpacked_inner
from flowengine.definition.patching.sources import NONE, Sources
from flowengine.definition.words import Process
from flowengine.errors import DefinitionRefused, VersionTaken
from flowengine.kernel.commands import Principal
from flowengine.runtime.admission import admit_words
from flowengine.runtime.chain import seal_of
from flowengine.runtime.missing import missing
from flowengine.runtime.ports import Clock, Definitions, Keys, Reader, Store, Writer, system_clock
from flowengine.runtime.privacy.lens import Opener
from flowengine.runtime.privacy.vault import INDEX, Vault
from flowengine.runtime.rows import DefinitionRow
from flowengine.runtime.scheduling import schedule
from flowengine.texts import Lang


class Refusal(DefinitionRefused):
    """The process file has errors; `checked.findings` holds them."""

    def __init__(self, checked: Checked, lang: Lang = "en") -> None:
        lines = [f"{f.place}: {f.message(lang)}" for f in checked.findings if f.severity == "error"]
        super().__init__("\n".join(lines) or "this file is a library: deploy the processes that include it")
        self.checked = checked


class Catalog:
    """The processes of one store."""

    def __init__(self, store: Store, clock: Clock | None, keys: Keys | None = None) -> None:
        self._store = store
        self._clock = clock
        self._plans: dict[int, Plan] = {}
        self.vault = Vault(keys)

    def deploy(self, data: bytes | str, file: str, sources: Sources = NONE) -> tuple[DefinitionRow, bool]:
        """Keep a process with all its files; False when the very same text is deployed already.

        Raises Refusal for one with errors, VersionTaken when its version is deployed with another text, and
        NoMasterKey for one with private data where there is nothing to encrypt it with.
        """
        checked = check_process(data, file, sources)
        if checked.process is None:
            raise Refusal(checked)
        self._check_links(checked, own_name(file), sources)
        others = {name: _text(content) for name, content in checked.files.items()}
        text = packed(own_name(file), _text(data), others)
        row = DefinitionRow(
            id=0,
            hash=hash_of(text),
            process=checked.process.process,
            version=checked.process.version,
            file=file,
            text=text,
            deployed_at=(self._clock or system_clock)(),
            seal="",
        )
        with self._store.writing() as unit:
            unit.lock_definitions()
            if known := unit.definition_by_hash(row.hash):
                return known, False
            if (row.process, row.version) in unit.deployed():
                raise VersionTaken(
                    f"{row.file}: version {row.version!r} of {row.process} is deployed with another text; "
                    f"write a new `version:` for the changed process"
                )
            rows = (row, *_brought(row, checked.process))
            plans = [_compiled(each.hash, each.text, file) for each in rows]
            if any(plan.private for plan in plans):
                self._prepare_for_private(unit)
            schedule(unit, plans[0], row.deployed_at)
            deployed, *_ = [_added(unit, each) for each in rows]
            return deployed, True

    def _check_links(self, checked: Checked, own: str, sources: Sources) -> None:
        """Raise Refusal where a linked process, as it stands beside or was deployed last, says otherwise, or
        reads what is not there like that any more.
        """
        process = checked.process
        if process is None or not process.links:
            return
        others = linked_beside(process, own, sources)
        with self._store.reading() as unit:
            for name in linked_processes(process) - others.keys():
                id = unit.newest(name)
                row = unit.definition(id) if id is not None else None
                if row and (words := words_of(row)):
                    others[name] = words
        there = (each for other in others.values() for each in reading_findings(other, process))
        if found := (*pair_findings(process, others), *there):
            raise Refusal(replace(checked, process=None, findings=(*checked.findings, *found)))

    def newest(self, unit: Definitions, process: str) -> tuple[int, Plan]:
        """The definition that new orders of `process` begin on. Raises NotFound."""
        admit_words(process)
        id = unit.newest(process)
        if id is None:
            known = sorted({name for name, _version in unit.deployed()})
            raise missing("process", process=process, known=known)
        return id, self.plan(unit, id)

    def opened_by(self, unit: Writer, definition_id: int, process: str) -> tuple[int, Plan]:
        """The definition that orders of `process` begin on which one on that definition opens: of an inner
        process the one that it brings, of any other the newest. Raises NotFound.
        """
        row = unit.definition(definition_id) if is_inner(process) else None
        if row is None:
            return self.newest(unit, process)
        text = packed_inner(process.removeprefix(name_of(row.process, "")), row.text)
        found = unit.definition_by_hash(hash_of(text))
        if found is None:
            raise missing("brought", definition=f"{row.process}@{row.version}", process=process)
        return found.id, self.plan(unit, found.id)

    def version(self, unit: Reader, process: str, version: str) -> Plan:
        """The plan of that version of `process`. Raises NotFound."""
        admit_words(process, version)
        rows = [row for row in unit.definitions() if row.process == process]
        found = next((row for row in rows if row.version == version), None)
        if found is None:
            known = [f"{row.process}@{row.version}" for row in rows]
            raise missing("version", version=version, process=process, known=known)
        return self.plan(unit, found.id)

    def plan(self, unit: Definitions, definition_id: int) -> Plan:
        """The plan of a deployed definition. Raises NotFound for an id that was never deployed.

        Kept by id: a definition is never changed, and is deployed in a transaction of its own.
        """
        plan = self._plans.get(definition_id)
        if plan is None:
            row = unit.definition(definition_id)
            if row is None:
                raise missing("definition", id=definition_id)
            plan = self._plans[definition_id] = plan_of(row)
        return plan

    def opener(self, unit: Definitions, plan: Plan, *texts: str) -> Opener | None:
        """What opens private values, those in these texts without asking `unit` again; None where the plan
        keeps none.
        """
        if not plan.private:
            return None
        opener = Opener(self.vault, unit)
        opener.learn(unit, texts)
        return opener

    def _prepare_for_private(self, unit: Writer) -> None:
        """Raise where private data could not be kept, and make the key by which it is looked up."""
        found = unit.subjects([INDEX])
        if found and found[0].wrapped:
            self.vault.master.unwrap(found[0].wrapped)
        else:
            unit.add_subject(self.vault.new_index())

    def readable(self, unit: Reader, by: Principal) -> tuple[int, ...]:
        """The definitions whose orders `by` may read: those that know one of his roles.

        One that this engine cannot read any more hides no orders of others; `verify` names it.
        """
        return tuple(row.id for row in unit.definitions() if _is_readable(row, by))


def _brought(row: DefinitionRow, process: Process) -> Iterator[DefinitionRow]:
    """The definitions of the processes that one brings: of the same version, and each pinned by itself."""
    for name in process.inner:
        text = packed_inner(name, row.text)
        yield row._replace(process=name_of(row.process, name), text=text, hash=hash_of(text))


def _added(unit: Writer, row: DefinitionRow) -> DefinitionRow:
    row = row._replace(seal=seal_of(row))
    return row._replace(id=unit.add_definition(row))


def _is_readable(row: DefinitionRow, by: Principal) -> bool:
    try:
        return may_read(plan_of(row), by)
    except Refusal:
        return False


def may_read(plan: Plan, by: Principal) -> bool:
    """Whether `by` may read orders of this plan: the host itself, and whoever holds a role of the process."""
    return by.is_system or not by.roles.isdisjoint(plan.roles)


def hash_of(text: str) -> str:
    """The hash under which a process file is pinned."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _text(data: bytes | str) -> str:
    """One text on every system: a checkout on Windows may have given the lines other ends."""
    return (data if isinstance(data, str) else data.decode("utf-8")).replace("\r\n", "\n")


def plan_of(row: DefinitionRow) -> Plan:
    """The plan of a definition; the same text is compiled once in a process."""
    return _compiled(row.hash, row.text, row.file)


def words_of(row: DefinitionRow) -> Process | None:
    """What a definition says; None for one that cannot be read any more."""
    return _checked(row.text, row.file, judged=False).process


@lru_cache(maxsize=256)
def _compiled(hash: str, text: str, file: str) -> Plan:
    """What was deployed is not judged again: with a stricter engine its orders would stand still. Where it
    means nothing any more, that is said.
    """
    read = _checked(text, file, judged=False)
    if read.process is None:
        raise Refusal(read)
    try:
        return compile_process(read.process, file, hash)
    except Exception as error:
        judged = _checked(text, file, judged=True)
        if judged.process is None:
            raise Refusal(judged) from error
        raise


def _checked(text: str, file: str, *, judged: bool) -> Checked:
    """What is deployed, read or checked: the process, or the inner one that is meant."""
    inner, text = unpacked_inner(text)
    main = unpacked(text, file)
    checked = check_process(main.text, file, main.sources, judged=judged)
    if not inner or checked.process is None:
        return checked
    return replace(checked, process=checked.process.inner[inner])
