"""The colours and letters of a drawing, as the style sheet that it carries.

Every colour is a custom property (`--fe-paper`, ...) that the page around a drawing may set, and every
class begins with `fe-`: a drawing, a second one and their page leave each other alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flowengine.compiler.drawing.chart import BoxKind
from flowengine.compiler.drawing.lettering import HEADING, SMALL, TASK, TITLE

# On paper, and on a screen that prefers the dark.
PALETTE: Final[Mapping[str, tuple[str, str]]] = {
    "paper": ("#ffffff", "#11161c"),
    "ink": ("#18222e", "#eef2f6"),
    "quiet": ("#54606e", "#a8b4c1"),
    "panel": ("#f6f8fa", "#1a222b"),
    "frame": ("#8391a0", "#6b7c90"),
    "path": ("#2b3d52", "#c6d2de"),
    "jump": ("#1759a6", "#7db8f7"),
    "return": ("#a1440a", "#f2a65e"),
    "whole": ("#5a6674", "#a3b0bd"),
    "success": ("#14683a", "#6bd394"),
    "success-panel": ("#e9f6ee", "#12291c"),
    "failure": ("#a8201a", "#ff9a92"),
    "failure-panel": ("#fdeeed", "#331715"),
    "cancelled": ("#505b68", "#b3bec9"),
    "cancelled-panel": ("#f0f2f4", "#20272f"),
    "here": ("#0b57c2", "#8ec2ff"),
    "here-panel": ("#e8f1fd", "#14263c"),
}
FONTS: Final = 'system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif'
PRINT: Final = "display:block;width:100%;max-height:100vh;margin:0 auto;break-inside:avoid"
ENDS: Final[tuple[BoxKind, ...]] = ("success", "failure", "cancelled")


def style() -> str:
    """The style sheet, the same for every drawing."""
    light, dark = (_properties(scheme) for scheme in (0, 1))
    return "\n".join(
        (
            f".fe-drawing{{max-width:100%;height:auto;font-family:{FONTS};print-color-adjust:exact;{light}}}",
            f"@media screen and (prefers-color-scheme: dark){{.fe-drawing{{{dark}}}}}",
            # One sheet of paper, whatever its size: as large as fits, in the colours of paper.
            f"@media print{{.fe-drawing{{{PRINT}}}}}",
            *(f".fe-drawing {selector}{{{rule}}}" for selector, rule in _rules()),
        )
    )


def _rules() -> list[tuple[str, str]]:
    letters = {
        "heading": (HEADING, 650),
        "title": (TITLE, 600),
        "task-title": (TASK, 600),
        "small": (SMALL, 400),
        "note": (SMALL, 500),
    }
    rules = [
        (f".fe-{name}", f"font-size:{face.size}px;font-weight:{weight};stroke:none;{_paint('fill', 'ink')}")
        for name, (face, weight) in letters.items()
    ]
    rules += [
        (".fe-paper", _paint("fill", "paper")),
        (".fe-small", _paint("fill", "quiet")),
        (
            ".fe-number,.fe-drawing .fe-flag-word",
            f"font-size:{SMALL.size}px;font-weight:600;text-anchor:middle",
        ),
        (".fe-number", _paint("fill", "quiet")),
        (".fe-outer", "text-anchor:end"),
        (".fe-box", f"stroke-width:1.4;{_paint('fill', 'panel')}{_paint('stroke', 'frame')}"),
        (".fe-disc", f"stroke-width:1.2;{_paint('fill', 'paper')}{_paint('stroke', 'frame')}"),
        (".fe-task", f"stroke-width:1;{_paint('fill', 'paper')}{_paint('stroke', 'frame')}"),
        (".fe-sign", f"fill:none;stroke-width:1.2;stroke-linejoin:round;{_paint('stroke', 'quiet')}"),
        (".fe-mark", f"fill:none;stroke-width:2.2;stroke-linecap:round;{_paint('stroke', 'paper')}"),
        (".fe-line", "fill:none;stroke-width:1.7;stroke-linejoin:round"),
        (".fe-path .fe-line", "stroke-width:2.4"),
        (".fe-whole .fe-line", "stroke-width:1.3;stroke-dasharray:5 4"),
        (".fe-casing", f"fill:none;stroke-width:6;{_paint('stroke', 'paper')}"),
    ]
    for kind in ("path", "jump", "return", "whole"):
        rules.append((f".fe-{kind} .fe-line", _paint("stroke", kind)))
        rules.append((f".fe-{kind} .fe-head,.fe-drawing .fe-{kind} .fe-note", _paint("fill", kind)))
    for kind in ("here", *ENDS):
        rules.append((f".fe-{kind} .fe-box", _paint("fill", f"{kind}-panel") + _paint("stroke", kind)))
        rules.append((f".fe-{kind} .fe-disc", _paint("fill", kind) + _paint("stroke", kind)))
    return [
        *rules,
        (".fe-failure .fe-box", "stroke-width:2.6"),
        (".fe-cancelled .fe-box", "stroke-dasharray:6 4"),
        (".fe-here .fe-box", "stroke-width:3.4;stroke-dasharray:none"),
        (".fe-flag", _paint("fill", "here")),
        (".fe-flag-word,.fe-drawing .fe-here .fe-number", _paint("fill", "paper")),
    ]


def _properties(scheme: int) -> str:
    return "".join(f"--fe-{name}:{colours[scheme]};" for name, colours in PALETTE.items())


def _paint(what: str, colour: str) -> str:
    # The plain colour first: programs that know no custom properties keep it.
    return f"{what}:{PALETTE[colour][0]};{what}:var(--fe-{colour});"
