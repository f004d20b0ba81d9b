"""What hosts put into their checks: the pre-commit hooks and the GitHub action run as they are written."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

HEAD = 'flowengine: 1\nprocess: order\nversion: "1"\nowner: desk\nroles: {desk: {}}\n'
SOUND = HEAD + "stages: {only: {owner: desk, needs: {ok: check}, next: closed}}\n"
LONELY = SOUND + "ends: {lost: {kind: failure}}\n"
EXPRESSION = re.compile(r"\$\{\{ *(inputs\.[\w-]+|github\.action_path) *\}\}")


@pytest.fixture
def host(tmp_path: Path) -> Path:
    """A repository of a host: a sound process, one with a slip, and YAML that is no process."""
    for name, text in {
        "processes/sound.yaml": SOUND,
        "shop/processes/slip.yml": SOUND.replace("needs", "neds"),
        "deploy.yaml": "kind: Service\n",
        "processes/notes.txt": "no process\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def run(words: list[str], cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    scripts = str(Path(sys.executable).parent)
    told = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", "LANG": "C.UTF-8", **env}
    return subprocess.run(
        words, cwd=cwd, env=told, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300
    )


def hooks(checkout: Path) -> dict[str, dict[str, Any]]:
    """The hooks that this repository offers, by their ids."""
    offered = yaml.safe_load((checkout / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return {hook["id"]: hook for hook in offered}


def test_a_hook_has_all_that_pre_commit_asks_for(checkout: Path) -> None:
    for hook in hooks(checkout).values():
        assert {"id", "name", "entry", "language", "files"} <= set(hook)
        assert hook["language"] == "python"
        re.compile(hook["files"])


def test_the_hook_finds_the_slip_in_the_files_that_it_names(checkout: Path, host: Path) -> None:
    hook = hooks(checkout)["flowengine-validate"]
    named = [name for name in files(host) if re.search(hook["files"], name)]
    assert named == ["processes/sound.yaml", "shop/processes/slip.yml"]
    done = run([*shlex.split(hook["entry"]), *named], host)
    assert done.returncode == 1
    assert "shop/processes/slip.yml:6:30: error FE101: " in done.stdout
    assert "\x1b" not in done.stdout
    assert run([*shlex.split(hook["entry"]), named[0]], host).returncode == 0


def test_the_fixing_hook_mends_the_slip(checkout: Path, host: Path) -> None:
    hook = hooks(checkout)["flowengine-fix"]
    done = run([*shlex.split(hook["entry"]), "shop/processes/slip.yml"], host)
    assert (done.returncode, (host / "shop/processes/slip.yml").read_text("utf-8")) == (0, SOUND)


@pytest.mark.soak
def test_pre_commit_itself_installs_and_runs_the_hook(checkout: Path, host: Path, tmp_path: Path) -> None:
    pytest.importorskip("pre_commit")
    assert run(["git", "init", "-q", "."], host).returncode == 0
    assert run(["git", "add", "-A"], host).returncode == 0
    words = [
        sys.executable,
        "-m",
        "pre_commit",
        "try-repo",
        str(checkout),
        "flowengine-validate",
        "--all-files",
    ]
    done = run(words, host, PRE_COMMIT_HOME=str(tmp_path / "home"))
    assert "slip.yml:6:30: error FE101" in done.stdout, f"{done.stdout}\n{done.stderr}"


def action(checkout: Path) -> dict[str, Any]:
    """The action that this repository is."""
    found: dict[str, Any] = yaml.safe_load((checkout / "action.yml").read_text("utf-8"))
    return found


def steps(checkout: Path, **given: str) -> dict[str, tuple[str, dict[str, str]]]:
    """The script of each step with its settings, as the runner hands them over."""
    inputs = action(checkout)["inputs"]
    values = {f"inputs.{name}": given.get(name, told["default"]) for name, told in inputs.items()}
    values["github.action_path"] = str(checkout)
    return {
        step["name"]: (
            step["run"],
            {key: EXPRESSION.sub(lambda found: values[found[1]], text) for key, text in step["env"].items()},
        )
        for step in action(checkout)["runs"]["steps"]
        if "run" in step
    }


def check(checkout: Path, host: Path, **given: str) -> subprocess.CompletedProcess[str]:
    script, env = steps(checkout, **given)["Check"]
    # So does GitHub run a step whose shell is bash.
    return run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], host, **env)


def test_the_action_is_a_composite_one_with_a_default_for_each_input(checkout: Path) -> None:
    told = action(checkout)
    assert {"name", "description", "inputs", "runs"} <= set(told)
    assert told["runs"]["using"] == "composite"
    assert all({"description", "default"} <= set(each) for each in told["inputs"].values())
    assert all("shell" in step for step in told["runs"]["steps"] if "run" in step)
    assert [step["uses"] for step in told["runs"]["steps"] if "uses" in step] == ["actions/setup-python@v5"]


def test_no_input_becomes_part_of_a_command(checkout: Path) -> None:
    for step in action(checkout)["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
    used = {found for step in action(checkout)["runs"]["steps"] for found in EXPRESSION.findall(str(step))}
    assert used == {f"inputs.{name}" for name in action(checkout)["inputs"]} | {"github.action_path"}


def test_the_action_annotates_what_is_found(checkout: Path, host: Path) -> None:
    done = check(checkout, host, paths="processes\nshop/processes")
    assert done.returncode == 1, done.stderr
    (line,) = done.stdout.splitlines()
    assert line.startswith("::error file=shop/processes/slip.yml,line=6,")
    assert check(checkout, host).returncode == 0


def test_the_inputs_of_the_action_do_what_they_say(checkout: Path, host: Path) -> None:
    (host / "processes/sound.yaml").write_text(LONELY, "utf-8")
    done = check(checkout, host, lang="zh")
    assert (done.returncode, "没有订单会以" in done.stdout) == (0, True)
    assert check(checkout, host, strict="true").returncode == 1
    recorded = run(["flowengine", "validate", "processes", "--write-baseline", "known.json"], host)
    assert recorded.returncode == 0
    assert check(checkout, host, strict="true", baseline="known.json").returncode == 0


def test_a_path_is_never_a_command_nor_an_option(checkout: Path, host: Path) -> None:
    done = check(checkout, host, paths="$(touch${IFS}made) --fix;touch made")
    assert done.returncode == 2
    assert "made" not in files(host)


@pytest.mark.soak
def test_the_action_installs_what_it_runs(checkout: Path, host: Path) -> None:
    assert run([sys.executable, "-m", "venv", "fresh"], host).returncode == 0
    script, env = steps(checkout)["Install flowengine"]
    path = f"{host / 'fresh' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = run(["bash", "-eo", "pipefail", "-c", f"PATH={shlex.quote(path)}; {script}"], host, **env)
    assert done.returncode == 0, done.stderr
    told = run([str(host / "fresh/bin/python"), "-m", "flowengine", "finding", "FE101"], host)
    assert "FE101" in told.stdout
