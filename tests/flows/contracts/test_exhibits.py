"""Files from a template to the sealed PDF: pictures, videos and exhibits."""

import hashlib
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.storage import storages

from tests import builders, signatures, uploads
from tests.database import triggers_lifted
from tests.journeys import stage
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import StoredFile
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.flows.checking import files

PLAN = uploads.saying("Ground floor", "First floor")
RULES = uploads.saying("House rules")


@pytest.fixture
def videos(settings):
    """A provider of videos that is asked instead of the network."""
    given = settings.WAGTAIL_CONTRACTS
    chosen = {**given["CONTRACTS"], "VIDEOS": uploads.VIDEOS}
    settings.WAGTAIL_CONTRACTS = {**given, "CONTRACTS": chosen}


@pytest.fixture
def filed(sales, sender, videos):
    """A template with everything that is no text."""
    by = builders.actor(sender)
    given = SimpleNamespace(
        picture=uploads.kept("image", uploads.picture(), "red.png", by),
        plan=uploads.kept("exhibit", PLAN, "plan.pdf", by),
        rules=uploads.kept("exhibit", RULES, "rules.pdf", by),
        film=uploads.kept("video", uploads.MP4, "film.mp4", by),
        captions=uploads.kept("captions", uploads.VTT, "film.vtt", by),
        poster=contracts.keep_video(uploads.Embeds.ADDRESS, by=by).facts(),
    )
    body = [
        builders.made.clause("Use", "As the exhibits say."),
        uploads.image(given.picture),
        uploads.video(embed=given.poster),
        uploads.video(file=given.film, captions=given.captions, transcript=""),
        uploads.exhibit(given.plan),
        uploads.exhibit(given.rules, "House rules"),
        builders.made.signatures("Signatures"),
    ]
    page = builders.template(sales, body=body, fields=[])
    return SimpleNamespace(page=page, sender=sender)


@pytest.fixture
def sent_files(filed):
    """A contract with them, out for signing."""
    contract = builders.contract(filed.page, filed.sender, values={})
    contracts.send(
        contract, builders.shown(contract), into="signing", by=builders.actor(filed.sender)
    )
    return stage(contract, filed.sender)


def test_an_exhibit_goes_from_the_template_into_the_sealed_file(filed, sent_files):
    for person in (sent_files.kari, sent_files.ola):
        signatures.sign(person, signatures.identified(person))
    kept = signing.seal(sent_files.version, by=SYSTEM)

    report = sealing.verify(sealing.content(kept))
    assert (report.verdict, report.known) == ("intact", True)
    assert report.files["exhibit-A plan.pdf"] == PLAN
    assert report.files["exhibit-B rules.pdf"] == RULES
    listed = {item["name"]: item for item in json.loads(report.files["evidence.json"])["files"]}
    told = json.loads(report.files["contract.json"])["content"]
    assert [item["label"] for item in told["exhibits"]] == ["A", "B"]
    plan = told["exhibits"][0]
    assert plan["digest"] == hashlib.sha256(PLAN).hexdigest()
    assert listed["exhibit-A plan.pdf"]["digest"] == plan["digest"]
    assert (plan["pages"], plan["size"], plan["title"]) == (2, len(PLAN), "Floor plan")
    digests = {hashlib.sha256(data).hexdigest() for data in report.files.values()}
    named = [block["file"] for block in told["body"] if block["type"] == "image"]
    named += [block["poster"] for block in told["body"] if block.get("poster")]
    assert len(named) == 2
    assert {file["digest"] for file in named} <= digests
    assert StoredFile.objects.filter(exhibits__version=sent_files.version).count() == 6


def test_a_file_that_is_lost_or_changed_is_found(sent_files):
    contract = sent_files.contract
    assert list(files.exhibits(contract)) == []
    plan = StoredFile.objects.get(name="plan.pdf")
    place = Path(storages["wagtail_contracts"].path(plan.stored_as))
    place.write_bytes(RULES)
    [altered] = files.exhibits(contract)
    place.unlink()
    [missing] = files.exhibits(contract)

    assert (altered.code, missing.code) == ("exhibit_altered", "exhibit_missing")
    assert {altered.words, missing.words} == {(plan.digest,)}
    with triggers_lifted():
        sent_files.version.exhibits.filter(file=plan).delete()
        [lost] = files.exhibits(contract)
    assert (lost.code, lost.words) == ("exhibit_row", (plan.digest,))
    assert lost.what
    assert lost.cure


def test_what_is_new_is_recorded_once(sent_files, filed):
    added = Event.objects.of(sent_files.contract.trail).named("exhibit.added")
    names = ["red.png", "How it works.jpg", "film.mp4", "film.vtt", "plan.pdf", "rules.pdf"]
    assert [event.data["name"] for event in added] == names
    contract = sent_files.contract
    contract.title = "Another title"
    contract.save()
    contracts.revise(contract, builders.shown(contract), "Title", by=sent_files.owner)
    assert added.count() == len(names)
    assert contract.versions.last().exhibits.count() == len(names)
