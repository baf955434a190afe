"""Real agreements on their whole way: what was signed and sealed is what their source says."""

from __future__ import annotations

import json
import re

from tests.texts import agreements, contract, page, paper
from tests.texts.comparing import cut, difference, heads, stepped, tagged, words
from tests.texts.journey import OURS, THEIRS
from wagtail_contracts.contracts.rendering import html
from wagtail_contracts.sealing import flows as sealing

REMARK = re.compile(r".*\.md:\d+: ")
STRANGE = ("lease", "maintenance", "sponsorship")  # they hold pictures, comments, code and the like
OURSELVES = f"{OURS}, organisation number 999999999 Ola Nordmann"
PEOPLE = f"{OURSELVES} For {THEIRS} Kari Nordmann, Daglig leder"


def test_two_parties_sign_it_and_the_seal_is_intact(journey):
    report = sealing.verify(journey.pdf)

    assert (journey.state, report.verdict, report.known) == ("signed", "intact", True)
    assert json.loads(report.files["contract.json"]) == json.loads(journey.record)


def test_nothing_is_reported_but_of_what_is_no_part_of_an_agreement(agreement, journey):
    told = [line for line in journey.remarks if REMARK.match(line)]
    assert bool(told) == (agreements.name(agreement) in STRANGE), told


def test_the_counterparty_has_filled_in_its_part(journey):
    values = {item["key"]: item["value"] for item in journey.content["values"]}
    theirs = {item["key"] for item in journey.content["fields"] if item["role"] == "party_2"}

    assert values == journey.filled.stored
    assert journey.answers <= theirs
    assert bool(journey.answers) == (len(values) > 1)


def test_contract_json_says_what_the_source_says(journey, expected):
    found = contract.read(journey.content, journey.filled.shown)
    assert difference(expected, found) == ""


def test_the_page_says_what_the_source_says(journey, expected):
    found = page.read(html.document(journey.content), journey.content["title"])
    assert difference(stepped(expected), found) == ""


def test_the_tags_of_the_sealed_file_say_what_the_source_says(expected, pdf):
    assert difference(tagged(stepped(expected)), tagged(paper.parts(pdf))) == ""


def test_the_words_of_the_sealed_file_are_those_of_the_source(journey, expected, pdf):
    cover, body, people = paper.apart(paper.text(pdf, heads(expected)))

    facts = (
        f"Contract {journey.number}, version {journey.version} Fingerprint {journey.fingerprint}"
    )
    assert cover == f"{expected[0].words} between {OURS} and {THEIRS} {facts}"
    assert difference(list(words(expected[1:])), cut(body)) == ""
    assert people == f"For {PEOPLE}"
