"""The example site in a folder of its own, with the mails kept in memory."""

from tests.bench.settings import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
