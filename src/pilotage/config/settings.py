"""Django's settings, made from the environment (see environment.py for every variable)."""

import os
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from pilotage.config import environment, required
from pilotage.config.microsoft import import_chains, microsoft_settings
from pilotage.config.urls_from_text import database_settings, email_settings

ENV = environment.load()
PACKAGE = Path(__file__).resolve().parent.parent

required.check_base_url(ENV)
BASE_URL = (ENV["PILOTAGE_BASE_URL"] or "http://localhost:8000").rstrip("/")
IS_HTTPS = BASE_URL.startswith("https://")
HOST = urlsplit(BASE_URL).hostname or "localhost"
IS_DEMO = ENV["PILOTAGE_DEMO"] == "1" and HOST in {"localhost", "127.0.0.1", "::1"}
DATA_DIR = Path(ENV["PILOTAGE_DATA_DIR"]).absolute()
DEBUG = False
# Without a key each process makes one of its own: fine for commands that need none, and
# `serve` and `worker` refuse to start without one.
SECRET_KEY = ENV["PILOTAGE_SECRET_KEY"] or os.urandom(40).hex()
ALLOWED_HOSTS = sorted({HOST, *(["localhost", "127.0.0.1", "[::1]"] if IS_DEMO else [])})

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "django_cotton",
    "lucide",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "pilotage.events",
    "pilotage.mail",
    "pilotage.partners",
    "pilotage.catalog",
    "pilotage.customers",
    "pilotage.directory",
    "pilotage.imports",
    "pilotage.onboarding",
    "pilotage.web",
    "pilotage.api",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pilotage.web.middleware.security_headers.SecurityHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pilotage.web.middleware.signed_in.SignedInMiddleware",
    "pilotage.web.middleware.time_zone.TimeZoneMiddleware",
    "pilotage.web.middleware.errors.ErrorsMiddleware",
]
ROOT_URLCONF = "pilotage.config.urls"
WSGI_APPLICATION = "pilotage.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before allauth's own templates, which ours replace.
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "pilotage.web.context.page",
            ],
        },
    }
]
COTTON_DIR = "cotton"

if ENV["PILOTAGE_DATABASE_URL"]:
    _database = database_settings(ENV["PILOTAGE_DATABASE_URL"])
else:
    _database = {
        "ENGINE": "pilotage.config.embedded_postgres",
        "NAME": "pilotage",
        "DATA_DIR": str(DATA_DIR / "postgres"),
        "OPTIONS": {},
    }
DATABASES = {
    "default": {
        **_database,
        "CONN_MAX_AGE": 600,
        # Without the check the first requests after a restart of PostgreSQL fail.
        "CONN_HEALTH_CHECKS": True,
    }
}
# Shared by all processes: allauth counts failed sign-ins in it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "partners.Operator"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "pilotage.web.sign_in.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_ADAPTER = "pilotage.web.sign_in.mfa_adapter.MFAAdapter"
MFA_FORMS = {"add_webauthn": "pilotage.web.sign_in.forms.AddPasskeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Pilotage"
# One step of 30 seconds either way, for clocks and slow fingers (RFC 6238, 5.2).
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
# A passkey signs in on its own, so it has to verify the person and not only their presence.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Operators are invited by mail; there is no address that they could have entered themselves.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "pilotage.web.errors.csrf_failed"
ACTIVATION_COOKIE_NAME = "__Host-act" if IS_HTTPS else "act"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if ENV["PILOTAGE_TRUST_PROXY"] == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576

_email = email_settings(ENV["PILOTAGE_EMAIL_URL"] or "smtp://localhost:25")
EMAIL_HOST, EMAIL_PORT = _email["EMAIL_HOST"], _email["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _email["EMAIL_HOST_USER"], _email["EMAIL_HOST_PASSWORD"]
EMAIL_USE_SSL, EMAIL_USE_TLS = _email["EMAIL_USE_SSL"], _email["EMAIL_USE_TLS"]
EMAIL_TIMEOUT = _email["EMAIL_TIMEOUT"]
DEFAULT_FROM_EMAIL = ENV["PILOTAGE_EMAIL_FROM"] or f"pilotage@{HOST}"
MAIL_DOMAIN = HOST

METRICS_TOKEN = ENV["PILOTAGE_METRICS_TOKEN"]
MICROSOFT = microsoft_settings(ENV)
IMPORT_CHAINS = import_chains(ENV)
# What `serve` and `worker` lack; asked by them, because only config reads the environment.
MISSING_FOR = partial(required.missing, ENV, MICROSOFT)
# The names of the settings that somebody has set or that have a default; never their values.
SETTINGS_GIVEN = frozenset(name for name, value in ENV.items() if value)

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING_CONFIG = "pilotage.config.logging.configure"
# Not empty, because Django calls LOGGING_CONFIG only then.
LOGGING = {"version": 1}
PROCRASTINATE_IMPORT_PATHS = ["pilotage.mail.tasks"]
