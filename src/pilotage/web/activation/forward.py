"""/activate/forward: "I am not the administrator"."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from pilotage.kernel.errors import PilotageError
from pilotage.onboarding.actions.forward_activation import forward_activation
from pilotage.onboarding.errors import TooManyTries
from pilotage.onboarding.models import ActivationSession
from pilotage.onboarding.sessions import check_unused
from pilotage.web.activation.visit import case_of, current_visit
from pilotage.web.public import public
from pilotage.web.request import PageRequest


@public
@require_http_methods(["GET", "HEAD", "POST"])
def forward(request: PageRequest) -> HttpResponse:
    """Ask for the right person's address, and mail the same link there."""
    actor, session = current_visit(request)
    check_unused(session.link)
    if request.method != "POST":
        return _form(request, session)
    request.refused = lambda error: _form(request, session, error)
    to = forward_activation(actor, session, to=request.POST.get("to", ""))
    return render(request, "activation/forwarded.html", {**case_of(session), "to": to})


def _form(
    request: PageRequest, session: ActivationSession, error: PilotageError | None = None
) -> HttpResponse:
    if error is not None and not error.fields and not isinstance(error, TooManyTries):
        raise error
    context = {
        **case_of(session),
        "typed": request.POST.get("to", ""),
        "error": error.fields.get("notification_email", error.text) if error else "",
    }
    status = error.status if error else 200
    return render(request, "activation/forward.html", context, status=status)
