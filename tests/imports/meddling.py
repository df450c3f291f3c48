"""A Graph in front of the simulator that alters what it says; GET and POST, tokens passed on."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import requests
from pytest_django import Settings

from tests.imports.stage import Stage
from tests.microsoft.listener import _certificate

# (method, target, status, headers, body as decoded JSON or None) -> (status, headers, body)
Meddle = Callable[[str, str, int, dict[str, str], Any], tuple[int, dict[str, str], Any]]


@contextmanager
def meddling(
    settings: Settings,
    folder: Path,
    meddle: Meddle,
    rewrite: Callable[[str], str] = lambda path: path,
) -> Iterator[list[tuple[str, str]]]:
    microsoft = settings.MICROSOFT
    behind, asked = microsoft.graph_url, []
    session = requests.Session()
    session.trust_env = False
    session.verify = microsoft.ca_file

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(length) if length else None
            asked.append((self.command, unquote(self.path)))
            kept = {
                k: v
                for k, v in self.headers.items()
                if k.lower() not in {"host", "accept-encoding", "content-length", "connection"}
            }
            found = requests.request(
                self.command,
                behind + rewrite(self.path),
                headers=kept,
                data=body,
                verify=microsoft.ca_file,
            )
            text = found.text.replace(behind, own[0])
            try:
                decoded = json.loads(text)
            except ValueError:
                decoded = text
            headers = {
                k: v
                for k, v in found.headers.items()
                if k.lower()
                not in {
                    "content-length",
                    "content-encoding",
                    "transfer-encoding",
                    "connection",
                    "date",
                    "server",
                }
            }
            status, headers, decoded = meddle(
                self.command, unquote(self.path), found.status_code, headers, decoded
            )
            out = (
                decoded
                if isinstance(decoded, bytes)
                else (decoded if isinstance(decoded, str) else json.dumps(decoded)).encode()
            )
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(out)))
            self.end_headers()
            self.wfile.write(out)

        do_GET = do_POST = _pass

        def log_message(self, *args: object) -> None:
            pass

    pem = folder / "meddling.pem"
    pem.write_bytes(_certificate(1, is_authority=True))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.socket = context.wrap_socket(server.socket, server_side=True)
    own = [f"https://localhost:{server.server_port}"]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    bundle = folder / "meddling-bundle.pem"
    bundle.write_text(Path(microsoft.ca_file).read_text() + pem.read_text())
    settings.MICROSOFT = replace(microsoft, graph_url=own[0], ca_file=str(bundle))
    try:
        yield asked
    finally:
        settings.MICROSOFT = microsoft
        server.shutdown()
        server.server_close()


def untouched(method, target, status, headers, body):  # type: ignore[no-untyped-def]
    return status, headers, body


__all__ = ["Stage", "meddling", "untouched"]
