"""The file that names channels and addresses, for the command line: hosts in Python give objects instead.

What is wrong with it is found with its place, before anything is sent. Secrets stand in the environment, and
the file says `${NAME}`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any, Final

from flowengine.definition.document import Node, read_document
from flowengine.definition.findings import Finding, Place, nearest
from flowengine.delivery.dispatch import Channel
from flowengine.errors import WrongInput

if TYPE_CHECKING:
    from flowengine.delivery.channels.webhook import Webhook

_VARIABLE: Final = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_TOP: Final = ("channels", "addresses", "webhooks")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_HOST: Final = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class Settings:
    """Channels by name, the addresses of roles and people (`@wang`) by channel, and the hosts that calls may
    be posted to, each with its secret.
    """

    channels: Mapping[str, Channel]
    known: Mapping[str, Mapping[str, str]]
    webhooks: Mapping[str, Webhook] = field(default_factory=dict)

    def addresses(self, whom: str, *, process: str, number: str) -> Mapping[str, str]:  # noqa: ARG002 - for all
        """The address of somebody on each channel."""
        return self.known.get(whom, {})


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a channel: what its value may be."""

    of: type = str
    required: bool = False
    choices: tuple[str, ...] = ()
    several: bool = False
    check: Callable[[str], object] | None = None


_KINDS: Final[Mapping[str, Mapping[str, _Word]]] = {
    "mail": {
        "host": _Word(required=True),
        "from": _Word(required=True),
        "name": _Word(),
        "port": _Word(int),
        "user": _Word(),
        "password": _Word(),
        "security": _Word(choices=("starttls", "tls", "none")),
    },
    "webhook": {
        "secret": _Word(required=True, several=True),
        "allow": _Word(several=True, check=ip_network),
    },
    "apprise": {"schemes": _Word(required=True, several=True)},
    "file": {"path": _Word(required=True)},
    "log": {},
}


def read_settings(
    data: bytes | str, file: str, environment: Mapping[str, str]
) -> tuple[Settings | None, tuple[Finding, ...]]:
    """What a file with channels says, or everything that is wrong with it."""
    root, findings = read_document(data, file)
    if root is None or any(each.severity == "error" for each in findings):
        return None, tuple(map(_for_channels, findings))
    reading = _Reading(environment)
    settings = reading.settings(root)
    return (None if reading.findings else settings), tuple(reading.findings)


def _for_channels(finding: Finding) -> Finding:
    """A finding of YAML as it is meant here: where a process begins is of no help."""
    return Finding("channels.empty", finding.place) if finding.code == "FE004" else finding


