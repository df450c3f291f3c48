"""Addresses of the connections."""

from django.urls import path

from pilotage.web.connections.page import ProbeConnection, connection_live, connections

ONE = "customers/<uuid:customer_id>/connection"

urlpatterns = [
    path("connections", connections, name="connections"),
    path(f"{ONE}/live", connection_live, name="connection_live"),
    path(f"{ONE}/check", ProbeConnection.as_view(), name="probe_connection"),
]
