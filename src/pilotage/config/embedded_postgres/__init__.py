"""Database backend that starts the embedded PostgreSQL when the first query needs it."""
