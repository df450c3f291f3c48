"""Microsoft Graph's errors and the body they come in."""

from __future__ import annotations

import msgspec

from microsoft365_simulator import clock


class GraphError(Exception):
    """A refusal of Microsoft Graph: status, code and message, as its clients read them."""

    def __init__(
        self, status: int, code: str, message: str, headers: dict[str, str] | None = None
    ) -> None:
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers or {}
        super().__init__(f"{status} {code}: {message}")

    def body(self, request_id: str, client_request_id: str) -> bytes:
        return msgspec.json.encode(
            {
                "error": {
                    "code": self.code,
                    "message": self.message,
                    "innerError": {
                        "date": clock.graph_time(),
                        "request-id": request_id,
                        "client-request-id": client_request_id,
                    },
                }
            }
        )


def bad_request(message: str, code: str = "BadRequest") -> GraphError:
    return GraphError(400, code, message)


def unsupported_query(message: str = "Unsupported Query.") -> GraphError:
    return GraphError(400, "Request_UnsupportedQuery", message)


def not_found(resource_id: str) -> GraphError:
    text = (
        f"Resource '{resource_id}' does not exist or one of its queried reference-property "
        "objects are not present."
    )
    return GraphError(404, "Request_ResourceNotFound", text)


def no_such_segment(segment: str) -> GraphError:
    return bad_request(f"Resource not found for the segment '{segment}'.")


def denied() -> GraphError:
    text = "Insufficient privileges to complete the operation."
    return GraphError(403, "Authorization_RequestDenied", text)


def permission_missing(name: str) -> GraphError:
    """As the reporting side of Graph refuses it: with a code of its own and the permission."""
    text = (
        f"The principal does not have required Microsoft Graph permission(s): {name} to call this "
        "API. For more information about Microsoft Graph permissions, please visit "
        "https://learn.microsoft.com/graph/permissions-overview."
    )
    return GraphError(403, "Authentication_MSGraphPermissionMissing", text)


def expired_page_token() -> GraphError:
    return GraphError(400, "Directory_ExpiredPageToken", "The specified page token has expired.")


def non_premium() -> GraphError:
    text = (
        "Neither tenant is B2C or tenant doesn't have premium license. A premium license is "
        "required for sign-in activity."
    )
    return GraphError(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant", text)


def invalid_token(text: str) -> GraphError:
    headers = {"www-authenticate": 'Bearer realm="", error="invalid_token"'}
    return GraphError(401, "InvalidAuthenticationToken", text, headers)


def throttled(seconds: str | None) -> GraphError:
    headers = {} if seconds is None else {"retry-after": seconds}
    return GraphError(429, "TooManyRequests", "Too many requests. Wait and try again.", headers)
