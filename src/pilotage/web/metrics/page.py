"""/metrics: Prometheus asks here, with the installation's metrics token."""

import hmac
from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client.core import Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector, CollectorRegistry

from pilotage.imports.figures.families import families
from pilotage.web.public import public


class _Figures(Collector):
    def collect(self) -> Iterable[Metric]:
        return families()


@public
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """All figures as text; not there at all unless a token is set.

    A registry of its own: what the process itself does is nobody's business here, and would differ
    from one web process to the next.
    """
    expected: str = settings.METRICS_TOKEN
    if not expected:
        raise Http404
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    is_theirs = hmac.compare_digest(given.strip().encode(), expected.encode())
    if not is_theirs or scheme.lower() != "bearer":
        return HttpResponse(
            "Send the token of PILOTAGE_METRICS_TOKEN as “Authorization: Bearer …”.\n",
            status=401,
            content_type="text/plain; charset=utf-8",
            headers={"WWW-Authenticate": "Bearer"},
        )
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures())
    response = HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    response["Cache-Control"] = "no-store"
    return response
