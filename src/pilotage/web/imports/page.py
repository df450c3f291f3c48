"""The Imports page, and the page of one run."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pilotage.customers.queries import get_customer
from pilotage.imports.actions.cancel_import import cancel_import
from pilotage.imports.actions.retry_import import retry_import
from pilotage.imports.attention import TROUBLED, failing_runs
from pilotage.imports.models import ImportRun, RunState
from pilotage.imports.models.import_run import UNFINISHED
from pilotage.imports.nightly.upcoming import upcoming_nightly
from pilotage.imports.queries import get_run, list_import_errors, list_runs, progress_of
from pilotage.kernel.actor import Actor, Role
from pilotage.kernel.errors import invalid
from pilotage.kernel.pagination import paginate
from pilotage.web.imports.shown import (
    COLLECTOR_PILLS,
    shown_errors,
    shown_run,
    shown_runs,
    shown_waits,
)
from pilotage.web.imports.timeline import timeline
from pilotage.web.panel import Done, PanelView
from pilotage.web.request import PageRequest

Runs = Callable[[Actor], QuerySet[ImportRun]]
# The tabs. The last one has one run for each customer that the overview counts.
STATES: dict[str, tuple[str, Runs]] = {
    "": ("All", list_runs),
    "unfinished": ("Running", lambda actor: list_runs(actor).filter(state__in=UNFINISHED)),
    "troubled": ("With errors", lambda actor: list_runs(actor).filter(state__in=TROUBLED)),
    "still_troubled": ("Still with errors", failing_runs),
}
_RETRYABLE = {RunState.FAILED, RunState.PARTIALLY_SUCCEEDED, RunState.CANCELED}


@require_safe
def imports(request: PageRequest) -> HttpResponse:
    """The runs of all customers, newest first."""
    state = request.GET.get("state", "")
    if state not in STATES:
        raise invalid("state", "There is no such state. Choose one from the list.")
    rows = STATES[state][1](request.actor)
    page = paginate(rows, order="-created_at", cursor=request.GET.get("cursor", ""))
    context = {
        "title": "Imports",
        "runs": shown_runs(page.rows),
        "page": page,
        "state": state,
        "states": [(value, label) for value, (label, _) in STATES.items()],
        "base": f"?state={state}&" if state else "?",
    }
    return render(request, "imports/page.html", context)


@require_safe
def import_run(request: PageRequest, run_id: UUID) -> HttpResponse:
    """One run: how far it is, each collector, each error with its remedy."""
    return render(request, "imports/run.html", _run(request, run_id))


@require_safe
def import_run_live(request: PageRequest, run_id: UUID) -> HttpResponse:
    """The same without what stands around it; polled while the run is not finished."""
    return render(request, "imports/_run.html", _run(request, run_id))


def _run(request: PageRequest, run_id: UUID) -> dict[str, Any]:
    run = get_run(request.actor, run_id)
    may_edit = request.actor.can(Role.EDITOR)
    progress = progress_of(run)
    waits = shown_waits(run.wait_rows.all())
    return {
        "title": f"Import {run.number}",
        "run": run,
        "customer": run.customer,
        "shown": shown_run(run),
        "progress": progress,
        "waits": waits,
        "timeline": timeline(run, progress.collectors, run.wait_rows.all()),
        "later": run.retries.order_by("number").first(),
        "retry_number": run.retry_of.number if run.retry_of else None,
        "errors": shown_errors(list(list_import_errors(request.actor, run.id))),
        "kinds": COLLECTOR_PILLS,
        # Not while the page is polled: it says nothing about this run.
        "nightly": upcoming_nightly(request.actor, run.customer) if run.is_finished else None,
        "can_cancel": may_edit and not run.is_finished,
        "can_retry": may_edit and RunState(run.state) in _RETRYABLE,
        "can_import": may_edit and run.is_finished,
    }


class RunPanel(PanelView):
    """A panel that asks for one press about one run."""

    template_name = "customers/panels/confirm.html"
    title = text = submit = ""
    # On the button that does nothing.
    dismiss = "Cancel"
    kind, icon = "primary", "info"

    def shown(self, request: PageRequest, **ids: Any) -> dict[str, Any]:
        """Title, text and buttons."""
        run_id: UUID = ids["run_id"]
        run = get_run(request.actor, run_id)
        return {
            "title": self.title,
            "text": self.text,
            "submit": self.submit,
            "dismiss": self.dismiss,
            "kind": self.kind,
            "icon": self.icon,
            "customer": get_customer(request.actor, run.customer_id),
            "back": reverse("import_run", args=[run_id]),
        }


class CancelImport(RunPanel):
    """Stops a run."""

    title, submit, kind, icon = "Cancel import", "Cancel import", "danger", "circle-stop"
    dismiss = "Keep it running"
    text = "The run stops within seconds. What it has imported so far stays."

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Cancel it."""
        run_id: UUID = ids["run_id"]
        run = cancel_import(request.actor, run_id)
        return Done(f"Import {run.number} canceled.", to=reverse("import_run", args=[run_id]))


class RetryImport(RunPanel):
    """A new attempt that begins where the earlier one failed."""

    title, submit, icon = "Retry import", "Retry", "rotate-cw"
    text = "A new run begins where this one stopped. This one is kept as it is."

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Queue the attempt and go to it."""
        run_id: UUID = ids["run_id"]
        run = retry_import(request.actor, run_id)
        to = reverse("import_run", args=[run.id])
        return Done(f"Import {run.number} queued.", to=to, leave=True)
