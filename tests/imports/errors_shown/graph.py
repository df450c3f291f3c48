"""What Microsoft Graph says."""

from pilotage.microsoft.graph import throttle
from tests.imports.errors_shown.case import (
    DEVICES,
    Case,
    Scene,
    of_graph,
    of_graph_for_all,
)


def _throttled(scene: Scene) -> None:
    scene.fault("throttle", DEVICES, seconds=90)


def _application_throttled(scene: Scene) -> None:
    scene.fault("throttle", DEVICES, seconds=90, scope="Application/Read/an-application")
    # It holds back every tenant of the process.
    scene.stack.callback(throttle._applications.clear)


CASES = [
    Case("throttled", _throttled, collector="?"),
    Case("application_throttled", _application_throttled, collector="?"),
    of_graph("bandwidth_exceeded", 509, "BandwidthLimitExceeded"),
    of_graph("graph_unavailable", 500, "InternalServerError"),
    of_graph("graph_timeout", 504, "GatewayTimeout"),
    of_graph("resource_locked", 423, "Locked"),
    of_graph_for_all("token_refused", 401, "InvalidAuthenticationToken", "Signature is invalid."),
    of_graph_for_all(
        "token_of_another_cloud", 401, "InvalidAuthenticationToken",
        "Access token validation failure. Invalid audience.",
    ),
    of_graph_for_all(
        "token_outside_its_time", 401, "InvalidAuthenticationToken",
        "Lifetime validation failed, the token is expired.",
    ),
    of_graph("page_token_expired", 400, "Directory_ExpiredPageToken"),
    of_graph("delta_expired", 410, "SyncStateNotFound"),
    of_graph("object_gone", 404, "Request_ResourceNotFound"),
    of_graph("resource_not_offered", 501, "NotImplemented"),
    of_graph("query_not_supported", 400, "Request_UnsupportedQuery"),
    of_graph("request_refused", 400, "Request_BadRequest"),
    of_graph("request_not_accepted", 405, "MethodNotAllowed"),
    of_graph("request_too_long", 414, "UriTooLong"),
    of_graph("graph_error", 422, "UnprocessableEntity"),
]  # fmt: skip
