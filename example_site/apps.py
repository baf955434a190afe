"""The example intranet in Django."""

from django.apps import AppConfig


class ExampleConfig(AppConfig):
    """Front page, mailbox and demo data."""

    name = "example_site"
    default_auto_field = "django.db.models.BigAutoField"
