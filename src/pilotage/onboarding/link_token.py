"""The secret of an activation link: derived, re-displayable, stored nowhere."""

import base64
import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta

from django.conf import settings

from pilotage.onboarding.models import ActivationLink

LONGEST = timedelta(days=30)
_SHAPE = re.compile(r"pla1_([A-Za-z0-9_-]{22})_([A-Za-z0-9_-]{43})", re.ASCII)


def new_public_id() -> str:
    """22 characters, 128 random bits."""
    return secrets.token_urlsafe(16)


def token_of(link: ActivationLink) -> str:
    """`pla1_<22 characters id>_<43 characters HMAC-SHA256(server key, id|generation)>`."""
    return f"pla1_{link.public_id}_{_mac(link.public_id, link.generation)}"


def address_of(link: ActivationLink) -> str:
    """The link as people get it; the token is in the fragment, which no server log sees."""
    return f"{settings.BASE_URL}/activate#t={token_of(link)}"


def split(token: str) -> tuple[str, str] | None:
    """Public id and MAC of a token, or None if it is not one by its shape."""
    found = _SHAPE.fullmatch(token.strip())
    return (found[1], found[2]) if found else None


def generation_of(link: ActivationLink, mac: str) -> int | None:
    """The generation that `mac` was made for (an earlier one: a replaced link), or None."""
    found = None
    for generation in range(1, link.generation + 1):
        if hmac.compare_digest(_mac(link.public_id, generation), mac):
            found = generation
    return found


def link_end(now: datetime, trial_end: datetime) -> datetime:
    """Valid until the trial ends, and at most 30 days from when it is sent."""
    return min(trial_end, now + LONGEST)


def _mac(public_id: str, generation: int) -> str:
    key = hashlib.sha256(b"pilotage activation link\0" + settings.SECRET_KEY.encode()).digest()
    digest = hmac.digest(key, f"{public_id}|{generation}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
