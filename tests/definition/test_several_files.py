"""A process out of several files means what the same process written in one file means, place by place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flowengine.compiler.compile import compile_process
from flowengine.compiler.plan import Plan
from flowengine.definition.check import Checked, check_process
from flowengine.definition.findings import cited
from flowengine.definition.moments import Point
from flowengine.definition.patching import Files
from flowengine.definition.patching.bundle import packed, unpacked
from flowengine.definition.patching.sources import MOST_FILES, name_from
from flowengine.definition.vocabulary import LIBRARY
from flowengine.folder import Folder

HEAD = 'flowengine: 1\nprocess: {}\nversion: "1"\n'
LIBRARY_TEXT = """\
flowengine: 1
language: zh
title: 公司
zone: Asia/Shanghai
roles: {desk: {title: 前台}, boss: {title: {zh: 主管, en: Head}}}
order: {fields: {amount: {type: money, title: 金额}}}
outcomes: {cancel: {title: 取消, from: any, by: boss, to: cancelled}}
ends: {lost: {kind: failure, title: 丢单}}
calendars: {office: {zone: Asia/Shanghai, week: {mon-fri: "09:00-17:00"}}}
clocks: {answer: {within: 2d, needs: {answered: {note: 已答复}}}}
holds: {frozen: {by: boss}}
rules: {tell: {after: review.left, then: [{notify: boss, message: received}, {call: post}]}}
calls: {post: {function: post}}
approvals: {agreed: {steps: [{any: boss}], refused: [{notify: boss}]}}
defaults: {due: {warn: [80%]}}
people: {wang: {away: {2026-02-10..2026-02-20: nobody}}}
messages: {received: {text: 已收到}}
notices: {via: {customer: [sms, mail]}, quiet: {outside: {everyone: office}}}
events: {gauged: {data: {machine: text}, match: {number: event.machine}}}
tiers: {1: {team: boss, answer: 1h, resolve: 2d}}
exceptions: {torn: {title: 破损, tier: 1, by: desk, playbook: {photo: {file: 照片}}}}
"""
BASE = (
    HEAD.format("base")
    + """\
include: [company.yaml]
owner: desk
stages:
  review: {title: Review, owner: desk, due: 4h, needs: {seen: check, slip: file}, outcomes: {no: {to: lost}}}
  delivery: {title: Delivery, owner: boss, needs: {signed: file, agreed: approval}, next: closed}
"""
)
VARIANT = (
    HEAD.format("variant")
    + """\
extends: base@1
stages:
  customs: {follows: review, owner: boss, needs: {cleared: check}}
  review: {due: {by: day}, needs: {slip: {by: boss}, seen: remove}}
