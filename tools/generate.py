"""Writes every file that is generated from the vocabulary and the tables: the JSON Schemas, the language
reference, the pages of the findings and the page of the rules.

Run it with `make generated`; a test holds the files to what it writes.
"""  # noqa: INP001 - a script, nobody installs it

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from flowengine.cli.findings.examples import told as said
from flowengine.cli.findings.pages import codes, page, title
from flowengine.definition.editor_schema import ROOTS, editor_schema_text
from flowengine.definition.reference import reference
from flowengine.texts import Lang, say
from tools import rules

ROOT = Path(__file__).resolve().parent.parent
FINDINGS: dict[Lang, str] = {"en": "docs/findings", "zh": "docs/findings/zh-CN"}


@cache
def generated() -> dict[str, str]:
    """The text of each generated file by its path in the checkout."""
    return {
        **{f"schemas/{root}.schema.json": editor_schema_text(root) for root in ROOTS},
        "docs/language.md": reference("en"),
        "docs/language.zh-CN.md": reference("zh"),
        **{path: text for lang, folder in FINDINGS.items() for path, text in _findings(lang, folder)},
        **rules.pages(ROOT),
    }


def _findings(lang: Lang, folder: str) -> Iterator[tuple[str, str]]:
    """The page of each finding, and the list of them."""
    rows = []
    for code in codes():
        if told := page(code):
            yield f"{folder}/{code}.md", told.markdown(lang, tuple(said(told, lang)))
            rows.append(f"| [{code}]({code}.md) | {title(code, lang).replace('|', chr(92) + '|')} |")
    head = [f"# {say('page.index', lang)}", "", say("page.index.about", lang), "", "| | |", "|---|---|"]
    yield f"{folder}/README.md", "\n".join([*head, *rows]) + "\n"


def main() -> None:
    """Write them all."""
    for path, text in generated().items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
