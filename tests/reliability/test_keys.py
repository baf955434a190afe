"""Keys that turn while the power goes: a killed run is gone on with, and nothing is lost."""

import pytest
from cryptography.fernet import Fernet
from wagtail.models import Revision

from tests import builders
from tests.reliability import kills
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Disclosure
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import AnswerDraft, Participant
from wagtail_contracts.signing.flows import privacy

AT = (10, 25, 40, 60, 80)  # steps at which a run dies, each going on from the one before


def turned():
    """How many values are under the new key, and how many are not yet."""
    found = list(privacy.under_keys())
    assert sum(place.lost for place in found) == 0
    return sum(place.current for place in found), sum(place.older for place in found)


def readable():
    """What the encrypted columns hold, and what a revision does."""
    people = Participant.objects.order_by("pk").values_list("email", "phone")
    told = Disclosure.objects.order_by("pk").values_list("salt", "value")
    drafts = AnswerDraft.objects.values_list("values", flat=True)
    kept = [revision.as_object() for revision in Revision.objects.order_by("pk")]
    parties = [party for one in kept if hasattr(one, "parties") for party in one.parties.all()]
    return [*people, *told, *drafts, *(one.email for p in parties for one in p.people.all())]


@pytest.mark.django_db(transaction=True)
def test_a_run_that_was_killed_is_gone_on_with(answered, settings, monkeypatch):
    monkeypatch.setattr("wagtail_contracts.signing.flows.privacy.rotating.BATCH", 2)
    answered.contract.save_revision()
    by = builders.guest(answered.kari)
    contracts.save_answers(answered.kari, {"remarks": "By bicycle"}, by=by)
    before, key = readable(), Fernet.generate_key().decode()
    ours = settings.WAGTAIL_CONTRACTS
    settings.WAGTAIL_CONTRACTS = {**ours, "KEYS": [key, *ours["KEYS"]]}
    whole = turned()[1]

    for at in AT:
        assert kills.killed(lambda: privacy.rotate_keys(by=SYSTEM), at), at
        assert readable() == before
    done, left = turned()
    assert 0 < done < whole, (done, left)

    privacy.rotate_keys(by=SYSTEM)

    assert turned() == (whole, 0)
    settings.WAGTAIL_CONTRACTS = {**ours, "KEYS": [key]}
    assert readable() == before
