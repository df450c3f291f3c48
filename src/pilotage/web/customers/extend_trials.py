"""Extend the trials of all ticked customers: a dry run first, then a result for each row."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from pilotage.customers.actions.extend_trials import (
    RowResult,
    extend_trials,
    preview_extend_trials,
)
from pilotage.kernel.errors import Invalid
from pilotage.web.customers.forms import typed_day
from pilotage.web.customers.picked import picked_ids
from pilotage.web.panel import Done, PanelView, answer_done, layout_for
from pilotage.web.request import PageRequest


class NothingPicked(Invalid):
    """No customer is selected. Tick the rows of those whose trial you want to extend."""


class ExtendTrials(PanelView):
    """Lists what would happen to each; Submit does it for those where it is possible."""

    template_name = "customers/panels/extend_several.html"

    def shown(self, request: PageRequest, **ids: Any) -> dict[str, Any]:
        """The dry run."""
        picked = picked_ids(request.POST or request.GET)
        if not picked:
            raise NothingPicked
        rows = preview_extend_trials(request.actor, picked)
        return {
            "title": "Extend trials",
            "back": reverse("customers"),
            "rows": rows,
            "possible": sum(1 for row in rows if row.new_end_day),
            "reason": request.POST.get("reason", ""),
        }

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Not used: `post` answers with a list when something was refused."""
        raise NotImplementedError

    def post(self, request: PageRequest, **ids: Any) -> HttpResponse:
        """Extend, and show the rows that were refused."""
        request.actor.require(self.needs)
        results = extend_trials(
            request.actor, _expected(request.POST), reason=request.POST.get("reason", "")
        )
        refused = [row for row in results if row.reason]
        done = Done(_summary(results, refused), to=reverse("customers"))
        if not refused:
            return answer_done(request, done)
        context = {
            "title": "Extend trials",
            "summary": done.message,
            "rows": results,
            "back": done.to,
            "layout": layout_for(request),
        }
        return render(request, "customers/panels/extend_results.html", context)


def _expected(form: QueryDict) -> dict[UUID, date]:
    picked = picked_ids(form)
    if not picked:
        raise NothingPicked
    return {c: typed_day(form, f"end-{c}") for c in picked if f"end-{c}" in form}


def _summary(results: list[RowResult], refused: list[RowResult]) -> str:
    done = len(results) - len(refused)
    words = f"{done} trial{'' if done == 1 else 's'} extended"
    return f"{words}, {len(refused)} not." if refused else f"{words}."
