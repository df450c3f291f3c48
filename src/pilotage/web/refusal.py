"""How a refusal looks: a panel for htmx, a page in the portal, or a plain page for visitors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pilotage.kernel.errors import Conflict, Forbidden, NotFound, PilotageError
from pilotage.onboarding.errors import ActivationRefused
from pilotage.web.activation.refused import refused_page

_TITLES: tuple[tuple[type[PilotageError], str, str], ...] = (
    (NotFound, "Nothing here", "search-x"),
    (Forbidden, "Not allowed", "lock"),
    (Conflict, "That does not fit any more", "git-compare-arrows"),
)


def refusal(request: HttpRequest, error: PilotageError) -> HttpResponse:
    """The answer that says what was refused and what to do next, with the refusal's status."""
    if isinstance(error, ActivationRefused):
        return refused_page(request, error)
    title, icon = "Please check what you entered", "circle-alert"
    for kind, words, picture in _TITLES:
        if isinstance(error, kind):
            title, icon = words, picture
            break
    context = {"error": error, "title": title, "icon": icon}
    if getattr(request, "htmx", False):
        answer = render(request, "errors/refusal_panel.html", context, status=error.status)
        answer.headers["HX-Retarget"] = "#panel"
        answer.headers["HX-Reswap"] = "innerHTML"
        return answer
    is_inside = getattr(request, "actor", None) is not None
    page = "errors/refusal_portal.html" if is_inside else "errors/refusal.html"
    return render(request, page, context, status=error.status)
