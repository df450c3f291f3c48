"""`pilotage serve`: the web server."""

import socket
from typing import Annotated

import typer

from pilotage.cli.django_ready import require_settings


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Processes.", min=1, max=64)] = 2,
    threads: Annotated[int, typer.Option(help="Threads of a process.", min=1, max=64)] = 4,
) -> None:
    """Serve pages and API until SIGTERM or Ctrl-C."""
    require_settings("serve")
    _check_address(host, port)
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings

    server = Granian(
        "pilotage.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        http=HTTPModes.http1,
        websockets=False,
        # A client that sends its request drop by drop must not hold a connection for long.
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        respawn_failed_workers=True,
        workers_kill_timeout=30,
        log_access=False,
    )
    server.serve()


def _check_address(host: str, port: int) -> None:
    """Raise CannotListen for an address that the server could not have either."""
    from pilotage.kernel.errors import Conflict

    class CannotListen(Conflict):
        """The address cannot be listened on."""

    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise CannotListen(
            f"Cannot listen on {host}, port {port}: {error.strerror}. Choose another with --port."
        ) from error
