"""Settings shared by every environment; all that varies comes from environment variables."""

from pathlib import Path
from typing import Any

import environ
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from mindmove.settings.admin import ADMIN_CSP as ADMIN_CSP  # noqa: PLC0414 - settings, for whoever imports this
from mindmove.settings.admin import UNFOLD as UNFOLD  # noqa: PLC0414
from mindmove.settings.api import API_APP_MINIMUMS as API_APP_MINIMUMS  # noqa: PLC0414
from mindmove.settings.api import API_FORM_MOST_BYTES as API_FORM_MOST_BYTES  # noqa: PLC0414
from mindmove.settings.api import API_LIMITS as API_LIMITS  # noqa: PLC0414
from mindmove.settings.api import REST_FRAMEWORK as REST_FRAMEWORK  # noqa: PLC0414
from mindmove.settings.api import SPECTACULAR_SETTINGS as SPECTACULAR_SETTINGS  # noqa: PLC0414
from mindmove.settings.carriers import OF_BROWSERS, SMTP_BACKEND, mailers
from mindmove.settings.celery import celery_settings
from mindmove.settings.database import database_settings
from mindmove.settings.maps import tile_host

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))  # all that the site writes on this machine

SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # former keys: what they sealed is read still
DEBUG = False
DEVTOOLS = False  # the local mailbox and the style guide
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
SITE_NAME = "MindMove"
SITE_ORIGIN = env.str("SITE_ORIGIN", default="http://127.0.0.1:8000")
ROOT_URLCONF = "mindmove.urls"
WSGI_APPLICATION = "mindmove.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "modeltranslation",
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.headless",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "django_htmx",
    "rules.apps.AutodiscoverRulesConfig",
    "core",
    "accounts",
    "notifications",
    "moderation",
    "library",
    "plans",
    "groups",
    "reminders",
    "mindmove",
]

SILENCED_SYSTEM_CHECKS = ["fields.E323", "models.E050"]  # core.E001 asks in their place what would be left behind

MIDDLEWARE = [
    "core.health.ProbeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "accounts.middleware.LastingSessionMiddleware",
    "core.middleware.PagesSlashMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.SessionPersonMiddleware",
    "accounts.token_bounds.AskerMiddleware",
    "accounts.middleware.PersonLocaleMiddleware",
    "accounts.middleware.PersonTimeZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.PrivateByDefaultMiddleware",
    "core.middleware.AdminPolicyMiddleware",
    "library.middleware.FreshContentMiddleware",
    "accounts.leaving_bounds.LeavingMiddleware",
    "accounts.middleware.WelcomeMiddleware",
    "accounts.limits.LimitMiddleware",
    "accounts.app_versions.AppVersionMiddleware",
    "core.program_input.ProgramInputMiddleware",
    "accounts.once.OnceMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "core.templates.GuardedTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.site",
            ],
            "builtins": ["core.templatetags.ui"],
        },
    }
]

DATABASES = {"default": database_settings(f"sqlite:///{VAR_DIR / 'mindmove.sqlite3'}")}

# Tries at sign-in are counted here, so it must not be able to go away alone (docs/decisions/0004).
COUNTERS = {
    "BACKEND": "core.cache.CounterCache",
    "LOCATION": "cache",
    "KEY_FUNCTION": "core.cache.hashed_key",
    "OPTIONS": {"MAX_ENTRIES": 20_000},
}
CACHES: dict[str, dict[str, Any]] = {
    "default": COUNTERS,
    "counters": COUNTERS,  # counts of the API while Redis is away
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"},
}
PAGE_CACHE_SECONDS = 300  # how long the site keeps a public page as visitors get it; 0: not at all

REDIS_URL = env.str("REDIS_URL", default="")
globals().update(celery_settings(redis_url=REDIS_URL, var_dir=VAR_DIR))

