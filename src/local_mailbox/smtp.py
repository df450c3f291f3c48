"""The SMTP side (RFC 5321)."""

import asyncio
from functools import partial

from aiosmtpd.smtp import SMTP, Envelope, Session

from local_mailbox.behaviour import Behaviour
from local_mailbox.letterbox import Letterbox

# Refused whatever the mode, so that one mail can fail while the others arrive.
NOBODY = "no-such-mailbox"
LARGEST_MAIL = 35_000_000  # bytes
# Mail to this name is always refused, at any domain.
UNKNOWN = "no-such-mailbox"


class Receiver:
    """Hooks of aiosmtpd; their names are given by it."""

    def __init__(self, letterbox: Letterbox, behaviour: Behaviour) -> None:
        self.letterbox, self.behaviour = letterbox, behaviour
        self.mode = "accept"

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """The sender; what happens to this mail is settled here."""
        self.mode = self.behaviour.take()
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """One recipient."""
        if self.mode == "450":
            return "450 4.2.1 The mailbox is busy, try again later"
        if self.mode == "550" or address.startswith(f"{UNKNOWN}@"):
            return f"550 5.1.1 There is no mailbox {address} here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """The mail itself."""
        if self.mode == "554":
            return "554 5.7.1 The message was refused because of its content"
        if self.mode == "hang":
            await asyncio.Event().wait()
        if self.mode != "drop":
            content = envelope.original_content or b""
            self.letterbox.put(content, envelope.mail_from or "", envelope.rcpt_tos)
        if self.mode in {"drop", "accept_and_drop"}:
            if isinstance(server.transport, asyncio.WriteTransport):
                server.transport.abort()
            raise ConnectionResetError("hung up on purpose")
        return "250 2.0.0 Kept"


async def start_smtp(
    host: str, port: int, letterbox: Letterbox, behaviour: Behaviour
) -> asyncio.Server:
    """Begin to listen; raises OSError when the port is taken."""
    make = partial(_protocol, letterbox, behaviour)
    return await asyncio.get_running_loop().create_server(make, host, port)


def _protocol(letterbox: Letterbox, behaviour: Behaviour) -> SMTP:
    return SMTP(
        Receiver(letterbox, behaviour),
        hostname="mailbox.localhost",
        ident="Local mailbox",
        data_size_limit=LARGEST_MAIL,
        enable_SMTPUTF8=True,
        loop=asyncio.get_running_loop(),
    )
