"""A real HTTPS server for what the simulator does not play: foreign hosts and odd certificates."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from pilotage.kernel import clock

# Status, headers, and the body at once or in pieces.
Reply = tuple[int, dict[str, str], bytes | Iterator[bytes]]


@dataclass
class Listener:
    """What arrived, connections included that never became a request."""

    url: str
    ca_file: str
    connections: int = 0
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def tokens(self) -> int:
        return sum("authorization" in headers for _, headers in self.requests)


@contextmanager
def listening(
    folder: Path,
    reply: Callable[[str], Reply],
    *,
    is_authority: bool = False,
    ends_in_days: float = 1,
) -> Iterator[Listener]:
    """Serve `reply(path)` on this machine with a certificate that certifies itself."""
    pem = folder / "listener.pem"
    pem.write_bytes(_certificate(ends_in_days, is_authority=is_authority))
    listener = Listener("", str(pem))
    server = _Server(("127.0.0.1", 0), _answering(listener, reply))
    server.listener = listener
    server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.context.load_cert_chain(pem)
    listener.url = f"https://localhost:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    listener: Listener
    context: ssl.SSLContext

    def get_request(self):  # type: ignore[no-untyped-def]
        plain, address = super().get_request()
        self.listener.connections += 1
        plain.settimeout(5)
        return self.context.wrap_socket(plain, server_side=True), address

    def handle_error(self, request: object, client_address: object) -> None:
        """Refused handshakes are what some tests are about; they need no traceback."""


def _answering(listener: Listener, reply: Callable[[str], Reply]) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            listener.requests.append((self.path, headers))
            status, answered, body = reply(self.path)
            self.send_response(status)
            length = {"Content-Length": str(len(body))} if isinstance(body, bytes) else {}
            for name, value in {**length, **answered}.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):
                for piece in (body,) if isinstance(body, bytes) else body:
                    self.wfile.write(piece)

        def log_message(self, *_: object) -> None:
            """Tests print nothing."""

    return Answering


def _certificate(ends_in_days: float, *, is_authority: bool) -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    hosts = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(days=9))
        .not_valid_after(clock.now() + timedelta(days=ends_in_days))
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)
