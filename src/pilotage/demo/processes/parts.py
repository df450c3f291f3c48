"""The parts of the demo, and the order in which they need each other."""

import json
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import local_postgres
from pilotage.demo.processes import words
from pilotage.demo.processes.child import Child
from pilotage.demo.processes.environment import clean_environment, make_settings, write_settings
from pilotage.demo.processes.errors import DemoFailed
from pilotage.demo.processes.place import Place
from pilotage.demo.processes.ports import Ports

READY = 60.0  # seconds that one part may take to start
PREPARED = 600.0  # seconds for the migrations and the sample data


@dataclass
class Parts:
    """What runs: `children` in the order of their start, and the addresses for people."""

    children: list[Child] = field(default_factory=list)
    base_url: str = ""
    mailbox_url: str = ""
    simulator_url: str = ""


def start_parts(place: Place, ports: Ports, parts: Parts) -> None:
    """Start everything and return when the pages answer; raises DemoFailed."""
    with words.step("PostgreSQL"):
        database_url = _start_postgres(place)
    with words.step("Microsoft 365 simulator and mailbox"):
        simulator, mailbox = _start_stand_ins(place, ports, parts)
    parts.base_url = f"http://localhost:{ports.web}"
    parts.mailbox_url = mailbox["http_url"]
    parts.simulator_url = f"{simulator['browser_url']}/_simulator"
    settings = make_settings(
        place,
        base_url=parts.base_url,
        database_url=database_url,
        smtp_url=mailbox["smtp_url"],
        microsoft_url=simulator["https_url"],
        ca_file=Path(simulator["ca_file"]),
    )
    write_settings(place.settings, settings)
    environment = clean_environment() | settings
    with words.step("Database and sample data"):
        _prepare(place, parts, environment)
    with words.step("Web server and worker"):
        _start_pilotage(place, ports, parts, environment)


def _start_postgres(place: Place) -> str:
    try:
        return local_postgres.ensure_running(place.postgres)
    except local_postgres.PostgresError as error:
        raise DemoFailed(str(error)) from error


def _start_stand_ins(
    place: Place, ports: Ports, parts: Parts
) -> tuple[dict[str, Any], dict[str, Any]]:
    options: dict[str, list[str | int | Path]] = {
        "microsoft365_simulator": [
            "--port", ports.simulator, "--browser-port", ports.simulator_pages,
            "--state-dir", place.simulator,
        ],
        "local_mailbox": [
            "--http-port", ports.mailbox, "--smtp-port", ports.smtp, "--state-dir", place.mailbox,
        ],
    }  # fmt: skip
    waiting = []
    for name, (module, special) in zip(("Simulator", "Mailbox"), options.items(), strict=True):
        ready = place.path / f"{module}.ready.json"
        ready.unlink(missing_ok=True)
        command = [*_python("-m", module), *map(str, special), "--ready-file", str(ready)]
        child = Child(name, command, clean_environment(), place.logs)
        parts.children.append(child)
        child.start()
        waiting.append((child, ready))
    simulator, mailbox = (_wait_for_file(child, ready) for child, ready in waiting)
    return simulator, mailbox


def _prepare(place: Place, parts: Parts, environment: dict[str, str]) -> None:
    command = _python("-m", "pilotage.demo.processes.prepare")
    child = Child("Preparation", command, environment, place.logs)
    parts.children.append(child)
    child.start()
    child.finish(PREPARED, words.progress)
    parts.children.remove(child)


def _start_pilotage(place: Place, ports: Ports, parts: Parts, environment: dict[str, str]) -> None:
    commands = {"Web": ["serve", "--port", str(ports.web)], "Worker": ["worker"]}
    for name, arguments in commands.items():
        child = Child(name, _python("-m", "pilotage", *arguments), environment, place.logs)
        parts.children.append(child)
        child.start()
    web, worker = parts.children[-2:]
    _wait_until_answering(web, parts.base_url)
    worker.check()


def _python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def _wait_for_file(child: Child, path: Path) -> dict[str, Any]:
    deadline = time.monotonic() + READY
    while not path.exists():
        child.check()
        if time.monotonic() > deadline:
            raise DemoFailed(f"{child.name} is not ready after {READY:.0f} s; see {child.log}.")
        time.sleep(0.05)
    facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return facts


def _wait_until_answering(web: Child, url: str) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + READY
    while True:
        web.check()
        try:
            with opener.open(url, timeout=5):
                return
        except urllib.error.HTTPError as error:
            raise DemoFailed(
                f"The pages answer with status {error.code}. The end of {web.log}:\n{web.tail()}"
            ) from error
        except OSError as error:  # not listening yet
            if time.monotonic() > deadline:
                raise DemoFailed(f"The pages do not answer; see {web.log}.") from error
        time.sleep(0.1)
