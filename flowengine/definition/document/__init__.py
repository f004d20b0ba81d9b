"""A YAML document with exact places: `characters` lets text in, `guard` keeps bombs out, `tree` builds nodes
from parser events (`marks` knows where, `scalars` what they mean), `syntax` explains what cannot be parsed.
"""

from __future__ import annotations

from flowengine.definition.document.nodes import Node, scalar
from flowengine.definition.document.parsing import PARSER, read_document

__all__ = ["PARSER", "Node", "read_document", "scalar"]
