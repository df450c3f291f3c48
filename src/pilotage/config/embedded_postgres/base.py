"""Django's PostgreSQL backend, pointed at the embedded server of the data directory."""

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base
from psycopg.conninfo import conninfo_to_dict

from local_postgres import ensure_running


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks for a running server each time a connection is opened: it may have been restarted."""

    def get_connection_params(self) -> dict[str, Any]:
        """Where the server is now, on top of what the settings say."""
        where = conninfo_to_dict(ensure_running(Path(self.settings_dict["DATA_DIR"])))
        self.settings_dict.update(
            HOST=where.get("host", ""),
            PORT=where.get("port", ""),
            USER=where.get("user", ""),
            PASSWORD=where.get("password", ""),
        )
        params: dict[str, Any] = super().get_connection_params()
        return params
