"""Renewing what was sealed: once, recorded, by the file or by a checkpoint, and told in time."""

from __future__ import annotations

import base64
import io
import json
from datetime import timedelta

import pytest
import time_machine
from asn1crypto import cms
from django.core.management import CommandError, call_command

from tests import signatures
from tests.tables import digests
from tests.tsa import lab as labs
from tests.unit.sealing.pki import NOW, YEAR, Entity
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.backends import keys
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.errors import SealRefused
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with labs.opened(tmp_path_factory.mktemp("time")) as lab:
        yield lab


@pytest.fixture
def lab(opened, settings, tmp_path):
    """Files are sealed at B-LTA, and checkpoints stamped by the same authority."""
    opened.server.recover()
    opened.publish()
    opened.server.entity = opened.tsa
    labs.configure(settings, opened)
    keys.make(tmp_path / "checkpoint.pem")
    ours = settings.WAGTAIL_CONTRACTS
    same = {name: ours["SEALING"][name] for name in ("TIMESTAMP", "TIMESTAMP_TRUST", "CALLS")}
    named = {"ORIGIN": "contracts.example.org/audit", "KEY": tmp_path / "checkpoint.pem"}
    settings.WAGTAIL_CONTRACTS = {**ours, "AUDIT": {**named, **same}}
    return opened


@pytest.fixture
def signed(answered):
    signatures.sign_all(answered)
    return Contract.objects.get(pk=answered.contract.pk)


def sealed(contract):
    return signing.seal(contract.current_version, by=SYSTEM)


def say(*words):
    out = io.StringIO()
    call_command("contracts_renew_seals", *words, stdout=out)
    return out.getvalue()


def chosen(settings, part, **changes):
    given = settings.WAGTAIL_CONTRACTS
    settings.WAGTAIL_CONTRACTS = {**given, part: {**given[part], **changes}}


@pytest.mark.parametrize("level", ["B-B", "B-T", "B-LT", "B-LTA"])
def test_every_level_is_renewed_to_one_that_lasts(lab, signed, settings, level):
    labs.configure(settings, lab, level)
    kept = sealed(signed)

    made = signing.renew_file(kept, by=SYSTEM)

    assert (kept.level, made.level, made.generation) == (level, "B-LTA", 2)
    assert made.renew_before > kept.renew_before or level == "B-LTA"
    old, new = sealing.content(kept), sealing.content(made)
    assert new.startswith(old) == (level != "B-B")
    report = sealing.verify(new)
    assert (report.verdict, report.files) == ("intact", sealing.verify(old).files)
    [told] = Event.objects.of(signed.trail).named(events.DOCUMENT_RENEWED)
    assert (told.data["before"], told.data["file"]) == (kept.digest, made.digest)
    assert [found.code for found in signing.check(signed.number) if not found.harmless] == []


def test_of_two_that_renew_at_the_same_time_one_does(lab, signed):
    kept = sealed(signed)
    first = signing.renew_file(kept, by=SYSTEM)
    second = signing.renew_file(kept, by=SYSTEM)
    assert first == second
    assert SealedFile.objects.count() == 2
    assert Event.objects.named(events.DOCUMENT_RENEWED).count() == 1


@pytest.mark.parametrize("fault", ["authority", "issuer", "revoked", "none"])
def test_without_an_answer_nothing_is_renewed_and_nothing_changes(lab, signed, settings, fault):
    labs.configure(settings, lab, "B-T")
    kept, before = sealed(signed), digests()
    if fault == "authority":
        lab.server.code = 500
    elif fault == "issuer":
        lab.server.code_of_lists = 500
    elif fault == "revoked":
        lab.publish(lab.seal)
    else:
        chosen(settings, "SEALING", TIMESTAMP="", LEVEL="B-B")
    with pytest.raises(SealRefused):
        signing.renew_file(kept, by=SYSTEM)
    assert digests() == before
    lab.server.recover()
    lab.publish()
    labs.configure(settings, lab, "B-T")
    assert signing.renew_file(kept, by=SYSTEM).generation == 2


