"""S-12: a form that was made from another version than the newest stores nothing."""

import pytest

from tests import mails, tables
from tests.public import stages, visits
from wagtail_contracts.signing.models import Signature

SENTENCE = "The contract changed while you had it open. Nothing is stored, nothing is signed."
FORMS = {
    "answers": {**visits.TYPED, "a-remarks": "By bicycle", "do": "review"},
    "sign": {"name": "Kari Nordmann"},
    "decline": {"kind": "price"},
}


@pytest.mark.parametrize("name", FORMS)
def test_after_an_edit_between_looking_and_sending_nothing_is_stored(answered, name):
    client, address = visits.enter(answered.kari), visits.page(name, answered.kari)
    old = visits.shown(answered.kari)
    stages.revise(answered)

    with tables.unchanged():
        refused = client.post(address, {**old, **FORMS[name]})

    assert refused.status_code == 409
    page = refused.content.decode()
    assert SENTENCE in page
    assert "2028" in page
    accepted = client.post(address, {**visits.shown(answered.kari), **FORMS[name]})
    assert accepted.status_code == 303


def test_what_was_typed_is_not_lost(answered):
    client, old = visits.enter(answered.kari), visits.shown(answered.kari)
    stages.revise(answered)
    page = client.post(visits.page("answers", answered.kari), {**old, **FORMS["answers"]})

    assert '<input type="hidden" name="a-remarks" value="By bicycle">' in page.content.decode()
    client.post(visits.page("answers", answered.kari), {**FORMS["answers"], "do": "save"})
    assert "By bicycle" in client.get(visits.page("contract", answered.kari)).content.decode()


def test_a_code_for_an_older_version_signs_nothing(answered):
    client = visits.enter(answered.kari)
    visits.agree(client, answered.kari)
    code = visits.code()
    stages.revise(answered)
    mails.forget()

    with tables.unchanged(but=["_ratewindow", "_challenge"]):  # every guess is counted
        refused = client.post(visits.page("code", answered.kari), {"code": code})

    assert refused.status_code == 409
    assert SENTENCE in refused.content.decode()
    assert not Signature.objects.exists()
    assert visits.sign(client, answered.kari)["Location"] == visits.page("done", answered.kari)


def test_the_page_of_the_code_does_not_pretend_either(answered):
    client = visits.enter(answered.kari)
    visits.agree(client, answered.kari)
    assert client.get(visits.page("code", answered.kari)).status_code == 200
    stages.revise(answered)

    assert client.get(visits.page("code", answered.kari)).status_code == 409
