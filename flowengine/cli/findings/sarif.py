"""Findings as SARIF 2.1.0, the form in which code scanning services take them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from flowengine.cli.findings.checking import Sheet
from flowengine.definition.findings import Finding
from flowengine.texts import TEXTS, Lang

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_PLACEHOLDER: Final = re.compile(r"(?<!\{)\{\w+\}(?!\})")


def sarif(sheets: Sequence[Sheet], lang: Lang) -> dict[str, Any]:
    """One run with all findings; columns are counted in characters, as everywhere in our messages."""
    findings = [finding for sheet in sheets for finding in sheet.findings]
    codes = sorted({finding.code for finding in findings})
    driver = {"name": "flowengine", "rules": [_rule(code, lang) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": uri(sheet.file)}} for sheet in sheets],
        "results": [_result(finding, codes, lang) for finding in findings],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def uri(file: str) -> str:
    """The file as a URI: relative where the user named it so, which is what services resolve."""
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix().encode("utf-8", "surrogateescape"))


def _rule(code: str, lang: Lang) -> dict[str, Any]:
    sentence = _PLACEHOLDER.sub("…", TEXTS[code][lang]).replace("{{", "{").replace("}}", "}")
    return {"id": code, "shortDescription": {"text": sentence}}


def _result(finding: Finding, codes: Sequence[str], lang: Lang) -> dict[str, Any]:
    place = finding.place
    said: Iterable[str] = (finding.message(lang), finding.remedy(lang))
    region = {"startLine": place.line, "startColumn": place.column}
    physical = {"artifactLocation": {"uri": uri(place.file)}, "region": region}
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": finding.severity,
        "message": {"text": "\n".join(filter(None, said))},
        "locations": [{"physicalLocation": physical}],
    }
