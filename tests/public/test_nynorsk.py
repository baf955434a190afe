"""A contract in nynorsk, from the mail to the sealed copy: no English word of ours on the way."""

import gettext
import re
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from example_site import contents as made
from tests import builders, mails
from tests.journeys import everybody
from tests.public import visits
from wagtail_contracts.contracts import flows as contracts

HOUSE = Path(contracts.__file__).parents[2]
LONG = 12  # letters: shorter ones stand in names and numbers by chance
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}|<[^>]+>|&\w+;")
ROLES = [made.role("supplier", "Leverandøren", own=True), made.role("customer", "Kunden")]
FIELDS = [
    made.field("money", "price", "Pris", "supplier", currency="NOK"),
    made.field("date", "start", "Oppstart", "supplier", default="2027-01-15"),
    made.field("email", "invoice", "Fakturaadresse", "customer"),
    made.field("yes_no", "named", "Kan nemnast", "customer", required=False),
]
BODY = [
    made.heading("Partane"),
    made.text(f"{made.chip('supplier.name')} leverer til {made.chip('customer.name')}."),
    made.clause("Tenesta", f"Ho blir driven frå {made.chip('start')}."),
    made.clause("Pris", f"Ho kostar {made.chip('price')} i månaden."),
    made.text(f"Faktura går til {made.chip('invoice')}. Namn: {made.chip('named')}"),
    made.signatures("Underskrifter"),
]
ANSWERS = {"a-invoice": "faktura@kunde.example", "a-named": "yes"}


class Words(HTMLParser):
    """What people read or hear of a page."""

    heard = ("aria-label", "alt", "title", "placeholder")

    def __init__(self, page):
        super().__init__()
        self.said, self.silent = [], 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.silent += tag in ("script", "style")
        self.said += [value for name, value in attrs if name in self.heard or _is_said(name)]

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style")

    def handle_data(self, data):
        self.said += [data] * (not self.silent)


def _is_said(name):
    return name in ("data-followed", "data-offline", "data-busy", "data-hint", "data-all")


def read(page):
    """The words of a page in one line."""
    return " ".join(" ".join(filter(None, Words(page).said)).split())


def english():
    """The English of every string that nynorsk says otherwise: its longest part without places."""
    found = set()
    for path in HOUSE.glob("*/locale/nn/LC_MESSAGES/django.mo"):
        with path.open("rb") as file:
            known = gettext.GNUTranslations(file)._catalog
        for key, said in known.items():
            source = key[0] if isinstance(key, tuple) else key
            part = max(PLACE.split(source.rpartition("\x04")[2]), key=len).strip()
            if len(part) >= LONG and part not in said:
                found.add(part)
    return found


def of_pdf(content, folder):
    """The words of a PDF in one line."""
    path = folder / "sealed.pdf"
    path.write_bytes(content)
    told = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)  # noqa: S603, S607
    return " ".join(told.stdout.decode().split())


@pytest.fixture
def nynorsk(sales, sender):
    """A contract out for signature, all of it in nynorsk."""
    page = builders.template(sales, "Driftsavtale", body=BODY, fields=FIELDS, roles=ROLES)
    page.language = "nn"
    page.save_revision().publish()
    parties = [
        replace(party, people=[replace(person, language="nn") for person in party.people])
        for party in builders.parties(sender)
    ]
    draft = builders.contract(page, sender, title="Driftsavtale 2027", parties=parties)
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    return everybody(draft, sender)


def test_everything_on_the_way_is_said_in_nynorsk(nynorsk, tmp_path):
    kari, client, seen = nynorsk.kari, Client(headers={"Accept-Language": "nn"}), {}

    def look(name, answer=None):
        answer = answer or client.get(visits.page(name, kari))
        seen[f"{name} {answer.status_code}"] = read(answer.content.decode())

    look("landing", client.get(link := visits.landing(kari)))
    client.post(link)
    for name in ("contract", "decline", "my_help", "changes"):
        look(name)
    look("wrong", _answer(client, kari, {**ANSWERS, "a-invoice": "kari"}))
    _answer(client, kari, ANSWERS)
    look("sign")
    visits.agree(client, kari)
    look("code")
    look("wrong code", client.post(visits.page("code", kari), {"code": "000000"}))
    client.post(visits.page("code", kari), {"code": visits.code()})
    look("done")
    visits.sign(visits.enter(nynorsk.ola), nynorsk.ola)
    letters = [letter for letter in mails.sent() if letter.to == [kari.email]]
    look("sealed page", client.get(visits.page("contract", kari)))
    file = client.post(visits.page("sealed", kari)).content
    look("verdict", _verify(client, file))
    seen |= {letter.subject: f"{letter.subject} {letter.body}" for letter in letters}
    seen["pdf"] = of_pdf(file, tmp_path)

    words = english()
    assert {name: [part for part in words if part in said] for name, said in seen.items()} == {
        name: [] for name in seen
    }
    assert (len(seen) >= 15, len(words) > 1000) == (True, True)
    assert "Signert av alle" in seen["sealed page 200"]
    assert "Slik kan denne fila kontrollerast" in seen["pdf"]
    assert "15. januar 2027" in seen["pdf"]
    assert "5 300 NOK" in seen["pdf"].replace("\u00a0", " ").replace(",00", "")


def _answer(client, person, typed):
    form = {**visits.shown(person), **typed, "do": "review"}
    return client.post(visits.page("answers", person), form)


def _verify(client, content):
    return client.post("/verify/", {"file": SimpleUploadedFile("avtale.pdf", content)})
