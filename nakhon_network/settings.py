"""Settings, read from the environment (`.env.example` lists every name).

Three profiles: `production` (the default, refuses to start unsafe), `demo` (what `make demo` serves) and
`development` (DEBUG, style guide). Demo and development keep their database and key under `var/`.
"""

import sqlite3
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

PROFILE = env.str("PROFILE", default="production")
if PROFILE not in {"production", "demo", "development"}:
    raise ImproperlyConfigured(f"PROFILE is {PROFILE!r}; give production, demo or development.")
PRODUCTION = PROFILE == "production"
DEBUG = PROFILE == "development"

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)


def _local_secret_key() -> str:
    """A key of this checkout's own, made on first use and readable by its owner only."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key(), encoding="utf-8")
    return path.read_text(encoding="utf-8")


SECRET_KEY = env.str("SECRET_KEY", default="") if PRODUCTION else _local_secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
if PRODUCTION and (len(SECRET_KEY) < 50 or SECRET_KEY.startswith("sample")):
    raise ImproperlyConfigured("SECRET_KEY is missing, short or the sample: give 50 or more random characters.")
if PRODUCTION and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS is empty or open to all: name the host people will visit.")

# The network's own province (DOPA code) and its short name on every page.
HOME_PROVINCE = env.str("HOME_PROVINCE", default="80")

INSTALLED_APPS = [
    "nakhon_network.apps.NakhonNetworkConfig",
    "tambon_survey",
    "meetings",
    "organizations",
    "nakhon_network.apps.NakhonAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "django_htmx",
    "import_export",
    "lucide",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "nakhon_network.middleware.brotli_pages",
    "nakhon_network.middleware.private_pages",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "nakhon_network.middleware.readable_cookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "nakhon_network.middleware.language_by_switch",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organizations.sessions.idle_limit",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "nakhon_network.urls"
WSGI_APPLICATION = "nakhon_network.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nakhon_network.home.page_frame",
            ],
            "builtins": [
                "nakhon_network.templatetags.icons",
                "nakhon_network.templatetags.privacy",
                "nakhon_network.templatetags.thai",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
            ],
        },
    }
]
FORM_RENDERER = "nakhon_network.forms.PageRenderer"

# ---- database -------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR}/nakhon.sqlite3")}
DATABASE = DATABASES["default"]
DATABASE["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    # A corruption bug in WAL resets is mended in 3.51.3 and in these two maintained branches only.
    _version = sqlite3.sqlite_version_info
    SQLITE_WAL_SAFE = _version >= (3, 51, 3) or (_version[:2] in {(3, 50), (3, 44)} and _version[2] >= 6)
    if _version[:2] == (3, 50):
        SQLITE_WAL_SAFE = _version[2] >= 7
    _journal = "WAL" if SQLITE_WAL_SAFE else "DELETE"
    DATABASE["ENGINE"] = "nakhon_network.lib.sqlite_in_turn"
    DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode={_journal}; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }
else:
    DATABASE["CONN_HEALTH_CHECKS"] = True
    DATABASE.setdefault("OPTIONS", {})["options"] = "-c statement_timeout=30000 -c lock_timeout=10000"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# ---- people ---------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "organizations.User"
AUTHENTICATION_BACKENDS = ["organizations.accounts.NameEmailOrPhoneBackend"]
PASSWORD_HASHERS = [
    "organizations.accounts.Argon2idHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "organizations.accounts.AccountAdapter"
ACCOUNT_USER_DISPLAY = "organizations.accounts.display"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_FORMS = {
    "login": "organizations.forms.accounts.SignInForm",
    "change_password": "organizations.forms.accounts.ChangePasswordForm",
    "set_password": "organizations.forms.accounts.SetPasswordForm",
    "reset_password": "organizations.forms.accounts.ResetPasswordForm",
    "reset_password_from_key": "organizations.forms.accounts.ResetPasswordKeyForm",
    "reauthenticate": "organizations.forms.accounts.ReauthenticateForm",
}
# Per account, and per account at one address; never per address alone: a meeting room shares one.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "30/h/key",
    "login_failed_here": "5/15m/key",
    "reset_password": "5/h/key",
    "reset_password_from_key": None,
}
# The open data: for a visitor per address, for a program per token.
OPEN_DATA_RATES = {"open_data": "120/m/ip", "open_data_token": "300/m/key"}
# Pages that look through every table for one person: per account.
WHOLE_SEARCH_RATES = {"whole_search": "30/15m/key"}
# The TLS proxy in front of the production server says which address a visitor has.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if PRODUCTION else 0
SOCIALACCOUNT_ADAPTER = "organizations.accounts.SocialAccountAdapter"
USERSESSIONS_TRACK_ACTIVITY = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Nakhon Network"
MFA_FORMS = {
    "authenticate": "organizations.forms.accounts.AuthenticateForm",
    "reauthenticate": "organizations.forms.accounts.ReauthenticateCodeForm",
    "activate_totp": "organizations.forms.accounts.ActivateCodeForm",
    "add_webauthn": "organizations.forms.accounts.PasskeyAddForm",
    "edit_webauthn": "organizations.forms.accounts.PasskeyEditForm",
    "login_webauthn": "organizations.forms.accounts.PasskeyLoginForm",
    "authenticate_webauthn": "organizations.forms.accounts.PasskeyAuthenticateForm",
    "reauthenticate_webauthn": "organizations.forms.accounts.PasskeyReauthenticateForm",
}
MFA_RATE_LIMITS = {"webauthn_login": None}
# Nobody signs up by themselves, so nobody can sit on the e-mail of somebody else.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

# LINE login exists only where both names are given.
LINE_CHANNEL_ID = env.str("LINE_CHANNEL_ID", default="")
LINE_CHANNEL_SECRET = env.str("LINE_CHANNEL_SECRET", default="")
if LINE_CHANNEL_ID and LINE_CHANNEL_SECRET:
    INSTALLED_APPS.append("allauth.socialaccount.providers.line")
    SOCIALACCOUNT_PROVIDERS = {"line": {"APP": {"client_id": LINE_CHANNEL_ID, "secret": LINE_CHANNEL_SECRET}}}

# Idle time until a session ends, in seconds (phones are shared).
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=8 * 60 * 60)
SESSION_IDLE_SECONDS_STAFF = env.int("SESSION_IDLE_SECONDS_STAFF", default=30 * 60)
SESSION_COOKIE_AGE = ACCOUNT_SESSION_COOKIE_AGE = SESSION_IDLE_SECONDS
# Cheap phones close a browser in the background at any time: the cookie outlives it, up to the idle limit.
ACCOUNT_SESSION_REMEMBER = True
SESSION_ENGINE = "organizations.session_store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "nakhon_network.errors.csrf_failure"
INVITATION_DAYS = 14

# ---- language and time ----------------------------------------------------------------------------------------
LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "nakhon_network/locale", BASE_DIR / "nakhon_network/locale_packages"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True

# ---- files ----------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "nakhon_network.lib.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# ---- web ------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, "https://access.line.me"] if LINE_CHANNEL_ID else [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    LANGUAGE_COOKIE_SECURE = True
    ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
else:
    # Other programs are served from the same host name on a developer's machine.
    SESSION_COOKIE_NAME = "nakhon_session"
    CSRF_COOKIE_NAME = "nakhon_csrf"

# ---- mail and log ---------------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="no-reply@localhost")
ADMINS = [("", address) for address in env.list("ADMIN_EMAILS", default=[])]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {
        "discreet": {"()": "nakhon_network.logs.Discreet"},
        "served": {"()": "django.utils.log.RequireDebugFalse"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["discreet"]},
        "mail": {
            "class": "django.utils.log.AdminEmailHandler",
            "level": "ERROR",
            "filters": ["discreet", "served"],
            "reporter_class": "nakhon_network.logs.TraceReporter",
        },
    },
    "loggers": {"django": {"handlers": ["mail"]}},
    "root": {
        "handlers": ["console"],
        "level": env.str("LOG_LEVEL", default="INFO" if PRODUCTION else "WARNING"),
    },
}
