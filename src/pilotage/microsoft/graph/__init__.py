"""Microsoft Graph v1.0: pages, batches, links that may be followed, and waiting."""

from pilotage.microsoft.graph.batch import BatchAnswer, BatchItem
from pilotage.microsoft.graph.client import GraphClient, Priority, TokenSource
from pilotage.microsoft.graph.page import GraphPage
from pilotage.microsoft.graph.throttle import TenantThrottle
from pilotage.microsoft.graph.turns import Hooks

__all__ = [
    "BatchAnswer",
    "BatchItem",
    "GraphClient",
    "GraphPage",
    "Hooks",
    "Priority",
    "TenantThrottle",
    "TokenSource",
]
