"""Settings. Everything an installation may change comes from its environment; the defaults are
safe: no debugging, this machine only, and HTTPS taken for granted.

`gongkai serve` on 127.0.0.1 speaks plain HTTP and says so by GONGKAI_HTTPS=0; behind a server
that speaks TLS it is left at 1.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from gongkai.project import environment, mail

PACKAGE = Path(__file__).resolve().parents[1]
HOME = environment.home()
environment.keep_private(HOME)

DEBUG = environment.flag("GONGKAI_DEBUG", default=False)
HTTPS = environment.flag("GONGKAI_HTTPS", default=not DEBUG)
TRUSTED_PROXIES = environment.whole("GONGKAI_TRUSTED_PROXIES", default=0)
VISITOR_HEADER = environment.text("GONGKAI_VISITOR_HEADER", "X-Forwarded-For")
SECRET_KEY = environment.secret_key(HOME)
ALLOWED_HOSTS = environment.listed("GONGKAI_ALLOWED_HOSTS", default="127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = environment.listed("GONGKAI_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "rules",
    "gongkai.org",
    "gongkai.trail",
    "gongkai.publishing",
    "gongkai.casework",
    "gongkai.annual_report",
    "gongkai.jobs",
    "gongkai.api",
    "gongkai.portal",
    "gongkai.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "gongkai.api.failures.in_one_shape",
    "gongkai.project.middleware.body_limit",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gongkai.project.middleware.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "gongkai.project.urls"
WSGI_APPLICATION = "gongkai.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {
    "default": environment.database(environment.text("GONGKAI_DATABASE_URL"), HOME),
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PAGE_CACHE = environment.whole("GONGKAI_PAGE_CACHE", default=64) * 1024 * 1024
"""Bytes of public pages each process keeps; 0 keeps none."""
PAGE_CHOICES = ("django_language", "size", "contrast")
"""Cookies by which a reader chooses among the forms of a public page."""
PERSONAL_COOKIES = ("sessionid", "messages")
"""Cookies that say who somebody is, or hold what only they may read."""

CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
    # Counters that all workers must see.
    "shared": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

# Who may act

AUTH_USER_MODEL = "org.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "desk:login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# Name and address together: nobody can lock another person out, nor a whole office behind one line.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "gongkai.project.visitor.address"
AXES_LOCKOUT_TEMPLATE = "registration/locked_out.html"

# What a browser may do

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "upgrade-insecure-requests": HTTPS,
    },
}

# Whose site it is

SITE_NAME = environment.text("GONGKAI_SITE_NAME")
SITE_ID_CODE = environment.text("GONGKAI_SITE_ID_CODE")
SITE_ORGANISER = environment.text("GONGKAI_SITE_ORGANISER")
SITE_CONTACT = environment.text("GONGKAI_SITE_CONTACT")
ICP = environment.text("GONGKAI_ICP")
POLICE_RECORD = environment.text("GONGKAI_POLICE_RECORD")
SITE_URL = environment.text("GONGKAI_SITE_URL").rstrip("/")
"""Where the public reaches the site; letters print it, for whoever verifies them."""
SEAL_SERVICE = environment.text("GONGKAI_SEAL_SERVICE")
"""Dotted path of what puts an electronic seal on a letter, `(pdf, agency_code) -> pdf`."""

# What comes in

UPLOAD_LIMIT = 20 * 1024 * 1024
"""Bytes of one report; the readers refuse more by themselves."""
DATA_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT + 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
"""A page of a file that is redacted has up to a thousand boxes, beside what was found in it."""
DATA_UPLOAD_MAX_NUMBER_FILES = 50
BODY_LIMIT = 201 * 1024 * 1024
"""Bytes of one request: several reports, or one attachment of 200 MB with what goes round it."""
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
DROP_LIMIT = environment.whole("GONGKAI_DROP_LIMIT", default=20)
"""Reports one address may have read on the public page in `DROP_WINDOW` seconds; 0 is no limit."""
DROP_WINDOW = 600
APPLY_LIMIT = environment.whole("GONGKAI_APPLY_LIMIT", default=30)
"""Applications one address may send in `APPLY_WINDOW` seconds; 0 is no limit."""
APPLY_WINDOW = 600
TRACK_LIMIT = environment.whole("GONGKAI_TRACK_LIMIT", default=30)
"""Query codes one address may try in `TRACK_WINDOW` seconds, and that may be tried for one case;
0 is no limit."""
TRACK_WINDOW = 600
API_LIMIT = environment.whole("GONGKAI_API_LIMIT", default=300)
"""Requests one token may make in `API_WINDOW` seconds; 0 is no limit."""
API_WINDOW = 60
LINK_CHECK_PRIVATE = False
"""Whether links to this machine and to networks of one's own are asked, too: for tests alone."""

# What goes out

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("English"))]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

MAIL = environment.text("GONGKAI_EMAIL_URL")
"""Whether applicants are told by e-mail, and through which server."""
globals().update(mail.settings_of(MAIL))
SMS_HOOK = environment.text("GONGKAI_SMS_HOOK")
"""The installation's own function (telephone, text), by its dotted path."""
RETENTION = environment.flag("GONGKAI_RETENTION", default=False)
"""Whether the background work removes personal data of cases whose time is over."""

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "media"
FILES = HOME / "files"
"""Source files by their hash."""
PERSON_KEYS = environment.text("GONGKAI_PERSON_KEYS", str(HOME))
"""The folder of the keys that seal personal data."""
CALENDAR = HOME / "calendar"
"""The installation's own notices of days off, over those that come with the system."""
WORDS = environment.text("GONGKAI_WORDS", str(HOME / "words.toml"))
"""The installation's own wrong and sensitive expressions, added to the standard list."""

# The path of a request is logged, never its query, its body or who sent it, nor what an error says.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "gongkai.project.log_lines.LineFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("GONGKAI_LOG_LEVEL", "WARNING")},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "gongkai": {"level": "INFO"},
        # It would write user names and addresses.
        "axes": {"level": "CRITICAL"},
        # They would write what the error of a task says; jobs/queue.py writes its kind.
        "django_tasks": {"level": "CRITICAL"},
        "django_tasks_db": {"level": "CRITICAL"},
    },
}
