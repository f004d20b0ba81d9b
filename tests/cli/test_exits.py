"""How a real process ends: its code, a closed pipe, an interrupt, a full disk, a poor terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
FLOWENGINE = [sys.executable, "-m", "flowengine"]


def environ(**more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT), "LANG": "C.UTF-8", **more}


def run(*words: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*FLOWENGINE, *words], capture_output=True, env=environ(**more), check=False, timeout=60
    )


@pytest.mark.parametrize(
    ("words", "code"), [(["--help"], 0), (["init"], 0), (["show", "1"], 2), (["validate", "."], 2)]
)
def test_the_exit_code_is_that_of_the_process(words: list[str], code: int) -> None:
    assert run(*words).returncode == code


def test_a_pipe_that_closes_early_is_no_traceback() -> None:
    with subprocess.Popen(
        [*FLOWENGINE, "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environ()
    ) as done:
        assert done.stdout
        assert done.stderr
        done.stdout.close()
        assert done.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_said() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*FLOWENGINE, "--help"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environ(),
            check=False,
            timeout=60,
        )
    assert (done.returncode, done.stderr.decode().count("\n")) == (1, 1)
    assert "error: the output: the system refuses" in done.stderr.decode()


@pytest.mark.parametrize(
    "words", ["start order --json - --as ann:order_desk", "train processes/order.scenario.yaml"]
)
def test_a_closed_input_has_nothing_to_read(words: str) -> None:
    run("init")
    run("deploy", "processes/order.yaml")
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -m flowengine {words} <&-', sys.executable],
        capture_output=True,
        env=environ(),
        check=False,
        timeout=60,
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == (2 if "--json" in words else 1)


def test_questions_need_no_output() -> None:
    run("init")
    done = subprocess.run(
        ["sh", "-c", 'exec "$0" -m flowengine train processes/order.scenario.yaml >&-', sys.executable],
        input=b"1\n",
        stderr=subprocess.PIPE,
        env=environ(),
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize("encoding", ["utf-8:strict", "gbk:strict"])
def test_what_is_typed_in_another_encoding_is_no_traceback(encoding: str) -> None:
    run("init")
    done = subprocess.run(
        [*FLOWENGINE, "train", "processes/order.scenario.yaml"],
        input=b"write waybill=\xff\xff\n\xff\xff\n",
        capture_output=True,
        env=environ(PYTHONIOENCODING=encoding),
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"\\xff\\xff" in done.stdout, "shown as it came"


def heeding_interrupts() -> None:
    """A run in the background ignores interrupts, and hands that down."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name == "nt", reason="signals of another kind")
@pytest.mark.parametrize(
    ("lang", "said"), [("en", "error: interrupted: what was done"), ("zh", "错误：已中断")]
)
def test_an_interrupt_ends_with_130_and_a_sentence(folder: Path, lang: str, said: str) -> None:
    os.mkfifo(folder / "orders.jsonl")
    words = ["import", "order", "orders.jsonl", "--as", "ann:order_desk", "--lang", lang]
    with (
        subprocess.Popen(
            [*FLOWENGINE, *words],
            stderr=subprocess.PIPE,
            env=environ(),
            preexec_fn=heeding_interrupts,  # noqa: PLW1509
        ) as started,
        (folder / "orders.jsonl").open("wb"),  # it opens when the command has begun to read
    ):
        started.send_signal(signal.SIGINT)
        _, stderr = started.communicate(timeout=60)
    assert started.returncode == 130
    assert "Traceback" not in stderr.decode()
    assert said in stderr.decode()


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "gbk", "utf-8"])
def test_a_terminal_without_chinese_shows_what_it_can(encoding: str) -> None:
    run("init", "--lang", "zh")
    drawn = run("graph", "processes/order.yaml", PYTHONIOENCODING=encoding)
    assert (drawn.returncode, drawn.stderr) == (0, b"")
    refused = run("show", "1", "--lang", "zh", PYTHONIOENCODING=encoding)
    assert (refused.returncode, b"Traceback" in refused.stderr) == (2, False)
    assert b"flowengine.db" in refused.stderr


def test_the_script_and_the_module_are_the_same_command() -> None:
    assert run("--help").stdout.startswith(b"Usage: flowengine ")