order: {fields: {day: date}}
"""
)
FILES = {"company.yaml": LIBRARY_TEXT, "base.yaml": BASE, "variant.yaml": VARIANT}


def checked(name: str, **changed: str) -> Checked:
    files = FILES | {f"{file}.yaml": text for file, text in changed.items()}
    return check_process(files[name], f"desk/{name}", Files(files, f"desk/{name}"))


def plan(name: str, **changed: str) -> Plan:
    found = checked(name, **changed)
    assert found.findings == ()
    assert found.process is not None
    return compile_process(found.process, f"desk/{name}")


def bare(plan: Plan) -> str:
    """Everything that a plan says, without the places where it was written."""
    return re.sub(r"(line|column)=\d+|file='[^']*'|0x[0-9a-f]+", "", repr(plan))


def test_a_library_adds_its_parts_and_its_texts_keep_their_language() -> None:
    whole = plan("base.yaml")
    assert (whole.roles["desk"].zh, whole.roles["desk"].en) == ("前台", "")
    assert whole.stages["review"].title.en == "Review"
    assert (str(whole.zone), list(whole.fields), list(whole.ends)) == (
        "Asia/Shanghai", ["amount"], ["lost", "closed", "cancelled"],
    )  # fmt: skip
    assert whole.stages["delivery"].outcomes["cancel"].by == ("boss",)
    assert whole.title.en == "base"


@pytest.mark.parametrize("key", [key.name for key in LIBRARY.keys if key.name not in ("flowengine", "title")])
def test_each_key_of_a_library_matters(key: str) -> None:
    """Without it, or with another, the plan is another or there is none; its title stays its own."""
    others = {
        "include": "include: [other.yaml]\n" + LIBRARY_TEXT,
        "language": LIBRARY_TEXT.replace("zh\n", "en\n"),
    }
    without = "\n".join(line for line in LIBRARY_TEXT.splitlines() if not line.startswith(key))
    changed = checked(
        "base.yaml", company=others.get(key, without), other="flowengine: 1\nroles: {clerk: {}}\n"
    )
    assert changed.process is None or bare(compile_process(changed.process, "")) != bare(plan("base.yaml"))


def test_a_variant_says_only_what_differs() -> None:
    whole = plan("variant.yaml")
    assert list(whole.stages) == ["review", "customs", "delivery"]
    assert [way.to for way in whole.stages["review"].ways] == ["customs"]
    review = whole.stages["review"]
    assert [(need.name, need.kind, need.by) for need in review.needs] == [("slip", "file", ("boss",))]
    (due,) = review.due
    assert (due.by, due.within) == (Point("day", 0, is_field=True), None)
    assert whole.process == "variant"


def test_each_line_is_cited_with_the_file_in_which_it_stands() -> None:
    whole = plan("variant.yaml")
    at = [whole.stages["review"].line, whole.stages["customs"].line, whole.fields["amount"].place.line]
    assert [cited(line, whole.file) for line in at] == [
        "desk/base.yaml:7", "desk/variant.yaml:6", "desk/company.yaml:6",
    ]  # fmt: skip
    assert cited(whole.stages["review"].due[0].line, whole.file) == "desk/variant.yaml:7"


def test_a_variant_is_the_process_that_is_written_out() -> None:
    written = (
        HEAD.format("variant")
        + """\
zone: Asia/Shanghai
owner: desk
roles: {desk: {title: {zh: 前台}}, boss: {title: {zh: 主管, en: Head}}}
order: {fields: {amount: {type: money, title: {zh: 金额}}, day: date}}
outcomes: {cancel: {title: {zh: 取消}, from: any, by: boss, to: cancelled}}
ends: {lost: {kind: failure, title: {zh: 丢单}}}
calendars: {office: {zone: Asia/Shanghai, week: {mon-fri: "09:00-17:00"}}}
clocks: {answer: {within: 2d, needs: {answered: {note: {zh: 已答复}}}}}
holds: {frozen: {by: boss}}
rules: {tell: {after: review.left, then: [{notify: boss, message: received}, {call: post}]}}
calls: {post: {function: post}}
approvals: {agreed: {steps: [{any: boss}], refused: [{notify: boss}]}}
defaults: {due: {warn: [80%]}}
people: {wang: {away: {2026-02-10..2026-02-20: nobody}}}
messages: {received: {text: {zh: 已收到}}}
notices: {via: {customer: [sms, mail]}, quiet: {outside: {everyone: office}}}
events: {gauged: {data: {machine: text}, match: {number: event.machine}}}
tiers: {1: {team: boss, answer: 1h, resolve: 2d}}
exceptions: {torn: {title: {zh: 破损}, tier: 1, by: desk, playbook: {photo: {file: {zh: 照片}}}}}
stages:
  review:
    {title: Review, owner: desk, due: {by: day},
     needs: {slip: {file: slip, by: boss}}, outcomes: {no: {to: lost}}}
  customs: {owner: boss, needs: {cleared: check}}
  delivery: {title: Delivery, owner: boss, needs: {signed: file, agreed: approval}, next: closed}
"""
    )
    assert bare(plan("written.yaml", written=written)) == bare(plan("variant.yaml"))


def test_a_variant_of_a_variant_and_a_library_in_both_are_put_together_once() -> None:
    third = (
        HEAD.format("third") + "extends: variant\ninclude: [company.yaml]\nstages: {customs: {owner: desk}}\n"
    )
    assert plan("third.yaml", third=third).stages["customs"].owner == "desk"
    assert set(checked("third.yaml", third=third).files) == {"variant.yaml", "base.yaml", "company.yaml"}


def test_what_a_patch_removes_leaves_moments_that_never_happen_and_origins_that_nobody_is_in() -> None:
    types = "types: {short: {stages: {middle: remove}}}\n"
    stages = """
