"""Ready-made page types; leave this app out to use page types of your own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TemplatePagesConfig(AppConfig):
    """An optional app within contracts."""

    name = "wagtail_contracts.contracts.template_pages"
    label = "wagtail_contracts_template_pages"
    verbose_name = _("Contract templates")
    default_auto_field = "django.db.models.BigAutoField"
