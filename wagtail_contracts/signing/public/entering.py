"""What happens when somebody has shown who they are, and may read."""

from __future__ import annotations

from django.http import HttpResponse

from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.public import visitors
from wagtail_contracts.signing.public.landing import looked
from wagtail_contracts.signing.public.page import ParticipantPage


def opened(page: ParticipantPage, response: HttpResponse) -> HttpResponse:
    """Go on with a new secret of the session, on a device that is known from now."""
    person, request = page.participant, page.request
    had = visitors.device_of(request, person.public_id)
    if made := signing.note_device(person, had, by=page.by):
        visitors.remember_device(request, response, person.public_id, made)
    looked(page.session, page.by)
    secret = signing.renew(page.session, by=page.by)
    visitors.remember(request, response, page.session, secret)
    return response
