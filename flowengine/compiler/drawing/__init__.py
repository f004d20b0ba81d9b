"""Drawing a chart: as Mermaid text, and as SVG that `layout` places, `palette` colours and `svg` paints."""

from __future__ import annotations

from flowengine.compiler.drawing.mermaid import mermaid
from flowengine.compiler.drawing.svg import svg

__all__ = ["mermaid", "svg"]
