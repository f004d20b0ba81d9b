"""One language server for all tests here, in a folder that an editor would call the workspace."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.editor.documented import settings
from tests.editor.installed import NoServerError, command
from tests.editor.language_server import PATIENCE, LanguageServer, Place
from tests.postgres import unavailable


@pytest.fixture(scope="session")
def desk(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """The server, with the settings that the documentation gives, under which `process-*.yaml` are processes
    too, and `scenario-*.yaml` scenarios."""
    try:
        words = command(checkout)
    except NoServerError as error:
        unavailable(str(error))
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(checkout / "schemas", folder / "schemas")
    schemas = settings(checkout / "docs/editor.md")
    for place, patterns in schemas.items():
        patterns.append("scenario-*.yaml" if "scenario" in place else "process-*.yaml")
    server = LanguageServer(words, folder, schemas)
    try:
        _until_it_knows_its_settings(server)
        yield server
    finally:
        server.close()


def _until_it_knows_its_settings(server: LanguageServer) -> None:
    """It asks for them after it has begun to answer."""
    uri = server.show("process-first.yaml", "flowengine: 1\n")
    patience = time.monotonic() + PATIENCE
    while not server.hover(uri, Place(0, 3)):
        assert time.monotonic() < patience, "the language server does not take its settings"
        time.sleep(0.05)
