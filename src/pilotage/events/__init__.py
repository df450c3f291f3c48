"""One append-only table that is audit log, event log and source of webhooks at once."""
