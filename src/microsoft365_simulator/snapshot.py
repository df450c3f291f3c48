"""What is kept between two starts: one JSON file, replaced in one step."""

from __future__ import annotations

from pathlib import Path

import msgspec

from microsoft365_simulator.applications import Consent, Registration
from microsoft365_simulator.faults.definition import Fault
from microsoft365_simulator.tenants.change_request import ChangeRequest
from microsoft365_simulator.tenants.definition import TenantDefinition


class Snapshot(msgspec.Struct, forbid_unknown_fields=True):
    """Definitions and the log of played changes; a directory is made again from these."""

    tenants: dict[str, TenantDefinition] = {}
    applications: dict[str, Registration] = {}
    consents: dict[str, dict[str, Consent]] = {}  # by tenant id, then client id
    changes: dict[str, list[ChangeRequest]] = {}
    faults: list[Fault] = []


def load(path: Path) -> Snapshot:
    """The kept snapshot, or an empty one; raises msgspec.ValidationError on a damaged file."""
    if not path.exists():
        return Snapshot()
    return msgspec.json.decode(path.read_bytes(), type=Snapshot)


def save(path: Path, snapshot: Snapshot) -> None:
    beside = path.with_suffix(".new")
    beside.write_bytes(msgspec.json.format(msgspec.json.encode(snapshot), indent=1))
    beside.replace(path)
