"""Mail over SMTP, by the standard library."""

from __future__ import annotations

import smtplib
import ssl
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final, Literal

from flowengine.delivery.carrier import NotSent
from flowengine.delivery.channels.smtp import Server
from flowengine.delivery.dispatch import Dispatch
from flowengine.errors import WrongInput

Security = Literal["starttls", "tls", "none"]
_PORTS: Final[dict[Security, int]] = {"starttls": 587, "tls": 465, "none": 25}
_PATIENCE: Final = 15.0
_WAITS: Final = 4
"""How often as long as one wait everything may take: far less than a parcel belongs to who took it."""
_FOR_GOOD: Final = 500
_NEAR: Final = ("localhost", "127.0.0.1", "::1")


class Mail:
    """Sends mail through one server. `sender` is the address in From, with a `name` if wanted.

    Without `security` a password and addresses could be read on the way: only a server on this machine is
    spoken to like that. Raises WrongInput.
    """

    def __init__(
        self,
        host: str,
        sender: str,
        *,
        name: str = "",
        port: int | None = None,
        user: str = "",
        password: str = "",
        security: Security = "starttls",
        patience: float = _PATIENCE,
    ) -> None:
        if security == "none" and host not in _NEAR:
            raise WrongInput("only a server on this machine takes mail unprotected; use `starttls` or `tls`")
        self._host = host
        self._port = port or _PORTS[security]
        self._sender = _mailbox(sender, name)
        self._login = (user, password) if user else None
        self._security = security
        self._patience = patience

    def endpoint(self, address: str) -> str:  # noqa: ARG002 - one server takes the mail for all
        """The server."""
        return f"mail {self._host}:{self._port}"

    def send(self, dispatch: Dispatch) -> None:
        """Hand it to the server. Raises NotSent where the server does not take it."""
        letter = self._letter(dispatch)
        server: Server | None = None
        try:
            server = self._server()
            self._secured(server)
            server.send_message(letter)
            server.leave()
        except (OSError, smtplib.SMTPException) as error:
            if server and server.is_over:  # what it had begun to say was cut as well
                raise NotSent("no_answer_in_time") from None
            raise _why(error) from None
        finally:
            if server:
                server.close()

    def _server(self) -> Server:
        tls = ssl.create_default_context() if self._security == "tls" else None
        return Server(self._host, self._port, patience=self._patience, total=_WAITS * self._patience, tls=tls)

    def _secured(self, server: Server) -> None:
        if self._security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if self._login:
            server.login(*self._login)

    def _letter(self, dispatch: Dispatch) -> EmailMessage:
        """The mail. Raises NotSent for an address or a heading that would begin another header."""
        letter = EmailMessage(policy=SMTP)
        try:
            letter["From"] = self._sender
            letter["To"] = _mailbox(dispatch.address)
            # What looks like an encoded word would be decoded, line breaks and all, and written like that.
            letter["Subject"] = dispatch.subject.replace("=?", "= ?")
        except (ValueError, MessageError, WrongInput):
            raise NotSent("no_mailbox", final=True) from None
        letter["Date"] = format_datetime(datetime.fromtimestamp(dispatch.now // 1_000, UTC))
        letter["Message-ID"] = f"<{dispatch.key}@{self._sender.domain}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(dispatch.text)
        return letter


def _mailbox(address: str, name: str = "") -> Address:
    """One address, and not the beginning of something else. Raises WrongInput."""
    try:
        box = Address(name, addr_spec=address.strip())
    except (ValueError, MessageError, IndexError):
        raise WrongInput("this is no address of mail; it is written NAME@HOST") from None
    if not box.username or not box.domain or not box.addr_spec.isprintable() or " " in box.addr_spec:
        raise WrongInput("this is no address of mail; it is written NAME@HOST")
    return box


def _why(error: Exception) -> NotSent:
    """Why the server did not take it."""
    match error:
        case smtplib.SMTPResponseException(smtp_code=code):
            return _refused(code)
        case smtplib.SMTPRecipientsRefused(recipients=recipients):
            return _refused(next(iter(recipients.values()))[0], of_recipient=True)
        case smtplib.SMTPNotSupportedError():
            return NotSent("no_mailbox", final=True)
        case TimeoutError():
            return NotSent("no_answer_in_time")
        case _:
            return NotSent("no_mail_server", type(error).__name__)


def _refused(code: int, *, of_recipient: bool = False) -> NotSent:
    """What the server said, without its words: they hold the address."""
    return NotSent("recipient_refused" if of_recipient else "mail_refused", code, final=code >= _FOR_GOOD)
