"""Where the tests get yaml-language-server from, and why there is none.

FLOWENGINE_TEST_YAML_LANGUAGE_SERVER names a command; else the one on PATH; else npm installs the version that
`server/package-lock.json` pins, once for the checkout.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

PINNED = Path(__file__).parent / "server"
SETTING = "FLOWENGINE_TEST_YAML_LANGUAGE_SERVER"
_REMEDY = (
    "install Node.js with npm and have the package registry in reach once, or put `yaml-language-server` on "
    f"PATH, or name it in {SETTING}"
)
_PATIENCE = 120


class NoServerError(Exception):
    """There is no language server; says why, and how to get one."""

    def __init__(self, reason: str) -> None:
        """`reason` is what was tried."""
        super().__init__(f"no yaml-language-server: {reason}; {_REMEDY}")


def command(checkout: Path) -> list[str]:
    """The words that start the server. Raises NoServerError."""
    if given := os.environ.get(SETTING):
        return shlex.split(given)
    if on_path := shutil.which("yaml-language-server"):
        return [on_path]
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise NoServerError("neither it nor npm is on PATH")
    return [
        node,
        str(_installed(checkout, npm) / "node_modules/yaml-language-server/bin/yaml-language-server"),
    ]


def _installed(checkout: Path, npm: str) -> Path:
    """The folder with the pinned version. Whoever comes first installs it; the others find it whole."""
    version = hashlib.sha256((PINNED / "package-lock.json").read_bytes()).hexdigest()[:12]
    folder = checkout / ".pytest_cache" / f"yaml-language-server-{version}"
    if folder.exists():
        return folder
    try:
        folder.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as place:
            whole = Path(place) / "whole"
            shutil.copytree(PINNED, whole)
            _run(npm, whole)
            with suppress(OSError):  # another run was quicker
                whole.rename(folder)
    except OSError as error:
        raise NoServerError(str(error)) from error
    return folder


def _run(npm: str, folder: Path) -> None:
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    words = [npm, "ci", "--prefer-offline", "--fetch-retries=0", *quiet]
    try:
        done = subprocess.run(
            words, cwd=folder, capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise NoServerError(f"npm did not answer for {_PATIENCE} s") from error
    if done.returncode:
        raise NoServerError(f"npm could not install it ({' '.join(done.stderr.split())[:200]})")
