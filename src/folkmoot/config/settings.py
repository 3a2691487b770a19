"""Django settings, all from the environment; `docs/settings.md` lists every variable."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from folkmoot.config.embedded import use_safe_sqlite
from folkmoot.config.logs import logging_settings
from folkmoot.config.mail import mail_server, mailbox
from folkmoot.config.places import data_folder, key, served_at
from folkmoot.config.reading import number, postgresql, web_address

use_safe_sqlite()


DATA = data_folder()
SECRET_KEY = key(DATA, "sessions").hex()
FOLKMOOT_KEY = key(DATA, "letters")  # links, receipts, codes: see kernel.tokens
# Where signed checkpoints of the record are written; better on another machine's disk.
CHECKPOINTS = Path(os.environ.get("FOLKMOOT_CHECKPOINTS") or DATA / "checkpoints").expanduser().resolve()
DEBUG = False
DEMO = False
MODEL_SOCKET = DATA / "model.sock"  # where the models' own process listens: detectors.served
TRIAGE = bool(number("FOLKMOOT_TRIAGE", 1))  # whether the worker lets models look posts and reports over

# The address that people type. Passkeys need a name, so the default is localhost, not 127.0.0.1.
FOLKMOOT_PORT = number("FOLKMOOT_PORT", 8000)
# A command run beside a server makes links to where that one is, whatever port it was given.
_BESIDE = "" if os.environ.get("FOLKMOOT_PORT") else served_at(DATA)
FOLKMOOT_URL = web_address(default=_BESIDE or f"http://localhost:{FOLKMOOT_PORT}")
SOURCE_URL = os.environ.get("FOLKMOOT_SOURCE_URL", "")  # where the running version's source is offered (AGPL)
_ADDRESS = urlsplit(FOLKMOOT_URL)
_HTTPS = _ADDRESS.scheme == "https"
ALLOWED_HOSTS = sorted({_ADDRESS.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"})
CSRF_TRUSTED_ORIGINS = [FOLKMOOT_URL]
# How many reverse proxies of ours stand in front: their X-Forwarded-For is believed, nobody else's.
TRUSTED_PROXIES = number("FOLKMOOT_PROXIES", 0)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "folkmoot.web.signin",  # before allauth: its templates stand in for allauth's
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "folkmoot.members",
    "folkmoot.editions",
    "folkmoot.archive",
    "folkmoot.casefile",
    "folkmoot.pinboard",
    "folkmoot.outbox",
    "folkmoot.notices",
    "folkmoot.web.look",
    "folkmoot.web.public",
    "folkmoot.web.desk",
    "folkmoot.web.panel",
    "folkmoot.web.admin",
    "folkmoot.api",
]

MIDDLEWARE = [
    "folkmoot.web.health.seen.Seen",
    "folkmoot.api.middleware.Machines",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "folkmoot.web.middleware.SmallStatic",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "folkmoot.web.middleware.Weighing",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "folkmoot.web.middleware.Refusals",
    "folkmoot.web.middleware.Tenancy",
]

ROOT_URLCONF = "folkmoot.config.urls"
WSGI_APPLICATION = "folkmoot.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "folkmoot.web.context.common",
            ],
        },
    }
]

_SQLITE = {
    "transaction_mode": "IMMEDIATE",  # deferred transactions deadlock among several writers
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; "
        "PRAGMA secure_delete=ON; PRAGMA cache_size=-32000;"
    ),
}


def _database() -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL", "")
    if url:
        return postgresql(url)
    return {
        "ENGINE": "folkmoot.config.sqlite",  # Django's own, with a queue before the lock for writing
        "NAME": DATA / "folkmoot.sqlite3",
        "OPTIONS": _SQLITE,
        "CONN_MAX_AGE": None,
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "members.User"

# Mail: the outbox keeps every letter; the worker hands it over here.
MAIL = mail_server(os.environ.get("MAIL_URL", ""))
MAILBOX = mailbox(os.environ.get("FOLKMOOT_IMAP", ""))  # where letters come back to; only read
UNDO_SECONDS = number("FOLKMOOT_UNDO_SECONDS", 60)  # letters leave this long after the step

METRICS_TOKEN = os.environ.get("FOLKMOOT_METRICS_TOKEN", "")  # who has it may read the numbers from elsewhere

# Whether programs in our own networks may be told of cases: then administrators can reach into these.
HOOKS_PRIVATE = bool(number("FOLKMOOT_HOOKS_PRIVATE", 0))

CLOCK_SHIFT_SECONDS = number("FOLKMOOT_CLOCK_SHIFT", 0)  # for rehearsals: how far the clock is moved

# Limits for visitors nobody knows, by source and hour; said in words when reached, never dropped.
REPORTS_PER_HOUR = number("FOLKMOOT_REPORTS_PER_HOUR", 20)
UPLOAD_BYTES_PER_HOUR = number("FOLKMOOT_UPLOAD_BYTES_PER_HOUR", 40_000_000)
LOOKUPS_PER_HOUR = number("FOLKMOOT_LOOKUPS_PER_HOUR", 30)
DRAFT_CHECKS_PER_HOUR = number("FOLKMOOT_DRAFT_CHECKS_PER_HOUR", 2_000)  # a page that answers as one types
API_CALLS_PER_HOUR = number("FOLKMOOT_API_CALLS_PER_HOUR", 6_000)  # of one token
API_VISITS_PER_HOUR = number("FOLKMOOT_API_VISITS_PER_HOUR", 600)  # of one source without a token
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 5
REQUEST_MAX_BYTES = UPLOAD_BYTES_PER_HOUR + DATA_UPLOAD_MAX_MEMORY_SIZE  # more is refused unread

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# Sign-in: passkey, or an e-mailed code and TOTP; nobody has a password.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "folkmoot.web.signin.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "folkmoot.web.signin.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _HTTPS  # http is for localhost only
MFA_TOTP_ISSUER = "Folkmoot"
MFA_TOTP_TOLERANCE = 1  # a phone whose clock is half a minute off; used codes are remembered
MFA_FORMS = {
    "authenticate": "folkmoot.web.signin.forms.SecondFactorForm",
    "authenticate_webauthn": "folkmoot.web.signin.forms.UsePasskeyForm",
    "reauthenticate": "folkmoot.web.signin.forms.ConfirmForm",
    "reauthenticate_webauthn": "folkmoot.web.signin.forms.ConfirmByPasskeyForm",
    "login_webauthn": "folkmoot.web.signin.forms.SignInByPasskeyForm",
    "activate_totp": "folkmoot.web.signin.forms.AddAppForm",
    "add_webauthn": "folkmoot.web.signin.forms.AddPasskeyForm",
    "edit_webauthn": "folkmoot.web.signin.forms.NamePasskeyForm",
}

SESSION_ENGINE = "folkmoot.web.signin.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "folkmoot.web.errors.form_expired"
SECURE_SSL_REDIRECT = _HTTPS
SECURE_REDIRECT_EXEMPT = ["^(healthz|readyz|metrics)$"]  # machines beside the server ask without a proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_HSTS_PRELOAD = _HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LOG = os.environ.get("FOLKMOOT_LOG") or "plain"
LOG_REQUESTS = bool(number("FOLKMOOT_LOG_REQUESTS", int(LOG == "json")))  # a line for each request
LOGGING = logging_settings(LOG, requests=LOG_REQUESTS)
SILENCED_SYSTEM_CHECKS: list[str] = []
BASE_DIR = Path(__file__).resolve().parents[1]
