"""To Microsoft and back, twice: for the sign-in, and for the consent.

A POST makes the state and answers with a page that leads on by itself. A redirect would come under
`form-action`, which browsers apply to every hop, and organizations have sign-in pages of their own.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST, require_safe

from pilotage.onboarding.actions.finish_consent import finish_consent
from pilotage.onboarding.actions.finish_sign_in import finish_sign_in
from pilotage.onboarding.actions.start_consent import start_consent
from pilotage.onboarding.actions.start_sign_in import start_sign_in
from pilotage.onboarding.domains import domain_differs, domain_of
from pilotage.onboarding.sessions import require_sign_in
from pilotage.web.activation.visit import case_of, current_visit, remember_visit
from pilotage.web.public import public


@public
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Begin a sign-in."""
    actor, session = current_visit(request)
    context = {"address": start_sign_in(actor, session), "purpose": "sign-in"}
    return render(request, "activation/leave.html", {**case_of(session), **context})


@public
@require_GET
def sign_in_returns(request: HttpRequest) -> HttpResponse:
    """Microsoft's answer to the sign-in; on to a page whose address tells nothing."""
    actor, session = current_visit(request)
    session, secret = finish_sign_in(actor, session, request.GET.dict())
    page = "activation_progress" if session.link.used_at else "activation_confirm"
    response = HttpResponseRedirect(reverse(page), status=303)
    remember_visit(response, secret)
    return response


@public
@require_safe
def confirm(request: HttpRequest) -> HttpResponse:
    """Who signed in, for which tenant, and what comes next."""
    _, session = current_visit(request)
    require_sign_in(session)
    if session.link.used_at:
        return HttpResponseRedirect(reverse("activation_progress"), status=303)
    customer = session.link.customer
    context = {
        "domain": domain_of(session.admin_username),
        "differs": not customer.expected_domain
        and domain_differs(customer, session.admin_username),
    }
    return render(request, "activation/confirm.html", {**case_of(session), **context})


@public
@require_POST
def consent(request: HttpRequest) -> HttpResponse:
    """Begin the consent."""
    actor, session = current_visit(request)
    context = {"address": start_consent(actor, session), "purpose": "consent page"}
    return render(request, "activation/leave.html", {**case_of(session), **context})


@public
@require_GET
def consent_returns(request: HttpRequest) -> HttpResponse:
    """Microsoft's answer to the consent; it is proven on the worker."""
    actor, session = current_visit(request)
    finish_consent(actor, session, request.GET.dict())
    return HttpResponseRedirect(reverse("activation_progress"), status=303)
