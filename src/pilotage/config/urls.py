"""All addresses: pages at the root, the API under /api/."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("pilotage.api.urls")),
    path("", include("pilotage.web.sign_in.urls")),
    path("", include("pilotage.web.api_tokens.urls")),
    path("", include("pilotage.web.urls")),
]
handler404 = "pilotage.web.errors.page_not_found"
handler500 = "pilotage.config.failures.failed"
