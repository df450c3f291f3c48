"""The visit with an activation link: its cookie, and who acts in it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from pilotage.kernel.actor import Actor
from pilotage.onboarding.models import ActivationSession
from pilotage.onboarding.sessions import SESSION_LIFE, get_session
from pilotage.onboarding.visitor import admin_of


def current_visit(request: HttpRequest) -> tuple[Actor, ActivationSession]:
    """Who visits, and the session; raises SessionExpired, LinkRevoked or LinkExpired.

    An operator who is signed in with the same browser plays no part in it.
    """
    session = get_session(request.COOKIES.get(settings.ACTIVATION_COOKIE_NAME, ""))
    return admin_of(session), session


def remember_visit(response: HttpResponse, secret: str) -> None:
    """Lax and not Strict: the browser has to bring it along when it returns from Microsoft."""
    response.set_cookie(
        settings.ACTIVATION_COOKIE_NAME,
        secret,
        max_age=SESSION_LIFE,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )


def forget_visit(response: HttpResponse) -> None:
    """Take the cookie back."""
    response.delete_cookie(settings.ACTIVATION_COOKIE_NAME, samesite="Lax")


def case_of(session: ActivationSession) -> dict[str, object]:
    """What every page of a visit names: the customer, the partner who asks, and the link."""
    customer = session.link.customer
    return {
        "session": session,
        "link": session.link,
        "customer": customer,
        "partner": customer.partner,
    }
