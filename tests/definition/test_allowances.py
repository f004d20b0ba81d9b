"""Comments that allow a warning: which are read as such, what they are about, and what is wrong with them."""

from __future__ import annotations

import pytest

from flowengine.definition.allowances import weighed
from flowengine.definition.check import check_process
from flowengine.definition.findings import Finding, Place
from tests.work import working

HEAD = """\
flowengine: 1
process: order
version: "1"
owner: desk
roles: {desk: {}}
stages: {only: {owner: desk, needs: {ok: check}, next: closed}}
"""
LOST = "  lost: {kind: failure}"
WHY = "because it comes in May"


def told(body: str, head: str = HEAD) -> list[str]:
    """The codes that are told of a file, each with its line and column."""
    data = (head + body).encode()
    findings, _ = weighed(check_process(data, "x.yaml").findings, data, "x.yaml")
    return [f"{each.code} {each.place.line}:{each.place.column}" for each in findings]


ALLOWED = {
    "on its line": f"ends:\n{LOST} # flowengine: allow FE408 {WHY}\n",
    "on the line above": f"ends:\n  # flowengine: allow FE408 {WHY}\n{LOST}\n",
    "above, with another comment between": f"ends:\n  # flowengine: allow FE408 {WHY}\n  # more\n{LOST}\n",
    "several codes": (
        f"ends:\n  # flowengine: allow FE408, FE021 {WHY}\n  lost: {{kind: failure, title: 007}}\n"
    ),
    "behind a block of text": f"title: |\n  A\nends:\n  # flowengine: allow FE408 {WHY}\n{LOST}\n",
    "loosely spaced": f"ends:\n{LOST}   #flowengine :  allow  FE408  because  why not \n",
    "crlf": f"ends:\r\n  # flowengine: allow FE408 {WHY}\r\n{LOST}\r\n",
    "a reason in Chinese": f"ends:\n{LOST} # flowengine: allow FE408 because 五月起启用\n",
}  # fmt: skip


@pytest.mark.parametrize("body", ALLOWED.values(), ids=ALLOWED.keys())
def test_a_warning_with_a_reason_is_not_told(body: str) -> None:
    assert told(body) == []


def test_the_reason_is_kept() -> None:
    data = f"{HEAD}ends:\n{LOST} # flowengine: allow FE408 {WHY}\n"
    _, ((finding, reason),) = weighed(check_process(data, "x.yaml").findings, data, "x.yaml")
    assert (finding.code, reason) == ("FE408", "it comes in May")


TOLD = {
    "no comment": (f"ends:\n{LOST}\n", ["FE408 8:3"]),
    "in a text in quotes": (
        f'ends:\n  lost: {{kind: failure, title: "x # flowengine: allow FE408 {WHY}"}}\n', ["FE408 8:3"]),
    "in single quotes over two lines": (
        f"title: 'a\n  # flowengine: allow FE408 {WHY}'\nends: {{lost: {{kind: failure}}}}\n", ["FE408 9:8"]),
    "in a block of text": (
        f"title: |\n  # flowengine: allow FE408 {WHY}\nends: {{lost: {{kind: failure}}}}\n", ["FE408 9:8"]),
    "not a comment without a blank before it": (
        "title: a#flowengine: allow\nends: {lost: {kind: failure}}\n", ["FE024 7:8"]),
    "two lines above": (
        f"ends:\n  # flowengine: allow FE408 {WHY}\n\n{LOST}\n", ["FE408 10:3", "FE603 8:23"]),
    "behind something else on the line above": (
        f"ends: # flowengine: allow FE408 {WHY}\n{LOST}\n", ["FE408 8:3", "FE603 7:27"]),
    "another code": (f"ends:\n{LOST} # flowengine: allow FE411 {WHY}\n", ["FE408 8:3", "FE603 8:45"]),
    "no reason": (f"ends:\n{LOST} # flowengine: allow FE408\n", ["FE408 8:3", "FE601 8:45"]),
    "an empty reason": (f"ends:\n{LOST} # flowengine: allow FE408 because \n", ["FE408 8:3", "FE601 8:45"]),
    "no such code": (f"ends:\n{LOST} # flowengine: allow FE480 {WHY}\n", ["FE408 8:3", "FE602 8:45"]),
    "no code": (f"ends:\n{LOST} # flowengine: allow {WHY}\n", ["FE408 8:3", "FE605 8:39"]),
    "another verb": (f"ends:\n{LOST} # flowengine: ignore FE408 {WHY}\n", ["FE408 8:3", "FE605 8:39"]),
    "a full-width colon": (
        f"ends:\n{LOST} # flowengine\uff1aallow FE408 {WHY}\n", ["FE408 8:3", "FE605 8:37"]),
    "an error": (f"ends:\n  # flowengine: allow FE104 {WHY}\n  lost: {{kind: faillure}}\n",
                 ["FE604 8:23", "FE104 9:16"]),
    "nothing found at all": (f"# flowengine: allow FE408 {WHY}\n", ["FE603 7:21"]),
    "on the line of a block's head": (f"title: | # flowengine: allow FE408 {WHY}\n  A\n", ["FE603 7:30"]),
    "itself": (f"# flowengine: allow FE603 {WHY}\n", ["FE603 7:21"]),
    "a line of the head that was commented out": ("# flowengine: 1\n", []),
}  # fmt: skip


@pytest.mark.parametrize(("body", "wanted"), TOLD.values(), ids=TOLD.keys())
def test_what_allows_nothing_is_told(body: str, wanted: list[str]) -> None:
    assert sorted(told(body)) == sorted(wanted)


def test_a_file_with_errors_was_not_checked_to_its_end_so_nothing_is_called_useless() -> None:
    body = f"ends:\n{LOST} # flowengine: allow FE408 {WHY}\n"
    assert told(body, HEAD.replace("owner: desk\n", "owner: dsk\n")) == ["FE201 4:8"]


@pytest.mark.parametrize(
    "many",
    [
        "# flowengine: allow FE408 because\n",
        f"# flowengine: allow FE408 {WHY}\n",
        "- '#' # flowengine: allow x\n",
    ],
    ids=["without a reason", "in vain", "between texts"],
)
def test_a_file_full_of_comments_takes_no_time(many: str) -> None:
    with working() as took:
        weighed([], (many * (1024**2 // len(many))), "x.yaml")
        assert took() < 10  # the square of their number would take minutes


def test_a_comment_speaks_of_its_own_file_only() -> None:
    """A finding in an included file is not allowed by a comment that stands on the same line of this one."""
    included = Finding("FE408", Place("library.yaml", 1, 1), {"end": "lost"}, severity="warning")
    told, allowed = weighed([included], f"a: 1 # flowengine: allow FE408 {WHY}\n", "x.yaml")
    assert [finding.code for finding in told] == ["FE408", "FE603"]
    assert allowed == ()
