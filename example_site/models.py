"""The front page of the example intranet."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from example_site.means import WAYS
from example_site.staff import PASSWORD, STAFF

PLACES = {
    "admin": "wagtailadmin_home",
    "contracts": "wagtail_contracts_contract:list",
    "codes": "code_app",
    "mailbox": "mailbox",
    "verify": "wagtail_contracts:verify",
}


class HomePage(Page):
    """What staff see first, with the addresses to try."""

    intro = RichTextField(blank=True, features=["bold", "italic", "link"])
    content_panels = [*Page.content_panels, FieldPanel("intro")]
    max_count = 1

    class Meta:
        verbose_name = _("front page")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the addresses, and who is who."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        places = {name: reverse(view) for name, view in PLACES.items()}
        places["kari"] = f"{places['mailbox']}?to=kari@kunde.example"
        places["course"] = reverse("wagtail_contracts:self_service", args=["kurs"])
        shown = {"places": places, "staff": STAFF, "password": PASSWORD, "ways": WAYS}
        return {**context, **shown}
