"""What the documentation of editors tells a user to write."""

from __future__ import annotations

import json
import re
from pathlib import Path


def settings(page: Path) -> dict[str, list[str]]:
    """Which files follow which schema, by the settings of VS Code on that page."""
    block = re.search(r"```json\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    assert block
    schemas: dict[str, list[str]] = json.loads(block[1])["yaml.schemas"]
    return schemas
