"""A form in the side panel: GET shows it, POST carries out one action."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.vary import vary_on_headers

from pilotage.kernel.actor import Role
from pilotage.kernel.errors import Forbidden, PilotageError
from pilotage.web.request import PageRequest


@dataclass(frozen=True, slots=True)
class Done:
    """The panel's work is done. `to` is where a page without scripts goes next.

    With `leave`, the browser goes there too, instead of showing the page behind the panel anew.
    """

    message: str
    to: str
    leave: bool = False


@method_decorator(vary_on_headers("HX-Request"), name="dispatch")
class PanelView(View):
    """Opens in the side panel, and as a page of its own where there are no scripts.

    Refusals are answered by the errors middleware through `request.refused`: the same panel
    again, with what was typed and the sentences next to the fields.
    """

    template_name = ""
    needs = Role.EDITOR

    def shown(self, request: PageRequest, **ids: Any) -> dict[str, Any]:
        """What the template needs, with what was typed if there is a POST."""
        raise NotImplementedError

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Call the action; its refusals pass through."""
        raise NotImplementedError

    def get(self, request: PageRequest, **ids: Any) -> HttpResponse:
        """Show the form."""
        request.actor.require(self.needs)
        return self._panel(request, ids)

    def post(self, request: PageRequest, **ids: Any) -> HttpResponse:
        """Do it, and say so."""
        request.actor.require(self.needs)
        request.refused = lambda error: self._panel(request, ids, error)
        return answer_done(request, self.act(request, **ids))

    def _panel(
        self, request: PageRequest, ids: dict[str, Any], error: PilotageError | None = None
    ) -> HttpResponse:
        if isinstance(error, Forbidden):
            raise error
        context = {
            **self.shown(request, **ids),
            "layout": layout_for(request),
            "heading": "h2" if request.htmx else "h1",
            "errors": error.fields if error else {},
            "problem": error.text if error and not error.fields else "",
            "error": error,
        }
        status = error.status if error else 200
        return render(request, self.template_name, context, status=status)


def layout_for(request: HttpRequest) -> str:
    """The bare panel for htmx, a whole page otherwise."""
    is_htmx = bool(getattr(request, "htmx", False))
    return "panels/in_dialog.html" if is_htmx else "panels/as_page.html"


def answer_done(request: PageRequest, done: Done) -> HttpResponse:
    """Close the panel and show what changed; without htmx, go on to `done.to`."""
    messages.success(request, done.message)
    if not request.htmx:
        return HttpResponseRedirect(done.to, status=303)
    event = {"panelDone": {"to": done.to if done.leave else ""}}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(event)})