def test_the_report_says_what_ends_when_and_what_it_costs_and_does_nothing(lab, signed):
    sealed(signed)
    before, asked = digests(), lab.server.asked
    ends = NOW + 10 * YEAR

    said = say("--dry-run", "--before", f"{ends + YEAR:%Y-%m-%d}")

    assert f"1 at B-LTA, until {ends:%Y-%m-%d}: rsa-3072 sha256" in said
    assert f"The certificate of the seal ends {NOW + 2 * YEAR:%Y-%m-%d}." in said
    assert "No time-stamp covers the trails." in said
    assert f"Due before {ends + YEAR:%Y-%m-%d}: 1." in said
    assert "by checkpoint: 1 time-stamp for all" in said
    assert "in the file: 1 time-stamps, about 12 kB more" in said
    assert (digests(), lab.server.asked) == (before, asked)
    assert "Due before" in say("--dry-run")
    assert ": 0." in say("--dry-run")


def test_a_retired_algorithm_makes_files_due(lab, signed, settings):
    sealed(signed)
    assert ": 0." in say("--dry-run")
    soon = (NOW + timedelta(days=30)).date().isoformat()
    chosen(settings, "SEALING", RETIRED={"rsa-3072": soon})
    said = say("--dry-run")
    assert ": 1." in said
    assert f"rsa-3072 retires {soon}" in said


def test_the_files_of_one_contract_are_renewed_on_demand(lab, signed):
    sealed(signed)
    with pytest.raises(CommandError, match="no contract X-1"):
        say("--in-file", "--contract", "X-1")
    assert SealedFile.objects.count() == 1
    assert "1 renewed." in say("--in-file", "--contract", signed.number)
    assert SealedFile.objects.count() == 2


def test_what_can_not_be_renewed_is_named_and_ends_with_1(lab, signed):
    sealed(signed)
    lab.server.code = 500
    with pytest.raises(CommandError, match="1 not renewed"):
        say("--in-file", "--contract", signed.number)


def test_one_time_stamp_renews_all_by_a_checkpoint(lab, signed, settings):
    kept = sealed(signed)
    assert signing.existence(kept) is None
    said = say()

    ends = NOW + 10 * YEAR
    assert f"One time-stamp was given; it proves until {ends:%Y-%m-%d}." in said
    proof = json.loads(signing.existence(kept))
    assert (proof["file"], proof["trail"]) == (kept.digest, signed.trail)
    report = sealing.verify(sealing.content(kept), proof=json.dumps(proof).encode())
    assert report.verdict == "intact"
    assert report.proved_at == audit.lasting().at
    assert SealedFile.objects.count() == 1


def test_what_is_handed_out_for_good_is_renewed_where_it_ends_soon(lab, signed):
    kept = sealed(signed)
    assert signing.renewed(kept, by=SYSTEM) == kept
    later = Entity(
        "Later", lab.root, kind="stamps", rsa_key=True, until=NOW + 20 * YEAR, lists=lab.tsa.lists
    )
    for one in (lab.root, lab.issuer):
        day = NOW + 10 * YEAR - timedelta(days=31)
        path = f"/{one.common.replace(' ', '-')}.crl"
        lab.server.lists[path] = one.revocations(since=day).dump()
    with time_machine.travel(NOW + 10 * YEAR - timedelta(days=30)):
        assert signing.renewed(kept, by=SYSTEM) == kept  # the authority kept its certificate
        with pytest.raises(CommandError, match="1 not renewed"):
            say("--in-file")
        asked = lab.server.asked
        once = list(signing.renew_files([kept], longer=True, by=SYSTEM))
        cost = lab.server.asked - asked
        assert once * 2 == list(signing.renew_files([kept] * 2, longer=True, by=SYSTEM))
        assert (cost > 0, lab.server.asked - asked) == (True, 2 * cost)
        lab.server.entity = later
        made = signing.renewed(kept, by=SYSTEM)
        assert made.generation == 2
        assert signing.renewed(made, by=SYSTEM) == made
        lab.server.code = 500
        assert signing.renewed(made, by=SYSTEM) == made


