"""Processes that are written in several places: libraries, processes that extend others, types of order.

Everything here works on the nodes of documents, before they are read as words: `assembling` puts files
together, `variants` makes the process of each type, `merging` is the algebra under both.
Nothing here opens a file.
"""

from __future__ import annotations

from flowengine.definition.patching.assembling import Assembled, assembled, is_alone, is_library
from flowengine.definition.patching.locking import loose
from flowengine.definition.patching.sources import Files, Sources
from flowengine.definition.patching.variants import variants

__all__ = ["Assembled", "Files", "Sources", "assembled", "is_alone", "is_library", "loose", "variants"]
