"""A YAML file as nodes with their places: the guarded way in for every file that a person wrote.

The parser's events are read one by one, within budgets, straight into nodes; nothing is composed or
constructed and no alias expanded, so a hostile file is stopped before it costs anything. What is wrong
is a finding, never an exception. No file is opened here.
"""

from __future__ import annotations

from typing import Any, Final

import yaml

from flowengine.definition.document.characters import decoded
from flowengine.definition.document.guard import Stopped
from flowengine.definition.document.nodes import Node
from flowengine.definition.document.syntax import directive, explained, left_over
from flowengine.definition.document.tree import Tree
from flowengine.definition.document.wide import wide_finding, wide_sign
from flowengine.definition.findings import Finding, Place, ordered
from flowengine.texts import TEXTS

PARSER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_document(
    data: bytes | str, file: str, *, parser: Any = PARSER, apart: bool = False
) -> tuple[Node | None, tuple[Finding, ...]]:
    """The map that a YAML file is, and what is wrong with it; `file` is the name that findings give it.

    There is no node if the file could not be read to its end; with errors in the findings the node
    lacks what they are about. `parser` is one of PyYAML's loaders, libyaml's where it is installed.
    Lines of a file that is read beside another, `apart`, say of which file they are.
    """
    text, finding = decoded(data, file)
    finding = finding or directive(text, file)
    if finding:
        return None, (finding,)
    tree = Tree(text, file, parser(text).get_event, apart=apart)
    _grow(tree, text, file)
    root, finding = _top(tree, Place(file, 1, 1))
    findings = tree.guard.findings
    return root, ordered([*findings, finding] if finding else findings)


def _grow(tree: Tree, text: str, file: str) -> None:
    """Have a tree grown, to the end of its document: the parser is not asked for more, as it spends seconds
    on a megabyte of directives.
    """
    try:
        tree.grow()
        if tree.event:
            tree.guard.findings.extend(left_over(text, file, tree.event.end_mark.index))
    except Stopped:
        pass
    except yaml.MarkedYAMLError as error:
        tree.guard.findings.append(explained(error, text, file))
    except (yaml.YAMLError, ValueError, RecursionError, MemoryError):
        # The Python parser stumbles over some things that libyaml explains, such as "\U00110000".
        place = tree.marks.place(tree.event.end_mark) if tree.event else Place(file, 1, 1)
        tree.guard.findings.append(Finding("FE029", place, {"problem": TEXTS["FE029.unknown"]}))


def _top(tree: Tree, start: Place) -> tuple[Node | None, Finding | None]:
    root = tree.root
    if root and root.kind == "map":
        return root, None
    if any(finding.severity == "error" for finding in tree.guard.findings):
        return None, None
    if root is None or (root.kind == "scalar" and root.style == "plain" and not root.text):
        return None, Finding("FE004", start)
    wide = wide_sign(root.text) if root.style == "plain" else None
    if wide is not None:
        return None, wide_finding(root.within(wide), root.text[wide])
    found = TEXTS["FE005.list" if root.kind == "list" else "FE005.text"]
    return None, Finding("FE005", root.place, {"found": found})
