"""Addresses of the activation; the two below /auth are registered at Microsoft."""

from django.urls import path

from pilotage.web.activation import link, microsoft, not_us, progress
from pilotage.web.activation.forward import forward

urlpatterns = [
    path("activate", link.activate, name="activate"),
    path("activate/case", link.case, name="activation_case"),
    path("activate/sign-in", microsoft.sign_in, name="activation_sign_in"),
    path("auth/entra/callback", microsoft.sign_in_returns, name="entra_callback"),
    path("activate/confirm", microsoft.confirm, name="activation_confirm"),
    path("activate/consent", microsoft.consent, name="activation_consent"),
    path("auth/entra/consent", microsoft.consent_returns, name="entra_consent"),
    path("activate/progress", progress.progress, name="activation_progress"),
    path("activate/progress/state", progress.progress_state, name="activation_progress_state"),
    path("activate/forward", forward, name="activation_forward"),
    path("activate/disconnect", progress.disconnect, name="activation_disconnect"),
    path("activate/disconnected", progress.disconnected, name="activation_disconnected"),
    path("activate/not-us", not_us.not_us, name="activation_not_us"),
]
