"""What operators type, checked and tidied."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_domain_name, validate_email

from pilotage.kernel.errors import invalid

# An encoded word (RFC 2047) in a subject would be decoded by the reader's mail program.
_ENCODED_WORD = re.compile(r"=\?|\?=")
# A scheme, www., or a domain with a path behind it; a name like Booking.com is a name.
_ADDRESS = re.compile(r"\w+://|\bwww\.|\bmailto:|\w\.[a-z]{2,}/", re.IGNORECASE)
_FOREIGN_ADDRESS = re.compile(r"(\w+://|\bwww\.|\bmailto:)\S*", re.IGNORECASE)
# They are letters to Unicode, and show nothing.
_BLANKS = "\u115f\u1160\u3164\uffa0\u2800"


def foreign_text(text: str, most: int) -> str:
    """What somebody else's directory says, as one line that can be stored, shown and mailed.

    Addresses are taken out: the text stands in our mails, and must not bring its own links.
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return _FOREIGN_ADDRESS.sub("[address]", line)[:most]


def organization_name(typed: str) -> str:
    """The name, spaces tidied; raises Invalid.

    Control and direction-changing characters are refused, and web addresses too: the name goes
    into mails that strangers read, and must not be able to carry their own message.
    """
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if not name.strip(_BLANKS + " "):
        raise invalid("organization_name", "Enter the organization's name.")
    if len(name) > 120:
        raise invalid("organization_name", "Use at most 120 characters.")
    if any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co"} and c != "\u200d" for c in typed):
        raise invalid("organization_name", "The name has characters that cannot be shown.")
    if _ENCODED_WORD.search(name):
        raise invalid("organization_name", "Leave out “=?” and “?=”.")
    if _ADDRESS.search(name):
        raise invalid("organization_name", "Enter the name only, without a web address.")
    return name


def notification_email(typed: str) -> str:
    """The address, lower-cased after the @; raises Invalid.

    Quoted local parts may hold blanks, quotes and control characters (RFC 5321, 4.1.2), and
    address literals name a machine instead of an organization: neither is anybody's address here.
    """
    email = typed.strip(" ")
    if any(unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp"} for c in email):
        raise invalid("notification_email", "The address has characters that cannot be shown.")
    local, _, host = email.rpartition("@")
    if local.startswith('"') or host.startswith("["):
        text = "Enter an address without quotes and brackets, like admin@contoso.com."
        raise invalid("notification_email", text)
    try:
        validate_email(email)
    except ValidationError as error:
        text = "Enter a full email address, like admin@contoso.com."
        raise invalid("notification_email", text) from error
    if len(email) > 254 or not email.isascii():
        raise invalid("notification_email", "Enter a shorter address in plain letters.")
    return f"{local}@{host.lower()}"


def expected_domain(typed: str) -> str:
    """A domain such as contoso.com in lower case, or empty; raises Invalid."""
    domain = typed.strip().lower().removeprefix("@").rstrip(".")
    if not domain:
        return ""
    try:
        validate_domain_name(domain)
    except ValidationError as error:
        raise invalid("expected_domain", "Enter a domain, like contoso.com.") from error
    if "." not in domain:
        raise invalid("expected_domain", "Enter a domain, like contoso.com.")
    return domain