@dataclass(slots=True)
class _Reading:
    environment: Mapping[str, str]
    findings: list[Finding] = field(default_factory=list)

    def settings(self, root: Node) -> Settings:
        self._known(root, _TOP)
        hosts = self._map(root.entries.get("webhooks", Node("map", root.place, {})), root.place)
        webhooks = {name: self._host(name, node, hosts.keys[name]) for name, node in hosts.entries.items()}
        none = Node("map", root.place, {}) if webhooks else None
        nodes = self._map(root.entries.get("channels", none), root.place)
        channels = {name: self._channel(name, node, nodes.keys[name]) for name, node in nodes.entries.items()}
        addresses = {}
        if "addresses" in root.entries:
            book = self._map(root.entries["addresses"], root.place)
            addresses = {whom: self._addresses(node, channels) for whom, node in book.entries.items()}
            for whom in book.entries:
                if not whom.removeprefix("@").strip():
                    self._find("channels.whom", book.keys[whom], word=whom)
        return Settings(
            {name: each for name, each in channels.items() if each},
            addresses,
            {name: each for name, each in webhooks.items() if each},
        )

    def _host(self, name: str, node: Node, place: Place) -> Webhook | None:
        """Who takes calls at a host of that name."""
        if not _HOST.fullmatch(name):
            self._find("channels.host", place, word=name)
        from flowengine.delivery.channels.webhook import Webhook  # noqa: PLC0415 - loads http.client

        made = self._made("webhook", name, node)
        return made if isinstance(made, Webhook) else None

    def _channel(self, name: str, node: Node, place: Place) -> Channel | None:
        if not _NAME.fullmatch(name):
            self._find("channels.name", place, word=name)
        kinds = self._map(node, place)
        self._known(kinds, _KINDS)
        if len(kinds.entries) != 1:
            self._find("channels.one_kind", place, word=name, known=sorted(_KINDS))
        found = [(kind, part) for kind, part in kinds.entries.items() if kind in _KINDS]
        if len(found) != 1:
            return None
        return self._made(found[0][0], name, found[0][1])

    def _made(self, kind: str, name: str, node: Node) -> Channel | None:
        values = self._values(kind, node)
        if values is None:
            return None
        try:
            return _made(kind, values)
        except WrongInput as wrong:
            self._find("channels.refused", node.place, word=name, why=wrong)
            return None

    def _values(self, kind: str, node: Node) -> dict[str, Any] | None:
        """The values of a channel; None where something is wrong with them."""
        before, words = len(self.findings), _KINDS[kind]
        node = self._map(node, node.place)
        self._known(node, words)
        for name, word in words.items():
            if word.required and name not in node.entries:
                self._find("channels.missing", node.place, kind=kind, word=name)
        values = {
            name: self._value(words[name], part) for name, part in node.entries.items() if name in words
        }
        return values if len(self.findings) == before else None

    def _value(self, word: _Word, node: Node) -> Any:
        if word.several:
            return tuple(self._text(word, each) for each in (node.items or [node]))
        return self._text(word, node)

    def _text(self, word: _Word, node: Node) -> Any:
        if word.of is int and (type(node.value) is not int or not 0 < node.value < 65_536):  # noqa: PLR2004
            self._find("channels.port", node.place)
        if word.of is int:
            return node.value
        if node.kind != "scalar" or node.value is None:
            self._find("channels.text", node.place)
            return ""
        text = _VARIABLE.sub(lambda found: self._of_environment(found[1], node.place), node.text)
        if word.choices and text not in word.choices:
            self._find("channels.choice", node.place, word=text, known=list(word.choices))
        if word.check:
            try:
                word.check(text)
            except ValueError:
                self._find("channels.network", node.place, word=text)
        return text

    def _of_environment(self, name: str, place: Place) -> str:
        if not self.environment.get(name, "").strip():
            self._find("channels.variable", place, word=name)
        return self.environment.get(name, "")

    def _addresses(self, node: Node, channels: Iterable[str]) -> Mapping[str, str]:
        node = self._map(node, node.place)
        self._known(node, channels)
        return {name: self._text(_Word(), each) for name, each in node.entries.items()}

    def _map(self, node: Node | None, place: Place) -> Node:
        if node is not None and node.kind == "map":
            return node
        self._find("channels.map", node.place if node else place)
        return Node("map", place, {})

    def _known(self, node: Node, words: Iterable[str]) -> None:
        known = sorted(words)
        for name in node.entries:
            if name not in known:
                guess = nearest(name, known)
                hint = "hint.did_you_mean" if guess else "hint.known" if known else "hint.none_known"
                self._find("channels.unknown", node.keys[name], hint, word=name, guess=guess, known=known)

    def _find(self, code: str, place: Place, hint: str = "", **params: object) -> None:
        self.findings.append(Finding(code, place, params, hint))


def _made(kind: str, values: Mapping[str, Any]) -> Channel:
    """The channel of that kind. Raises WrongInput."""
    match kind:
        case "mail":
            from flowengine.delivery.channels.mail import Mail  # noqa: PLC0415 - loads smtplib

            more = {name: value for name, value in values.items() if name not in ("host", "from")}
            return Mail(values["host"], values["from"], **more)
        case "webhook":
            from flowengine.delivery.channels.webhook import Webhook  # noqa: PLC0415 - loads http.client

            return Webhook(values["secret"], allow=values.get("allow", ()))
        case "apprise":
            from flowengine.delivery.channels.apprise import Apprise  # noqa: PLC0415 - as the others

            return Apprise(values["schemes"])
        case "file":
            from flowengine.delivery.channels.file import File  # noqa: PLC0415 - as the others

            return File(values["path"])
        case _:
            from flowengine.delivery.channels.file import Log  # noqa: PLC0415 - as the others

            return Log()
