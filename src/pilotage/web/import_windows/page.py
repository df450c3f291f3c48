"""/settings/nightly-imports: the windows of the partners one sees, and changing one."""

from datetime import time
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pilotage.kernel.actor import Role
from pilotage.kernel.errors import invalid
from pilotage.partners.actions.set_import_window import set_import_window
from pilotage.partners.import_window import get_import_window, list_import_windows
from pilotage.web.panel import Done, PanelView
from pilotage.web.request import PageRequest


@require_safe
def import_windows(request: PageRequest) -> HttpResponse:
    """The list; everybody of a partner may know when its customers are read."""
    context = {
        "title": "Nightly imports",
        "windows": list_import_windows(request.actor),
        "may_change": request.actor.can(Role.ADMIN),
    }
    return render(request, "import_windows/page.html", context)


class SetImportWindow(PanelView):
    """Changes one partner's window."""

    template_name = "import_windows/set.html"
    needs = Role.ADMIN

    def shown(self, request: PageRequest, **ids: Any) -> dict[str, Any]:
        """The window as it is, or as it was typed."""
        partner_id: UUID = ids["partner_id"]
        rules = get_import_window(request.actor, partner_id)
        typed = request.POST
        is_enabled = typed.get("is_enabled", "yes" if rules.is_enabled else "no") == "yes"
        return {
            "rules": rules,
            "is_enabled": is_enabled,
            "is_disabled": not is_enabled,
            "opens": typed.get("opens", f"{rules.opens:%H:%M}"),
            "closes": typed.get("closes", f"{rules.closes:%H:%M}"),
            "back": reverse("import_windows"),
        }

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Set it."""
        rules = set_import_window(
            request.actor,
            ids["partner_id"],
            is_enabled=request.POST.get("is_enabled") == "yes",
            opens=_typed_time(request.POST, "opens"),
            closes=_typed_time(request.POST, "closes"),
        )
        words = f"are now {rules.hours}" if rules.is_enabled else "are now off"
        message = f"Nightly imports of {rules.partner_name} {words}."
        return Done(message, to=reverse("import_windows"))


def _typed_time(form: QueryDict, field: str) -> time:
    """A time as `<input type=time>` sends it; raises Invalid."""
    try:
        return time.fromisoformat(form.get(field, "")).replace(tzinfo=None)
    except ValueError as error:
        raise invalid(field, "Enter a time, like 01:00.") from error
