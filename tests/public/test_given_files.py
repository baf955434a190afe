"""Files on the public page: chosen in a plain form, kept, replaced, fetched by few."""

import re

import pytest
from django.test import Client
from django.utils.html import strip_tags

from tests import given, tables, uploads
from tests.journeys import stage
from tests.public import visits
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.models import AnswerDraft, StoredFile
from wagtail_contracts.signing.public import uploads as door


@pytest.fixture
def asked(sales, sender):
    """Out for signing: the customer is asked for a certificate."""
    return given.sent(sales, sender)


@pytest.fixture
def kari(asked):
    """The browser of the customer's signatory."""
    return visits.enter(asked.kari)


def send(client, at, do="review", upload=None, **typed):
    """Send the form as a browser without script does."""
    form = {**visits.shown(at.kari), "a-certificate": "", "a-film": "", "a-remarks": "", "do": do}
    form |= {f"a-{name.replace('__', '.')}": value for name, value in typed.items()}
    form |= {"a-certificate.file": upload or "", "a-film.file": ""}
    return client.post(visits.page("answers", at.kari), form)


def text_of(page):
    """The words of a page, with plain spaces."""
    return " ".join(strip_tags(page.content.decode()).split())


def line(page):
    """What stands in the hidden input."""
    return re.search(r'name="a-certificate" value="([^"]*)"', page.content.decode())[1]


def test_a_plain_form_takes_a_file_with_the_other_answers(asked, kari):
    page = kari.get(visits.page("contract", asked.kari)).content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert 'accept="application/pdf,image/jpeg,image/png,.pdf,.png,.jpg,.jpeg"' in page

    answer = send(kari, asked, upload=uploads.upload(given.PROOF, "bevis.pdf"), remarks="Hello")
    assert answer["Location"] == visits.page("sign", asked.kari)
    values = {item["key"]: item["value"] for item in visits.current(asked.kari).content["values"]}
    assert (values["certificate"]["name"], values["remarks"]) == ("bevis.pdf", "Hello")
    said = text_of(kari.get(answer["Location"]))
    assert re.search(r"bevis\.pdf \(0\.\d kB, SHA-256 [0-9a-f]{12}\)", said)


def test_a_refused_file_is_told_at_its_field_and_all_else_stays(asked, kari):
    hostile = uploads.upload(uploads.pdf(uploads.script), "bevis.pdf")
    page = send(kari, asked, upload=hostile, remarks="Hello")
    assert page.status_code == 422
    said = page.content.decode()
    assert 'id="a-certificate-error"' in said
    assert "JavaScript" in said
    assert ">Hello</" in said or 'value="Hello"' in said
    assert visits.current(asked.kari).number == 1


def test_what_is_too_large_is_read_no_further(asked, kari, monkeypatch):
    monkeypatch.setattr(door, "LARGEST", 100_000)
    read, give = [], door.contracts.give_file
    monkeypatch.setattr(
        door.contracts,
        "give_file",
        lambda who, key, file, by: read.append(len(file.read())) or give(who, key, file, by=by),
    )
    large = uploads.upload(given.PROOF + bytes(200_000), "bevis.pdf")
    page = send(kari, asked, upload=large, remarks="Hello")
    assert (page.status_code, read) == (422, [0])
    assert 'id="a-certificate-error"' in page.content.decode()
    assert 'value="Hello"' in page.content.decode()
    assert not StoredFile.objects.filter(answers__participant=asked.kari).exists()
    monkeypatch.undo()
    small = uploads.upload(given.PROOF, "bevis.pdf")
    assert send(kari, asked, upload=small).status_code == 303


def test_a_file_chosen_earlier_is_shown_replaced_and_removed(asked, kari):
    assert send(kari, asked, "save", uploads.upload(given.PROOF, "bevis.pdf")).status_code == 303
    page = kari.get(visits.page("contract", asked.kari))
    assert re.search(r"bevis\.pdf \(0\.\d kB\)", text_of(page))
    assert line(page).endswith("bevis.pdf")
    assert "/files/" not in page.content.decode().split('name="a-certificate"')[1][:500]

    other = uploads.upload(uploads.picture(), "other.png")
    send(kari, asked, "save", other, certificate=line(page))
    again = kari.get(visits.page("contract", asked.kari))
    assert line(again).endswith("other.png")
    send(kari, asked, "save", certificate=line(again), certificate__remove="yes")
    assert line(kari.get(visits.page("contract", asked.kari))) == ""


def test_script_sends_a_file_alone_and_gets_the_page_back(asked, kari):
    upload = uploads.upload(given.PROOF, "bevis.pdf")
    page = send(kari, asked, "show", upload, remarks="Half")
    assert page.status_code == 200
    assert line(page).endswith("bevis.pdf")
    draft = AnswerDraft.objects.get(participant=asked.kari)
    assert draft.values["certificate"] == line(page)
    assert draft.values["remarks"] == "Half"


def test_only_those_who_take_part_fetch_a_file(asked, kari, sent):
    drafted = given.give(asked)
    place = f"{visits.page('contract', asked.kari)}files/{drafted.split()[0]}/"
    assert kari.post(place).status_code == 404  # until it is sent, it is nobody's
    given.answered(asked, certificate=drafted)

    assert kari.get(place).status_code == 303  # looking records nothing
    answer = kari.post(place)
    assert answer.content == given.PROOF
    assert answer["Content-Disposition"].startswith('attachment; filename="bevis.pdf"')
    assert answer["X-Content-Type-Options"] == "nosniff"
    [event] = Event.objects.of(asked.contract.trail).named("exhibit.downloaded")
    assert event.data == {"file": drafted.split()[0], "name": "Copy of certificate"}
    ola = visits.enter(asked.ola)
    theirs = place.replace(asked.kari.public_id, asked.ola.public_id)
    assert ola.post(theirs).content == given.PROOF
    elsewhere = visits.enter(sent.kari)
    with tables.unchanged():
        for browser in (Client(), ola, elsewhere):
            assert browser.post(place).status_code == 404
            assert browser.get(place).status_code == 404


def test_nobody_but_who_is_asked_for_files_may_send_much(asked, kari, sent):
    much = {"content_type": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(30 << 20)}
    place = visits.page("answers", asked.kari)
    other, elsewhere = visits.enter(sent.kari), visits.page("answers", sent.kari)
    with tables.unchanged():
        assert Client().post(place, b"", **much).status_code == 413
        assert other.post(elsewhere, b"", **much).status_code == 413
        large = {**much, "CONTENT_LENGTH": str(103 << 20)}
        assert kari.post(place, b"", **large).status_code == 413
    assert kari.post(place, b"", **much).status_code != 413


def test_the_text_offers_the_file_to_whoever_reads_it(asked, kari):
    answered = given.answered(asked, certificate=given.give(asked))
    ola = visits.enter(stage(answered.contract, answered.sender).ola)
    said = ola.get(visits.page("contract", asked.ola)).content.decode()
    assert f'formaction="{visits.page("contract", asked.ola)}files/' in said
    assert "bevis.pdf" in said
