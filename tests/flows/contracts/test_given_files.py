"""Files as answers: from whoever gives them into the version, its paper and its seal."""

import hashlib
import json

import pytest
from django.utils import timezone

from tests import builders, given, signatures, tables, uploads
from tests.journeys import stage
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import readiness
from wagtail_contracts.contracts.errors import AnswersRefused, NotReady, WrongState
from wagtail_contracts.contracts.flows import filing, giving
from wagtail_contracts.contracts.models import AnswerFile, StoredFile
from wagtail_contracts.contracts.rendering import text
from wagtail_contracts.contracts.rendering.changes import comparison
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing import flows as signing

DIGEST = hashlib.sha256(given.PROOF).hexdigest()


@pytest.fixture
def asked(sales, sender):
    """Out for signing: the customer is asked for a certificate."""
    return given.sent(sales, sender)


def value(version, key="certificate"):
    """What a version says of a field."""
    return next(item["value"] for item in version.content["values"] if item["key"] == key)


def test_a_file_is_part_of_what_is_signed_and_lies_in_the_sealed_file(asked):
    answered = given.answered(asked, certificate=given.give(asked))
    told = {"name": "bevis.pdf", "digest": DIGEST, "size": len(given.PROOF), "pages": 1}
    assert value(answered.version) == {**told, "media_type": "application/pdf"}
    assert "bevis.pdf" in text.plain(answered.version.content)
    assert DIGEST[:12] in text.plain(answered.version.content)

    for person in (answered.kari, answered.ola):
        signatures.sign(person, signatures.identified(person))
    kept = signing.seal(answered.version, by=SYSTEM)
    report = sealing.verify(sealing.content(kept))
    assert report.verdict == "intact"
    assert report.files["answer-certificate bevis.pdf"] == given.PROOF
    plan = value(answered.version, "plan")
    assert hashlib.sha256(report.files["answer-plan plan.pdf"]).hexdigest() == plan["digest"]
    listed = {item["name"]: item for item in json.loads(report.files["evidence.json"])["files"]}
    assert listed["answer-certificate bevis.pdf"]["digest"] == DIGEST


def test_the_events_tell_the_field_and_not_the_file(asked):
    given.answered(asked, certificate=given.give(asked))
    events = Event.objects.of(asked.contract.trail)
    assert events.named("answers.given").get().data["fields"] == ["certificate"]
    assert not events.named("exhibit.added").exists()
    assert "bevis" not in str([event.data for event in events])


def test_another_file_is_told_by_name_and_digest(asked):
    first = given.answered(asked, certificate=given.give(asked))
    other = given.give(asked, content=uploads.saying("Another one"))
    second = given.answered(asked, certificate=other)
    found = comparison(first.version.content, second.version.content)
    assert found.count == 1
    assert DIGEST[:12] in found.html
    assert value(second.version)["digest"][:12] in found.html


def test_a_file_that_somebody_else_gave_cannot_be_sent(asked, sales, sender):
    elsewhere = given.sent(sales, sender)
    line = given.give(elsewhere)
    unknown = line.replace(DIGEST, "ab" * 32)
    for forged in (line, unknown, line.replace("bevis", "other")):
        with tables.unchanged(), pytest.raises(AnswersRefused) as refused:
            given.answered(asked, certificate=forged)
        assert list(refused.value.problems) == ["certificate"]
    assert value(given.answered(elsewhere, certificate=line).version)["digest"] == DIGEST


def test_nor_can_one_that_somebody_else_gave_for_the_same_contract(asked):
    line = given.give(asked)
    row = AnswerFile.objects.filter(participant=asked.kari)
    (pk,) = row.values_list("pk", flat=True)
    row.update(participant=asked.ola)
    with tables.unchanged(), pytest.raises(AnswersRefused) as refused:
        given.answered(asked, certificate=line)
    assert list(refused.value.problems) == ["certificate"]
    AnswerFile.objects.filter(pk=pk).update(participant=asked.kari)
    assert value(given.answered(asked, certificate=line).version)["digest"] == DIGEST


def test_a_digest_that_nobody_gave_for_the_contract_is_not_sent(asked, sales, sender):
    by = builders.actor(sender)
    elsewhere = given.give(asked)
    forged = builders.contract(given.template(sales), sender, values={"plan": elsewhere})
    with tables.unchanged(), pytest.raises(NotReady) as missing:
        contracts.send(forged, builders.shown(forged), into="signing", by=by)
    assert "bevis.pdf" in str(missing.value)
    ours = given.ours(by, name="bevis.pdf")
    fair = builders.contract(forged.template.specific, sender, values={"plan": ours})
    contracts.send(fair, builders.shown(fair), into="signing", by=by)


