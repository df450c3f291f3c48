"""The run's access to Graph."""

from functools import lru_cache
from threading import Event
from uuid import UUID

from django.conf import settings

from pilotage.imports.collectors.collector import Collector
from pilotage.microsoft.graph import GraphClient, Hooks
from pilotage.microsoft.graph.throttle import throttle_for
from pilotage.microsoft.identity import AppTokens
from pilotage.microsoft.identity.errors import IdentityError
from pilotage.microsoft.settings import MicrosoftSettings


@lru_cache(maxsize=4)
def _tokens(microsoft: MicrosoftSettings) -> AppTokens:
    """The tokens of this process; one object, so that runs share what is still good."""
    return AppTokens(microsoft)


class Source:
    """One tenant's Graph, with the token that reads it."""

    def __init__(self, tenant_id: UUID) -> None:
        self._microsoft: MicrosoftSettings = settings.MICROSOFT
        self._tenant_id = tenant_id

    def client(self, stopped: Event) -> GraphClient:
        """A client that ends its waits when `stopped` is set."""
        # Waiting on the event itself: a nap ends the moment the run is stopped.
        hooks = Hooks(sleep=lambda seconds: _nap(stopped, seconds), cancelled=stopped.is_set)
        return GraphClient(self._microsoft, self._tenant_id, _tokens(self._microsoft), hooks=hooks)

    def throttled_for(self) -> float:
        """Seconds for which Microsoft has asked not to be asked, 0.0 for none."""
        microsoft = self._microsoft
        return throttle_for(
            microsoft.graph_url, self._tenant_id, microsoft.import_client_id
        ).remaining()

    def forget_token(self) -> None:
        """Ask for a new token next time: the kept one may lack what was granted since."""
        _tokens(self._microsoft).forget(self._tenant_id)

    def is_granted(self, collector: Collector) -> bool:
        """Whether the token names a permission that lets the collector read; true if unknown."""
        try:
            roles = _tokens(self._microsoft).get(self._tenant_id).roles
        except IdentityError:
            # What hinders the token shows itself with the next request.
            return True
        return roles is None or not collector.permissions.isdisjoint(roles)


def _nap(stopped: Event, seconds: float) -> None:
    stopped.wait(seconds)
