"""A sound process is checked once, until it or a file that was looked at changes."""

from __future__ import annotations

import pytest

from flowengine.definition.check import Checked, check_process
from flowengine.definition.patching import Files

SHOP = """flowengine: 1
process: shop
version: "1"
owner: desk
include: [company.yaml]
order: {fields: {amount: {type: money, required: true}}}
stages:
  only: {owner: desk, needs: {weighed: check}, next: closed}
"""
COMPANY = "flowengine: 1\nroles: {desk: {}}\n"
EXPORT = 'flowengine: 1\nprocess: export\nversion: "1"\nextends: shop\n'


def check(text: str, **files: str) -> Checked:
    return check_process(text, "export.yaml", Files({f"{name}.yaml": data for name, data in files.items()}))


def test_what_has_not_changed_is_not_checked_again() -> None:
    first = check(SHOP, company=COMPANY)
    assert first.findings == ()
    assert check(SHOP, company=COMPANY) is first
    assert check(SHOP, company=COMPANY, unused="nothing that is looked at") is first


@pytest.mark.parametrize(
    ("text", "files", "code"),
    [
        pytest.param(
            SHOP.replace("weighed: check", "weighed: chek"), {"company": COMPANY}, "FE", id="itself"
        ),
        pytest.param(SHOP, {"company": COMPANY.replace("desk", "till")}, "FE201", id="a library"),
        pytest.param(SHOP, {}, "FE713", id="a library that is gone"),
    ],
)
def test_what_has_changed_is_checked_again(text: str, files: dict[str, str], code: str) -> None:
    assert check(SHOP, company=COMPANY).sound
    assert any(each.code.startswith(code) for each in check(text, **files).findings)


def test_a_file_that_comes_up_beside_may_change_what_is_meant() -> None:
    assert check(EXPORT, company=COMPANY, shop=SHOP).sound
    found = check(EXPORT, company=COMPANY, shop=SHOP, again=SHOP.replace('"1"', '"2"')).findings
    assert [each.code for each in found] == ["FE710"]


def test_what_is_wrong_is_looked_at_each_time() -> None:
    wrong = SHOP.replace("owner: desk", "owner: dsk")
    first, second = (check(wrong, company=COMPANY) for _ in range(2))
    assert first is not second
    assert first.findings == second.findings != ()