def test_those_named_are_told_of_what_ends_soon(lab, signed, settings):
    sealed(signed)
    assert list(signing.ageing()) == []
    assert audit.checkpoint()
    audit.stamp()

    def codes(at):
        with time_machine.travel(at):
            return {fault.code for fault in signing.ageing()}

    assert codes(NOW + 2 * YEAR - timedelta(days=61)) == set()
    assert codes(NOW + 2 * YEAR - timedelta(days=59)) == {"ages_seal"}
    late = NOW + 10 * YEAR - timedelta(days=59)
    assert codes(late) == {"ages_seal", "ages_checkpoints", "ages_files"}
    chosen(settings, "SEALING", RETIRED={"ec-256": (NOW + timedelta(days=30)).date().isoformat()})
    assert codes(NOW) == {"ages_algorithm"}


def test_the_day_is_told_on_which_the_first_ends_by_a_certificate_or_an_algorithm(
    lab, signed, settings
):
    sealed(signed)
    late, soon = NOW + 10 * YEAR, NOW + timedelta(days=30)

    def told():
        [why] = [fault.why for fault in signing.ageing() if fault.code == "ages_files"]
        return why

    with time_machine.travel(late - timedelta(days=59)):
        assert told() == f"{late:%Y-%m-%d}"
    chosen(settings, "SEALING", RETIRED={"rsa-3072": f"{soon:%Y-%m-%d}"})
    assert told() == f"{soon:%Y-%m-%d}"


def test_what_is_no_day_is_refused_with_an_example_of_one(lab, signed):
    with pytest.raises(CommandError, match=r"“31\.12\.2030” is no day, such as 2030-12-31"):
        say("--dry-run", "--before", "31.12.2030")
    assert "Due before 2030-12-31" in say("--dry-run", "--before", "2030-12-31")


def with_token(value, change):
    """Another token in the first step."""
    step = value["steps"][0]
    step["token"] = base64.b64encode(change(base64.b64decode(step["token"]))).decode()


def listed_twice(token):
    """As `answers.listing_twice`, in a token that was kept."""
    content = cms.ContentInfo.load(token)
    listed = content["content"]["digest_algorithms"].contents * 2
    twice = cms.DigestAlgorithms.load(bytes([0x31, len(listed)]) + listed)
    content["content"]["digest_algorithms"] = twice
    return content.dump()


def damaged(proof, how):
    """A proof with one thing changed."""
    value = json.loads(proof)
    how(value)
    return json.dumps(value).encode()


FORGED = {
    "file": lambda value: value.update(file="0" * 64),
    "format": lambda value: value.update(format=2),
    "more": lambda value: value.update(note=""),
    "no steps": lambda value: value.update(steps=[]),
    "record": lambda value: value["records"].__setitem__(0, value["records"][0] + " "),
    "no record": lambda value: value["records"].clear(),
    "trail": lambda value: value.update(trail="0" * 32),
    "sequence": lambda value: value.update(sequence=value["sequence"] + 1),
    "index": lambda value: value["steps"][0].update(index=7),
    "note": lambda value: value["steps"][0].update(note=value["steps"][0]["note"] + "\n"),
    "token": lambda value: value["steps"][0].update(token="AAAA"),
    "behind the token": lambda value: with_token(value, lambda token: token + b"\0"),
    "another form": lambda value: with_token(value, listed_twice),
    "steps twice": lambda value: value["steps"].append(value["steps"][0]),
}


def test_a_proof_that_was_changed_proves_nothing(lab, signed):
    """In 2 years and a half the certificate of the seal is over: B-T stands by the proof alone."""
    kept = sealed(signed)
    say()
    proof, content = signing.existence(kept), sealing.content(kept)
    assert sealing.verify(content, proof=proof).proved_at
    for name, how in FORGED.items():
        report = sealing.verify(content, proof=damaged(proof, how))
        assert report.proved_at is None, name
        assert any("does not hold" in note for note in report.notes), name
    for nonsense in (b"", b"[]", b"{}", b"\xff", b"null"):
        assert sealing.verify(content, proof=nonsense).proved_at is None
