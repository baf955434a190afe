"""S-51: what is kept about a person goes, wherever it was; what others signed still verifies."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Revision

from tests import builders, signatures, tables
from tests.journeys import stage
from tests.security import s18
from wagtail_contracts import events
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import NotAllowed, ReasonMissing, WrongState
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import KeptForClaims
from wagtail_contracts.signing.flows import privacy
from wagtail_contracts.signing.flows.privacy import erasing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
EMAIL, PHONE, NETWORK = "kari@customer.example", "+4790012345", "203.0.113.77"


@pytest.fixture
def boss(sales):
    user = builders.staff("boss", sales, ("view", "administer", "sensitive"))
    return builders.actor(user)


@pytest.fixture
def ended(draft, sender):
    """Kari was shown the contract, filled in, was identified, and then it was withdrawn."""
    kari = draft.parties.get(role="customer").people.get()
    kari.phone = PHONE
    kari.save()
    draft = Contract.objects.get(pk=draft.pk)
    draft.save_revision()
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    out = stage(draft, sender)
    guest = signing.actor_of(out.kari, NETWORK)
    session = signatures.session(out.kari)
    contracts.view(out.kari, out.version.digest, by=guest)
    contracts.answer(out.kari, out.version.digest, builders.ANSWERS, by=guest)
    contracts.save_answers(out.kari, {"remarks": "20:15 QZX"}, by=guest)
    digest = signatures.digest(out.kari)
    asked = signing.ask_code(out.kari, digest, session=session, by=guest)
    signing.identify(asked, signatures.code(asked), by=guest)
    contracts.remind(out.kari, by=out.owner)
    contracts.withdraw(out.contract, "Not now.", by=out.owner)
    return stage(draft, sender)


def found(*words):
    """Those of some words that any table has: as it is stored, or as it is read."""
    everything = tables.texts()
    return [word for word in words if word in everything]


def in_revisions(person):
    """What the revisions of their contract hold of how to reach somebody, as it is stored."""
    revisions = Revision.objects.for_instance(person.party.contract)
    parties = [party for revision in revisions for party in revision.content["parties"]]
    people = [one for party in parties for one in party["people"]]
    mine = [one for one in people if one["public_id"] == person.public_id]
    return [one[name] for one in mine for name in ("email", "phone") if one[name]]


def test_it_is_gone_from_every_table_and_the_rest_still_verifies(ended, boss):
    marks = (EMAIL, PHONE, NETWORK, "20:15 QZX")
    assert found(*marks) == list(marks)
    assert (len(in_revisions(ended.kari)), len(in_revisions(ended.ola))) == (3, 2)

    privacy.erase_person(ended.kari, "Kari asked for it.", by=boss)

    assert found(*marks) == []
    assert (len(in_revisions(ended.kari)), len(in_revisions(ended.ola))) == (0, 2)
    assert not Contract.objects.called(EMAIL).exists()
    audit.verify(ended.contract.trail, deep=True)
    assert s18.codes() == []


def test_the_trail_says_that_it_was_erased_and_why(ended, boss):
    privacy.erase_person(ended.kari, "Kari asked for it.", by=boss)

    event = Event.objects.of(ended.contract.trail).named(events.DISCLOSURE_ERASED).get()
    assert event.data["participant"] == ended.kari.public_id
    assert event.data["ground"] == "GDPR art. 17"
    assert len(event.data["commitments"]) > 3
    assert event.disclosed()["reason"] == "Kari asked for it."
    assert event.label == "Boss Nordmann"


def test_others_keep_what_is_theirs(ended, boss):
    privacy.erase_person(ended.kari, "Kari asked for it.", by=boss)

    assert Participant.objects.get(pk=ended.ola.pk).email == "ola@eksempel.example"
    for name in (events.CONTRACT_SENT, events.PARTICIPANT_REMINDED):
        event = Event.objects.of(ended.contract.trail).named(name).get()
        assert event.label == "Ola Nordmann", name
    assert Participant.objects.get(pk=ended.kari.pk).name == "Kari Nordmann"  # a version names her


def test_who_is_in_no_version_loses_the_name_too(sent, boss):
    person = contracts.NewPerson("Rune Leser", "rune@customer.example")
    reader = contracts.add_person(sent.kari.party, person, "reader", by=sent.owner)
    contracts.revoke_access(reader, "Not needed.", by=sent.owner)
    assert found("Rune Leser") == ["Rune Leser"]

    privacy.erase_person(reader, "Rune asked for it.", by=boss)

    assert found("Rune Leser", "rune@customer.example") == []
    assert Participant.objects.get(pk=reader.pk).name == "Erased person"


@pytest.mark.parametrize("lacking", ["administer", "sensitive"])
def test_it_takes_both_rights(ended, boss, sales, lacking):
    verbs = {"view", "administer", "sensitive"} - {lacking}
    other = builders.actor(builders.staff("other", sales, tuple(verbs)))

    with tables.unchanged(), pytest.raises(NotAllowed):
        privacy.erase_person(ended.kari, "Kari asked for it.", by=other)

    privacy.erase_person(ended.kari, "Kari asked for it.", by=boss)


def test_it_takes_a_reason(ended, boss):
    with tables.unchanged(), pytest.raises(ReasonMissing):
        privacy.erase_person(ended.kari, " ", by=boss)

    privacy.erase_person(ended.kari, "Kari asked for it.", by=boss)


def test_who_takes_part_still_is_not_erased(sent, boss):
    with tables.unchanged(), pytest.raises(WrongState):
        privacy.erase_person(sent.kari, "Kari asked for it.", by=boss)

    contracts.withdraw(sent.contract, "Not now.", by=sent.owner)
    privacy.erase_person(sent.kari, "Kari asked for it.", by=boss)


def test_who_has_signed_is_not_erased_before_the_period_is_over(answered, boss, monkeypatch):
    signatures.sign_all(answered)
    with tables.unchanged(), pytest.raises(KeptForClaims, match=r"until \d+ \w+ 20\d\d;"):
        privacy.erase_person(answered.kari, "Kari asked for it.", by=boss)

    over = timezone.now() + timedelta(days=366 * 10)
    monkeypatch.setattr(erasing.timezone, "now", lambda: over)
    privacy.erase_person(answered.kari, "Kari asked for it.", by=boss)

    assert found(EMAIL) == []
    audit.verify(answered.contract.trail, deep=True)
    assert s18.codes() == ["seal_waiting"]  # by the clock of this test


def test_the_command_erases_or_says_why_not(answered, boss):
    signatures.sign_all(answered)
    with pytest.raises(CommandError, match="legal claims"):
        call_command("contracts_erase_person", answered.kari.public_id, "asked")
    with pytest.raises(CommandError, match="no participant"):
        call_command("contracts_erase_person", "x" * 22, "asked")


def test_the_command_erases(ended):
    call_command("contracts_erase_person", ended.kari.public_id, "Kari asked for it.")

    assert found(EMAIL) == []
