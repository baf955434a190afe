"""Whoever reads Norwegian declares in Norwegian, and that is what is kept, printed and proved."""

import json

import pytest

from tests import consumers, mails, signatures
from tests.database import sql
from tests.public import visits
from tests.public.markup import read
from tests.public.test_ceremony import pdf, posted
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.rendering.consent import declaration

pytestmark = pytest.mark.django_db
BEGINS = {"nb": "Jeg har lest versjon 2 av «Hosting 2027»", "nn": "Eg har lese versjon 2 av"}


def words(text):
    return " ".join(text.split())


@pytest.fixture(params=BEGINS)
def at(request, sales, sender):
    """A consumer who reads one form of Norwegian; the contract itself is in English."""
    made = consumers.out(sender, consumers.template(sales))
    sql(f'UPDATE "{Participant._meta.db_table}" SET language = %s', request.param)
    made.kari.refresh_from_db()
    made.language = request.param
    return made


def test_what_is_declared_and_told_stands_in_the_language_of_the_reader_from_page_to_file(at):
    client = visits.enter(at.kari)
    page = words(read(client.get(visits.page("sign", at.kari)).content).text)
    said = declaration(at.version, at.kari, at.language)
    assert said.startswith(BEGINS[at.language])
    assert words(said) in page
    posted(client, at.kari)
    client.post(visits.page("code", at.kari), {"code": visits.code()})

    given = at.kari.signatures.get()
    assert (given.consent, given.language) == (said, at.language)
    told = {row.kind: (row.language, row.text) for row in given.disclosures.all()}
    assert {language for language, _text in told.values()} == {at.language}
    assert "Signer versjon 2" in told["button"][1]
    for kind in ("electronic", "before", "withdrawal"):
        assert words(told[kind][1]) in page, kind
    assert words(said) in pdf(client.post(visits.page("receipt", at.kari)).content)
    proved(at, said)


def proved(at, said):
    """The sealed file has the very words, on its page of signatures and in its evidence."""
    signatures.sign(at.ola)
    mails.sent()
    content = sealing.content(signing.seal(at.version, by=SYSTEM))
    assert words(said) in pdf(content)
    evidence = json.loads(sealing.verify(content).files["evidence.json"])
    [mine] = [one for one in evidence["statements"] if one["participant"] == at.kari.public_id]
    assert (mine["consent"], mine["language"]) == (said, at.language)
