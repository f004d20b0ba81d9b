"""Which addresses of the network may be called: none that leads into the host's own network, unless allowed.

A name is looked up once, every address that it has is looked at, and what is connected to is one of these.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from flowengine.delivery.carrier import NotSent

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Sequence[str]]
"""The addresses of a name, for a port. Raises OSError where there is none."""

# What `ipaddress` calls global and is not, for one who must not be led astray: addresses that carry an IPv4
# address within (NAT64, 6to4, Teredo), shared addresses, multicast, benchmarks and what is reserved.
_NEVER: Final[tuple[Network, ...]] = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",
        ),
    )
)  # fmt: skip
_IPV6: Final = IPv6Network("2000::/3")
_NEVER_IPV6: Final = tuple(
    map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2620:4f:8000::/48"))
)
_PORTS: Final = {"http": 80, "https": 443}
_LEAST_PORT: Final = 1024
_LONGEST: Final = 2_000
_SAID: Final = "%/?:@!$&'()*+,;=~"
"""Signs of a path or a query that stay as they are."""


def resolved(host: str, port: int) -> Sequence[str]:
    """The addresses of a host. The system reads `127.1` and `0x7f000001` as it always has, and so they are
    looked at as what they mean.
    """
    return [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that may be called, and the address to which the connection goes."""

    url: SplitResult
    host: str
    port: int
    address: str


@dataclass(frozen=True, slots=True)
class Guard:
    """Says where a URL may lead. `allow` are networks that it may lead to although they are inside, such as
    `10.1.0.0/16` for a system of one's own; to them plain http and every port are allowed, too.
    """

    allow: tuple[Network, ...] = ()
    resolve: Resolve = resolved

    @classmethod
    def allowing(cls, networks: Iterable[str]) -> Guard:
        """A guard with networks that are allowed. Raises ValueError for what is none."""
        return cls(tuple(map(ip_network, networks)))

    def target(self, url: str) -> Target:
        """Where a URL leads. Raises NotSent where it must not be called, or where nobody knows the name."""
        parts, host, port = _taken_apart(url)
        try:
            found = self.resolve(host, port)
        except (OSError, UnicodeError):
            raise NotSent("unknown_host") from None
        addresses = [ip_address(each.partition("%")[0]) for each in found]
        if not addresses:
            raise NotSent("unknown_host")
        inside = [self._is_allowed(each) for each in addresses]
        if not all(inside[i] or _is_outside(each) for i, each in enumerate(addresses)):
            raise NotSent("inner_address", final=True)
        if not all(inside) and (parts.scheme != "https" or (port != _PORTS["https"] and port < _LEAST_PORT)):
            raise NotSent("only_https", final=True)
        return Target(parts, host, port, str(addresses[0]))

    def _is_allowed(self, address: Address) -> bool:
        return any(address in network for network in self.allow if network.version == address.version)


def _taken_apart(url: str) -> tuple[SplitResult, str, int]:
    """The parts of a URL, its host and port. Raises NotSent for what is no plain URL of the web."""
    wrong = NotSent("no_webhook", final=True)
    if not url.isprintable() or any(sign in url for sign in " \\") or len(url) > _LONGEST:
        raise wrong
    try:
        parts = urlsplit(url if url.isascii() else _in_ascii(url))
        host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        raise wrong from None
    if (
        parts.scheme not in _PORTS
        or not host
        or "%" in host
        or parts.username is not None
        or "@" in parts.netloc
    ):
        raise wrong
    return parts, host, port


def _in_ascii(url: str) -> str:
    """A URL as it goes over the network. Raises ValueError for a host that is written in another way than it
    is meant, as with letters in circles.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    name = host.encode("idna").decode("ascii")
    if name.encode("ascii").decode("idna") != host or "@" in parts.netloc:
        raise ValueError(url)
    name = f"[{name}]" if ":" in name else name
    netloc = name if parts.port is None else f"{name}:{parts.port}"
    return urlunsplit((parts.scheme, netloc, quote(parts.path, _SAID), quote(parts.query, _SAID), ""))


def _is_outside(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NEVER)
    return address in _IPV6 and not any(address in network for network in _NEVER_IPV6)
