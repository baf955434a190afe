"""From a row to a sealed file."""

from datetime import UTC, datetime

from django.db import transaction
from django.template.loader import render_to_string

from courses.models import Diploma
from wagtail_contracts.actors import Actor
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.sealing.rendering import Document, document

TAG = "courses.example/diploma/v1"  # what such a record is; another form of it is v2


def printed(diploma: Diploma) -> Document:
    """The page, and the record of what it says."""
    record = {
        "course": diploma.course,
        "diploma": diploma.pk,
        "name": diploma.name,
        "passed_on": diploma.passed_on.isoformat(),
    }
    page = render_to_string("courses/diploma.html", {"diploma": diploma})
    return document(page, record, tag=TAG, at=datetime.now(UTC))


def issue(diploma: Diploma, *, by: Actor) -> SealedFile:
    """Seal a diploma and keep the file. Printing and sealing happen outside the transaction."""
    subject, bundle = printed(diploma)
    sealed = sealing.seal(bundle)
    name = sealing.store(sealed)
    with transaction.atomic():
        kept = sealing.keep(subject, sealed, name, by=by)
        Diploma.objects.filter(pk=diploma.pk).update(subject=subject)
    return kept
