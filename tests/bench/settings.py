"""The example site with a plain Wagtail page beside the contracts; the folder is EXAMPLE_VAR."""

from example_site.settings import *  # noqa: F403
from example_site.settings import INSTALLED_APPS


class Straight(dict[str, None]):
    """Tables as the models are, without the way of the migrations: half a minute less."""

    def __contains__(self, label: object) -> bool:
        return True

    def __getitem__(self, label: str) -> None:
        return None


INSTALLED_APPS = [*INSTALLED_APPS, "tests.bench.plain"]
MIGRATION_MODULES = Straight()
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
