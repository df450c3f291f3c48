"""Addresses of the API tokens."""

from django.urls import path

from pilotage.web.api_tokens.views import CreateApiToken, RevokeApiToken, api_tokens

urlpatterns = [
    path("settings/api-tokens", api_tokens, name="api_tokens"),
    path("settings/api-tokens/new", CreateApiToken.as_view(), name="create_api_token"),
    path(
        "settings/api-tokens/<uuid:token_id>/revoke",
        RevokeApiToken.as_view(),
        name="revoke_api_token",
    ),
]
