"""/demo/sign-in: one click for the sample operators, in the demo and nowhere else."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from pilotage.events.record import record
from pilotage.kernel.actor import system_actor
from pilotage.partners.access import actor_for_operator
from pilotage.partners.models import Operator
from pilotage.partners.queries import list_operators
from pilotage.web.public import public
from pilotage.web.sign_in.second_step import mark_demo
from pilotage.web.sign_in.set_up import BACKEND


@public
@require_http_methods(["GET", "HEAD", "POST"])
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """The sample operators with role and partner; POST signs in as one of them."""
    if not settings.IS_DEMO:
        raise Http404
    if request.method != "POST":
        return render(request, "sign_in/demo.html", {"operators": sample_operators()})
    operator = get_object_or_404(sample_operators(), id=_id(request))
    login(request, operator, backend=BACKEND)
    mark_demo(request.session)
    actor = actor_for_operator(operator)
    record(actor, "operator.signed_in", message=f"{operator.name} signed in with one click")
    return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)


def sample_operators() -> QuerySet[Operator]:
    """Whom one click signs in as, with their partners; for the demo only."""
    people = list_operators(system_actor("demo sign-in")).filter(is_active=True)
    return people.order_by("partner__kind", "partner__name", "role", "name")


def _id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("operator", ""))
    except ValueError as error:
        raise Http404 from error
