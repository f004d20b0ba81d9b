"""No webhook leads into the host's own network, however its address is written or its name resolves."""

from __future__ import annotations

import socket
from collections.abc import Sequence

import pytest

from flowengine.delivery.carrier import NotSent
from flowengine.delivery.guard import Guard
from flowengine.delivery.posting import post

LITERALS = """
http://127.0.0.1/ https://127.0.0.1/ https://127.1/ https://127.0.1/ https://0x7f000001/ https://0x7f.1/
https://2130706433/ https://017700000001/ https://0177.0.0.1/ https://0/ https://0.0.0.0/
https://127.255.255.254/ https://10.0.0.1/ https://10.255.255.255/ https://172.16.0.1/ https://172.31.255.255/
https://192.168.1.1/ https://169.254.169.254/latest/meta-data/ https://2852039166/ https://0xa9fea9fe/
https://100.64.0.1/ https://100.100.100.200/ https://192.0.0.192/ https://198.18.0.1/ https://192.0.2.1/
https://203.0.113.9/ https://224.0.0.1/ https://239.255.255.250/ https://240.0.0.1/ https://255.255.255.255/
https://192.88.99.1/ https://[::]/ https://[::1]/ https://[0:0:0:0:0:0:0:1]/ https://[::ffff:127.0.0.1]/
https://[::ffff:7f00:1]/ https://[::ffff:169.254.169.254]/ https://[::127.0.0.1]/ https://[64:ff9b::a9fe:a9fe]/
https://[64:ff9b:1::1]/ https://[2002:a9fe:a9fe::]/ https://[2002:7f00:1::]/ https://[2001::1]/
https://[2001:db8::1]/ https://[fe80::1]/ https://[fc00::1]/ https://[fd00:ec2::254]/ https://[ff02::1]/
https://[100::1]/ https://[3fff::1]/ https://localhost/ https://localhost./ https://LOCALHOST/
"""
WRITTEN = r"""
file:///etc/passwd gopher://127.0.0.1:70/_x ftp://example.com/ //example.com/ https:///x
https://u:p@example.com/ https://example.com@127.0.0.1/ https://example.com:22/ https://example.com:99999/
https://example.com\@127.0.0.1/ https://ⓛocalhost/ https://[fe80::1%25eth0]/ http://example.com/
javascript:alert(1) dict://127.0.0.1:11211/ https://exam%70le.com/ https://example.com:0x16/ ldap://127.0.0.1
"""


@pytest.fixture(autouse=True)
def nothing_is_called(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Whoever connects fails the test."""
    called: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _, where: called.append(where))
    monkeypatch.setattr(socket, "create_connection", lambda where, **_: called.append(where))
    yield called
    assert called == []


def outside(_host: str, _port: int) -> Sequence[str]:
    return ["93.184.216.34"]


@pytest.mark.parametrize("url", [*LITERALS.split(), "https://127.0.0.1#@example.com/"])
def test_addresses_of_the_inner_network_are_refused(url: str) -> None:
    with pytest.raises(NotSent) as refused:
        post(Guard().target(url), {}, b"", now=0)
    assert refused.value.why in ("inner_address", "unknown_host", "no_webhook")


@pytest.mark.parametrize(
    "url", [*WRITTEN.split(), "https://example.com/\r\nHost: x", "https://exa mple.com/"]
)
def test_what_is_no_plain_address_is_refused_even_where_every_name_lies_outside(url: str) -> None:
    with pytest.raises(NotSent) as refused:
        post(Guard(resolve=outside).target(url), {}, b"", now=0)
    assert refused.value.final


def test_there_are_at_least_sixty_of_them() -> None:
    assert len(LITERALS.split()) + len(WRITTEN.split()) >= 60


@pytest.mark.parametrize("answers", [["93.184.216.34", "10.0.0.1"], ["169.254.169.254"], ["::1"], []])
def test_a_name_that_leads_inside_is_refused_even_where_it_leads_outside_as_well(answers: list[str]) -> None:
    with pytest.raises(NotSent):
        Guard(resolve=lambda _host, _port: answers).target("https://rebind.example/")


def test_the_connection_goes_to_the_address_that_was_looked_at() -> None:
    """A name that answers differently the second time is asked only once."""
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    target = Guard(resolve=lambda _host, _port: next(answers)).target("https://rebind.example/x?y=1")
    assert (target.host, target.address, target.port) == ("rebind.example", "93.184.216.34", 443)
    assert next(answers) == ["127.0.0.1"], "nobody asked again"


def test_networks_of_ones_own_are_allowed_by_name_and_no_others() -> None:
    guard = Guard.allowing(["10.1.0.0/16"])
    assert guard.target("http://10.1.2.3:8080/hook").address == "10.1.2.3"
    for other in ("http://10.2.0.1/", "https://127.0.0.1/"):
        with pytest.raises(NotSent):
            guard.target(other)
    with pytest.raises(ValueError, match="host bits set"):
        Guard.allowing(["10.1.0.1/16"])


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("https://例子.中国/", "xn--fsqu00a.xn--fiqs8s", "/"),
        ("https://例子.中国:8443/钩子?键=值&a=%20", "xn--fsqu00a.xn--fiqs8s", "/%E9%92%A9%E5%AD%90"),
        ("https://example.com/订单", "example.com", "/%E8%AE%A2%E5%8D%95"),
    ],
)
def test_names_and_paths_in_any_script_are_called_as_the_network_writes_them(
    url: str, host: str, path: str
) -> None:
    asked: list[str] = []

    def noted(name: str, _port: int) -> Sequence[str]:
        asked.append(name)
        return outside(name, _port)

    target = Guard(resolve=noted).target(url)
    assert (target.host, asked, target.url.path) == (host, [host], path)
    assert target.url.query in ("", "%E9%94%AE=%E5%80%BC&a=%20")


@pytest.mark.parametrize(
    "url", ["https://１２７.0.0.1/", "https://例子。中国/", "https://例子..中国/", "https://a@例子.中国/"]
)
def test_names_that_mean_another_than_they_show_are_refused(url: str) -> None:
    with pytest.raises(NotSent) as refused:
        Guard(resolve=outside).target(url)
    assert refused.value.why == "no_webhook"
