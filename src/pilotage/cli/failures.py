"""What a command says when it is refused: `error: code: text`, and JSON with --json."""

import json
import sys

from pilotage.kernel.errors import PilotageError, SettingsError


def report(error: Exception, *, as_json: bool) -> bool:
    """Print a refusal; False if `error` is none of those that people can do something about."""
    told = _told(error)
    if told is None:
        return False
    code, sentences, fields = told
    for sentence in sentences:
        sys.stderr.write(f"error: {code}: {sentence}\n")
    if as_json:
        body = {"code": code, "text": " ".join(sentences), "fields": fields}
        sys.stdout.write(json.dumps({"error": body}, ensure_ascii=False) + "\n")
    return True


def _told(error: Exception) -> tuple[str, list[str], dict[str, str]] | None:
    if isinstance(error, PilotageError):
        lines = [error.text]
        lines += [f"{k}: {v}" for k, v in error.fields.items() if v != error.text]
        return error.code, lines, error.fields
    if isinstance(error, SettingsError):
        return "settings", error.sentences, {}
    return _about_the_database(error)


def _about_the_database(error: Exception) -> tuple[str, list[str], dict[str, str]] | None:
    from django.db import OperationalError, ProgrammingError

    from local_postgres import PostgresError

    first_line = str(error).strip().partition("\n")[0]
    if isinstance(error, PostgresError):
        return "database_unreachable", [first_line], {}
    if isinstance(error, OperationalError):
        text = f"The database cannot be used: {first_line} Run `pilotage doctor`."
        return "database_unreachable", [text], {}
    if isinstance(error, ProgrammingError) and "does not exist" in first_line:
        text = "The database is not up to date. Run `pilotage migrate`."
        return "database_not_migrated", [text], {}
    return None
