"""Where the stages of a patch stand: behind the one that `follows` names, else at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flowengine.definition.document import Node
from flowengine.definition.findings import Finding, unknown


def placed(process: Node) -> tuple[Node, tuple[Finding, ...]]:
    """The process with every stage where its `follows` puts it; the word itself is gone then.

    Stages that follow the same one stand in the order in which they were written.
    """
    stages = process.entries.get("stages")
    waiting = {name: node.entries["follows"] for name, node in _stages(stages) if "follows" in node.entries}
    if stages is None or not waiting:
        return process, ()
    order = [name for name in stages.entries if name not in waiting]
    last = {name: name for name in order}
    while ready := [name for name, word in waiting.items() if str(word.value) in last]:
        for name in ready:
            target = str(waiting.pop(name).value)
            order.insert(order.index(last[target]) + 1, name)
            last[target] = last[name] = name
    findings = tuple(_nowhere(stages, waiting))
    entries = {name: _without(stages.entries[name]) for name in (*order, *waiting)}
    ordered = replace(stages, value=entries, keys={name: stages.keys[name] for name in entries})
    return replace(process, value={**process.entries, "stages": ordered}), findings


def _stages(stages: Node | None) -> Iterator[tuple[str, Node]]:
    if stages is not None:
        yield from stages.entries.items()


def _nowhere(stages: Node, waiting: dict[str, Node]) -> Iterator[Finding]:
    """Stages that follow none that there is, or each other in a circle."""
    for name, word in waiting.items():
        if str(word.value) in stages.entries:
            yield Finding("FE704", word.place, {"stage": name, "word": word.value})
        else:
            yield unknown("FE202", word.place, str(word.value), stages.entries)


def _without(stage: Node) -> Node:
    if "follows" not in stage.entries:
        return stage
    entries = {key: node for key, node in stage.entries.items() if key != "follows"}
    return replace(stage, value=entries, keys={key: stage.keys[key] for key in entries})
