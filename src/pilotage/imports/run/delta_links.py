"""The links from which changes are read, and whether one is still good."""

from datetime import timedelta

from django.conf import settings

from pilotage.imports.collectors.collector import Collector, Listing, Members
from pilotage.imports.collectors.registry import BY_NAME
from pilotage.imports.models import DeltaLink, ImportRun
from pilotage.kernel import clock
from pilotage.microsoft.graph.errors import ForeignLink
from pilotage.microsoft.graph.links import pinned

# Microsoft keeps a directory's links for seven days; less, so that none expires on the way.
# Source: https://learn.microsoft.com/graph/delta-query-overview (token duration).
GOOD_FOR = timedelta(days=6, hours=20)


def find_links(run: ImportRun) -> dict[str, str]:
    """The good links to read changes from, by collector."""
    kept = DeltaLink.objects.filter(
        customer_id=run.customer_id,
        tenant_id=run.tenant_id,
        taken_at__gt=clock.now() - GOOD_FOR,
    )
    known = {link.collector: link for link in kept}
    return {
        name: link.link
        for name, link in known.items()
        if name in BY_NAME and link.select == kept_with(BY_NAME[name]) and _is_ours(link.link)
    }


def _is_ours(link: str) -> bool:
    """Not so when the installation talks to another Graph by now."""
    try:
        pinned(settings.MICROSOFT.graph_url, link)
    except ForeignLink:
        return False
    return True


def delta_resource(collector: Collector) -> str:
    """The resource that tells the collector's changes, "" if there is none."""
    return collector.delta if isinstance(collector, Listing | Members) else ""


def latest_path(collector: Collector) -> str:
    """The request for a link that tells everything from now on.

    Source: https://learn.microsoft.com/graph/delta-query-overview ($deltatoken=latest).
    """
    return f"{delta_resource(collector)}?$deltatoken=latest&$select={kept_with(collector)}"


def kept_with(collector: Collector) -> str:
    """The selection that a link is good for: another one would leave properties out for ever."""
    return collector.select if isinstance(collector, Listing | Members) else ""
