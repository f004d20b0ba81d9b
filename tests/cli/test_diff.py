"""`flowengine diff`: files and deployed versions compared, as text, Markdown and JSON, with its exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FILE = "processes/order.yaml"


@pytest.fixture
def changed(office: Any) -> Any:
    """An office in which the process file was changed after it was deployed."""
    text = Path(FILE).read_text("utf-8")
    Path("kept.yaml").write_text(text, "utf-8")
    assert text.count("due: 4h") == 1
    Path(FILE).write_text(text.replace("due: 4h", "due: 2h").replace('version: "1"', 'version: "2"'), "utf-8")
    return office


SIDES = {
    "two files": ("kept.yaml", FILE),
    "deployed and a file": ("order", FILE),
    "a deployed version and a file": ("order@1", FILE),
}


@pytest.mark.parametrize(("old", "new"), SIDES.values(), ids=SIDES.keys())
def test_a_change_is_told_wherever_the_two_sides_come_from(changed: Any, old: str, new: str) -> None:
    done = changed("diff", old, new)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Order: what changes for an order, 1 → 2",
        "",
        "Stricter than before",
        "- Review: 4h → 2h",
    ]


def test_two_deployed_versions_are_compared(changed: Any) -> None:
    assert changed("deploy", FILE).exit_code == 0
    assert "- Review: 4h → 2h" in changed("diff", "order@1", "order@2").stdout
    assert "- Review: 2h → 4h" in changed("diff", "order", "order@1").stdout


def test_markdown_and_chinese(changed: Any) -> None:
    done = changed("diff", "order@1", FILE, "--format", "markdown", "--lang", "zh")
    assert "### 比以前更严\n\n- 审核：时限 4小时 → 2小时\n" in done.stdout.replace("Review", "审核")
    assert done.stdout.startswith("## ")


def test_json_has_codes_paths_old_and_new(changed: Any) -> None:
    said = json.loads(changed("diff", "order@1", FILE, "--format", "json").stdout)
    assert said == {
        "old": {"process": "order", "version": "1", "file": "processes/order.yaml"},
        "new": {"process": "order", "version": "2", "file": FILE},
        "same": False,
        "breaking": False,
        "changes": [
            {
                "code": "due",
                "effect": "stricter",
                "breaking": False,
                "types": [],
                "inner": "",
                "lane": "",
                "places": [{"name": "review", "title": "Review"}],
                "paths": ["stages.review.due"],
                "old": [{"within": "4h"}],
                "new": [{"within": "2h"}],
                "text": "Review: 4h → 2h",
            }
        ],
    }


CODES = {
    "something changes": (("kept.yaml", FILE), 1),
    "nothing changes": ((FILE, FILE), 0),
    "a file with errors": (("kept.yaml", "faulty.yaml"), 2),
    "no such file": (("kept.yaml", "nowhere.yaml"), 2),
    "no such process": (("other", FILE), 2),
    "no such version": (("order@9", FILE), 2),
}


@pytest.mark.parametrize(("sides", "code"), CODES.values(), ids=CODES.keys())
def test_the_exit_code_tells_a_change_from_trouble(changed: Any, sides: tuple[str, str], code: int) -> None:
    Path("faulty.yaml").write_text("process: x\n", "utf-8")
    done = changed("diff", *sides, "--exit-code")
    assert (done.exit_code, bool(done.stderr)) == (code, code == 2)
    assert changed("diff", *sides).exit_code == (0 if code == 1 else code)


def test_what_is_not_deployed_is_said_with_what_is(changed: Any) -> None:
    done = changed("diff", "order@9", FILE)
    assert "order@9: no version '9' of process 'order' is deployed (deployed: order@1)" in done.stderr


def test_nothing_changes_is_one_sentence(changed: Any) -> None:
    assert changed("diff", FILE, FILE).stdout.endswith("\n\nNothing changes for an order.\n")


def test_two_files_need_no_database(changed: Any) -> None:
    Path("flowengine.db").unlink()
    assert changed("diff", "kept.yaml", FILE).exit_code == 0
    assert not Path("flowengine.db").exists()


def test_signs_of_markdown_in_titles_stay_signs(changed: Any) -> None:
    text = Path(FILE).read_text("utf-8")
    title = text.replace("title: Review", 'title: "Review *now* [x]"')
    Path(FILE).write_text(title, "utf-8")
    done = changed("diff", "kept.yaml", FILE, "--format", "markdown")
    assert r"Review \*now\* \[x\]: 4h → 2h" in done.stdout
