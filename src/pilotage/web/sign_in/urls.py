"""Addresses of signing in and of one's own account; the names are allauth's."""

from django.urls import path

from pilotage.web.sign_in import views
from pilotage.web.sign_in.demo import demo_sign_in
from pilotage.web.sign_in.set_up import set_up

urlpatterns = [
    path("sign-in/", views.login, name="account_login"),
    path("sign-in/second-step/", views.second_step, name="mfa_authenticate"),
    path("sign-in/passkey/", views.passkey_login, name="mfa_login_webauthn"),
    path("sign-in/inactive/", views.inactive, name="account_inactive"),
    path("sign-in/again/", views.reauthenticate, name="account_reauthenticate"),
    path("sign-in/again/code/", views.reauthenticate_code, name="mfa_reauthenticate"),
    path(
        "sign-in/again/passkey/",
        views.reauthenticate_passkey,
        name="mfa_reauthenticate_webauthn",
    ),
    path("sign-out/", views.logout, name="account_logout"),
    path("set-up", set_up, name="set_up"),
    path("demo/sign-in", demo_sign_in, name="demo_sign_in"),
    path("settings/security/start/", views.second_step_needed, name="second_step_needed"),
    path("settings/security/", views.security, name="mfa_index"),
    path("settings/security/password/", views.change_password, name="account_change_password"),
    path("settings/security/app/add/", views.activate_totp, name="mfa_activate_totp"),
    path("settings/security/app/remove/", views.deactivate_totp, name="mfa_deactivate_totp"),
    path("settings/security/passkeys/", views.list_passkeys, name="mfa_list_webauthn"),
    path("settings/security/passkeys/add/", views.add_passkey, name="mfa_add_webauthn"),
    path("settings/security/passkeys/<int:pk>/edit/", views.edit_passkey, name="mfa_edit_webauthn"),
    path(
        "settings/security/passkeys/<int:pk>/remove/",
        views.remove_passkey,
        name="mfa_remove_webauthn",
    ),
    path(
        "settings/security/recovery-codes/",
        views.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "settings/security/recovery-codes/new/",
        views.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "settings/security/recovery-codes/download/",
        views.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
