"""S-50: one person's data, whole, and nothing of others."""

import io
import json
import os
import zipfile

import pytest
from django.core.management import call_command

from tests import builders, signatures, tables
from tests.flows.signing import test_witnessing
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import NotAllowed
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.flows import privacy
from wagtail_contracts.signing.flows.privacy import exporting

pytestmark = pytest.mark.django_db
MINE = ("Kari Nordmann", "kari@customer.example", "pay@customer.example", "203.0.113.77")
THEIRS = ("Ola", "ola@eksempel.example", "198.51.100.9")


@pytest.fixture
def taker(sales):
    return builders.actor(builders.staff("taker", sales, ("view", "export", "sensitive")))


@pytest.fixture
def boss(sales):
    return builders.actor(builders.staff("boss", sales, ("view", "administer", "sensitive")))


@pytest.fixture
def full(answered):
    """Both have been there, and said something."""
    for person, network in ((answered.kari, "203.0.113.77"), (answered.ola, "198.51.100.9")):
        guest = signing.actor_of(person, network)
        contracts.view(person, answered.version.digest, by=guest)
    signatures.sign(answered.ola)
    signatures.sign(answered.kari)
    return answered


def exported(person, by):
    made = privacy.export_person(person, by=by)
    return json.dumps(made.data, default=str, ensure_ascii=False)


def test_all_that_is_marked_with_the_person_is_in_it_and_nothing_of_others(full, taker):
    text = exported(full.kari, taker)

    assert [word for word in MINE if word not in text] == []
    assert [word for word in THEIRS if word in text] == []


def test_the_other_gets_theirs(full, taker):
    text = exported(full.ola, taker)

    assert "ola@eksempel.example" in text
    assert [
        word for word in ("Kari", "customer.example") if word in text.replace("Customer AS", "")
    ] == []


def test_a_witness_is_somebody_else_to_whoever_signed_before_them(draft, sender, taker, boss):
    at = test_witnessing.out(draft, sender, witnesses=1)
    test_witnessing.attest(at, test_witnessing.signed(at))

    text = exported(at.kari, taker)
    assert "kari@customer.example" in text
    assert [word for word in ("Wenche Vitne", "Storgata 1") if word in text] == []

    contracts.withdraw(at.contract, "Not now.", by=at.owner)
    contracts.forget(at.kari, "Kari asked for it.", by=boss)
    told = Event.objects.of(at.contract.trail).named(events.WITNESS_ATTESTED).get().disclosed()
    assert {name: told.get(name) for name in ("name", "about", "label")} == {
        "name": "Wenche Vitne",
        "about": "Storgata 1, Bergen",
        "label": None,
    }


def test_whatever_refers_to_a_person_is_in_it_or_listed_as_of_others():
    names = {
        f"{one.related_model.__name__}.{one.field.name}"
        for one in Participant._meta.get_fields(include_hidden=True)
        if one.auto_created and one.is_relation
    }

    assert exporting.OTHERS.keys() <= names
    assert {"Signature", "Identification", "Answer", "SigningSession"} <= {
        one.related_model.__name__ for one in exporting.relations()
    }


def test_no_secret_is_in_it(full, taker):
    text = exported(full.kari, taker)

    assert "secret_hash" not in text
    assert "code_hash" not in text


def test_that_it_was_taken_stands_in_our_own_trail(full, taker):
    privacy.export_person(full.kari, by=taker)

    event = Event.objects.of(full.contract.own_trail).named(events.PERSON_EXPORTED).get()
    assert event.data == {"participant": full.kari.public_id, "files": 0}


@pytest.mark.parametrize("lacking", ["export", "sensitive"])
def test_it_takes_both_rights(full, taker, sales, lacking):
    verbs = {"view", "export", "sensitive"} - {lacking}
    other = builders.actor(builders.staff("other", sales, tuple(verbs)))

    with tables.unchanged(), pytest.raises(NotAllowed):
        privacy.export_person(full.kari, by=other)

    privacy.export_person(full.kari, by=taker)


def test_the_command_writes_one_file_and_overwrites_none(full, tmp_path):
    path = tmp_path / "kari.zip"
    mask = os.umask(0o022)
    call_command("contracts_export_person", full.kari.public_id, str(path))
    os.umask(mask)

    assert path.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as held:
        data = json.loads(held.read("person.json"))
    assert data["person"]["email"] == "kari@customer.example"
    with pytest.raises(FileExistsError):
        call_command("contracts_export_person", full.kari.public_id, str(path))
