"""Messages as they go outside, expected in scenarios and shown beforehand: to whom, how, when, what words."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from flowengine import connect
from flowengine.definition.check import check_process
from flowengine.definition.rehearsing import check_scenario
from flowengine.rehearsal.scenario import run_file
from tests.rehearsal.play import mismatches

PROCESS: Final = """
flowengine: 1
process: shop
version: "1"
owner: desk
zone: Asia/Shanghai
order: {fields: {ref: {type: text, required: true}, amount: integer, waybill: text}}
types: {plain: {}, urgent: {priority: urgent}}
roles: {desk: {sees: all, edits: [waybill]}, maker: {}, qa: {}}
stages:
  take: {owner: desk, due: {within: 10h, warn: [50%]}, needs: {checked: check}, next: closed}
rules: {shipping: {after: waybill, each: true, then: [{notify: [customer, desk, qa], message: shipped}]}}
messages:
  shipped:
    subject: {en: "{{ number }} is shipped", zh: "{{ number }} 已发货"}
    text: {en: "Waybill {{ waybill }}", zh: "运单 {{ waybill }}"}
notices:
  via: {customer: [sms, mail], everyone: chat}
  quiet: {hours: "22:00-07:00", except: urgent}
  digest: {what: [warn], at: ["16:00"]}
