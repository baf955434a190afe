"""Page and mail are wholly in one language: in English where a language has no catalogue.

Django knows months and a few words of a hundred languages; with ours they would make two in one.
"""

import pytest
from django.test import Client
from django.urls import reverse

from tests import mails
from tests.public import visits
from tests.public.markup import read
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.contracts.models.guards import unguarded

LANGUAGES = [
    ("de", "en", "5 December 2026"),
    ("nb", "nb", "5. desember 2026"),
    ("nb-no", "nb-no", "5. desember 2026"),
]


@pytest.fixture(autouse=True)
def german(settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("de", "Deutsch")]


def speak(person, language):
    with unguarded():
        Contract.objects.update(deadline="2026-12-05")
        Participant.objects.filter(pk=person.pk).update(language=language)


@pytest.mark.parametrize(("language", "spoken", "day"), LANGUAGES)
def test_a_page_is(answered, language, spoken, day):
    speak(answered.kari, language)
    link = visits.landing(answered.kari)
    browser = visits.enter(answered.kari)
    for page in (Client().get(link), browser.get(visits.page("contract", answered.kari))):
        assert read(page.content).all("html")[0]["lang"] == spoken
        assert page["Content-Language"] == spoken
    assert day in page.content.decode()


def test_the_help_and_what_is_not_found_are(db, client):
    for language, spoken in (("de", "en"), ("nb", "nb")):
        page = client.get(reverse("wagtail_contracts:help"), {"language": language})
        assert page["Content-Language"] == spoken
        lost = client.get(f"/c/{'x' * 43}/", headers={"Accept-Language": language})
        assert read(lost.content).all("html")[0]["lang"] == spoken


def test_whom_somebody_lets_in_keeps_their_language(answered):
    """The page speaks English; once there is a catalogue, both pages are in German."""
    speak(answered.kari, "de")
    form = {"name": "Åse Boss", "email": "ase@customer.example", "todo": "read"}
    browser = visits.enter(answered.kari)
    page = visits.page("forward", answered.kari)
    assert browser.post(page, {**visits.shown(answered.kari), **form}).status_code == 303
    assert Participant.objects.get(name="Åse Boss").language == "de"


def test_a_declaration_is_kept_in_the_language_that_it_is_in(answered):
    speak(answered.kari, "de")
    visits.sign(visits.enter(answered.kari), answered.kari)
    given = answered.kari.signatures.get()
    assert given.language == "en"
    assert given.consent.startswith("I have read version 2")


@pytest.mark.parametrize(("language", "spoken", "day"), LANGUAGES)
def test_a_mail_is(answered, language, spoken, day):
    speak(answered.kari, language)
    letter = mails.one(answered.kari, "extended")
    assert day in letter.body
    assert f'<html lang="{spoken}"' in mails.html(letter)
    assert ("more time, until" in letter.subject) == (spoken == "en")


def test_a_workspace_may_write_in_a_language_that_we_have_not(answered, sales):
    contracts.write_text(sales, "invitation", "de", "Ein Vertrag", "Bitte lesen.", by=SYSTEM)
    assert "Bitte lesen." not in mails.one(answered.kari, "invitation").body
    speak(answered.kari, "de")
    letter = mails.one(answered.kari, "invitation")
    assert letter.subject == "Ein Vertrag"
    assert "Bitte lesen." in letter.body
