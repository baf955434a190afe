"""A contract on paper: the bundle, and the PDF that sealing makes of it."""

import hashlib
import re
import subprocess
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest

from example_site import contents as streams
from tests.unit.contracts import long, made, papers
from tests.unit.contracts.pages import Page
from wagtail_contracts import canonical
from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.rendering import print as printing
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.errors import RenderingRefused
from wagtail_contracts.sealing.rendering import identifier

CONTENT = long.content()


@pytest.fixture(scope="module")
def pdf(tmp_path_factory):
    """A long contract, printed."""
    path = tmp_path_factory.mktemp("paper") / "contract.pdf"
    path.write_bytes(sealing.render(papers.bundle(CONTENT)))
    return path


def told(*command):
    answer = subprocess.run(  # noqa: S603 - poppler, on a file of our own
        command, capture_output=True, text=True, check=True
    )
    return answer.stdout


def words(pdf, *more):
    return " ".join(told("pdftotext", *more, str(pdf), "-").split())


def shown(html):
    return Page(html).words


# -- the bundle ---------------------------------------------------------------------------------


def test_the_page_names_number_version_and_fingerprint():
    version = made.version(made.content())
    html = papers.bundle(made.content()).html
    fingerprint = printing.fingerprint(version.digest)
    assert re.fullmatch(r"[0-9A-F]{4} [0-9A-F]{4} [0-9A-F]{4}", fingerprint)
    footing = Page(html).all("body")[0]["data-footing"]
    assert footing == f"SALG-2027-1 · version 3 · {fingerprint}"
    assert shown(html).count(version.digest) == 1


def test_the_identity_of_the_file_follows_from_its_evidence():
    version = made.version(made.content())
    bundle = papers.bundle(made.content())
    assert bundle.identifier == identifier(papers.proof(version))
    assert [(item.name, item.relationship, item.at) for item in bundle.attachments] == [
        ("contract.json", "Source", papers.AT),
        ("evidence.json", "Data", papers.AT),
    ]


def test_the_same_version_gives_the_same_bundle():
    assert papers.bundle(made.content()) == papers.bundle(made.content())
    other = trees.with_values(made.content(), {"start": "2027-02-01"})
    assert papers.bundle(other) != papers.bundle(made.content())


def test_the_signature_page_is_last_and_says_who_how_and_when_in_the_given_zone():
    text = shown(papers.bundle(made.content()).html)
    page = text[text.index("Signed electronically: version 3") :]
    for said in (
        "Kari Nordmann daglig leder, Kunde AS (Kunden)",
        "Jeg har lest versjon 3 og godtar den for Kunde AS.",
        "20 November 2026, 09:12:30 CET",
        "one-time code that was sent by e-mail",
        "simple electronic signature in the sense of eIDAS",
        papers.TRAIL["head"],
    ):
        assert said in page
    assert "Ære være øl" not in page


@pytest.mark.parametrize(
    ("method", "level", "says"),
    [
        ("totp", "simple", "from an own device"),
        ("bankid", "advanced", "Identified by: bankid. This is an advanced electronic signature"),
        ("passkey", "qualified", "This is a qualified electronic signature"),
    ],
)
def test_each_way_to_be_identified_is_said_as_what_it_is(method, level, says):
    row = papers.signature(method=method, level=level)
    text = shown(papers.bundle(made.content(), row).html)
    assert says in text
    assert "sent by e-mail" not in text


def test_paper_has_no_inputs_no_needless_anchors_and_pictures_with_words_for_the_boxes():
    content = made.content()
    page = Page(papers.bundle(content).html)
    assert page.all("input") == []
    defined = f"b-{made.block(content, 'definition')['id']}"
    assert [given["id"] for _tag, given in page.elements if "id" in given] == [defined]
    assert [(given["src"], given["alt"]) for given in page.all("img")] == [
        ("bundle:/chosen.svg", "Chosen:"),
        ("bundle:/open.svg", "Not chosen:"),
    ]


def test_a_draft_says_that_nobody_has_signed_it():
    bundle = printing.draft_bundle(made.content(), "SALG-2027-1")
    assert "Draft: nobody has signed this text." in shown(bundle.html)
    assert "Signed electronically" not in shown(bundle.html)
    assert "Signed electronically" in shown(papers.bundle(made.content()).html)
    assert bundle.attachments == ()
    digest = canonical.digest(canonical.CONTRACT_CONTENT, made.content())
    assert bundle.identifier == digest[:32]


# -- the file -----------------------------------------------------------------------------------


def test_every_word_of_a_long_contract_is_printed(pdf):
    printed = words(pdf, "-raw")
    assert len(list(trees.blocks(CONTENT["body"]))) > 60
    for heading in long.TOPICS:
        assert heading in printed
    for said in (
        "Ære være øl på åsen.",
        "punkt på nivå 4, æøå ÆØÅ",
        "Tjeneste 39 Mål 39 Måling 39 Trekk 39",
        "1.2 Brukerstøtte",
        "Første linje Andre linje",
        "13 Tilleggsvilkår",
        "999999999 Kari Nordmann, daglig leder",
    ):
        assert said in printed


