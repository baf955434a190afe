"""Of two who take the copy for one showing at the same moment, one gets it and one is recorded."""

import pytest
from django.utils import timezone

from tests import signatures, tables
from tests.builders import guest
from tests.public import stages
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import NotIdentified
from wagtail_contracts.signing.flows import sealing
from wagtail_contracts.signing.models import Fetch, Identification, Purpose

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(request):
    """Of somebody whose copy goes to who types in a code, and who has done so."""
    sealed = stages.build("sealed", request)
    session = signatures.session(signatures.asked_for(sealed.kari, fetches_by="email_code"))
    Identification.objects.create(
        participant=session.participant,
        version=sealed.version,
        session=session,
        method="email_code",
        purpose=Purpose.FETCHING,
        at=timezone.now(),
    )
    return session


def test_the_second_of_two_gets_no_copy_and_no_record(session, monkeypatch):
    """Both have looked before either of them has taken it."""
    looked = signing.good_for_fetching(session)
    monkeypatch.setattr(sealing, "good_for_fetching", lambda _session: looked)
    trail, by = session.participant.party.contract.trail, guest(session.participant)

    _file, content = signing.fetch(session, link="one", by=by)
    with tables.unchanged(but=["_ratewindow"]), pytest.raises(NotIdentified):
        signing.fetch(session, link="two", by=by)

    assert content.startswith(b"%PDF-")
    assert Fetch.objects.get().identification == looked
    assert Event.objects.of(trail).named(events.DOCUMENT_DOWNLOADED).count() == 1
