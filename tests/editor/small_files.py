"""The smallest files that rows of tests change in one place."""

from __future__ import annotations

from tests.editor.marked import Marked, marked

PROCESS = """\
flowengine: 1
process: order
version: "1"
owner: desk
roles: {desk: {title: 前台}}
order:
  fields: {amount: integer}
stages:
  review:
    owner: desk
    needs: {seen: check}
    next: closed
"""
SCENARIO = """\
scenario: 一张订单
process: order.yaml
starts: 2026-02-12 09:00
people: {张敏: desk}
steps:
  - create: {}
    by: 张敏
    expect: {stage: review}
"""


def edited(old: str, new: str) -> tuple[str, Marked]:
    """The kind of the file that holds `old`, and the file with `new` in its place."""
    root, base = ("process", PROCESS) if old in PROCESS else ("scenario", SCENARIO)
    assert old in base
    return root, marked(base.replace(old, new, 1))
