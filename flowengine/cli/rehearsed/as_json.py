"""Scenario reports for programs."""

from __future__ import annotations

from typing import Any

from flowengine.rehearsal.report import Mismatch, Outgoing, Report, Run, told
from flowengine.texts import Lang


def report_json(report: Report, lang: Lang) -> dict[str, Any]:
    """One file with its runs."""
    return {
        "file": report.file,
        "title": report.title,
        "shows": list(report.shows),
        "passed": report.passed,
        "findings": [
            {"code": each.code, "place": str(each.place), "message": each.message(lang)}
            for each in report.findings
        ],
        "runs": [_run(run, lang) for run in report.runs],
    }


def _run(run: Run, lang: Lang) -> dict[str, Any]:
    failure = run.failure
    return {
        "row": {name: str(value) for name, value in (run.row or {}).items()},
        "passed": run.passed,
        "steps": run.steps,
        "failed_step": None
        if failure is None
        else {
            "place": str(failure.place),
            "step": failure.step,
            "said": failure.said,
            "at": failure.at,
            "reasons": list(failure.reasons),
            "standing": list(failure.standing),
        },
        "mismatches": [_mismatch(each, lang) for each in run.mismatches],
        "history": list(run.history),
        **({"story": [each._asdict() for each in run.story]} if run.story else {}),
        **({"messages": [_message(each) for each in run.messages]} if run.messages else {}),
    }


def _message(message: Outgoing) -> dict[str, Any]:
    texts: dict[str, Any] = {
        lang: {"subject": subject, "text": text} for lang, (subject, text) in message.texts.items()
    }
    return {
        "number": message.number,
        "to": message.to,
        "about": message.about,
        "message": message.message,
        "via": list(message.via),
        "at": message.at,
        **texts,
    }


def _mismatch(mismatch: Mismatch, lang: Lang) -> dict[str, Any]:
    return {
        "place": str(mismatch.place),
        "step": mismatch.step,
        "word": mismatch.word,
        "expected": told(mismatch.expected),
        "found": told(mismatch.found),
        "message": mismatch.message(lang),
    }
