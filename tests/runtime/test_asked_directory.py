"""A slip in the host's directory is told at `connect` or at the command; nothing is dealt out by it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from typing import Any, Final

import pytest

import flowengine
from flowengine import Engine, Principal, WrongDirectory, WrongInput
from flowengine.runtime.directory import Absence
from tests.sound import assert_sound

ANN: Final = Principal.of("ann", "desk")
BEN: Final = Principal.of("ben", "desk")
PROCESS: Final = """
flowengine: 1
process: asked
version: "1"
owner: desk
order: {fields: {led: {type: boolean, default: false}}}
roles: {desk: {assign: round_robin}}
stages:
  look: {owner: desk, needs: {seen: check}, next: [{when: led, to: lead}, {to: closed}]}
  lead: {owner: {head_of: creator}, needs: {led_well: check}, next: closed}
"""


class Company:
    """A directory that answers what it was given, be it wrong."""

    def __init__(self, held: object = ("ben",), away: object = None, head: object = None) -> None:
        self.held, self.away, self.head = held, away, head

    def members(self, role: str) -> Any:
        return self.held

    def absence(self, person: str, at: int) -> Any:
        return self.away

    def head_of(self, person: str, at: int) -> Any:
        return self.head


class NoHeads:
    def members(self, role: str) -> None: ...
    def absence(self, person: str, at: int) -> None: ...


class Asynchronous(Company):
    async def members(self, role: str) -> Any:
        return ["ben"]


class Timeless(Company):
    def absence(self, person: str) -> Any:  # type: ignore[override]
        return None


def running(directory: Any) -> Engine:
    engine = flowengine.connect(":memory:", directory=directory)
    engine.deploy(PROCESS, file="asked.yaml")
    return engine


@pytest.mark.parametrize(
    ("directory", "told"),
    [
        ({"desk": ["ben"]}, "`dict` has no 'members'"),
        (object(), "`object` has no 'members'"),
        ("", "`str` has no 'members'"),
        (NoHeads(), "`NoHeads` has no 'head_of'; write it: it may return None"),
        (Asynchronous(), "'members' of the directory is asynchronous"),
        (Timeless(), "'absence' of the directory is called with a person and an instant"),
        (Company, "hand over an object: `Company()`"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_cannot_be_asked_is_refused_where_it_is_handed_over(directory: Any, told: str) -> None:
    with pytest.raises(WrongInput) as caught:
        flowengine.connect(":memory:", directory=directory)
    assert told in str(caught.value)


NOBODY: Final = "a person is named by an id, which is a text, not NoneType"
EMPTY: Final = "an empty text is nobody's id"


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"held": "ben"}, "members('desk'): a list of ids is wanted, or None, not str"),
        ({"held": b"ben"}, "not bytes"),
        ({"held": {"desk": ["ben"]}}, "not dict"),
        ({"held": 7}, "not int"),
        ({"held": True}, "not bool"),
        ({"held": ["ben", None]}, NOBODY),
        ({"held": ["ben", ""]}, EMPTY),
        ({"held": ["ben", 7]}, "not int"),
        ({"held": [" ben"]}, "holds blanks around it"),
        ({"held": ["Zoe\u0308"]}, "Unicode NFC"),
        ({"held": ["ben\n"]}, "blanks around it or invisible signs"),
        ({"held": ["b" * 201]}, "0 to 200 characters"),
        ({"held": ["@ben"]}, "'@ben' is nobody"),
        ({"held": ["system"]}, "'system' is nobody"),
        ({"away": True}, "absence('ben', …): an Absence is wanted, or None for who is there, not bool"),
        ({"away": False}, "not bool"),
        ({"away": "cem"}, "not str"),
        ({"away": Absence("")}, EMPTY),
        ({"away": Absence(7)}, "not int"),  # type: ignore[arg-type]
        ({"away": Absence("Zoe\u0308")}, "Unicode NFC"),
    ],
    ids=str,
)
def test_a_wrong_answer_goes_to_whoever_gave_the_command_and_nothing_is_written(
    answers: Mapping[str, object], told: str
) -> None:
    company = Company(**answers)
    with closing(running(company)) as engine:
        with pytest.raises(WrongDirectory) as caught:
            engine.start("asked", {}, by=ANN, key="one")
        assert "the directory cannot be followed in what it answers to" in str(caught.value)
        assert told in str(caught.value)
        assert engine.orders(by=ANN).items == ()
        company.__init__()  # type: ignore[misc]  # somebody mends it
        assert engine.start("asked", {}, by=ANN, key="one").or_raise().ok
        [task] = engine.work(by=BEN).items
        assert task.role == "@ben"
        assert_sound(engine)


@pytest.mark.parametrize("head", ["", 7, ["lea"], "@lea", "Zoe\u0308"], ids=repr)
def test_a_wrong_head_is_told_too(head: object) -> None:
    with closing(running(Company(head=head))) as engine:
        with pytest.raises(WrongDirectory, match=r"head_of\('ann', …\)"):
            engine.start("asked", {}, by=ANN)
        assert engine.orders(by=ANN).items == ()


@pytest.mark.parametrize(
    "held",
    [["ben"], ("ben",), {"ben"}, {"ben": 1}.keys()],
    ids=["list", "tuple", "set", "keys"],
)
def test_people_may_come_in_any_row(held: object) -> None:
    with closing(running(Company(held))) as engine:
        engine.start("asked", {}, by=ANN).or_raise()
        assert [task.role for task in engine.work(by=BEN).items] == ["@ben"]


def test_what_a_directory_raises_is_still_the_hosts_own() -> None:
    class Down(Company):
        def members(self, role: str) -> Any:
            raise ConnectionRefusedError("LDAP")

    with closing(running(Down())) as engine, pytest.raises(ConnectionRefusedError, match="LDAP"):
        engine.start("asked", {}, by=ANN)
