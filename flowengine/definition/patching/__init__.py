"""Processes written in several places: libraries, processes that extend others, types of order, lanes.

Everything here works on the nodes of documents, before they are read as words: `assembling` puts files
together, `variants` makes the process of each type, `lanes` that under each lane, `merging` is the algebra
under all of them. Nothing here opens a file.
"""

from __future__ import annotations

from flowengine.definition.patching.assembling import Assembled, assembled, is_alone, is_library
from flowengine.definition.patching.lanes import granted, lane_patch_findings
from flowengine.definition.patching.locking import loose
from flowengine.definition.patching.sources import Files, Sources
from flowengine.definition.patching.variants import variants

__all__ = [
    "Assembled",
    "Files",
    "Sources",
    "assembled",
    "granted",
    "is_alone",
    "is_library",
    "lane_patch_findings",
    "loose",
    "variants",
]
