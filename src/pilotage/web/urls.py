"""The pages' addresses; each area lists its own."""

from django.urls import include, path

from pilotage.web.catalogue.page import catalogue
from pilotage.web.events.page import event_log
from pilotage.web.metrics.page import metrics
from pilotage.web.operators.page import operators
from pilotage.web.overview.page import overview

urlpatterns = [
    path("", overview, name="overview"),
    path("", include("pilotage.web.activation.urls")),
    path("", include("pilotage.web.customers.urls")),
    path("", include("pilotage.web.directory.urls")),
    path("", include("pilotage.web.imports.urls")),
    path("", include("pilotage.web.import_windows.urls")),
    path("", include("pilotage.web.counting_rules.urls")),
    path("", include("pilotage.web.connections.urls")),
    path("catalogue", catalogue, name="catalogue"),
    path("operators", operators, name="operators"),
    path("metrics", metrics, name="metrics"),
    path("audit-log", event_log, name="event_log"),
]