owner: desk
roles: {desk: {}}
outcomes: {stop: {from: [first, middle], to: cancelled}}
stages:
  first: {owner: desk, needs: {a: check, went: {that: not happened(middle.entered) and stage != 'middle'}}}
  middle: {owner: desk, needs: {b: check}}
  last: {owner: desk, needs: {c: check}, outcomes: {again: {to: first}}, next: closed}
"""
    whole = plan("one.yaml", one=HEAD.format("one") + types + stages)
    short = whole.variants["short"]
    assert [way.to for way in short.stages["first"].ways] == ["last"]
    assert "stop" in short.stages["first"].outcomes


def test_so_many_files_are_not_put_together() -> None:
    chain = {
        f"lib{number}.yaml": f"flowengine: 1\ninclude: [lib{number + 1}.yaml]\nroles: {{r{number}: {{}}}}\n"
        for number in range(MOST_FILES + 1)
    }
    text = (
        HEAD.format("long")
        + "include: [lib0.yaml]\nowner: r0\nstages: {one: {owner: r0, needs: {a: check}, next: closed}}\n"
    )
    (finding,) = check_process(text, "long.yaml", Files(chain)).findings
    assert (finding.code, finding.place.file) == ("FE715", f"lib{MOST_FILES - 2}.yaml")


def test_a_process_does_not_include_itself() -> None:
    (finding,) = checked("base.yaml", base=BASE.replace("company.yaml", "base.yaml")).findings
    assert (finding.code, finding.place.line) == ("FE714", 4)


def test_two_libraries_may_include_each_other() -> None:
    other = "flowengine: 1\ninclude: [company.yaml]\nroles: {clerk: {}}\n"
    assert "clerk" in plan("base.yaml", company="include: [other.yaml]\n" + LIBRARY_TEXT, other=other).roles


@pytest.mark.parametrize(
    ("where", "name", "meant"),
    [
        ("order.yaml", "company.yaml", "company.yaml"),
        ("order.yaml", "./shared/../company.yaml", "company.yaml"),
        ("shared/roles.yaml", "../company.yaml", "company.yaml"),
        ("order.yaml", "../company.yaml", None),
        ("order.yaml", "a/../../company.yaml", None),
        ("order.yaml", "/etc/passwd", None),
        ("order.yaml", "C:\\company.yaml", None),
        ("order.yaml", "..\\company.yaml", None),
        ("order.yaml", "file:///etc/passwd", None),
        ("order.yaml", " ", None),
    ],
)
def test_a_name_never_leads_out_of_the_folder(where: str, name: str, meant: str | None) -> None:
    assert name_from(where, name) == meant


def test_a_link_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "secret.yaml").write_text("flowengine: 1\n")
    (tmp_path / "inside" / "company.yaml").symlink_to(tmp_path / "secret.yaml")
    folder = Folder(tmp_path / "inside" / "order.yaml")
    assert folder.read("company.yaml") is None
    assert folder.read("nowhere.yaml") is None
    assert folder.read("..") is None


def test_a_folder_shows_processes_and_no_scenarios(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", "a.scenario.yaml", ".hidden.yaml", "notes.txt"):
        (tmp_path / name).write_text("")
    assert list(Folder(tmp_path / "b.yaml").beside()) == ["a.yml", "b.yaml"]
    assert list(Folder(tmp_path / "nowhere" / "b.yaml").beside()) == []


def test_a_bundle_holds_every_file_and_one_file_is_none() -> None:
    text = packed("variant.yaml", VARIANT, {"base.yaml": BASE, "company.yaml": LIBRARY_TEXT})
    main = unpacked(text, "desk/variant.yaml")
    again = check_process(main.text, "desk/variant.yaml", main.sources)
    assert again.process is not None
    assert bare(compile_process(again.process, "")) == bare(plan("variant.yaml"))
    assert packed("base.yaml", BASE, {}) == BASE
    assert unpacked(BASE, "base.yaml").text == BASE
    assert check_process(text, "bundle.json").process is None


def test_a_library_alone_is_checked_and_is_no_process() -> None:
    assert checked("company.yaml").findings == ()
    assert checked("company.yaml").process is None
    (finding,) = checked("company.yaml", company=LIBRARY_TEXT.replace("roles", "rolls")).findings
    assert (finding.code, finding.params["guess"]) == ("FE101", "roles")
