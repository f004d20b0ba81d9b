"""Scenario reports for people: a line for what passed; for what failed where, what, and how it came to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flowengine.cli.screen import table
from flowengine.rehearsal.contrast import contrasts
from flowengine.rehearsal.report import Mismatch, Report, Run, told
from flowengine.texts import Lang, say


def report_lines(report: Report, lang: Lang) -> Iterator[str]:
    """One file with its runs."""
    shows = f"  [{', '.join(report.shows)}]" if report.shows else ""
    yield f"{'✓' if report.passed else '✗'} {report.file}  {report.title}{shows}"
    for finding in report.findings:
        yield f"  {finding.place}: {finding.code} {finding.message(lang)} {finding.remedy(lang)}".rstrip()
    for run in report.runs:
        yield from (f"  {line}" for line in message_lines(run, lang))
        if not run.passed:
            yield from (f"  {line}" for line in failure_lines(run, lang))
        yield from (f"  {line}" for line in story_lines(run, lang))


def story_lines(run: Run, lang: Lang) -> Iterator[str]:
    """What happened to every order; when, to which and by whom where that is not as in the line above."""
    if run.story and run.row is not None:
        yield _row_line(run.row, lang)
    rows, last = [], ("", "", "")
    for at, number, who, said in run.story:
        here = (at, number, who)
        same = 3 if here == last else 2 if here[:2] == last[:2] else 1 if at == last[0] else 0
        rows.append((*[""] * same, *here[same:], said))
        last = here
    yield from table(rows) if rows else ()


def message_lines(run: Run, lang: Lang) -> Iterator[str]:
    """The messages of one run: when, to whom, over which channels, about what; and their words."""
    if run.messages and run.row is not None:
        yield _row_line(run.row, lang)
    for each in run.messages:
        about = each.about if not each.message else f"{each.about}, {each.message}"
        over = " → ".join(each.via) or say("scenario.any_channel", lang)
        words = {"number": each.number, "to": each.to, "via": over, "about": about}
        yield f"{each.at}  {say('scenario.sent', lang, words)}"
        for language, (subject, text) in each.texts.items():
            yield f"  {language}  {subject}"
            yield from (f"      {line}" for line in text.splitlines())


def failure_lines(run: Run, lang: Lang) -> Iterator[str]:
    """One run that failed: its row, the step, each difference, why, where the order stood, its story."""
    if run.row is not None:
        yield _row_line(run.row, lang)
    if failure := run.failure:
        words = {"step": failure.step, "at": failure.at}
        yield f"{failure.place}: {say('scenario.step', lang, words)}"
        yield f"  {failure.said}"
        for mismatch in run.mismatches:
            yield from (f"    {line}" for line in difference_lines(mismatch))
        if failure.reasons:
            yield say("scenario.because", lang)
            yield from (f"  {reason}" for reason in failure.reasons)
        where, *waits = failure.standing or ("",)
        yield from [where, *(f"  {each}" for each in waits)] if where else []
    if run.history:
        yield say("scenario.history", lang)
        yield from (f"  {line}" for line in run.history)


def _row_line(row: Mapping[str, Any], lang: Lang) -> str:
    return say("scenario.row", lang, {"row": [f"{name}: {told(value)}" for name, value in row.items()]})


def difference_lines(mismatch: Mismatch) -> Iterator[str]:
    """What was expected and not found, and what was found instead, each under the word it stands for."""
    last: tuple[str, ...] = ()
    for contrast in contrasts(mismatch.expected, mismatch.found, (mismatch.word,)):
        if contrast.path != last:
            yield ".".join(contrast.path)
            last = contrast.path
        yield f"  {contrast.sign} {told(contrast.value)}"
