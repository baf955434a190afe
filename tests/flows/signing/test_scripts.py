"""People write in many scripts: each is printed as it was typed, by fonts of the site alone."""

import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from example_site import contents as made
from tests import builders, journeys, signatures
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import Unprintable
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.core.scripts import SCRIPTS
from wagtail_contracts.signing import flows as signing

GOLDEN = Path(__file__).parents[2] / "data" / "scripts.txt"
ROWS = [
    [cell.strip() for cell in line.split("|")]
    for line in GOLDEN.read_text().splitlines()
    if not line.startswith("#")
]
FILES = sorted({path for script in SCRIPTS.values() for path in script.files})
ROLES = [made.role("supplier", "Supplier", own=True), made.role("customer", "Customer")]
DIRECTIONS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u200e\u200f"))  # pdftotext adds them


@pytest.fixture
def fonts(settings):
    """The site has installed what the check asks for."""
    for path in FILES:
        if not Path(path).is_file():
            pytest.fail(f"{path} is missing; apt-get install fonts-noto-core fonts-noto-cjk")
    section = {**settings.WAGTAIL_CONTRACTS["SEALING"], "FONTS": FILES}
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SEALING": section}


def draft(space, sender):
    """A contract with a clause in each script, that somebody with a name in it is to sign."""
    body = [*(made.clause(name, sentence) for _c, _l, sentence, name in ROWS)]
    page = builders.template(
        space, body=[*body, made.signatures("Signatures")], fields=[], roles=ROLES
    )
    ours, theirs = builders.parties(sender)
    people = [
        contracts.PersonDraft(name, f"{code.lower()}@customer.example")
        for code, _language, _sentence, name in ROWS
    ]
    parties = [ours, replace(theirs, people=people)]
    return builders.contract(page, sender, parties=parties, values={})


def words(pdf, *options):
    """The text of a PDF as poppler reads it, without the white space of its layout."""
    done = subprocess.run(["pdftotext", *options, pdf, "-"], capture_output=True, check=True)  # noqa: S603, S607
    return plain(done.stdout.decode())


def plain(text):
    whole = unicodedata.normalize("NFC", text).translate(DIRECTIONS)
    return "".join(whole.split())


def test_twelve_scripts_are_printed_in_body_names_and_signature_page(
    fonts, sales, sender, tmp_path
):
    contract = draft(sales, sender)
    shown = builders.shown(contract)
    contracts.send(contract, shown, into="signing", by=builders.actor(sender))
    for person in Participant.objects.filter(party__contract=contract).order_by("pk"):
        proof, said = signatures.proof(person), signatures.affirmed(person)
        signing.sign(person, signatures.digest(person), proof, said, by=builders.guest(person))

    version = journeys.everybody(contract, sender).version
    content = sealing.content(signing.seal(version, by=SYSTEM))

    assert sealing.verify(content).verdict == "intact"
    path = tmp_path / "sealed.pdf"
    path.write_bytes(content)
    whole = words(path)
    for _code, _language, sentence, name in ROWS:
        assert plain(sentence) in whole
        assert whole.count(plain(name)) >= 3  # heading, signature, signature page
    assert len({code for code, *_rest in ROWS}) >= 12


def test_without_the_fonts_nothing_is_sent_and_the_characters_are_named(sales, sender):
    contract = draft(sales, sender)
    shown = builders.shown(contract)
    with pytest.raises(Unprintable) as found:
        contracts.send(contract, shown, into="signing", by=builders.actor(sender))
    named = set(str(found.value).rpartition(":")[2]) - set(" .")
    assert {row[0] for row in ROWS if set(row[2]) & named} == {row[0] for row in ROWS} & set(
        SCRIPTS
    )
