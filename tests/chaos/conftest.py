"""The stage of the imports' tests, for tests that kill and break."""

from tests.imports.conftest import import_app, new_stage

__all__ = ["import_app", "new_stage"]
