"""Files as accidents leave them: a sound one cut, doubled, retyped or overgrown, each by its number.

Run as a program, checks so many of them in one process of little time and memory, and prints what went wrong.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Final

from flowengine.compiler.compile import compile_process
from flowengine.definition.check import check_process
from flowengine.definition.patching import Files, is_library
from flowengine.texts import LANGUAGES
from tests.work import working

HERE = Path(__file__).parent
PROCESSES = HERE.parents[1] / "processes"
SOURCES = [*sorted(PROCESSES.glob("*.yaml")), HERE / "kitchen_sink.yaml"]
SECONDS: Final = 1.0
"""Processor time for one file."""
MEGABYTES: Final = 200
"""Resident memory of the process that checks them one after the other."""

WORDS = (
    "remove", "any", "owner", "back", "~", "null", "yes", "1e999", "0x1F", "-1", "0.1", "2026-02-30", "24h",
    "99999999d", "{}", "[]", "{yyyy}", "&a", "*a", "!!python/object:os.system", "<<", "- - -", "? x", "|",
    ">-", "'", '"', "\t", "\u3000", "\u202e", "\ufeff", "\x07", "#", ": :", "---", "...", "%YAML 9.9",
)  # fmt: skip
PARTS = (
    "and", "or", "not", "in", "==", "!=", "<", ">=", "+", "-", "*", "/", "(", ")", "|", "has(", "sum(",
    "days(", "any(items.price > 1)", "'24h'", "'", "1_000", "10" * 50, "amount", "items", "promised_date",
    "stage", "x.y.z", "lambda: 0", "[x for x in y]", "f''", "**", "//", "@", ":=", "；", "＞", "（", "。",
)  # fmt: skip
WIDE = str.maketrans(":,{}[]()-#'\"", "：，｛｝［］（）－＃‘“")
_SCALAR = re.compile(r"(?<=[:\[{,] )[^\s,\[\]{}#'\"]+")
_CONDITION = re.compile(r"(?:when|that|value): ([^,}\n]+)")

Damage = Callable[[Random, str], str]


def damaged(number: int) -> tuple[str, bytes]:
    """The name under which a file is checked, and what is left of it."""
    draw = Random(number)
    source = draw.choice(SOURCES)
    text = source.read_text("utf-8")
    for _ in range(draw.randint(1, 4)):
        text = draw.choice(DAMAGES)(draw, text)
    data = text.encode("utf-8", "surrogatepass")
    if draw.random() < 0.02:
        at = draw.randrange(len(data) + 1)
        data = data[:at] + draw.randbytes(draw.randint(1, 8)) + data[at:]
    return source.name, data


def _cut(draw: Random, text: str) -> str:
    start = draw.randrange(len(text) + 1)
    return text[:start] + text[start + draw.choice((1, 1, 3, 20, 400)) :]


def _insert(draw: Random, text: str) -> str:
    at = draw.randrange(len(text) + 1)
    return text[:at] + draw.choice(WORDS) + text[at:]


def _swap(draw: Random, text: str) -> str:
    lines = text.split("\n")
    one, other = draw.randrange(len(lines)), draw.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _double(draw: Random, text: str) -> str:
    lines = text.split("\n")
    start = draw.randrange(len(lines))
    block = lines[start : start + draw.choice((1, 1, 5, 40))]
    return "\n".join([*lines[:start], *block * draw.choice((2, 2, 3, 50)), *lines[start + len(block) :]])


def _indent(draw: Random, text: str) -> str:
    lines = text.split("\n")
    at = draw.randrange(len(lines))
    lines[at] = lines[at].lstrip() if draw.random() < 0.5 else " " * draw.randint(1, 9) + lines[at]
    return "\n".join(lines)


def _retype(draw: Random, text: str) -> str:
    return _replaced(draw, text, _SCALAR, draw.choice(WORDS))


def _grow(draw: Random, text: str) -> str:
    deep = draw.choice((10, 40, 60, 1000, 20_000))
    grown = (
        "[" * deep + "]" * deep,
        "{a: " * deep + "1" + "}" * deep,
        "9" * deep,
        "x" * deep,
        "(" * deep + "amount" + ")" * deep,
        " and ".join(["amount > 1"] * deep),
        "[" + "*a, " * deep + "]",
        "-" * deep,
    )
    return _replaced(draw, text, _SCALAR, draw.choice(grown))


def _widen(draw: Random, text: str) -> str:
    start = draw.randrange(len(text) + 1)
    end = start + draw.choice((1, 10, 80))
    return text[:start] + text[start:end].translate(WIDE) + text[end:]


def _think(draw: Random, text: str) -> str:
    """A condition with one part taken out, or another put in."""
    found = [*_CONDITION.finditer(text)]
    if not found:
        return text
    place = draw.choice(found)
    parts = place[1].split(" ")
    at = draw.randrange(len(parts))
    parts[at : at + draw.randint(0, 1)] = draw.choices(PARTS, k=draw.randint(0, 3))
    return text[: place.start(1)] + " ".join(parts) + text[place.end(1) :]


def _rename(draw: Random, text: str) -> str:
    """One word of the file in place of another."""
    words = re.findall(r"[a-z_]{2,}", text)
    return _replaced(draw, text, _SCALAR, draw.choice(words)) if words else text


def _replaced(draw: Random, text: str, pattern: re.Pattern[str], by: str) -> str:
    found = [*pattern.finditer(text)]
    if not found:
        return text + by
    place = draw.choice(found)
    return text[: place.start()] + by + text[place.end() :]


DAMAGES: tuple[Damage, ...] = (
    _cut, _insert, _swap, _double, _indent, _retype, _retype, _grow, _widen, _think, _think, _rename, _rename,
)  # fmt: skip


def checked(numbers: range) -> Iterator[str]:
    """What was wrong with the checking of these files; nothing, if all is well."""
    beside = {path.name: path.read_bytes() for path in SOURCES}
    for number in numbers:
        name, data = damaged(number)
        with working() as worked:
            try:
                _check(name, data, beside)
            except Exception:  # noqa: BLE001 - whatever is raised is what we look for
                yield f"{number} of {name}: {traceback.format_exc()}"
            took = worked()
        if took > SECONDS:
            yield f"{number} of {name}: {took:.1f} s"


def _check(name: str, data: bytes, beside: dict[str, bytes]) -> None:
    found = check_process(data, name, Files(beside, name))
    refused = any(finding.severity == "error" for finding in found.findings)
    library = found.document is not None and is_library(found.document)
    assert found.sound != (refused or library)
    for finding in found.findings:
        for lang in LANGUAGES:
            assert finding.message(lang).strip()
            (finding.message(lang) + finding.remedy(lang)).encode()
    if found.process:
        compile_process(found.process, name)


def main() -> None:
    """Check the files from one number to another; prints a list of texts as JSON."""
    first, behind = map(int, sys.argv[1:])
    seconds = 10 + (behind - first) // 2
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    wrong = [*checked(range(first, behind))]
    held = _most_held()
    if held > MEGABYTES:
        wrong.append(f"{first} to {behind}: {held} MB")
    sys.stdout.write(json.dumps(wrong))


def _most_held() -> int:
    """The most MB that this process has held; Linux counts in `ru_maxrss` what its parent did."""
    own = Path("/proc/self/status")
    if own.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", own.read_text())[1]) // 1024  # type: ignore[index]
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
