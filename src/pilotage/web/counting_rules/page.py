"""/settings/counting-rules: the rules of the partners one sees, and changing one."""

import re
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pilotage.directory.products import FREE
from pilotage.kernel.actor import Role
from pilotage.partners.actions.set_counting_rule import set_counting_rule
from pilotage.partners.counting_rule import get_counting_rule, list_counting_rules
from pilotage.web.panel import Done, PanelView
from pilotage.web.request import PageRequest

_BETWEEN = re.compile(r"[\s,;]+")


@require_safe
def counting_rules(request: PageRequest) -> HttpResponse:
    """The list; everybody of a partner may know how seats are counted."""
    context = {
        "title": "Seats",
        "rules": list_counting_rules(request.actor),
        "may_change": request.actor.can(Role.ADMIN),
    }
    return render(request, "counting_rules/page.html", context)


class SetCountingRule(PanelView):
    """Changes one partner's rule."""

    template_name = "counting_rules/set.html"
    needs = Role.ADMIN

    def shown(self, request: PageRequest, **ids: Any) -> dict[str, Any]:
        """The rule as it is, or as it was typed."""
        partner_id: UUID = ids["partner_id"]
        rules = get_counting_rule(request.actor, partner_id)
        typed = request.POST
        counts = typed.get("counts_blocked", "yes" if rules.counts_blocked else "no") == "yes"
        return {
            "rules": rules,
            "counts_blocked": counts,
            "leaves_blocked": not counts,
            "left_out": typed.get("left_out", ", ".join(rules.left_out)),
            "free": ", ".join(sorted(FREE)),
            "back": reverse("counting_rules"),
        }

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Set it."""
        rules = set_counting_rule(
            request.actor,
            ids["partner_id"],
            counts_blocked=request.POST.get("counts_blocked") == "yes",
            left_out=_BETWEEN.split(request.POST.get("left_out", "")),
        )
        message = f"A seat of {rules.partner_name} is now: {rules.words}. Seats are counted anew."
        return Done(message, to=reverse("counting_rules"))
