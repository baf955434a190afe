"""The app in Django."""

from django.apps import AppConfig


class ItemsConfig(AppConfig):
    """Things in a storeroom."""

    name = "items"

    def ready(self) -> None:
        """Declare what is recorded."""
        from items import kinds  # noqa: F401 - declares
