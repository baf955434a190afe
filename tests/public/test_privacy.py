"""S-53: whoever reads or signs is told what is kept of them, before they sign."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.public import visits
from tests.public.markup import faults, read
from tests.public.test_reporting import link, reported, send
from tests.security import s18
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import WorkspaceText
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.flows import alerting, privacy
from wagtail_contracts.signing.models import Identification, Signature
from wagtail_contracts.signing.rendering import recorded, register

pytestmark = pytest.mark.django_db(transaction=True)
NOTICE = reverse("wagtail_contracts:privacy")
TITLES = {"en": "Privacy notice", "nb": "Personvernerklæring", "nn": "Personvernerklæring"}
SIGNED = {"identification.completed", "signature.given"}


def links(answer):
    return [link["href"] for link in read(answer.content).all("a") if link.get("href")]


@pytest.mark.parametrize("language", TITLES)
def test_everybody_reads_the_notice_in_a_language_of_the_site(client, db, language):
    answer = client.get(NOTICE, {"language": language})

    assert (answer.status_code, answer["Content-Language"]) == (200, language)
    assert faults(answer.content) == []


def test_the_notice_says_everything_that_the_register_does(client, sales):
    text = read(client.get(NOTICE, {"language": "en"}).content).text

    for kept in register.retention():
        assert [
            part for part in (kept.data, kept.purpose, kept.basis, kept.period) if part not in text
        ] == []
    assert [line for line in recorded.lines() if line not in text] == []


def test_of_a_contract_it_names_who_is_responsible_and_their_own_period(sent):
    workspace = sent.contract.workspace
    workspace.retention_months = 36
    workspace.save()
    client = visits.enter(sent.kari)

    text = read(client.get(visits.page("my_privacy", sent.kari)).content).text

    assert "Eksempel AS" in text
    assert workspace.contact_email in text
    assert "3 years after it was signed" in text


def test_a_workspace_says_it_in_its_own_words(sent):
    own = {"subject": "How we treat data", "body": "Carefully QZX."}
    WorkspaceText.objects.create(
        workspace=sent.contract.workspace, kind="help_privacy", language="en", **own
    )
    client = visits.enter(sent.kari)

    text = read(client.get(visits.page("my_privacy", sent.kari)).content).text

    assert "How we treat data" in text
    assert "Carefully QZX." in text
    assert "Carefully QZX." not in read(client.get(visits.page("my_help", sent.kari)).content).text


def test_every_page_that_an_outsider_reads_leads_to_it(sent):
    client = visits.enter(sent.kari)
    mine = visits.page("my_privacy", sent.kari)
    for name in ("contract", "my_help", "threads", "decline", "people"):
        assert mine in links(client.get(visits.page(name, sent.kari))), name
    visits.answer(client, sent.kari)
    assert mine in links(client.get(visits.page("sign", sent.kari)))
    for name in ("help", "verify", "report"):
        found = links(client.get(reverse(f"wagtail_contracts:{name}")))
        assert f"{NOTICE}?language=en" in found, name
    assert f"{NOTICE}?language=en" in links(client.get(visits.landing(sent.kari)))
    assert f"{NOTICE}?language=en" in links(client.get(f"/c/{'x' * 43}/"))


def test_what_is_recorded_is_listed_before_one_signs(answered):
    client = visits.enter(answered.kari)

    text = read(client.get(visits.page("sign", answered.kari)).content).text

    assert [line for line in recorded.lines() if line not in text] == []


def test_the_list_is_what_a_signature_leaves_behind(answered):
    client = visits.enter(answered.kari)
    visits.sign(client, answered.kari)
    Signature.objects.get(participant=answered.kari)

    listed = {name for _words, names in recorded.RECORDED for name in names}

    columns = {
        f"{model.__name__}.{field.name}"
        for model in (Signature, Identification)
        for field in model._meta.local_concrete_fields
        if not field.primary_key
    }
    events = Event.objects.of(answered.contract.trail).named(*SIGNED)
    assert {event.name for event in events} == SIGNED
    assert listed == columns | {kind for event in events for kind in event.commitments}


def test_of_a_look_the_network_is_kept_and_of_a_signature_the_address(answered):
    client = Client(REMOTE_ADDR="203.0.113.77")
    visits.enter(answered.kari, client)
    client.get(visits.page("contract", answered.kari))
    visits.sign(client, answered.kari)

    told = Event.objects.of(answered.contract.trail).by(answered.kari.public_id, kind="participant")
    kept = {event.name: event.disclosures["address"] for event in told}

    assert kept["contract.viewed"] == "203.0.113.0"
    assert kept["signature.given"] == "203.0.113.77"


def boss(at):
    rights = ("view", "administer", "sensitive", "export")
    return builders.actor(builders.staff("boss", at.contract.workspace, rights))


def test_whoever_asked_for_somebody_reads_no_name_once_it_was_erased(sent):
    bea = contracts.NewPerson("Bea Stand-In", "bea@customer.example")
    kari, version = builders.guest(sent.kari), sent.version.digest
    request = contracts.ask_for_person(sent.kari, version, bea, by=kari)
    contracts.refuse_person(request, "Only the manager may.", by=sent.owner)
    reader = contracts.add_person(sent.kari.party, bea, "reader", by=sent.owner)
    contracts.revoke_access(reader, "Not needed.", by=sent.owner)
    client = visits.enter(sent.kari)
    page = visits.page("people", sent.kari)
    assert "agree that Bea Stand-In signs" in read(client.get(page).content).text

    contracts.forget(reader, "Bea asked for it.", by=boss(sent))

    text = read(client.get(page).content).text
    assert "agree that Erased person signs" in text
    assert "Bea" not in text


@pytest.mark.usefixtures("own_files")
@pytest.mark.parametrize("over", [False, True])
def test_the_command_erases_who_reported_abuse_and_the_page_nothing_of_it(sent, over):
    place = link(sent.kari)
    if over:
        other = contracts.NewPerson("Ane Third", "ane@eksempel.example")
        signing.replace_person(sent.kari, other, "Has left.", by=sent.owner)
    send(place)
    send()
    [theirs, others] = reported()
    assert {"email", "network", "words"} < theirs.disclosures.keys()
    contracts.withdraw(sent.contract, "Not now.", by=sent.owner)
    by = boss(sent)
    exported = privacy.export_person(sent.kari, by=by).data["events"]
    assert theirs.name not in {one["name"] for one in exported}
    privacy.erase_person(sent.kari, "Kari asked for it.", by=by)
    assert [one.disclosures for one in reported()] == [theirs.disclosures, others.disclosures]

    call_command("contracts_erase_person", sent.kari.public_id, "Kari asked for it.")

    left = {kind: theirs.disclosures[kind] for kind in ("words", "about")}
    assert [one.disclosures for one in reported()] == [left, others.disclosures]
    audit.verify(alerting.TRAIL, deep=True)
    assert s18.codes() == []
