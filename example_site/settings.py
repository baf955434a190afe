"""The example intranet, and the settings of the tests."""

import os
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

import wagtail_contracts

ROOT = Path(__file__).resolve().parent
VAR = Path(os.environ.get("EXAMPLE_VAR", ROOT / "var"))
DEBUG = os.environ.get("EXAMPLE_DEBUG") == "1"


def kept(name: str) -> str:
    """A secret that the demo made at its first start; nothing before that."""
    path = VAR / name
    return path.read_text().strip() if path.exists() else ""


SECRET_KEY = kept("secret.txt") or "only-for-the-example-site"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
INSTALLED_APPS = [
    "example_site",
    *wagtail_contracts.APPS,
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "modelsearch",
    "modelcluster",
    "taggit",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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
DATABASES: dict[str, dict[str, Any]]
if os.environ.get("POSTGRES_DB"):
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": os.environ["POSTGRES_DB"],
            "USER": os.environ.get("POSTGRES_USER", "postgres"),
            "HOST": os.environ.get("POSTGRES_HOST", ""),
            "PORT": os.environ.get("POSTGRES_PORT", ""),
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR / "db.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
            },
            # A file: Django's test database in memory is one connection shared by all threads.
            "TEST": {"NAME": os.environ.get("EXAMPLE_TEST_DB")},
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "example_site.urls"
WAGTAIL_SITE_NAME = "Eksempel AS"
BASE_URL = os.environ.get("EXAMPLE_BASE_URL", "http://127.0.0.1:8000")
WAGTAILADMIN_BASE_URL = BASE_URL
DEMO_PORT = os.environ.get("PORT", "8000")
DEMO_ID = f"http://localhost:{DEMO_PORT}/demo-id"
DEMO_SIGNATURE = f"http://localhost:{DEMO_PORT}/demo-signature"
# The site asks itself, which no other provider of identities or signatures is.
DEMO_RULES = {
    "schemes": ("http",),
    "ports": (int(DEMO_PORT),),
    "inside": ("127.0.0.0/8", "::1/128"),
}
LOGIN_URL = "wagtailcore_login"
WAGTAIL_FRONTEND_LOGIN_TEMPLATE = "example_site/log_in.html"
USE_TZ = True
TIME_ZONE = "Europe/Oslo"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("nb", "Norsk bokmål"), ("nn", "Norsk nynorsk")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# The example asks nobody outside this machine.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "wagtail_contracts": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "private"},
    },
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ.get("EXAMPLE_SMTP_PORT", "8025"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = "intranet@eksempel.example"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "redacted": {
            "()": "wagtail_contracts.redaction.RedactingFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "redacted"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {
        "django.server": {"handlers": ["terminal"], "level": "WARNING", "propagate": False},
    },
}
PERSONS = VAR / "persons.pem"  # made by the demo, with its signature service
CHECKPOINTS = VAR / "checkpoint.pem"  # made by the demo; without it none are signed
DEMO_SIGNING = {
    "BACKEND": "example_site.remote_signing.DemoSignature",
    "OPTIONS": {
        "label": "Demo signature service",
        "url": f"{DEMO_SIGNATURE}/csc/v2",
        "client_id": "contracts",
        "client_secret": "only-for-the-demo",
        "rules": DEMO_RULES,
    },
}
WAGTAIL_CONTRACTS = {
    "CONTRACTS": {
        "PUBLIC_BASE_URL": BASE_URL,
        "DOCS_URL": "/docs/{page}/",
        "UNDO_SECONDS": int(os.environ.get("EXAMPLE_UNDO_SECONDS", "10")),
    },
    "SIGNING": {
        "SMS": {"BACKEND": "example_site.phones.DemoSms"},
        "METHODS": {
            "demo_id": {
                "BACKEND": "example_site.identities.DemoID",
                "OPTIONS": {
                    "label": "Demo ID",
                    "issuer": DEMO_ID,
                    "client_id": "contracts",
                    "client_secret": "only-for-the-demo",
                    "acr": ["demo-high"],
                    "claims": {"national_id": "pid"},
                    "rules": DEMO_RULES,
                },
            },
            **({"demo_signature": DEMO_SIGNING} if PERSONS.exists() else {}),
        },
        "LEVELS": {"demo_id": "advanced"},
    },
    "SEALING": {
        "BACKEND": "wagtail_contracts.sealing.backends.file.Pkcs12Seal",
        "OPTIONS": {"path": VAR / "seal.p12", "password_file": VAR / "seal.password"},
        "TEST_BACKEND": "wagtail_contracts.sealing.backends.file.Pkcs12Seal",
        "TEST_OPTIONS": {
            "path": VAR / "training" / "seal.p12",
            "password_file": VAR / "training" / "seal.password",
        },
        "TRUST": [VAR / "authority.pem", VAR / "training" / "authority.pem"],
        "SIGNER_TRUST": [PERSONS] if PERSONS.exists() else [],
    },
    "AUDIT": {
        "ORIGIN": "intranet.eksempel.example/audit",
        "KEY": CHECKPOINTS,
        # Beside the database it proves little: a site of yours anchors elsewhere.
        "ANCHORS": {
            "the folder of the demo": {
                "BACKEND": "wagtail_contracts.audit.backends.anchors.FileAnchor",
                "OPTIONS": {"path": VAR / "checkpoints.txt"},
            }
        },
    }
    if CHECKPOINTS.exists()
    else {},
    "TRUST_PAGE": {
        "CONTACT": "security@eksempel.example",
        "PROCESSORS": [
            {
                "NAME": "Eksempel Drift AS",
                "PURPOSE": _("runs the mail server and the SMS gateway of the demo"),
                "COUNTRY": _("Norway"),
                "SERVES": ["mail", "sms"],
            },
            {
                "NAME": "Demo ID",
                "PURPOSE": _("shows who people are"),
                "COUNTRY": _("Norway"),
                "SERVES": ["demo_id"],
            },
            {
                "NAME": "Demo signature service",
                "PURPOSE": _("signs for people with their own certificates"),
                "COUNTRY": _("Norway"),
                "SERVES": ["demo_signature"],
            },
        ],
    },
    "KEYS": kept("keys.txt").split(),
}
