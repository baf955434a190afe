"""The front page of the example intranet."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class HomePage(Page):
    """What staff see first, with the addresses to try."""

    intro = RichTextField(blank=True, features=["bold", "italic", "link"])
    content_panels = [*Page.content_panels, FieldPanel("intro")]
    max_count = 1

    class Meta:
        verbose_name = _("front page")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the addresses to try."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        addresses = {
            _("Contracts in the admin"): reverse("wagtail_contracts_contract:list"),
            _("Mailbox: every mail that was sent"): reverse("mailbox"),
            _("Check a signed PDF"): reverse("wagtail_contracts:verify"),
        }
        return {**context, "addresses": addresses}
