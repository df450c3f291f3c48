"""The transport for a server whose own certificate is the authority: requests over OpenSSL.

rustls refuses such a certificate (`CaUsedAsEndEntity`), though `openssl req -x509` makes just
that; OpenSSL takes it when it is named as trusted.
"""

import time
from collections.abc import Mapping

import requests
import urllib3

from pilotage.microsoft.settings import MicrosoftSettings
from pilotage.microsoft.transport import wire
from pilotage.microsoft.transport.proxy import bypasses
from pilotage.microsoft.transport.wire import Answer, Fault, TransportFailed


class OpensslTransport:
    """A connection pool of its own that takes nothing from the environment.

    `trust_env` is off, as REQUESTS_CA_BUNDLE would otherwise win over `verify`.
    """

    def __init__(self, settings: MicrosoftSettings) -> None:
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = settings.ca_file or True
        self._session.headers["User-Agent"] = wire.USER_AGENT
        self._settings = settings

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None = None,
        cap: int = wire.BODY_CAP,
    ) -> Answer:
        """See `Transport.send`."""
        if not url.startswith("https://"):
            raise TransportFailed(Fault.CONNECT, "only https is spoken")
        try:
            with self._session.request(
                method,
                url,
                headers=dict(headers),
                data=body,
                allow_redirects=False,
                stream=True,
                proxies=self._proxies(url),
                timeout=(wire.CONNECT_SECONDS, wire.READ_SECONDS),
            ) as response:
                self._session.cookies.clear()
                return Answer(response.status_code, _headers(response), _read(response, cap))
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise _failure(error) from error

    def _proxies(self, url: str) -> dict[str, str]:
        proxy = self._settings.proxy_url
        return {} if not proxy or bypasses(url, self._settings.no_proxy) else {"https": proxy}


def _headers(response: requests.Response) -> dict[str, str]:
    return {
        name: response.headers[name]
        for name in wire.READ_HEADERS
        if name in response.headers and response.headers[name].isascii()
    }


def _read(response: requests.Response, cap: int) -> bytes:
    """The body piece by piece as it arrives, so that a server that drips is noticed."""
    end = time.monotonic() + wire.TOTAL_SECONDS
    body = bytearray()
    while chunk := response.raw.read1(256 * 1024, decode_content=True):
        body += chunk
        if len(body) > cap:
            raise TransportFailed(Fault.TOO_LARGE, f"the answer is larger than {cap} bytes")
        if time.monotonic() > end:
            raise TransportFailed(Fault.TIMEOUT, "the answer took longer than allowed")
    return bytes(body)


def _failure(error: Exception) -> TransportFailed:
    name = type(error).__name__
    if isinstance(error, requests.exceptions.SSLError):
        # Only the kind is taken from its words: the rest repeats the address.
        fault = wire.fault_of_connect(f"certificate {error}")
        return TransportFailed(fault, f"the certificate was not accepted ({name})")
    if isinstance(error, requests.Timeout | TimeoutError | urllib3.exceptions.TimeoutError):
        return TransportFailed(Fault.TIMEOUT, name)
    if isinstance(error, requests.ConnectionError):
        is_name = "NameResolutionError" in str(error)
        return TransportFailed(Fault.NAME if is_name else Fault.CONNECT, name)
    return TransportFailed(Fault.BROKEN, name)
