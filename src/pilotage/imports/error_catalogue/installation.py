"""This installation's application at Microsoft, and the token it asks for."""

from pilotage.imports.error_catalogue.entry import (
    AADSTS,
    ENTERPRISE_APPS,
    ERROR,
    LEARN,
    STATUS,
    WARNING,
    Acts,
    Effect,
    Entries,
    Entry,
    Remedy,
)

_CERTIFICATES = f"{LEARN}/entra/identity-platform/certificate-credentials"
_PROVIDER = "The provider of this installation has to correct the Microsoft settings"


def _ours(text: str, remedy: str, link: str = AADSTS) -> Entry:
    return Entry(ERROR, Acts.PROVIDER, Effect.RUN_FAILS, text, remedy, Remedy.RETRY, link)


INSTALLATION: Entries = {
    "identity_unavailable": Entry(
        WARNING, Acts.MICROSOFT, Effect.RUN_FAILS, "Microsoft's sign-in service did not answer.",
        "It is tried again by itself for up to two hours; retry after that.", link=STATUS,
    ),
    "identity_throttled": Entry(
        WARNING, Acts.NOBODY, Effect.RUN_FAILS, "Microsoft's sign-in service asked to slow down.",
        "It is tried again by itself for up to two hours; retry after that.", link=AADSTS,
    ),
    "application_disabled": _ours(
        "Microsoft says that the import application is disabled.",
        "Enable its registration in Entra. If it is enabled there, the organization has to enable "
        "it under Enterprise applications. Then retry.",
        ENTERPRISE_APPS,
    ),
    "application_misconfigured": _ours(
        "The import application is not registered as it should be.", f"{_PROVIDER}; then retry."
    ),
    "scope_refused": _ours(
        "Microsoft does not know the permission that was asked for.",
        "PILOTAGE_MICROSOFT_CLOUD has to name the cloud of the sign-in address.",
    ),
    "credential_missing": _ours(
        "The import application has sent neither certificate nor secret.",
        "Set PILOTAGE_MICROSOFT_IMPORT_CERTIFICATE for the worker; then retry.",
    ),
    "secret_wrong": _ours(
        "Microsoft does not accept the import application's secret.",
        "Set the secret's value, not its id, for the worker; then retry.",
    ),
    "secret_expired": _ours(
        "The import application's secret has expired.",
        "Make a new secret, or better a certificate, in Entra and set it here; then retry.",
    ),
    "certificate_rejected": _ours(
        "Microsoft does not know the import application's certificate.",
        "Upload the certificate that is in use here to the application in Entra; then retry.",
        _CERTIFICATES,
    ),
    "certificate_expired": _ours(
        "The import application's certificate has expired.",
        "Make a new certificate, upload it in Entra and set it here; then retry.", _CERTIFICATES,
    ),
    "certificate_unreadable": _ours(
        "The import application's certificate cannot be used here.",
        "Set certificate and private key as one PEM text; `pilotage doctor` says what is wrong.",
        _CERTIFICATES,
    ),
    "certificate_not_yet_valid": _ours(
        "The import application's certificate is not valid yet.",
        "Check the clock of the worker's machine; then retry.", _CERTIFICATES,
    ),
    "assertion_outside_its_time": _ours(
        "Microsoft finds our signed request too old or too new.",
        "Set the clock of the worker's machine right, and keep it so by NTP; then retry.",
        _CERTIFICATES,
    ),
    "discovery_unusable": _ours(
        "The sign-in server describes itself in a way that is not trusted.",
        "Check PILOTAGE_MICROSOFT_CLOUD and PILOTAGE_MICROSOFT_LOGIN_URL.", "",
    ),
    "token_of_another_tenant": _ours(
        "Microsoft gave a token for another tenant; it was thrown away.",
        "Report it to Pilotage's maintainers.", "",
    ),
    "identity_error": _ours(
        "Microsoft refused the access token for an unknown reason.",
        "Look the code up at Microsoft; retry.",
    ),
}  # fmt: skip
