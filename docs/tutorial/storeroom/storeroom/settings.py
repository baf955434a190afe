"""A storeroom on plain Django, whose records nobody changes unseen."""

from pathlib import Path

BASE = Path(__file__).resolve().parents[1]
VAR = BASE / "var"  # what the project keeps: not part of its code
KEY = VAR / "key.txt"
SECRET_KEY = "only-for-the-tutorial"  # noqa: S105
DEBUG = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "storeroom.urls"
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "items",
    "wagtail_contracts.audit",
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
WAGTAIL_CONTRACTS = {
    "KEYS": [KEY.read_text().strip()] if KEY.exists() else [],  # encrypts personal data
    "AUDIT": {
        "ORIGIN": "storeroom.example/audit",
        "KEY": VAR / "checkpoint.pem",
        "ANCHORS": {
            "elsewhere": {
                "BACKEND": "wagtail_contracts.audit.backends.anchors.FileAnchor",
                "OPTIONS": {"path": BASE / "elsewhere" / "checkpoints.txt"},
            }
        },
    },
}
