"""MSAL's view of our transport, so that both obey the same time limits, authorities and proxy.

Handing MSAL this instead of `verify=` also keeps REQUESTS_CA_BUNDLE from overruling the
settings, and keeps the last answer, which MSAL drops when discovery fails.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from pilotage.microsoft.identity import exchange
from pilotage.microsoft.settings import MicrosoftSettings
from pilotage.microsoft.transport import Answer


class MsalAnswer:
    """An answer in the shape that `msal.oauth2cli.http.Response` describes."""

    def __init__(self, answer: Answer) -> None:
        self.status_code = answer.status
        self.headers = dict(answer.headers)
        self.text = answer.body.decode("utf-8", errors="replace").removeprefix("\ufeff")

    def raise_for_status(self) -> None:
        """As requests does it, for the statuses that MSAL asks about."""
        if self.status_code >= 400:
            raise OSError(f"HTTP status {self.status_code}")


class MsalHttp:
    """The `http_client` of one MSAL application object."""

    def __init__(self, settings: MicrosoftSettings) -> None:
        self._settings = settings
        self.last: Answer | None = None

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        **_: Any,
    ) -> MsalAnswer:
        """One GET; raises IdentityUnavailable."""
        return self._send("GET", _with_query(url, params), headers, None)

    def post(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        **_: Any,
    ) -> MsalAnswer:
        """One POST of a form; raises IdentityUnavailable."""
        return self._send("POST", _with_query(url, params), headers, urlencode(data or {}).encode())

    def close(self) -> None:
        """The transport is shared and stays open."""

    def _send(
        self, method: str, url: str, headers: Mapping[str, str] | None, body: bytes | None
    ) -> MsalAnswer:
        texts = {name: value for name, value in (headers or {}).items() if value}
        self.last = exchange.send(self._settings, method, url, headers=texts, body=body)
        return MsalAnswer(self.last)


def _with_query(url: str, params: Mapping[str, str] | None) -> str:
    return f"{url}?{urlencode(params)}" if params else url
