"""The proof of a sealed contract: taken by who may, checked where nothing of ours can be had."""

import hashlib
import json
import os
import zipfile
from importlib import util
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from tests import builders, tables
from tests.proven import Proof
from tests.public import stages
from tests.tsa import lab as labs
from tests.unit.sealing.pki import Entity
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.backends import keys
from wagtail_contracts.audit.bundle import verify
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.errors import NotAllowed, WrongState
from wagtail_contracts.sealing.errors import FileAltered
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.flows.raising import complete_seals
from wagtail_contracts.signing.flows.renewing import MADE

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with labs.opened(tmp_path_factory.mktemp("time")) as lab:
        yield lab


@pytest.fixture
def lab(opened, settings, tmp_path):
    """Seals and checkpoints are stamped by one authority."""
    opened.server.recover()
    labs.configure(settings, opened)
    given = settings.WAGTAIL_CONTRACTS
    ours = {name: given["SEALING"][name] for name in ("TIMESTAMP", "TIMESTAMP_TRUST", "CALLS")}
    key = tmp_path / "checkpoint.pem"
    keys.make(key)
    attested = {"ORIGIN": "contracts.example.org/audit", "KEY": key, **ours}
    settings.WAGTAIL_CONTRACTS = {**given, "AUDIT": attested}
    return opened


@pytest.fixture
def signed(request, lab):
    return stages.build("signed", request)


@pytest.fixture
def raised(signed, lab):
    """Sealed while the authority was away, completed later, attested."""
    lab.server.code = 500
    signing.seal(signed.version, by=SYSTEM)
    lab.server.recover()
    assert complete_seals(by=SYSTEM) == 1
    audit.checkpoint()
    audit.stamp()
    return signed


@pytest.fixture
def proof(raised, lab, tmp_path):
    folder, file = tmp_path / "proof", tmp_path / "proof.zip"
    call_command("contracts_prove", raised.contract.number, "-o", str(file))
    with zipfile.ZipFile(file) as held:
        held.extractall(folder)
    return Proof(folder, lab.folder / "root.pem", str(audit.verifiers()[0]))


def test_it_has_every_generation_and_holds_in_each_part(proof, raised):
    said = proof.check()

    assert (said.code, said.wrong, said.unchecked) == (0, [], [])
    number = raised.contract.number
    for file in (f"{number}-1.pdf", f"{number}-2.pdf"):
        assert any(line.startswith(f"{file} is what record ") for line in said.holds)
        assert any(line.startswith(f"the seal of {file} holds, by CN=") for line in said.holds)
    assert sum(line.endswith("says a time-stamp in it") for line in said.holds) == 1
    # The trail, and each file by itself.
    assert sum(line.startswith("the checkpoint existed on ") for line in said.holds) == 3


def test_a_proof_is_whole_however_soon_and_says_what_nobody_stamped(raised, lab, tmp_path):
    """That a proof was taken is a record, too, and under a checkpoint."""

    def taken(name):
        file = tmp_path / f"{name}.zip"
        call_command("contracts_prove", raised.contract.number, "--own", "-o", str(file))
        with zipfile.ZipFile(file) as held:
            held.extractall(tmp_path / name)
        roots, key = lab.folder / "root.pem", str(audit.verifiers()[0])
        return Proof(tmp_path / name, roots, key).check()

    assert taken("first").code == 0
    lab.server.code = 500
    away = taken("second")
    assert (away.code, away.wrong) == (2, [])
    assert "the checkpoint has no time-stamp: its age is its signer's word" in away.unchecked
    lab.server.recover()
    assert taken("third").code == 0


def test_without_trust_seals_are_not_checked_and_it_says_so(proof, raised):
    said = proof.check(trusting=False)
    assert (said.code, said.wrong) == (2, [])
    assert f"the seal of {raised.contract.number}-1.pdf: say --trust" in said.unchecked


def test_each_forged_file_is_named_by_what_was_forged(proof, raised):
    path = proof.folder / f"{raised.contract.number}-2.pdf"
    assert set(verify.SEALED) == set(MADE)
    genuine, bundle = path.read_bytes(), (proof.folder / "bundle.json").read_bytes()
    first = (proof.folder / f"{raised.contract.number}-1.pdf").read_bytes()

    def wrong(content):
        path.write_bytes(content)
        said = proof.check()
        path.write_bytes(genuine)
        assert said.code == 1
        return said.wrong

    at = genuine.index(b"/Title") + 9
    changed = genuine[:at] + bytes([genuine[at] ^ 1]) + genuine[at + 1 :]
    other = f"{path.name} is not the file that belongs here"
    assert wrong(changed) == wrong(first) == wrong(genuine + b"\n") == [other]
    path.rename(path.with_suffix(".away"))
    assert proof.check().wrong == [f"{path.name} is not there"]
    path.with_suffix(".away").rename(path)
    (proof.folder / "more.pdf").write_bytes(genuine)
    assert proof.check().wrong == ["more.pdf is not the file that belongs here"]
    (proof.folder / "more.pdf").unlink()

    # Whoever also writes its digest into the bundle, and into nothing else.
    path.write_bytes(changed)
    proof.rewrite(
        lambda all_: all_["files"].update({path.name: hashlib.sha256(changed).hexdigest()})
    )
    assert proof.check().wrong == [f"no record names {path.name} as sealed"]
    path.write_bytes(genuine)
    (proof.folder / "bundle.json").write_bytes(bundle)
    assert proof.check().code == 0


