"""Who asks: an API token, or the session of a signed-in operator."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from ninja.security.base import AuthBase

from pilotage.api.errors import CsrfRefused, MalformedRequest, SignInNeeded
from pilotage.kernel.actor import Actor
from pilotage.partners.api_tokens import actor_for_bearer

_SAFE = {"GET", "HEAD", "OPTIONS"}


def authenticate(request: HttpRequest) -> Actor:
    """The actor of a request; raises WrongApiToken, SignInNeeded, CsrfRefused, or what the
    sign-in still lacks.

    A token counts only in the Authorization header, and then the session does not.
    """
    _refuse_token_in_query(request)
    header = request.headers.get("Authorization")
    if header is not None:
        scheme, _, text = header.partition(" ")
        if scheme.lower() != "bearer":
            raise SignInNeeded
        return actor_for_bearer(text.strip())
    refusal: Exception | None = getattr(request, "refusal", None)
    if refusal is not None:
        raise refusal
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise SignInNeeded
    if request.method not in _SAFE:
        _check_csrf(request)
    return actor


class BearerOrSession(AuthBase):
    """Tells the OpenAPI document how to authenticate; the gateway has done it already."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Actor:
        """The actor that the gateway has found."""
        actor: Actor = request.actor  # type: ignore[attr-defined]
        return actor


class _CsrfCheck(CsrfViewMiddleware):
    """Django's check, with a refusal of ours instead of its page."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        raise CsrfRefused


def _check_csrf(request: HttpRequest) -> None:
    check = _CsrfCheck(_no_view)
    request.csrf_processing_done = False  # type: ignore[attr-defined]
    check.process_request(request)
    check.process_view(request, _no_view, (), {})


def _no_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _refuse_token_in_query(request: HttpRequest) -> None:
    if "plk_" in request.META.get("QUERY_STRING", ""):
        raise MalformedRequest(
            "Send the API token in the Authorization header. In an address it ends up in logs: "
            "revoke this one."
        )
