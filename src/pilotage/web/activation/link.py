"""/activate: from the link to the page that says who asks for what."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from pilotage.onboarding.actions.open_link import open_link
from pilotage.onboarding.permissions import permissions_in_words
from pilotage.onboarding.renewal import renewal_of
from pilotage.onboarding.tries import count_try
from pilotage.onboarding.visitor import visitor
from pilotage.web.activation.visit import case_of, current_visit, remember_visit
from pilotage.web.public import public


@public
@sensitive_post_parameters("token")
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """The token stands in the fragment, so the page's script posts it; opening it does nothing.

    Mail scanners open links; whoever has no scripts pastes the link.
    """
    if request.method != "POST":
        return render(request, "activation/open.html")
    token = token_in(request.POST.get("token", ""))
    count_try(get_adapter().get_client_ip(request), token)
    _, secret = open_link(visitor(), token, coming_back="coming_back" in request.POST)
    response = HttpResponseRedirect(reverse("activation_case"), status=303)
    remember_visit(response, secret)
    return response


def token_in(pasted: str) -> str:
    """The token of what people paste: the code alone, or the whole link."""
    return pasted.strip().rpartition("#t=")[2]


@public
@require_safe
def case(request: HttpRequest) -> HttpResponse:
    """Who asks, for which organization, what is read and why, until when the link works."""
    _, session = current_visit(request)
    context = {
        **case_of(session),
        "permissions": permissions_in_words(),
        "renewal": renewal_of(session.link.customer),
    }
    page = "activation/coming_back.html" if session.link.used_at else "activation/case.html"
    return render(request, page, context)
