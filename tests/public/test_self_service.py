"""A live template that anybody begins a contract from: first the mailbox, then the contract."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from example_site import contents as made
from tests import mails, services, uploads
from tests.public import visits
from tests.public.markup import faults, read
from tests.security.test_s25_policy import EVERYWHERE
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Party, Visit, Workspace
from wagtail_contracts.signing.public.self_service import LEAST, MOST

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(sales, sender):
    """Bound by publishing: nobody of ours signs."""
    return services.offer(services.template(sales), sender)


def test_a_visitor_reads_confirms_fills_in_signs_and_gets_the_sealed_file(offer, monkeypatch):
    browser = Client()
    page = browser.get(services.address(offer))
    found = read(page.content)
    assert (page.status_code, faults(page.content), dict(browser.cookies)) == (200, [], {})
    assert "takes part for" in found.text
    assert "Eksempel AS" in found.text

    vera = services.begin(browser, offer, monkeypatch)
    contract = vera.party.contract
    assert (contract.state, contract.owner) == ("signing", offer.owner)
    assert Visit.objects.get().email == ""
    assert browser.get(visits.page("contract", vera)).status_code == 200

    form = {**visits.shown(vera), "a-allergies": "Nuts", "do": "review"}
    assert browser.post(visits.page("answers", vera), form).status_code == 303
    visits.sign(browser, vera)
    letters = mails.sent()
    assert Contract.objects.get(pk=contract.pk).state == "signed"
    assert any(letter.attachments for letter in letters if letter.to == [vera.email])


def test_who_mends_a_field_need_not_wait_again(offer, monkeypatch):
    for seconds, kept in ((LEAST, True), (MOST + 1, False)):
        old = services.stamp(offer, monkeypatch, seconds)
        answer = services.ask(Client(), offer, monkeypatch, stamp=old, email="vera")
        [field] = [one for one in read(answer.content).all("input") if one.get("name") == "stamp"]
        assert (answer.status_code, field["value"] == old) == (422, kept)


def test_after_the_last_day_visitors_read_what_was_written_for_them(offer):
    offer.closes_on, offer.afterwards = timezone.localdate(), "Ask Ola about the next course."
    offer.save()
    assert Client().get(services.address(offer)).status_code == 200
    offer.closes_on -= timedelta(days=2)
    offer.save()
    for verb in ("get", "post"):
        page = getattr(Client(), verb)(services.address(offer))
        assert (page.status_code, offer.afterwards in page.content.decode()) == (410, True)


@pytest.mark.parametrize(
    ("kind", "typed", "status"),
    [
        ("person", {}, 200),
        ("organisation", {}, 422),
        ("organisation", {"organisation": "Club", "organisation_number": "1"}, 200),
        ("either", {}, 200),
        ("either", {"organisation": "Club"}, 422),
        ("either", {"organisation_number": "1"}, 422),
        ("either", {"organisation": "Club", "organisation_number": "1"}, 200),
    ],
)
def test_an_organisation_says_its_name_and_number(sales, sender, kind, typed, status, monkeypatch):
    role = made.role("visitor", "Participant", kind=kind)
    page = services.template(sales, roles=[services.ROLES[0], role])
    offer = services.offer(page, sender)
    assert services.ask(Client(), offer, monkeypatch, **typed).status_code == status
    if status == 200:
        Client().post(services.link())
        party = Party.objects.get(role="visitor")
        named = typed.get("organisation", "Vera Visitor")
        assert (party.name, party.kind) == (named, "organisation" if typed else "person")


def test_pictures_and_pages_of_the_text_are_shown_and_no_other_file(sales, sender):
    def kept(sort, content, name, kind):
        upload = SimpleUploadedFile(name, content, kind)
        return contracts.keep_file(upload, sort=sort, by=SYSTEM).facts()

    shown = kept("exhibit", uploads.saying("Rules"), "rules.pdf", "application/pdf")
    other = kept("exhibit", uploads.saying("Secret"), "secret.pdf", "application/pdf")
    page = services.template(sales, body=[*services.BODY, made.exhibit(shown, "Rules")])
    offer = services.offer(page, sender)
    stem = f"{services.address(offer)}files/"
    browser = Client()
    assert (
        f'src="{stem}{shown["digest"]}/1.jpg"'
        in browser.get(services.address(offer)).content.decode()
    )
    leaf = browser.get(f"{stem}{shown['digest']}/1.jpg")
    assert (leaf.status_code, leaf["Content-Type"]) == (200, "image/jpeg")
    for path in (f"{shown['digest']}/2.jpg", f"{shown['digest']}/", f"{other['digest']}/1.jpg"):
        assert browser.get(stem + path).status_code == 404, path


def test_training_is_marked_on_every_page(sales, sender, monkeypatch):
    Workspace.objects.filter(pk=sales.pk).update(training=True)
    offer = services.offer(services.template(sales), sender)
    browser = Client()
    pages = [browser.get(services.address(offer)), services.ask(browser, offer, monkeypatch)]
    link = services.link()
    pages.append(browser.get(link))
    assert all("TEST –" in page.content.decode() for page in pages)
    assert mails.sent()[-1].subject.startswith("TEST: ")


def test_the_headers_are_those_of_every_page_of_ours(offer, monkeypatch):
    where = services.address(offer)
    services.ask(Client(), offer, monkeypatch)
    for address in (where, services.link(), "/s/nothing/"):
        answer = Client().get(address)
        for name, value in EVERYWHERE.items():
            assert answer[name] == value, (address, name)
        assert "unsafe" not in answer["Content-Security-Policy"]
