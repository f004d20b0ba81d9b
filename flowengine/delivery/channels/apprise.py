"""Chat and SMS through Apprise: 企业微信, 钉钉, 飞书 and a hundred others; the extra `notify`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from warnings import catch_warnings

from flowengine.delivery.carrier import NotSent
from flowengine.delivery.dispatch import Dispatch
from flowengine.errors import WrongInput

_PATIENCE = 20.0


class Apprise:
    """Sends messages to URLs of Apprise, such as `wecombot://KEY`.

    Only `schemes` that are named may be sent to: some would run a program, or call whatever address they
    are given. Raises WrongInput where none is named, one is unknown, or the package is missing.
    """

    def __init__(self, schemes: Iterable[str], *, patience: float = _PATIENCE) -> None:
        self._schemes = frozenset(each.lower().removesuffix("://") for each in schemes)
        if not self._schemes:
            raise WrongInput(
                "name the schemes of Apprise that may be sent to, such as wecombot, dingtalk, feishu"
            )
        if find_spec("apprise") is None:
            raise WrongInput("Apprise is not installed: pip install 'flowengine-orders[notify]'")
        if unknown := sorted(self._schemes - _known()):
            raise WrongInput(
                f"Apprise has no service {unknown[0]}; write what stands before the `://` of its URLs"
            )
        self._patience = patience

    def endpoint(self, address: str) -> str:
        """The service, and a mark of the address, which is a secret."""
        return f"{self._scheme(address)} {hashlib.sha256(address.encode()).hexdigest()[:6]}"

    def send(self, dispatch: Dispatch) -> None:
        """Have Apprise send it. Raises NotSent where the service does not take it."""
        import apprise  # noqa: PLC0415 - loads for a third of a second

        self._scheme(dispatch.address)
        service = apprise.Apprise()
        if not service.add(dispatch.address):
            raise NotSent("no_service", final=True)
        if not service.notify(body=dispatch.text, title=dispatch.subject, timeout=self._patience):
            raise NotSent("service_refused")

    def _scheme(self, address: str) -> str:
        scheme, sign, _ = address.partition("://")
        if not sign or scheme.lower() not in self._schemes:
            raise NotSent("no_service", final=True)
        return scheme.lower()


@cache
def _known() -> frozenset[str]:
    """The schemes of all services of Apprise."""
    import apprise  # noqa: PLC0415 - as above

    words = ("protocols", "secure_protocols")
    with catch_warnings(action="ignore"):  # it imports whatever its services need
        services = apprise.Apprise().details()["schemas"]
    return frozenset(scheme for each in services for word in words for scheme in each[word] or ())
