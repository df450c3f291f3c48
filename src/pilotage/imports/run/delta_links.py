"""Keeping the links from which changes are read, and telling whether one is still good."""

from datetime import timedelta

from pilotage.imports.collectors.collector import Collector, Listing, Members
from pilotage.imports.models import DeltaLink, ImportRun
from pilotage.kernel import clock

# Microsoft keeps a directory's links for seven days; less, so that none expires on the way.
# Source: https://learn.microsoft.com/graph/delta-query-overview (token duration).
GOOD_FOR = timedelta(days=6, hours=20)


def keep_link(run: ImportRun, collector: Collector, link: str) -> None:
    """Keep a link for the next run, in the transaction that commits the last page before it."""
    DeltaLink.objects.update_or_create(
        customer_id=run.customer_id,
        collector=collector.name,
        defaults={
            "tenant_id": run.tenant_id,
            "select": _select(collector),
            "link": link,
            "taken_at": clock.now(),
        },
    )


def drop_link(run: ImportRun, collector: Collector) -> None:
    """Let the next run read the whole list."""
    DeltaLink.objects.filter(customer_id=run.customer_id, collector=collector.name).delete()


def find_link(run: ImportRun, collector: Collector) -> str:
    """The link to read changes from, "" if there is no good one."""
    kept = DeltaLink.objects.filter(
        customer_id=run.customer_id,
        collector=collector.name,
        tenant_id=run.tenant_id,
        # Another selection would leave properties out for ever.
        select=_select(collector),
        taken_at__gt=clock.now() - GOOD_FOR,
    ).first()
    return kept.link if kept else ""


def delta_resource(collector: Collector) -> str:
    """The resource that tells the collector's changes, "" if there is none."""
    return collector.delta if isinstance(collector, Listing | Members) else ""


def latest_path(collector: Collector) -> str:
    """The request for a link that tells everything from now on.

    Source: https://learn.microsoft.com/graph/delta-query-overview ($deltatoken=latest).
    """
    return f"{delta_resource(collector)}?$deltatoken=latest&$select={_select(collector)}"


def _select(collector: Collector) -> str:
    return collector.select if isinstance(collector, Listing | Members) else ""
