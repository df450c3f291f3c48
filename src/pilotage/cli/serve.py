"""`pilotage serve`: the web server."""

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
