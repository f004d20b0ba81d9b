"""Findings as SARIF 2.1.0, the form in which code scanning services take them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from flowengine.cli.findings.baseline import Mark, Marks
from flowengine.cli.findings.checking import Sheet
from flowengine.cli.findings.edits import Edit
from flowengine.cli.findings.extent import Lines, extent
from flowengine.cli.findings.machines import said
from flowengine.cli.findings.mending import proposals
from flowengine.cli.findings.pages import page, title
from flowengine.cli.findings.report import by_file
from flowengine.definition.findings import Finding, identity
from flowengine.texts import Lang

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(sheets: Sequence[Sheet], lang: Lang) -> dict[str, Any]:
    """One run with all findings; columns are counted in characters, as everywhere in our messages.

    What a comment allows or the baseline records is a result too, marked as suppressed.
    """
    sources, marks = Lines(sheets), Marks(sheets, "baseline")
    told = [*((finding, None) for finding in by_file(sheets)), *_suppressed(sheets)]
    codes = sorted({finding.code for finding, _ in told})
    fixes = {identity(finding): edits for sheet in sheets for finding, edits in proposals(sheet)}
    driver = {"name": "flowengine", "rules": [_rule(code, lang) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": uri(sheet.file)}} for sheet in sheets],
        "results": [
            {
                **_result(finding, codes, sources, lang),
                "partialFingerprints": {"flowengine/v1": _fingerprint(marks.of(finding))},
                **({"suppressions": [suppression]} if suppression else {}),
                **_fixes(finding, fixes.get(identity(finding), ()), lang),
            }
            for finding, suppression in told
        ],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _suppressed(sheets: Sequence[Sheet]) -> Iterator[tuple[Finding, dict[str, str]]]:
    for sheet in sheets:
        for finding, reason in sheet.allowed:
            yield finding, {"kind": "inSource", "justification": reason}
        for finding in sheet.recorded:
            yield finding, {"kind": "external"}


def _fixes(finding: Finding, edits: Sequence[Edit], lang: Lang) -> dict[str, Any]:
    """What `--fix` would write, for services that offer it as a button."""
    if not edits:
        return {}
    replacements = [
        {
            "deletedRegion": {
                "startLine": edit.line,
                "startColumn": edit.column,
                "endColumn": edit.column + edit.length,
            },
            "insertedContent": {"text": edit.new},
        }
        for edit in edits
    ]
    change = {"artifactLocation": {"uri": uri(finding.place.file)}, "replacements": replacements}
    remedy = {"description": {"text": finding.remedy(lang)}} if finding.remedy(lang) else {}
    return {"fixes": [{**remedy, "artifactChanges": [change]}]}


def _fingerprint(mark: Mark) -> str:
    """What stays the same while lines move above a finding."""
    return sha256("\n".join(mark).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def uri(file: str) -> str:
    """The file as a URI: relative where the user named it so, which is what services resolve."""
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix().encode("utf-8", "surrogateescape"))


def _rule(code: str, lang: Lang) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": code, "shortDescription": {"text": title(code, lang)}}
    if told := page(code):
        rule["fullDescription"] = {"text": told.why[lang]}
        rule["help"] = {"text": told.text(lang), "markdown": told.markdown(lang)}
    return rule


def _result(finding: Finding, codes: Sequence[str], sources: Lines, lang: Lang) -> dict[str, Any]:
    place = finding.place
    end = place.column + extent(finding, sources.line(finding))
    region = {"startLine": place.line, "startColumn": place.column, "endColumn": end}
    physical = {"artifactLocation": {"uri": uri(place.file)}, "region": region}
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": finding.severity,
        "message": {"text": said(finding, lang)},
        "locations": [{"physicalLocation": physical}],
    }
