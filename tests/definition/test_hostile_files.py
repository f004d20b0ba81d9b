"""A file made to hurt is refused: with findings at places, in plain words, fast and in little memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from flowengine.definition.document import PARSER, read_document
from flowengine.definition.findings import Finding
from flowengine.texts import LANGUAGES
from tests.definition.hostile_files import HOSTILE, Hostile
from tests.work import working

# Seconds of work, not of waiting. The Python parser, for machines without libyaml, needs one for a megabyte.
PARSERS: Final[dict[str, tuple[Any, float]]] = {"libyaml": (PARSER, 1.0), "python": (yaml.SafeLoader, 5.0)}
MOST_MEMORY = 200 * 1024
HUNGRY = ("alias bomb", "100 000 keys", "a list of 300 000", "six megabytes", "errors without end")

# What YAML makes something of, so that chance gets past the first character.
SIGNS = [
    *"[]{},:?-#&*!|>%@`'\"\\\t\n\r ~=.b1客😀\u2028\x85\ufeff\0",
    *("a: ", "- ", "? ", " #", "\n  ", "\n- ", "---", "...", "\r\n", "<<: ", "&a ", "*a", "!!str ", "|\n  "),
    *("007", "0x1F", "1e9", "true", "null", "'a'", '"b"', "\\x", "\\u12", '"\\ud800"', '"\\U00110000"'),
    *("%YAML 1.2\n", "%TAG ! x\n", "tiers:\n  1: ", "{a, b}", "key: value\n"),
]
WRITTEN = st.lists(st.sampled_from(SIGNS), max_size=40).map("".join)


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_it_is_refused_with_a_finding_at_a_place_in_no_time(hostile: Hostile, parser: str) -> None:
    loader, seconds = PARSERS[parser]
    data = hostile.make()
    with working() as took:
        _, findings = read_document(data, "evil.yaml", parser=loader)
        assert took() < seconds
    assert [finding.code for finding in findings][:1] == [hostile.code]
    assert findings[0].severity == "error"
    assert len(findings) <= 100
    for finding in findings:
        said_in_plain_words(finding, data)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc to ask for the peak")
@pytest.mark.parametrize("name", HUNGRY)
def test_it_is_refused_in_little_memory(name: str, checkout: Path) -> None:
    """In a process that has read nothing else; the peak includes Python and PyYAML."""
    peak = run(
        checkout,
        "from flowengine.definition.document import read_document",
        "from tests.definition.hostile_files import HOSTILE",
        f"assert read_document(HOSTILE[{name!r}].make(), 'evil.yaml')[1]",
        "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')))",
    )
    assert int(peak.split()[1]) < MOST_MEMORY


def test_brackets_do_not_take_the_process_down(checkout: Path) -> None:
    """The C parser dies of 30 000 brackets without a word when it is asked to compose them."""
    code = run(
        checkout,
        "from flowengine.definition.document import read_document",
        "print(read_document('[' * 100_000, 'evil.yaml')[1][0].code)",
    )
    assert code == "FE007"


@pytest.mark.parametrize("parser", PARSERS)
@given(data=st.binary(max_size=300) | st.text(max_size=200) | WRITTEN)
@settings(max_examples=300)
def test_whatever_is_read_gives_a_map_or_errors_never_an_exception(parser: str, data: bytes | str) -> None:
    node, findings = read_document(data, "any.yaml", parser=PARSERS[parser][0])
    assert node is not None or any(finding.severity == "error" for finding in findings)
    assert node is None or (node.kind == "map" and isinstance(node.plain(), dict))
    for finding in findings:
        said_in_plain_words(finding, data)


def run(checkout: Path, *lines: str) -> str:
    """What a process of its own prints. A crash of it fails the test, not the test run."""
    command = [sys.executable, "-c", "\n".join(lines)]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def said_in_plain_words(finding: Finding, data: bytes | str) -> None:
    """Both languages, both parts, nothing endless, and a place that the file has."""
    assert finding.place.file.endswith(".yaml")
    assert inside(finding.place.line, finding.place.column, data)
    for lang in LANGUAGES:
        assert 0 < len(finding.message(lang)) < 300
        assert 0 < len(finding.remedy(lang)) < 300
        finding.message(lang).encode()


def inside(line: int, column: int, data: bytes | str) -> bool:
    """Whether an editor has that place: on a line that exists, at most right behind its last character."""
    text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1
