"""Addresses of the import runs."""

from django.urls import path

from pilotage.web.imports.changes import import_changes
from pilotage.web.imports.error_codes import import_error_codes
from pilotage.web.imports.page import (
    CancelImport,
    RetryImport,
    import_run,
    import_run_live,
    imports,
)

urlpatterns = [
    path("imports", imports, name="imports"),
    path("help/import-errors", import_error_codes, name="import_error_codes"),
    path("imports/<uuid:run_id>", import_run, name="import_run"),
    path("imports/<uuid:run_id>/live", import_run_live, name="import_run_live"),
    path("imports/<uuid:run_id>/changes", import_changes, name="import_changes"),
    path("imports/<uuid:run_id>/cancel", CancelImport.as_view(), name="cancel_import"),
    path("imports/<uuid:run_id>/retry", RetryImport.as_view(), name="retry_import"),
]
