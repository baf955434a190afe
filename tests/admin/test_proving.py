"""The proof of a sealed contract, taken along through its door."""

import io
import zipfile

import pytest
from django.test import Client

from tests import builders, signatures, tables
from tests.admin import posts
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.signing import flows as signing

pytestmark = pytest.mark.django_db
OFFER = "Take the proof along…"


@pytest.fixture
def sealed(answered):
    signatures.sign_all(answered)
    answered.contract.refresh_from_db()
    signing.seal(answered.contract.current_version, by=SYSTEM)
    return answered.contract


@pytest.fixture
def browser(sales):
    """Gives the browser of somebody with these rights."""

    def of(*verbs):
        client = Client()
        client.force_login(builders.staff(f"who{len(verbs)}", sales, ("view", *verbs)))
        return client

    return of


def test_it_is_handed_to_whoever_may_export_and_see_all_and_recorded(browser, sealed):
    address = posts.address("prove", sealed.pk)
    may, without = browser("export", "sensitive"), browser("export")
    with tables.unchanged():
        assert may.get(address).status_code == 200
        refused = without.post(address, {})
    assert refused["Content-Type"].startswith("text/html")
    assert "You may not do this with this contract." in refused.content.decode()

    answer = may.post(address, {"own": "on"})

    assert answer["Content-Type"] == "application/zip"
    assert f'filename="{sealed.number}-proof.zip"' in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as held:
        names = {"bundle.json", "verify.py", "README.txt", f"{sealed.number}-1.pdf"}
        assert set(held.namelist()) == names
        assert sealed.own_trail.encode() in held.read("bundle.json")
    told = Event.objects.of(sealed.own_trail).named("proof.exported").get()
    assert told.data == {"files": 1, "own": True}


def test_the_page_of_a_sealed_contract_offers_it_to_whoever_may(browser, sealed):
    page = posts.address("inspect", sealed.pk)
    may = browser("export", "sensitive").get(page).content.decode()
    without = browser().get(page).content.decode()

    address = posts.address("prove", sealed.pk)
    assert f'href="{address}">{OFFER}' in may
    assert f'href="{address}">' not in without


def test_what_is_not_sealed_yet_says_so(browser, answered):
    signatures.sign_all(answered)
    address, may = posts.address("prove", answered.contract.pk), browser("export", "sensitive")
    with tables.unchanged():
        answer = may.post(address, {})
    assert "There is no sealed file of it yet." in answer.content.decode()
