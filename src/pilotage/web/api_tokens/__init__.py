"""API tokens: list, create, revoke."""
