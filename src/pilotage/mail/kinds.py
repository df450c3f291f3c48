"""The kinds of mail. Each area registers its own by name when it is loaded."""

from collections.abc import Callable
from dataclasses import dataclass

from pilotage.mail.models import Mail


@dataclass(frozen=True, slots=True)
class Letter:
    """A rendered mail; `sender` is the name people read before the installation's address."""

    subject: str
    text: str
    html: str
    sender: str = ""


class NoLongerWanted(Exception):
    """The mail has lost its point (link revoked, customer gone): it is dropped, not sent."""


@dataclass(frozen=True, slots=True)
class MailKind:
    """How one kind is rendered, and which events tell of its sending and failing.

    `after_sending` runs in the transaction that marks the mail as sent. An invitation goes to
    somebody who did not ask for it: `mail.limits` may hold it back, and `after_holding` tells.
    """

    render: Callable[[Mail], Letter]
    sent_event: str = "mail.sent"
    failed_event: str = "mail.failed"
    after_sending: Callable[[Mail], None] = lambda mail: None
    is_invitation: bool = False
    after_holding: Callable[[Mail], None] = lambda mail: None


_kinds: dict[str, MailKind] = {}


def register(name: str, kind: MailKind) -> None:
    """Make a kind known under its name; called once, from an area's AppConfig.ready."""
    _kinds[name] = kind


def get_kind(name: str) -> MailKind:
    """The kind of that name; raises KeyError."""
    return _kinds[name]
