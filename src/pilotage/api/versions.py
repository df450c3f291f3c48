"""ETag and If-Match: the version of a customer (RFC 9110, 8.8.3 and 13.1.1)."""

import re

from django.http import HttpRequest, HttpResponse

from pilotage.api.errors import VersionNeeded
from pilotage.customers.errors import VersionChanged
from pilotage.customers.models import Customer

_ETAG = re.compile(r'"([1-9][0-9]{0,8})"', re.ASCII)


def set_etag(response: HttpResponse, customer: Customer) -> None:
    """Say which version of the customer this is."""
    response["ETag"] = f'"{customer.version}"'


def wanted_version(request: HttpRequest, *, is_needed: bool = False) -> int | None:
    """The version in If-Match; None if any will do.

    Raises VersionChanged for an ETag that is none of ours, and VersionNeeded if `is_needed` and
    the header is missing.
    """
    text = request.headers.get("If-Match", "").strip()
    if text == "*":
        return None
    if not text:
        if is_needed:
            raise VersionNeeded
        return None
    found = _ETAG.fullmatch(text)
    if found is None:
        raise VersionChanged
    return int(found[1])
