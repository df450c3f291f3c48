"""Idempotency-Key: a repeated POST has no second effect and gets the first answer again."""

import hashlib
from collections.abc import Callable

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from pilotage.api.errors import MalformedRequest
from pilotage.api.forget_old_answers import KEPT_FOR
from pilotage.api.models import KeptAnswer
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.kernel.errors import Conflict, Invalid

_KEPT_HEADERS = ("Content-Type", "ETag", "Location")
_LONGEST_KEY = 255


class IdempotencyKeyReused(Invalid):
    """This Idempotency-Key was used for another request. Use a new one."""


class StillRunning(Conflict):
    """The first request with this Idempotency-Key is still running. Try again shortly."""


def once(request: HttpRequest, actor: Actor, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Run `act`, or give the kept answer of the request that this one repeats.

    The answer is kept in the transaction of the change itself: whatever dies, either both are
    there or neither. Answers that hold a secret, and server errors, are not kept. Raises
    IdempotencyKeyReused, StillRunning or MalformedRequest.
    """
    key = _key(request)
    if not key:
        return act()
    digest = _digest(request)
    with transaction.atomic():
        if not _lock(f"{actor.id}|{key}"):
            raise StillRunning
        kept = KeptAnswer.objects.filter(actor_id=actor.id, key=key).first()
        if kept is not None and kept.created_at > clock.now() - KEPT_FOR:
            return _again(kept, digest)
        response = act()
        if response.status_code >= 500:
            transaction.set_rollback(True)
        elif not getattr(response, "holds_secret", False):
            _keep(actor, key, digest, response)
        return response


def _key(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not key.isascii() or not key.isprintable() or len(key) > _LONGEST_KEY:
        raise MalformedRequest("An Idempotency-Key has 1 to 255 printable ASCII characters.")
    return key


def _digest(request: HttpRequest) -> str:
    parts = [(request.method or "").encode(), request.get_full_path().encode(), request.body]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _lock(name: str) -> bool:
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])


def _again(kept: KeptAnswer, digest: str) -> HttpResponse:
    if kept.request_sha256 != digest:
        raise IdempotencyKeyReused
    return HttpResponse(
        bytes(kept.body),
        status=kept.status,
        headers={**kept.headers, "Idempotent-Replayed": "true"},
    )


def _keep(actor: Actor, key: str, digest: str, response: HttpResponse) -> None:
    headers = {name: response[name] for name in _KEPT_HEADERS if name in response}
    KeptAnswer.objects.update_or_create(
        actor_id=actor.id,
        key=key,
        defaults={
            "request_sha256": digest,
            "status": response.status_code,
            "headers": headers,
            "body": response.content,
            "created_at": clock.now(),
        },
    )
