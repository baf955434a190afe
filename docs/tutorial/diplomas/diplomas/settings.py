"""Diplomas of courses on plain Django, sealed so that anybody can verify them."""

from pathlib import Path

BASE = Path(__file__).resolve().parents[1]
VAR = BASE / "var"  # what the project keeps: not part of its code
TIME = VAR / "time.pem"  # the authority for time, once there is one
SECRET_KEY = "only-for-the-tutorial"  # noqa: S105
DEBUG = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
ROOT_URLCONF = "diplomas.urls"
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "courses",
    "wagtail_contracts.sealing",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "db.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
    }
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "wagtail_contracts": {  # no web server hands this out
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "sealed"},
    },
}
MEDIA_ROOT = VAR / "media"
SEALING = {
    "BACKEND": "wagtail_contracts.sealing.backends.file.Pkcs12Seal",
    "OPTIONS": {
        "path": VAR / "seal" / "seal.p12",
        "password_file": VAR / "seal" / "seal.password",
    },
    "TRUST": [VAR / "seal" / "authority.pem"],
}
if TIME.exists():
    SEALING |= {
        "LEVEL": "B-T",
        "TIMESTAMP": "http://localhost:8318/",
        "TIMESTAMP_TRUST": [TIME],
        # The authority of the tutorial runs on this machine; a real one needs none of this.
        "CALLS": {
            "schemes": ("https", "http"),
            "ports": (8318,),
            "inside": ("127.0.0.0/8", "::1/128"),
        },
    }
WAGTAIL_CONTRACTS = {"SEALING": SEALING}
