"""Django's settings, from one reading of the environment (`environment.py`); `.env.example` lists them."""

import os
from decimal import FloatOperation, getcontext
from pathlib import Path
from typing import Any, Final

from inkseal.project.environment import ROOT, Reader
from inkseal.project.production import production_faults
from inkseal.project.secrets import NONE, ensure_demo_secrets

getcontext().traps[FloatOperation] = True  # money and ratios never pass through a float unnoticed

PACKAGE: Final = Path(__file__).resolve().parents[1]

env: Final = Reader(os.environ)

# where things are
VAR_DIR = env.path("VAR_DIR", ROOT / "var")
KEYS_DIR = env.path("KEYS_DIR", VAR_DIR / "keys")
FONT_DIRS = [Path(p) for p in env.words("FONT_DIRS", str(ROOT / "node_modules" / "@expo-google-fonts"))]
TEMPLATE_DIR = env.path("TEMPLATE_DIR", ROOT / "contract-templates")

# the service
#: Demo mode: local keys are made by themselves, mail goes to the built-in mail box that a local page shows.
DEMO = env.flag("DEMO", default=False)
#: Where the public pages find the invented people and the mail box; read in demo mode only.
DEMO_PEOPLE = "inkseal.project.demo.people"
DEMO_MAILBOX = "inkseal.project.mailbox.received"
DEBUG = False
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'inkseal.db'}")}
#: One machine, one file: migrated at start, the worker is a child of the server.
EMBEDDED = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
_local = ensure_demo_secrets(KEYS_DIR) if EMBEDDED or DEMO else NONE
REGION = env.number("REGION", 1)
BASE_URL = env.text("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", "")
SECRET_KEY = env.text("SECRET_KEY") or _local.secret_key
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", "")
#: Master keys of the vault, active one first: "id:base64,id:base64" (32 bytes each), and the blind index key.
MASTER_KEYS = env.text("MASTER_KEYS") or _local.master_keys
BLIND_INDEX_KEY = env.text("BLIND_INDEX_KEY") or _local.blind_index_key
#: Under these too values are found, while the blind index key is being changed (docs/operations/keys.md).
BLIND_INDEX_OLD_KEYS = env.words("BLIND_INDEX_OLD_KEYS", "")
#: Key of the codes on contract pages (base64, 32 bytes).
PAGE_CODE_KEY = env.text("PAGE_CODE_KEY") or _local.page_code_key
#: The company seal: an encrypted PKCS#12 file, its passphrase, and the roots that verification trusts.
SEAL_KEY_FILE = env.path("SEAL_KEY", KEYS_DIR / "seal.p12")
SEAL_KEY_PASSPHRASE = env.text("SEAL_KEY_PASSPHRASE") or _local.seal_key_passphrase
TRUST_ROOTS = env.path("TRUST_ROOTS", KEYS_DIR / "roots.pem")
TIME_STAMP_URL = env.text("TIME_STAMP_URL")
#: Who submitted a contract does not audit it (contracts-2, C3.9).
FOUR_EYES = env.flag("FOUR_EYES", default=True)
#: What a monitor sends as bearer token to /metrics; without one there is no such page.
METRICS_TOKEN = env.text("METRICS_TOKEN")
WORKER_LEASE_SECONDS = env.number("WORKER_LEASE_SECONDS", 60)
#: How often one of the workers looks for authors to be reminded.
REMINDER_INTERVAL_SECONDS = env.number("REMINDER_INTERVAL_SECONDS", 900)

# Django
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "csp",
    "inkseal.ids",
    "inkseal.vault",
    "inkseal.evidence",
    "inkseal.outbox",
    "inkseal.catalog",
    "inkseal.contracts",
    "inkseal.notices",
    "inkseal.portal",
    "inkseal.desk",
    "inkseal.public",
    "inkseal.project",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "inkseal.project.urls"
WSGI_APPLICATION = "inkseal.project.wsgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "inkseal.project.middleware.language_middleware",
    "inkseal.project.metrics.refusal_middleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "inkseal.project.middleware.clock_middleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "inkseal.project.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "desk:sign-in"
LOGIN_REDIRECT_URL = "desk:queue"
LOGOUT_REDIRECT_URL = "desk:sign-in"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours: ten tries in fifteen minutes (ASVS 6.3.1)
#: By account, wherever the tries come from. By address as well, one office behind one address, or everybody behind
#: a proxy, could be locked out by a stranger; by address alone, many addresses could guess one password.
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

# language and time
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [PACKAGE / "project" / "locale"]

# files
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024  # a picture of the allowed size stays in memory, no temporary file
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# mail
EMAIL_HOST = env.text("SMTP_HOST", "127.0.0.1")
EMAIL_PORT = env.number("SMTP_PORT", 8025)
EMAIL_HOST_USER = env.text("SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("SMTP_TLS", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "Inkseal <contracts@inkseal.example>")
#: Where push messages to authors go; without one, authors are written to by e-mail alone.
PUSH_URL = env.text("PUSH_URL")
if PUSH_URL and not PUSH_URL.startswith(("https://", "http://")):
    env.faults.append("INKSEAL_PUSH_URL: write an address that begins with https:// or http://")

# browser safety
SECURE = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
#: No script reads a cookie: the token of a form stands in the form.
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # a load balancer asks over plain HTTP
#: Only a proxy that sets this header itself makes it true; without one anybody could send it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY", default=False) else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# logs
LOGGING_CONFIG = "inkseal.project.logs.configure"
LOGGING = {"level": env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))}
SILENCED_SYSTEM_CHECKS = [
    # It warns of limits that another browser or cookie gets round; a limit by account asks for neither (see above).
    "axes.W006",
    # Whether every subdomain of a publisher is served by HTTPS, and may be so for years, is not ours to promise.
    "security.W005",
    "security.W021",
]

if not (EMBEDDED or DEMO):
    env.faults.extend(
        production_faults(
            {
                "SECRET_KEY": SECRET_KEY,
                "MASTER_KEYS": MASTER_KEYS,
                "BLIND_INDEX_KEY": BLIND_INDEX_KEY,
                "BLIND_INDEX_OLD_KEYS": ",".join(BLIND_INDEX_OLD_KEYS),
                "PAGE_CODE_KEY": PAGE_CODE_KEY,
                "BASE_URL": BASE_URL,
                "ALLOWED_HOSTS": ",".join(ALLOWED_HOSTS),
            }
        )
    )
env.done()
