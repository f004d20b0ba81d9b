"""The examples of a page, checked as they are printed: what is found in the bad one, nothing in the good."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.cli.findings.baseline import Baseline, against
from flowengine.cli.findings.checking import Sheet, examined
from flowengine.cli.findings.pages import Page
from flowengine.cli.findings.report import text_of
from flowengine.cli.findings.surroundings import ALONE, InMemory
from flowengine.definition.check import check_process
from flowengine.definition.expressions import parse
from flowengine.definition.findings import Place
from flowengine.definition.kinds import Kind
from flowengine.definition.scope import scope_of
from flowengine.texts import Lang


def examples(page: Page) -> tuple[Sheet, Sheet]:
    """The bad and the good example of a page, checked."""
    return _checked(page, page.bad, page.encoding), _checked(page, page.good, "utf-8")


def told(page: Page, lang: Lang) -> Iterator[str]:
    """What is said of the bad example."""
    return text_of([_checked(page, page.bad, page.encoding)], lang)


def _checked(page: Page, body: str, encoding: str) -> Sheet:
    if page.sign:
        body = body.replace(page.sign.shown, page.sign.written())
    if page.expects:
        return _expression(page, body)
    if page.name.endswith(".json"):
        return _baseline(page, body)
    files = {**page.files, **_numbered(page)}
    around = InMemory({name: text.encode() for name, text in files.items()}, page.name)
    return examined(body.encode(encoding), page.name, around)


def _numbered(page: Page) -> dict[str, str]:
    """The files that are too many to be printed."""
    numbers = range(1, page.sign.times + 1) if page.sign else ()
    return {
        name.replace("{n}", str(number)): text.replace("{n}", str(number))
        for number in numbers
        for name, text in page.numbered.items()
    }


def _expression(page: Page, body: str) -> Sheet:
    """An expression where a value of a certain kind is needed, over the fields of the process beside it."""
    ((name, text),) = page.files.items()
    process = check_process(text, name).process
    assert process, "the process beside an example is sound"
    source = body.strip()
    findings = parse(source, scope_of(process), Place(page.name, 1, 1), expect=Kind(page.expects))[1]
    return Sheet(page.name, (source,), findings)


def _baseline(page: Page, body: str) -> Sheet:
    """A baseline, held against the files beside it."""
    sheets = [examined(text.encode(), name, ALONE) for name, text in page.files.items()]
    return against(sheets, Baseline.read(body.encode(), page.name))[1]