"""
HEAD: Final = """scenario: {zh: 例, en: an example}
process: shop.yaml
starts: 2026-03-02 09:00
people: {dora: [desk, qa], mo: maker}
given: {ref: A, type: plain}
rows: [{waybill: SF1}]
"""
SHIPPED: Final = (
    '  - {create: {}, by: dora}\n  - {write: {waybill: "{waybill}"}, by: dora, expect: {sent: WANTED}}\n'
)
BOTH: Final = (
    '{to: customer, message: shipped, via: [sms, mail], says: {en: "Waybill {waybill}", zh: 运单 SF1}}'
)
TO_DORA: Final = "{to: dora, about: shipping, via: chat}"


def found(folder: Path, steps: str) -> list[str]:
    return [each.message("en") for each in mismatches(folder, f"steps:\n{steps}", head=HEAD, process=PROCESS)]


RIGHT = {
    "both": f"[{BOTH}, {TO_DORA}]",
    "in another order": f"[{TO_DORA}, {BOTH}]",
    "the role": "[{to: customer}, {to: desk}]",
    "who holds two roles is told once": "[{to: customer}, {to: qa}]",
}


@pytest.mark.parametrize("wanted", RIGHT.values(), ids=RIGHT)
def test_what_is_sent_is_as_expected(wanted: str, tmp_path: Path) -> None:
    assert found(tmp_path, SHIPPED.replace("WANTED", wanted)) == []


WRONG = {
    "another channel": (
        "{to: customer, via: mail}",
        "[{to: customer, via: [mail]}], but is [{to: customer, via: [sms, mail]}]",
    ),
    "other words in one language": (
        "{to: customer, says: {en: Waybill SF1, zh: SF2}}",
        "[{to: customer, says: {zh: SF2, en: Waybill SF1}}], but is [{to: customer, says: {zh: 000001 已发货 运单 SF1, en: Waybill SF1}}]",  # noqa: E501
    ),
    "another time": (
        "{to: customer, at: 2026-03-02 09:01}",
        "[{to: customer, at: 2026-03-02 09:01}], but is [{to: customer, at: 2026-03-02 09:00}]",
    ),
}


@pytest.mark.parametrize(("wanted", "said"), WRONG.values(), ids=WRONG)
def test_the_difference_shows_no_more_than_was_asked(wanted: str, said: str, tmp_path: Path) -> None:
    (line,) = found(tmp_path, SHIPPED.replace("WANTED", f"[{wanted}, {TO_DORA}]"))
    assert line == f"step 2: sent should be {said}"


def test_the_narrow_expectation_gets_the_message_that_the_wide_one_could_have_too(tmp_path: Path) -> None:
    wanted = "{sent: [{to: dora}, {to: customer}, {to: dora, about: warned}]}"
    steps = "  - {create: {}, by: dora}\n"
    steps += f"  - {{wait: 5h, write: {{waybill: SF1}}, by: dora, expect: {wanted}}}\n"
    assert found(tmp_path, steps) == []


WHEN = {
    "a warning waits for the digest": ("plain", "wait: 5h", "warned", "2026-03-02 16:00"),
    "by night it waits for the morning": ("plain", "until: 2026-03-02 23:01", "late", "2026-03-03 07:00"),
    "what is urgent waits for nothing": ("urgent", "until: 2026-03-02 23:01", "late", "2026-03-02 23:00"),
}


@pytest.mark.parametrize(("kind", "wait", "about", "at"), WHEN.values(), ids=WHEN)
def test_it_is_said_when_it_goes_outside(kind: str, wait: str, about: str, at: str, tmp_path: Path) -> None:
    starts = "09:00" if about == "warned" else "13:00"
    steps = f"  - {{create: {{type: {kind}}}, by: dora}}\n"
    steps += "" if about == "warned" else "  - {until: 2026-03-02 20:00}\n"
    steps += f"  - {{{wait}, expect: {{sent: [{{to: dora, about: {about}, at: {at}}}]}}}}\n"
    head = HEAD.replace("09:00", starts)
    assert mismatches(tmp_path, f"steps:\n{steps}", head=head, process=PROCESS) == ()


def test_each_is_told_when_they_work(tmp_path: Path) -> None:
    """On Friday at eleven at night: who works on Saturdays, who does not, and who only sleeps."""
    process = PROCESS.replace("[customer, desk, qa]", "[customer, desk, maker]")
    outside = "outside: {everyone: office, maker: works, customer: off}"
    process = process.replace("except: urgent", f"except: urgent, {outside}") + (
        'calendars:\n  office: {zone: Asia/Shanghai, week: {mon-fri: ["09:00-18:00"]}}\n'
        '  works: {zone: Asia/Shanghai, week: {mon-sat: ["08:00-20:00"]}}\n'
    )
    told = {"mo": "2026-03-07 08:00", "dora": "2026-03-09 09:00", "customer": "2026-03-07 07:00"}
    sent = ", ".join(f"{{to: {who}, about: shipping, at: {at}}}" for who, at in told.items())
    steps = "  - {create: {}, by: dora}\n  - {until: 2026-03-06 23:00}\n"
    steps += f"  - {{write: {{waybill: SF1}}, by: dora, expect: {{sent: [{sent}]}}}}\n"
    assert mismatches(tmp_path, f"steps:\n{steps}", head=HEAD, process=process) == ()


def test_messages_are_shown_as_they_were_when_they_were_left(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(PROCESS, "utf-8")
    path = tmp_path / "example.scenario.yaml"
    again = "  - {write: {waybill: SF2}, by: dora}\n"
    path.write_text(HEAD + "steps:\n" + SHIPPED.replace(", expect: {sent: WANTED}", "") + again, "utf-8")
    (run,) = run_file(path, connect, messages=True).runs
    customers = [each for each in run.messages if each.to == "customer"]
    assert [each.texts["en"][1] for each in customers] == ["Waybill SF1"]
    assert customers[0].texts["zh"][1] == "运单 SF1"
    assert run_file(path, connect).runs[0].messages == ()


MISSPELT = {
    "to": ("{to: custmer}", "FE505", "customer"),
    "message": ("{to: customer, message: shiped}", "FE613", "shipped"),
    "via": ("{to: customer, via: [sms, mial]}", "FE790", "mail"),
    "about": ("{to: customer, about: shiping}", "FE791", "shipping"),
    "about, what the engine says by itself": ("{to: customer, about: warnd}", "FE791", "warned"),
    "key": ("{to: customer, abuot: late}", "FE101", "about"),
    "at": ("{to: customer, at: 2026-02-30 09:00}", "FE105", ""),
}


@pytest.mark.parametrize(("wanted", "code", "meant"), MISSPELT.values(), ids=MISSPELT)
def test_what_is_misspelt_is_found_with_what_was_meant(wanted: str, code: str, meant: str) -> None:
    process = check_process(PROCESS, "shop.yaml").process
    text = HEAD + "steps:\n" + SHIPPED.replace("WANTED", f"[{wanted}]")
    (finding,) = check_scenario(text, "example.scenario.yaml", process).findings
    assert (finding.code, finding.place.line) == (code, 9)
    assert meant in finding.remedy("en")
