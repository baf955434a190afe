"""What the outbox runs for self-service. Each is safe to repeat."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.models import SelfService, Visit
from wagtail_contracts.contracts.rendering.around import spoken
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing.flows import visiting
from wagtail_contracts.signing.rendering import visits


def send_visit(message: Message) -> None:
    """Mail a visitor the link by which they begin; the worker makes it, so no row ever holds it."""
    found = Visit.objects.select_related("service__workspace", "service__template")
    visit = found.select_related("service__owner").filter(pk=message.keys["visit"]).first()
    if visit is None or (secret := visiting.visit_secret(visit, by=SYSTEM)) is None:
        return
    with translation.override(spoken(visit.language)):
        visits.confirmation(visit, secret, identity=message.public_id).send()


def tell_away(message: Message) -> None:
    """Tell whoever is responsible that visitors are turned away."""
    found = SelfService.objects.select_related("workspace", "template", "owner")
    service = found.filter(pk=message.keys["service"]).first()
    if service is None or not (service.owner.email and service.owner.is_active):
        return
    profile = getattr(service.owner, "wagtail_userprofile", None)
    language = (profile and profile.preferred_language) or settings.LANGUAGE_CODE
    with translation.override(spoken(language)):
        visits.turned_away(service, message.keys["why"], identity=message.public_id).send()


def forget() -> None:
    """Remove what visitors typed and never confirmed."""
    visiting.forget_visits(by=SYSTEM)
