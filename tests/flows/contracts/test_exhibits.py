"""Files from a template to the sealed PDF: pictures, videos and exhibits."""

import hashlib
import json
from types import SimpleNamespace

import pytest

from tests import builders, signatures, uploads
from tests.journeys import stage
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import StoredFile
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing import flows as signing

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
    files = SimpleNamespace(
        picture=uploads.kept("image", uploads.picture(), "red.png", by),
        plan=uploads.kept("exhibit", PLAN, "plan.pdf", by),
        rules=uploads.kept("exhibit", RULES, "rules.pdf", by),
        film=uploads.kept("video", uploads.MP4, "film.mp4", by),
        captions=uploads.kept("captions", uploads.VTT, "film.vtt", by),
        poster=contracts.keep_video(uploads.Embeds.ADDRESS, by=by).facts(),
    )
    body = [
        builders.made.clause("Use", "As the exhibits say."),
        uploads.image(files.picture),
        uploads.video(embed=files.poster),
        uploads.video(file=files.film, captions=files.captions, transcript=""),
        uploads.exhibit(files.plan),
        uploads.exhibit(files.rules, "House rules"),
        builders.made.signatures("Signatures"),
    ]
    page = builders.template(sales, body=body, fields=[])
    return SimpleNamespace(page=page, files=files, sender=sender)


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