def test_every_page_says_which_page_of_which_version_it_is(pdf):
    with pikepdf.open(pdf) as file:
        pages = len(file.pages)
    assert pages > 8
    fingerprint = printing.fingerprint(made.version(CONTENT).digest)
    for page in (1, 2, pages):
        text = words(pdf, "-f", str(page), "-l", str(page))
        assert re.search(rf"SALG-2027-1 · \w+ 3 · {fingerprint}", text)
        assert re.search(rf"\w+ {page} \w+ {pages}\b", text)


def test_the_signatures_stand_on_the_last_page_alone(pdf):
    with pikepdf.open(pdf) as file:
        pages = len(file.pages)
    digest = made.version(CONTENT).digest
    assert digest in words(pdf, "-f", str(pages), "-l", str(pages))
    assert digest not in words(pdf, "-l", str(pages - 1))


def test_headings_of_the_file_never_skip_a_level(pdf):
    levels = [
        int(level)
        for level in re.findall(r"^\s*H([1-6])\b", told("pdfinfo", "-struct", str(pdf)), re.M)
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(levels) > 20


def test_the_file_names_its_language_its_title_and_its_author(pdf):
    with pikepdf.open(pdf) as file:
        assert str(file.Root.Lang) == "nb"
        facts = file.open_metadata()
        assert facts["dc:title"] == "Driftsavtale 2027 – SALG-2027-1"
        assert "Eksempel AS" in facts["dc:creator"]


def test_the_attached_files_are_those_of_the_bundle(pdf):
    bundle = papers.bundle(CONTENT)
    with pikepdf.open(pdf) as file:
        found = {name: file.attachments[name].get_file().read_bytes() for name in file.attachments}
    assert found == {item.name: item.content for item in bundle.attachments}


def test_the_same_bundle_gives_the_same_bytes(pdf):
    again = sealing.render(papers.bundle(CONTENT))
    assert hashlib.sha256(again).digest() == hashlib.sha256(pdf.read_bytes()).digest()


def named(count, start):
    """So many words that stand nowhere else."""
    return " ".join(f"q{start + number}q" for number in range(count))


def test_nothing_is_lost_or_cut_off_whatever_its_size(tmp_path):
    """A heading row taller than a page was once not printed, a long word once left the page."""
    word = "Donaudampfschifffahrtsgesellschaftskapitän" * 3
    wide = [tuple(f"W{column} {named(4, 100 * column)}" for column in range(20))]
    options = [streams.option(f"k{number}", named(40, 4000 + 40 * number)) for number in range(40)]
    fields = [
        streams.field("choice", "chosen", "Valg", "customer", options=options),
        streams.field("long_text", "lines", "Linjer", "customer", max_length=10_000),
    ]
    body = [
        streams.table("T", (named(700, 10_000), "b"), ("c", "d"), ("e", "f")),
        streams.table("T", ("a", "b"), (named(700, 11_000), "x")),
        streams.table("T", ("a", "b", "c"), (word, named(1, 12_000), word.upper())),
        streams.table("T", *wide * 2),
        streams.clause(f"{word} {named(400, 13_000)}", word),
        streams.listing(named(600, 14_000)),
        streams.place("chosen"),
        streams.text(streams.chip("lines")),
        *[streams.clause("", word, level=4) for _time in range(12)],
        streams.signatures(word),
    ]
    values = {"chosen": "k3", "lines": named(500, 15_000).replace(" ", "\n")}
    content = made.content(body, fields=fields, values=values)
    path = tmp_path / "contract.pdf"
    path.write_bytes(sealing.render(papers.bundle(content)))
    printed = "".join(told("pdftotext", "-raw", str(path), "-").split())
    wanted = set(re.findall(r"q\d+q", str(content)))
    assert len(wanted) > 4000
    assert wanted - set(re.findall(r"(?=(q\d+q))", printed)) == set()
    edges = re.findall(
        r'xMin="([\d.-]+)".* xMax="([\d.-]+)"', told("pdftotext", "-bbox", str(path), "-")
    )
    assert min(float(left) for left, _right in edges) > 70
    assert max(float(right) for _left, right in edges) < 525


def test_a_draft_prints_too():
    file = pikepdf.open(
        BytesIO(sealing.render(printing.draft_bundle(made.content(), "SALG-2027-1")))
    )
    assert len(file.pages) >= 1


def test_a_character_without_a_font_is_refused_by_name():
    sealing.render(printing.draft_bundle(made.content(title="Avtale"), "X-1"))
    with pytest.raises(RenderingRefused, match="漢"):
        sealing.render(printing.draft_bundle(made.content(title="Avtale 漢"), "X-1"))
