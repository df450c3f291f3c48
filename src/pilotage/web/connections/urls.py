"""Addresses of the connections; those of one customer's are with the customer's page."""

from django.urls import path

from pilotage.web.connections.page import connections

urlpatterns = [path("connections", connections, name="connections")]
