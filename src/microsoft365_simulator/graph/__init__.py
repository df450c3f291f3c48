"""Microsoft Graph v1.0, as far as a directory import reads it."""
