"""Starts the listeners, says when they are ready, and ends cleanly on SIGTERM or SIGINT."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import uvicorn
import uvloop

from microsoft365_simulator import certificates
from microsoft365_simulator.application import Application
from microsoft365_simulator.options import Options
from microsoft365_simulator.world import World


class Listener(uvicorn.Server):
    """A uvicorn server that leaves the signals to `run`, as two of them share one process."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def run(options: Options) -> None:
    """Serve until SIGTERM or SIGINT; raises OSError when a port is taken."""
    options.state_dir.mkdir(parents=True, exist_ok=True)
    sockets = [_bound(options.host, options.port)]
    if options.browser_port is not None:
        sockets.append(_bound(options.host, options.browser_port))
    ports = [bound.getsockname()[1] for bound in sockets]
    world = World(
        options.state_dir,
        https_url=f"https://localhost:{ports[0]}",
        browser_url=f"http://localhost:{ports[1]}" if len(ports) > 1 else None,
        page_cache_bytes=options.page_cache_megabytes * 1_000_000,
    )
    if options.config:
        world.configure(options.config)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(options, world, sockets))


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((host, port))
    bound.listen(1024)
    return bound


async def _serve(options: Options, world: World, sockets: list[socket.socket]) -> None:
    authority, leaf, key = certificates.ensure(options.state_dir)
    listeners = [_listener(world, leaf, key)]
    if len(sockets) > 1:
        listeners.append(_listener(world, None, None))
    loop = asyncio.get_running_loop()

    def stop() -> None:
        for listener in listeners:
            listener.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    pairs = zip(listeners, sockets, strict=True)
    serving = [asyncio.create_task(item.serve(sockets=[bound])) for item, bound in pairs]
    while not all(listener.started for listener in listeners):
        await asyncio.sleep(0.01)
    if options.ready_file:
        _announce(options.ready_file, world, authority)
    await asyncio.gather(*serving)


def _listener(world: World, leaf: Path | None, key: Path | None) -> Listener:
    config = uvicorn.Config(
        Application(world, is_browser_listener=leaf is None),
        http="httptools",
        ws="none",
        lifespan="off",
        access_log=False,
        log_level="warning",
        server_header=False,
        date_header=True,
        ssl_certfile=leaf,
        ssl_keyfile=key,
        # Pooled connections of clients rest longer than uvicorn's five seconds.
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
    )
    return Listener(config)


def _announce(path: Path, world: World, authority: Path) -> None:
    """Write the ready file in one step, so that nobody reads half of it."""
    ready = {
        "https_url": world.https_url,
        "browser_url": world.browser_url,
        "ca_file": str(authority.resolve()),
        "control_url": f"{world.https_url}/_simulator",
        "pid": os.getpid(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_text(json.dumps(ready, indent=1))
    beside.replace(path)
