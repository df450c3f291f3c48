"""Runs both servers in one process, from start to SIGTERM."""

import asyncio
import json
import os
import signal
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from local_mailbox.behaviour import Behaviour
from local_mailbox.letterbox import Letterbox
from local_mailbox.smtp import start_smtp
from local_mailbox.web import make_app


@dataclass(frozen=True)
class Options:
    """The command line; a port of 0 means any free one."""

    host: str
    smtp_port: int
    http_port: int
    state_dir: Path
    ready_file: Path | None


def run(options: Options) -> None:
    """Serve until SIGTERM or SIGINT; exits with one sentence if a port is taken."""
    for number in (signal.SIGTERM, signal.SIGINT):
        # uvicorn stops on these and raises them once more afterwards, for whoever was there
        # before it; a clean end is no failure, so nobody is.
        signal.signal(number, lambda *_: None)
    try:
        asyncio.run(_serve(options))
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        sys.exit(f"The mailbox cannot start: {reason}")


async def _serve(options: Options) -> None:
    letterbox, behaviour = Letterbox(options.state_dir), Behaviour()
    smtp = await start_smtp(options.host, options.smtp_port, letterbox, behaviour)
    listener = _listen(options.host, options.http_port)
    smtp_url = "smtp://{}:{}".format(*smtp.sockets[0].getsockname())
    http_url = "http://{}:{}".format(*listener.getsockname())
    app = make_app(letterbox, behaviour, smtp_url)
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=2
    )
    if options.ready_file:
        _write(options.ready_file, {"smtp_url": smtp_url, "http_url": http_url, "pid": os.getpid()})
    await uvicorn.Server(config).serve(sockets=[listener])
    smtp.close()


def _listen(host: str, port: int) -> socket.socket:
    """Bound here rather than by uvicorn, so that the ready file never names a port too early."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=128)


def _write(path: Path, facts: dict[str, object]) -> None:
    """Whole or not at all: somebody waits for this file."""
    new = path.with_name(path.name + ".new")
    new.write_text(json.dumps(facts), encoding="utf-8")
    new.rename(path)
