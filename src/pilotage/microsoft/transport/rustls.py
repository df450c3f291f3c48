"""The usual transport: pyreqwest, whose TLS and gzip run outside Python's lock."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from pyreqwest.client import SyncClient, SyncClientBuilder
from pyreqwest.exceptions import ConnectError, PyreqwestError, RequestTimeoutError
from pyreqwest.proxy import ProxyBuilder
from pyreqwest.response import SyncResponse

from pilotage.microsoft.settings import MicrosoftSettings
from pilotage.microsoft.transport import wire
from pilotage.microsoft.transport.proxy import LOOPBACK
from pilotage.microsoft.transport.wire import Answer, Fault, TransportFailed


class RustlsTransport:
    """A connection pool of its own; redirects, cookies and referrers are off."""

    def __init__(self, settings: MicrosoftSettings) -> None:
        self._client = _build(settings)

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
        try:
            request = self._client.request(method, url).headers(dict(headers))
            if body is not None:
                request = request.body_bytes(body)
            with request.build_streamed() as response:
                return Answer(response.status, _headers(response), _read(response, cap))
        except PyreqwestError as error:
            raise _failure(error) from error


def _build(settings: MicrosoftSettings) -> SyncClient:
    builder = (
        SyncClientBuilder()
        .user_agent(wire.USER_AGENT)
        .https_only(True)
        .follow_redirects(False)
        .referer(False)
        .connect_timeout(timedelta(seconds=wire.CONNECT_SECONDS))
        .read_timeout(timedelta(seconds=wire.READ_SECONDS))
        .timeout(timedelta(seconds=wire.TOTAL_SECONDS))
        .no_proxy()
    )
    if settings.ca_file:
        builder = builder.add_root_certificate_pem(Path(settings.ca_file).read_bytes())
    if settings.proxy_url:
        bypass = ",".join((*LOOPBACK, settings.no_proxy))
        builder = builder.proxy(ProxyBuilder.https(settings.proxy_url).no_proxy(bypass))
    return builder.build()


def _headers(response: SyncResponse) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in wire.READ_HEADERS:
        try:
            value = response.get_header(name)
        except ValueError:
            continue
        if value is not None:
            found[name] = value
    return found


def _read(response: SyncResponse, cap: int) -> bytes:
    body = bytearray()
    reader = response.body_reader
    while chunk := reader.read(256 * 1024):
        body += chunk
        if len(body) > cap:
            raise TransportFailed(Fault.TOO_LARGE, f"the answer is larger than {cap} bytes")
    return bytes(body)


def _failure(error: PyreqwestError) -> TransportFailed:
    """Named by its innermost cause; the outer ones repeat the URL and its query."""
    causes = (getattr(error, "details", None) or {}).get("causes") or []
    text = causes[-1]["message"] if causes else error.message
    if isinstance(error, RequestTimeoutError):
        return TransportFailed(Fault.TIMEOUT, text)
    if isinstance(error, ConnectError):
        return TransportFailed(wire.fault_of_connect(text), text)
    return TransportFailed(Fault.BROKEN, text)
