"""One language server for all tests here, in a folder that an editor would call the workspace."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.editor.installed import NoServerError, command
from tests.editor.language_server import PATIENCE, LanguageServer, Place
from tests.postgres import unavailable


@pytest.fixture(scope="session")
def desk(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """The server. `process-*.yaml` are processes to it and `scenario-*.yaml` scenarios, as settings say."""
    try:
        words = command(checkout)
    except NoServerError as error:
        unavailable(str(error))
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(checkout / "schemas", folder / "schemas")
    schemas = {
        (folder / f"schemas/{root}.schema.json").as_uri(): f"{root}-*.yaml"
        for root in ("process", "scenario")
    }
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
