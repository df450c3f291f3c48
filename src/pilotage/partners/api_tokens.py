"""Checking the API token that a request carries."""

import hashlib
import hmac
import re
from datetime import timedelta

from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.partners.access import actor_for_token
from pilotage.partners.errors import WrongApiToken
from pilotage.partners.models import ApiToken

_SHAPE = re.compile(r"plk_([0-9a-f]{16})_([A-Za-z0-9_-]{43})", re.ASCII)
_NOTE_USE_EVERY = timedelta(minutes=1)
# Compared with when there is no such token, so that an unknown one takes as long as a wrong one.
_NO_TOKEN = "0" * 64


def sha256_of(secret: str) -> str:
    """What is stored of a secret. It has 256 random bits, so a slow hash would add nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()


def actor_for_bearer(text: str) -> Actor:
    """The actor whose token `text` is; raises WrongApiToken, with one text for every reason."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise WrongApiToken
    token = ApiToken.objects.select_related("partner").filter(public_id=shape[1]).first()
    stored = token.secret_sha256 if token else _NO_TOKEN
    matches = hmac.compare_digest(stored, sha256_of(shape[2]))
    now = clock.now()
    if token is None or not matches or token.revoked_at or token.expires_at <= now:
        raise WrongApiToken
    if token.last_used_at is None or now - token.last_used_at >= _NOTE_USE_EVERY:
        ApiToken.objects.filter(id=token.id).update(last_used_at=now)
    return actor_for_token(token)