# People and sign-in ------------------------------------------------------------------------------
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "accounts.backends.LeavingToo",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
# `login_failed` counts per account and address, `login_failed_account` per account from anywhere.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "login_failed_account": "100/h/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_FORMS = {
    name: f"accounts.entrance_forms.{form}"
    for name, form in {
        "add_email": "AddEmailForm",
        "change_email": "ChangeEmailForm",
        "change_password": "ChangePasswordForm",
        "confirm_email_verification_code": "ConfirmEmailForm",
        "confirm_password_reset_code": "ConfirmResetForm",
        "login": "LoginForm",
        "reauthenticate": "ReauthenticateForm",
        "reset_password": "ResetPasswordForm",
        "reset_password_from_key": "ResetPasswordKeyForm",
        "set_password": "SetPasswordForm",
        "signup": "SignupForm",
    }.items()
}
# A code holds for its half minute and works once. Accepting its neighbours too would let one be used twice.
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "accounts.second_factor.SecondFactorAdapter"
MFA_TOTP_ISSUER = SITE_NAME
MFA_FORMS = {
    "authenticate": "accounts.entrance_forms.SecondFactorForm",
    "reauthenticate": "accounts.entrance_forms.SecondFactorAgainForm",
    "activate_totp": "accounts.entrance_forms.ActivateForm",
}
HEADLESS_ADAPTER = "accounts.adapters.HeadlessAdapter"
HEADLESS_ONLY = False
HEADLESS_TOKEN_STRATEGY = "accounts.session_tokens.OneQuery"
HEADLESS_CLIENTS = ("app",)
HEADLESS_SERVE_SPECIFICATION = False
USERSESSIONS_TRACK_ACTIVITY = False
USERSESSIONS_ADAPTER = "accounts.adapters.SessionsAdapter"
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600  # seconds, after it was last used
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

HELP_REGION_COOKIE = "help_region"  # where somebody asked us to remember to look for help; gone when they sign out

# Check-ins: which questionnaires are offered, and where the operator keeps their words (docs/operating.md)
CHECK_IN_SCALES = [key.strip().lower() for key in env.list("CHECK_IN_SCALES", default=[])]
CHECK_IN_ITEMS_DIR = env.str("CHECK_IN_ITEMS_DIR", default="")

# Languages and time ------------------------------------------------------------------------------
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en", "zh-hans")
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["mindmove.formats"]

# Static files and uploads ------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"

# Mail --------------------------------------------------------------------------------------------
EMAIL_BACKEND_PATH = env.str("EMAIL_BACKEND", default=SMTP_BACKEND)
MAILERS = mailers(env, EMAIL_BACKEND_PATH)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="MindMove <hello@mindmove.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Push (docs/operating.md) ------------------------------------------------------------------------
PUSH_SERVICES = [*OF_BROWSERS, *env.list("PUSH_SERVICES", default=[])]
PUSH_SINKS: list[str] = []  # tests: addresses on this machine that messages may go to, over plain http
VAPID_PRIVATE_KEY = env.str("VAPID_PRIVATE_KEY", default="")  # without one there is no push
VAPID_KEY_FILE: Path | None = None  # a developer's machine makes a key and keeps it here
# How many messages a second a provider takes from all senders together, by channel; 0: as many as we have
SEND_RATES = {
    "email": env.float("MAIL_RATE_PER_SECOND", default=0),
    "push": env.float("PUSH_RATE_PER_SECOND", default=0),
}

METRICS_TOKEN = env.str("METRICS_TOKEN", default="")  # empty: there is no /metrics

# Security ----------------------------------------------------------------------------------------
# A map of tiles is shown, and the one host allowed, only when the operator names it: https://…/{z}/{x}/{y}.png
MAP_TILES = env.str("MAP_TILES", default="")
MAP_CREDIT = env.str("MAP_CREDIT", default="")
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:", *([tile_host(MAP_TILES)] if MAP_TILES else [])],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
}
DEFAULT_EXCEPTION_REPORTER = "core.error_reports.KindAndPlace"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
