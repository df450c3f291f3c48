"""The check of the consent and the import, live; and the end of the connection."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from pilotage.onboarding.actions.disconnect import disconnect as end_connection
from pilotage.onboarding.progress import Stage, activation_progress
from pilotage.web.activation.visit import case_of, current_visit, forget_visit
from pilotage.web.public import public

_HEADS = {
    Stage.CHECKING: ("shield-check", ""),
    Stage.NOT_PROVEN: ("shield-alert", "bad"),
    Stage.IMPORTING: ("cloud-download", ""),
    Stage.IMPORT_FAILED: ("triangle-alert", "warn"),
    Stage.DONE: ("circle-check", "ok"),
}


@public
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """How far it is; the page asks anew by itself until there is nothing more to tell."""
    return render(request, "activation/progress.html", _shown(request))


@public
@require_safe
def progress_state(request: HttpRequest) -> HttpResponse:
    """The part of the page that changes."""
    return render(request, "activation/_progress.html", _shown(request))


def _shown(request: HttpRequest) -> dict[str, object]:
    actor, session = current_visit(request)
    found = activation_progress(actor, session)
    icon, kind = _HEADS[found.stage]
    return {**case_of(session), "progress": found, "icon": icon, "kind": kind}


@public
@require_http_methods(["GET", "HEAD", "POST"])
def disconnect(request: HttpRequest) -> HttpResponse:
    """Ask, then end the connection."""
    actor, session = current_visit(request)
    if request.method != "POST":
        found = activation_progress(actor, session)
        if found.connection is None:
            return HttpResponseRedirect(reverse("activation_progress"), status=303)
        shown = {**case_of(session), "progress": found}
        return render(request, "activation/disconnect.html", shown)
    end_connection(actor, session)
    response = HttpResponseRedirect(reverse("activation_disconnected"), status=303)
    forget_visit(response)
    return response


@public
@require_safe
def disconnected(request: HttpRequest) -> HttpResponse:
    """It is done, and what the admin can remove at Microsoft."""
    return render(request, "activation/disconnected.html")
