"""Pilotage as it is installed: its database is made once and copied for every run."""

import json
from pathlib import Path
from secrets import token_urlsafe
from uuid import uuid4

from bench.stage.database import Server
from bench.stage.processes import clean_environment, run
from bench.stage.simulator import Simulator

BASE = "bench_base"
CUSTOMER = "Bench"
TINY = "Tiny"
_CATALOGUE = {"skus": [{"code": "bench", "name": "Bench"}]}


class Installation:
    """Settings and commands of one Pilotage; nobody listens to its mails."""

    def __init__(self, python: str, simulator: Simulator, folder: Path) -> None:
        self._python = python
        self.folder = folder
        self._settings = {
            "PILOTAGE_BASE_URL": "http://localhost:8000",
            "PILOTAGE_DATA_DIR": str(folder),
            "PILOTAGE_SECRET_KEY": token_urlsafe(48),
            "PILOTAGE_EMAIL_URL": "smtp://localhost:9",
            "PILOTAGE_MICROSOFT_LOGIN_URL": simulator.url,
            "PILOTAGE_GRAPH_URL": simulator.url,
            "PILOTAGE_MICROSOFT_SIGNIN_CLIENT_ID": str(uuid4()),
            "PILOTAGE_MICROSOFT_SIGNIN_CLIENT_SECRET": token_urlsafe(24),
            "PILOTAGE_MICROSOFT_IMPORT_CLIENT_ID": simulator.pilotage.client_id,
            "PILOTAGE_MICROSOFT_IMPORT_CLIENT_SECRET": simulator.pilotage.secret,
            "SSL_CERT_FILE": simulator.ca_file,
        }

    def environment(self, database_url: str, **more: str) -> dict[str, str]:
        """What web, worker and command line run with."""
        return clean_environment(PILOTAGE_DATABASE_URL=database_url, **self._settings, **more)

    def command(self, database_url: str, *arguments: str) -> str:
        """`pilotage …`; its standard output."""
        return self.module(database_url, "pilotage", *arguments)

    def module(self, database_url: str, name: str, *arguments: str) -> str:
        """`python -m NAME …` with Pilotage's settings; its standard output."""
        command = [self._python, "-m", name, *arguments]
        return run(command, self.environment(database_url))

    def prepare(self, server: Server) -> None:
        """Make the database that every run begins with: one partner, two customers, no tenant."""
        url = server.make(BASE)
        catalogue = self.folder / "catalogue.json"
        catalogue.write_text(json.dumps(_CATALOGUE))
        self.command(url, "migrate")
        self.command(url, "owner", "create", "--email", "owner@bench.example", "--name", "Owner")
        self.command(url, "catalogue", "load", str(catalogue))
        self.command(url, "partners", "add", "Partner", "--email", "partner@bench.example")
        for name in (CUSTOMER, TINY):
            email = f"admin@{name.lower()}.example"
            self.command(url, "customers", "add", name, "--email", email, "--sku", "bench")
