"""HTTPS towards Microsoft: one exchange at a time, with time limits and no redirects ever."""

from pilotage.microsoft.transport.choose import transport_for
from pilotage.microsoft.transport.wire import Answer, Fault, Transport, TransportFailed

__all__ = ["Answer", "Fault", "Transport", "TransportFailed", "transport_for"]
