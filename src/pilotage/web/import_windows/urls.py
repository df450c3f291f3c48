"""Addresses of the import windows."""

from django.urls import path

from pilotage.web.import_windows.page import SetImportWindow, import_windows

urlpatterns = [
    path("settings/nightly-imports", import_windows, name="import_windows"),
    path(
        "settings/nightly-imports/<uuid:partner_id>",
        SetImportWindow.as_view(),
        name="set_import_window",
    ),
]
