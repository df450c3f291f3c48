"""What the tests run with; a pytest plugin, so that it is in place before Django is set up."""

import os
import secrets
from pathlib import Path

from local_postgres import ensure_running

STATE = Path(__file__).resolve().parent.parent / "var" / "tests"


def prepare() -> None:
    """Start the embedded PostgreSQL (shared by all test processes) and set PILOTAGE_*."""
    for name in [n for n in os.environ if n.startswith("PILOTAGE_")]:
        del os.environ[name]
    url = os.environ.get("TEST_DATABASE_URL") or ensure_running(STATE / "postgres", durable=False)
    os.environ.update(
        PILOTAGE_DATABASE_URL=url,
        PILOTAGE_DATA_DIR=str(STATE),
        PILOTAGE_SECRET_KEY=secrets.token_urlsafe(48),
        PILOTAGE_BASE_URL="http://localhost:8000",
        PILOTAGE_MICROSOFT_SIGNIN_CLIENT_ID="6a1f0c55-8e8b-4c0e-9d55-1f4f0b5f0001",
        PILOTAGE_MICROSOFT_SIGNIN_CLIENT_SECRET=secrets.token_urlsafe(24),
        PILOTAGE_MICROSOFT_IMPORT_CLIENT_ID="6a1f0c55-8e8b-4c0e-9d55-1f4f0b5f0002",
        PILOTAGE_MICROSOFT_IMPORT_CLIENT_SECRET=secrets.token_urlsafe(24),
    )


# A browser test leaves its event loop in the process; Django would take all later tests for async.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
prepare()