def test_what_a_field_does_not_take_is_refused_before_it_is_judged(asked, monkeypatch):
    fine = uploads.upload(uploads.picture(), "bevis.png")
    monkeypatch.setattr(giving, "keep_file", lambda *args, **more: pytest.fail("It was judged."))
    by = builders.guest(asked.kari)
    tries = {
        "certificate": uploads.upload(uploads.MP4, "bevis.mp4"),
        "film": uploads.upload(b"x" * (10 << 20) + b"x", "film.pdf"),
        "plan": fine,
        "remarks": fine,
        "unknown": fine,
    }
    for key, upload in tries.items():
        with tables.unchanged(), pytest.raises(AnswersRefused) as refused:
            contracts.give_file(asked.kari, key, upload, by=by)
        assert list(refused.value.problems) == [key]
    with tables.unchanged(), pytest.raises(AnswersRefused):
        contracts.give_file(asked.ola, "plan", fine, by=builders.guest(asked.ola))
    monkeypatch.undo()
    assert given.give(asked, content=uploads.picture(), name="bevis.png").endswith(" - bevis.png")


def test_what_is_no_file_of_its_name_is_refused_at_its_field(asked):
    with tables.unchanged(), pytest.raises(AnswersRefused) as refused:
        given.give(asked, content=uploads.pdf(uploads.script))
    assert "JavaScript" in refused.value.problems["certificate"]
    assert given.give(asked).endswith("bevis.pdf")


def test_a_closed_contract_takes_no_file(asked):
    contracts.withdraw(asked.contract, "Another plan", by=asked.owner)
    with tables.unchanged(), pytest.raises(WrongState):
        given.give(stage(asked.contract, asked.sender))


def test_files_have_only_so_much_room_and_what_was_replaced_makes_some(asked, monkeypatch):
    monkeypatch.setattr(giving, "MOST", 2)
    given.give(asked, content=uploads.saying("Replaced"))
    kept = given.give(asked)
    film = given.give(asked, "film", uploads.saying("Film"))
    assert AnswerFile.objects.filter(participant=asked.kari).count() == 2
    given.answered(asked, certificate=kept, film=film)
    with tables.unchanged(), pytest.raises(AnswersRefused) as refused:
        given.give(asked)
    assert "no room" in refused.value.problems["certificate"]
    monkeypatch.setattr(giving, "MOST", 3)
    given.give(asked)


def test_bytes_are_counted_too(asked, monkeypatch):
    given.give(asked)
    monkeypatch.setattr(giving, "MOST_BYTES", 2 * len(given.PROOF) - 1)
    with tables.unchanged(), pytest.raises(AnswersRefused):
        given.give(asked, "film")
    monkeypatch.setattr(giving, "MOST_BYTES", 2 * len(given.PROOF))
    given.give(asked, "film")


def test_the_worker_forgets_what_nobody_names(asked, monkeypatch):
    given.give(asked, content=uploads.saying("Replaced"))
    drafted = given.give(asked)
    later = timezone.now() + filing.UNNAMED * 2
    monkeypatch.setattr(filing.timezone, "now", lambda: later)
    gone = contracts.drop_unnamed(by=SYSTEM)
    monkeypatch.undo()
    assert len(gone) == 1
    digests = set(StoredFile.objects.values_list("digest", flat=True))
    assert hashlib.sha256(uploads.saying("Replaced")).hexdigest() not in digests
    given.answered(asked, certificate=drafted)
    assert contracts.drop_unnamed(by=SYSTEM) == []


def test_files_that_no_sealed_file_could_hold_are_refused_at_the_new_one(asked, monkeypatch):
    line = given.give(asked)
    monkeypatch.setattr(readiness, "LARGEST_INSIDE", len(given.PROOF))
    with tables.unchanged(), pytest.raises(AnswersRefused) as refused:
        given.answered(asked, certificate=line)
    assert list(refused.value.problems) == ["certificate"]
    monkeypatch.undo()
    assert value(given.answered(asked, certificate=line).version)


def test_a_copy_takes_our_files_along_and_nobody_elses(asked):
    answered = given.answered(asked, certificate=given.give(asked))
    for person in (answered.kari, answered.ola):
        signatures.sign(person, signatures.identified(person))
    colleague = builders.staff("per", answered.contract.workspace)
    by = builders.actor(colleague)
    for verb in (contracts.duplicate, contracts.amend, contracts.renew, contracts.replace):
        copy = verb(answered.contract, owner=colleague, by=by)
        assert copy.values["plan"]["name"] == "plan.pdf"
        assert copy.values["certificate"] is None
        assert AnswerFile.objects.get(contract=copy).file.name == "plan.pdf"