def test_a_forged_proof_of_existence_is_named(proof, raised):
    path = proof.folder / f"{raised.contract.number}-1.proof.json"
    genuine = json.loads(path.read_text())

    def wrong(**changes):
        path.write_text(json.dumps({**genuine, **changes}))
        return proof.check().wrong

    step, records = genuine["steps"][0], genuine["records"]
    assert wrong(records=records[1:]) == ["the proof beside the file has other records"]
    assert wrong(trail="0" * 32) == ["the proof beside the file has other records"]
    about = "the proof beside the file is about another one"
    assert wrong(file="0" * 64) == [about]
    assert wrong(records=records[1:], sequence=genuine["sequence"] + 1) == [about]
    path_ = "the path does not lead to the root of the checkpoint"
    assert wrong(steps=[{**step, "path": ["0" * 64]}]) == [path_]
    assert wrong(steps=[step, step]) == ["the checkpoint covers no time-stamp"]
    assert wrong() == []


def test_a_seal_that_holds_no_more_is_found_even_where_a_record_names_the_file(proof, raised):
    """Who grew the records anew has the digest of a changed file in them: the seal tells."""
    spec = util.spec_from_file_location("verify", proof.folder / "verify.py")
    script = util.module_from_spec(spec)
    spec.loader.exec_module(script)
    trust = proof.roots.read_bytes()
    data = (proof.folder / f"{raised.contract.number}-2.pdf").read_bytes()

    def said(content, roots=trust):
        return list(script.check_seal("it", content, roots))

    assert said(data)[0].startswith("the seal of it holds, by CN=")
    for forged, reason in (
        (data.replace(b"/Title", b"/Titel"), "the seal of it does not hold"),
        (data + b"\n", "it has no seal over all of it"),
        (b"%PDF-1.7", "it has no seal over all of it"),
        (data[:-30] + bytes([data[-30] ^ 1]) + data[-29:], "a time-stamp in it does not hold"),
    ):
        with pytest.raises(script.Wrong, match=reason):
            said(forged)
    with pytest.raises(script.Wrong, match="the seal of it does not hold"):
        said(data, Entity("Stranger", kind="authority").pem)


def test_the_own_sides_trail_is_in_it_only_where_it_is_asked_for(raised):
    contract = raised.contract
    without = signing.prove(contract, by=SYSTEM)
    assert contract.own_trail.encode() not in without["bundle.json"]
    whole = signing.prove(contract, own=True, by=SYSTEM)
    assert contract.own_trail.encode() in whole["bundle.json"]

    told = [event.data for event in Event.objects.of(contract.own_trail).named("proof.exported")]
    assert told == [{"files": 2, "own": False}, {"files": 2, "own": True}]


@pytest.mark.parametrize("lacking", ["export", "sensitive"])
def test_who_may_not_export_and_see_all_gets_none(raised, sales, lacking):
    verbs = {"view", "export", "sensitive"}
    without = builders.actor(builders.staff("without", sales, sorted(verbs - {lacking})))
    may = builders.actor(builders.staff("may", sales, sorted(verbs)))
    with tables.unchanged(), pytest.raises(NotAllowed):
        signing.prove(raised.contract, by=without)
    assert "verify.py" in signing.prove(raised.contract, by=may)


def test_what_is_not_sealed_has_no_proof_and_nothing_is_overwritten(signed, tmp_path):
    path = tmp_path / "proof.zip"
    with tables.unchanged(), pytest.raises(WrongState):
        signing.prove(signed.contract, by=SYSTEM)
    with pytest.raises(CommandError):
        call_command("contracts_prove", signed.contract.number, "-o", str(path))
    with pytest.raises(CommandError):
        call_command("contracts_prove", "NONE-1", "-o", str(path))
    assert not path.exists()

    signing.seal(signed.version, by=SYSTEM)
    mask = os.umask(0o022)
    call_command("contracts_prove", signed.contract.number, "-o", str(path))
    os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    with pytest.raises(CommandError):
        call_command("contracts_prove", signed.contract.number, "-o", str(path))
    assert path.read_bytes() == before


def test_a_file_that_the_storage_changed_is_not_handed_out_as_proof(raised):
    kept = SealedFile.objects.first()
    path = Path(storages["wagtail_contracts"].path(kept.name))
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"x")
    with tables.unchanged(), pytest.raises(FileAltered):
        signing.prove(raised.contract, by=SYSTEM)
    path.write_bytes(whole)
    assert "verify.py" in signing.prove(raised.contract, by=SYSTEM)
