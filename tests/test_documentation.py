"""Every command, snippet and process of the documentation runs as it is written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(
    [*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")]
)
READMES = sorted(ROOT.glob("README*.md"))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)\s#]+)")
SET_UP = "-m venv"
"""The block for machines without make installs from the package index: it runs with the long tests."""


def blocks(document: Path, language: str) -> list[str]:
    return [body for kind, body in BLOCK.findall(document.read_text("utf-8")) if kind == language]


def cases(language: str) -> list[ParameterSet]:
    """Every block once, by the name of the first document that has it: the two readmes share most of them."""
    found: dict[str, str] = {}
    for document in DOCUMENTS:
        for number, body in enumerate(blocks(document, language), 1):
            found.setdefault(body, f"{document.relative_to(ROOT)}-{number}")
    return [pytest.param(body, id=id) for body, id in found.items()]


def shell(commands: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    scripts = str(Path(sys.executable).parent)
    environment = {
        **os.environ,
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "LANG": "C.UTF-8",
        **env,
    }
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


@pytest.mark.parametrize("commands", cases("console"))
def test_the_commands_run_in_the_order_written(commands: str, tmp_path: Path) -> None:
    if SET_UP in commands:
        pytest.skip("installs from the package index: see test_the_way_without_make, which runs with -m soak")
    made = [line for line in commands.splitlines() if line.startswith("make ")]
    for line in made:  # make is run by the checks around this suite; here, that it would run
        result = shell(f"{line} --dry-run", ROOT)
        assert result.returncode == 0, result.stderr
    rest = "\n".join(line for line in commands.splitlines() if not line.startswith("make "))
    for folder in ("processes", "examples"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    result = shell(rest, tmp_path)
    assert result.returncode == 0, f"{result.stdout}\n{result.stderr}"


@pytest.mark.soak
@pytest.mark.parametrize("document", READMES, ids=lambda path: path.name)
def test_the_way_without_make(document: Path, tmp_path: Path) -> None:
    commands = next(body for body in blocks(document, "console") if SET_UP in body)
    copy = tmp_path / "checkout"
    shell(f"git clone --quiet {ROOT} {copy}", tmp_path)
    body = commands.replace("-m pytest", "-m pytest tests/definition -q")  # this suite must not run itself
    result = shell(body, copy)
    assert result.returncode == 0, f"{result.stdout}\n{result.stderr}"


@pytest.mark.parametrize("snippet", cases("python"))
def test_the_snippets_run(snippet: str, tmp_path: Path) -> None:
    for folder in ("processes", "examples"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    (tmp_path / "snippet.py").write_text(snippet, "utf-8")
    result = shell(f"{sys.executable} snippet.py", tmp_path, PYTHONPATH=str(ROOT))
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("text", cases("yaml"))
def test_the_processes_are_sound_and_compile(text: str) -> None:
    from flowengine.compiler.compile import compile_process
    from flowengine.definition.check import check_process

    if "flowengine: 1" not in text:
        pytest.skip("a part of a process, not a process")
    checked = check_process(text, "README.yaml")
    assert checked.process is not None, [f"{f.place} {f.message('en')}" for f in checked.findings]
    compile_process(checked.process, "README.yaml")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_links_lead_somewhere(document: Path) -> None:
    missing = [
        link for link in LINK.findall(document.read_text("utf-8")) if not (document.parent / link).exists()
    ]
    assert not missing


def test_the_two_readmes_keep_step() -> None:
    """The same sections, commands, tables and code in the same order, whatever the language."""
    english, chinese = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md"))
    assert re.findall(r"^#+", english, re.MULTILINE) == re.findall(r"^#+", chinese, re.MULTILINE)
    in_chinese = re.sub(r"^flowengine init \S+$", r"\g<0> --lang zh", english, flags=re.MULTILINE)
    assert BLOCK.findall(in_chinese) == BLOCK.findall(chinese)
    commands = [re.findall(r"^\|.*?\| (.*) \|$", text, re.MULTILINE) for text in (english, chinese)]
    verbs = [[re.findall(r"(?:flowengine )?(?:--)?[a-z]+", row) for row in table] for table in commands]
    assert [row[0] for row in verbs[0][1:]] == [row[0] for row in verbs[1][1:]]


def test_every_verb_is_in_the_readmes() -> None:
    from flowengine.cli.verbs import VERBS

    for document in READMES:
        text = document.read_text("utf-8")
        assert not [verb for verb in VERBS if f"flowengine {verb}" not in text and f"`{verb} " not in text]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_document_speaks_of_a_machine(document: Path) -> None:
    assert not re.search(r"(?<![\w.])/(work|tmp|root|home)/", document.read_text("utf-8"))
