"""A proof of one trail, checked by its own script in a process that can import nothing of ours."""

import base64
import csv
import io
import json
import os
from datetime import UTC, datetime
from importlib import util
from pathlib import Path

import pytest
import time_machine
from asn1crypto import cms, core
from django.core.management import CommandError, call_command
from django.db import transaction

from tests.kinds import GREW
from tests.proven import Proof
from tests.tsa import lab as labs
from tests.unit.sealing.pki import NOW, YEAR, Entity
from wagtail_contracts import canonical, chain
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event

pytestmark = pytest.mark.django_db
KEY = "k" * 32


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with labs.opened(tmp_path_factory.mktemp("time")) as lab:
        yield lab


@pytest.fixture
def in_time(opened, attested, settings):
    opened.server.recover()
    opened.server.entity = opened.tsa
    given = settings.WAGTAIL_CONTRACTS
    names = ("TIMESTAMP", "TIMESTAMP_TRUST", "CALLS")
    ours = {name: value for name, value in opened.settings().items() if name in names}
    settings.WAGTAIL_CONTRACTS = {**given, "AUDIT": {**given["AUDIT"], **ours}}
    return opened


@pytest.fixture
def proof(in_time, grow, ola, tmp_path):
    """A bundle over four records under a checkpoint; other trails lie around."""
    for count in (1, 2):
        grow(count)
    with transaction.atomic():
        for kind, value in (("email", "kari@eksempel.example"), ("name", "Kari Nordmann")):
            audit.record(KEY, GREW, by=ola, disclose={kind: value})
    grow(2, KEY)
    attest()
    return exported(tmp_path / "proof", in_time)


def attest():
    audit.checkpoint()
    audit.stamp()


def exported(folder, lab, *options):
    call_command("audit_export", KEY, str(folder), *options)
    return Proof(folder, lab.folder / "root.pem", str(audit.verifiers()[0]))


def test_a_genuine_bundle_holds_in_each_part(proof):
    said = proof.check()

    assert (said.code, said.wrong, said.unchecked) == (0, [], [])
    chain_, signed, stamped, disclosed = said.holds
    assert chain_.startswith("4 records lead to the head ")
    assert signed == "a checkpoint covers it, signed by contracts.example.org/audit"
    assert stamped.startswith("the checkpoint existed on ")
    assert disclosed.startswith("10 disclosed values are")


def test_what_is_behind_the_checkpoint_is_not_called_good(proof, in_time, ola):
    """Whoever has the bundle could have added it: nobody signed it."""
    with transaction.atomic():
        audit.record(KEY, GREW, by=ola, disclose={"name": "Per"})
    later = exported(proof.folder.parent / "later", in_time)
    said = later.check()
    behind = "records from 5 on are behind the checkpoint"
    values = "disclosed values: no checkpoint covers their records"
    assert (said.code, said.wrong, said.unchecked[0]) == (2, [], behind)
    assert said.unchecked[1].endswith(values)
    assert said.holds[-1].startswith("10 disclosed values are")
    attest()
    assert exported(proof.folder.parent / "covered", in_time).check().code == 0


def test_what_can_not_be_judged_without_trust_is_said_and_not_called_good(proof):
    said = proof.check(trusting=False)

    assert (said.code, said.wrong) == (2, [])
    assert said.unchecked == [
        "the time-stamp of the checkpoint: say --trust",
        "whose key signed the checkpoints: compare it, and say --key",
    ]


def test_it_tells_in_a_file_how_it_is_checked_and_by_whose_key(proof):
    told = (proof.folder / "README.txt").read_text()
    assert proof.key in told
    assert "python3 -I -S verify.py . --trust roots.pem --key KEY" in told


def test_it_is_not_written_over_another(proof):
    with pytest.raises(CommandError):
        call_command("audit_export", KEY, str(proof.folder))
    with pytest.raises(CommandError):
        call_command("audit_export", "unknown", str(proof.folder.parent / "other"))
    assert not (proof.folder.parent / "other").exists()
    assert proof.check().code == 0


def test_a_key_that_is_no_text_is_refused_without_a_traceback(proof):
    argument = os.fsdecode(b"contract-\xff")
    for words in (["audit_export", argument, f"{proof.folder}-2"], ["audit_verify", argument]):
        with pytest.raises(CommandError):
            call_command(*words)
    assert not Path(f"{proof.folder}-2").exists()
    call_command("audit_verify", KEY)


@pytest.fixture
def generous():
    """What is created can be read by anybody, unless it says otherwise."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_nobody_else_reads_it_whatever_folder_it_is_written_to(attested, grow, tmp_path, generous):
    grow(1, KEY)
    (folder := tmp_path / "proof").mkdir(mode=0o755)
    call_command("audit_export", KEY, str(folder), "--timeline", "csv")
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    names = ("bundle.json", "verify.py", "README.txt", "timeline.csv")
    assert modes == dict.fromkeys(names, 0o600)


def test_nothing_is_written_into_a_folder_that_is_not_empty(attested, grow, tmp_path):
    grow(1, KEY)
    (folder := tmp_path / "proof").mkdir()
    (mine := folder / "README.txt").write_text("of mine")
    with pytest.raises(CommandError, match="is not empty"):
        call_command("audit_export", KEY, str(folder))
    assert list(folder.iterdir()) == [mine]
    mine.unlink()
    call_command("audit_export", KEY, str(folder))
    assert (folder / "bundle.json").exists()


def test_a_value_that_is_disclosed_thrice_counts_once(proof):
    genuine = proof.check()
    proof.rewrite(lambda bundle: bundle.update(disclosures=bundle["disclosures"] * 3))
    assert proof.check() == genuine


def test_the_command_tells_how_it_is_checked(attested, grow, tmp_path, capsys):
    grow(1, KEY)
    folder = tmp_path / "proof"
    call_command("audit_export", KEY, str(folder))
    assert f"python3 -I -S {folder}/verify.py {folder}" in capsys.readouterr().out


def test_without_a_checkpoint_it_shows_the_order_and_says_what_that_leaves_open(
    attested, grow, ola, tmp_path
):
    grow(3, KEY)
    call_command("audit_export", KEY, str(tmp_path / "proof"))
    said = Proof(tmp_path / "proof", attested, "none").check()
    assert (said.code, said.wrong) == (2, [])
    chain_, disclosed = said.holds
    assert chain_.startswith("3 records lead to the head ")
    assert disclosed == "0 disclosed values are what records committed to"
    order, values = said.unchecked
    assert order == "no checkpoint covers these records: who grew them anew isn't found"
    assert values.endswith("disclosed values: no checkpoint covers their records")


def test_what_was_erased_is_not_in_it_and_the_rest_holds(proof, in_time, ola):
    event = Event.objects.of(KEY).first()
    audit.erase(KEY, event.commitments["email"], "asked", by=ola)
    attest()
    erased = exported(proof.folder.parent / "erased", in_time)

    text = (erased.folder / "bundle.json").read_text()
    assert ("kari@eksempel.example" in text, "Kari Nordmann" in text) == (False, True)
    assert erased.check().code == 0


def test_the_timeline_comes_along_as_table_and_as_json(proof, in_time, ola):
    with transaction.atomic():
        audit.record(KEY, GREW, by=ola, disclose={"name": "=1+1"})
    event = Event.objects.of(KEY).first()
    audit.erase(KEY, event.commitments["email"], "asked", by=ola)
    attest()
    both = ("--timeline", "csv", "--timeline", "json")
    made = exported(proof.folder.parent / "told", in_time, *both)

    rows = json.loads((made.folder / "timeline.json").read_bytes())
    assert [row["number"] for row in rows] == list(range(1, 7))
    assert rows[1]["disclosed"]["name"] == "Kari Nordmann"
    assert rows[0]["disclosed"]["email"].endswith("because asked")
    table = list(csv.reader(io.StringIO((made.folder / "timeline.csv").read_text("utf-8-sig"))))
    assert len(table) == 7
    assert table[2][-2] == rows[1]["words"] == f"{ola.label} let it grow"
    assert made.check().code == 0


def test_no_cell_of_the_table_is_a_formula():
    from wagtail_contracts.audit.flows.tabling import _plain

    assert [_plain(cell) for cell in ("=1", "+1", "-1", "@x", "1")] == [
        *("'=1", "'+1", "'-1", "'@x"),
        "1",
    ]


def test_a_bundle_outlasts_the_certificates_behind_it(in_time, grow, tmp_path):
    """Two authorities, the second before the first's certificate was over; judged years later."""
    for at, until in ((NOW, 2), (NOW + 1.9 * YEAR, 9)):
        lists = in_time.tsa.lists
        in_time.server.entity = Entity(
            "Time", in_time.root, kind="stamps", until=NOW + until * YEAR, lists=lists, rsa_key=True
        )
        with time_machine.travel(at):
            grow(1, KEY if until == 2 else "")
            audit.checkpoint()
            audit.stamp()
    with time_machine.travel(NOW + 5 * YEAR):
        made = exported(tmp_path / "proof", in_time)
        bundle = json.loads((made.folder / "bundle.json").read_text())
        assert len(_trail(bundle)["steps"]) == 2
        said = _said(made, bundle)
        assert [line.partition(" on ")[0] for line in said if "existed" in line] == [
            *["the checkpoint existed"] * 2
        ]
        _trail(bundle)["steps"].pop()
        with pytest.raises(Exception, match="the time-stamp of the checkpoint does not hold"):
            _said(made, bundle)


def _said(proof, bundle):
    """In this process, whose clock is moved."""
    spec = util.spec_from_file_location("verify", proof.folder / "verify.py")
    script = util.module_from_spec(spec)
    spec.loader.exec_module(script)
    given = script.Given(proof.folder, bundle, proof.roots.read_bytes(), [proof.key], [], [])
    return list(script.check_trail(given, _trail(bundle)))


def _trail(bundle):
    return bundle["trails"][0]


def _step(bundle):
    return _trail(bundle)["steps"][0]


def _relinked(bundle, texts):
    """A chain that is whole in itself over these records: only the checkpoint tells."""
    head, made = chain.genesis(KEY), []
    for text in texts:
        content = {n: json.loads(text)[n] for n in ("at", "by", "commitments", "data", "name")}
        link = chain.link(KEY, head, content)
        head = chain.Head(head.length + 1, link.digest)
        made.append(link.record)
    _trail(bundle).update(records=made, head=head.digest, length=head.length)


def cut(bundle):
    _trail(bundle)["records"].pop()


def removed(bundle):
    del _trail(bundle)["records"][1]


def inserted(bundle):
    records = _trail(bundle)["records"]
    records.insert(1, records[1])


def reordered(bundle):
    records = _trail(bundle)["records"]
    records[1], records[2] = records[2], records[1]


def changed(bundle):
    records = _trail(bundle)["records"]
    records[1] = records[1].replace('"seq":2', '"seq": 2')


def cut_to_below_the_checkpoint(bundle):
    _relinked(bundle, _trail(bundle)["records"][:2])


def regrown(bundle):
    records = _trail(bundle)["records"]
    _relinked(bundle, [records[1], records[0], *records[2:]])


def value(bundle):
    bundle["disclosures"][0]["value"] += "x"


def salt(bundle):
    bundle["disclosures"][0]["salt"] = "00" * 32


def invented_value(bundle):
    made = canonical.commitment(bytes(32), "Made up")
    one = {"commitment": made, "salt": "00" * 32, "value": "Made up"}
    bundle["disclosures"].append(one)


def path(bundle):
    _step(bundle)["path"][0] = "00" * 32


def longer_path(bundle):
    _step(bundle)["path"].append("00" * 32)


def index(bundle):
    _step(bundle)["index"] = 1 - min(_step(bundle)["index"], 1)


def far_index(bundle):
    _step(bundle)["index"] = 9


def far_cover(bundle):
    _trail(bundle)["covered"] = 9


def note(bundle):
    _step(bundle)["note"] = _step(bundle)["note"].replace("events ", "events 1")


def strange_note(bundle):
    text = _step(bundle)["note"]
    told, _dash, signature = text.rpartition(" ")
    other = bytes(4) + base64.b64decode(signature)[4:]
    _step(bundle)["note"] = f"{told} {base64.b64encode(other).decode()}\n"


def token(bundle):
    content = bytearray(base64.b64decode(_step(bundle)["token"]))
    content[-9] ^= 1
    _step(bundle)["token"] = base64.b64encode(content).decode()


def longer_token(bundle):
    content = base64.b64decode(_step(bundle)["token"])
    _step(bundle)["token"] = base64.b64encode(content + b"\0").decode()


def no_records(bundle):
    bundle.update(trails=[], disclosures=[])


def no_steps_but_the_last(bundle):
    _trail(bundle)["steps"] = [_step(bundle), {**_step(bundle), "token": None}]


def no_token(bundle):
    _step(bundle)["token"] = base64.b64encode(b"nothing").decode()


def another_shape(bundle):
    _step(bundle)["path"] = 7


FOLLOWS = "does not follow its predecessor"
FORGED = {
    changed: "record 3 " + FOLLOWS,
    removed: "record 2 " + FOLLOWS,
    inserted: "record 3 " + FOLLOWS,
    reordered: "record 2 " + FOLLOWS,
    cut: "the records do not lead to the head",
    cut_to_below_the_checkpoint: "the checkpoint covers more than the records",
    regrown: "the path does not lead to the root of the checkpoint",
    path: "the path does not lead to the root of the checkpoint",
    longer_path: "the path does not lead to the root of the checkpoint",
    index: "the path does not lead to the root of the checkpoint",
    far_index: "the checkpoint does not go so far",
    far_cover: "the checkpoint covers more than the records",
    note: "the signature of the checkpoint does not hold",
    strange_note: "the checkpoint is signed by another key",
    token: "the time-stamp of the checkpoint does not hold",
    longer_token: "the time-stamp of the checkpoint does not hold",
    no_token: "the time-stamp of the checkpoint does not hold",
    no_steps_but_the_last: "unreadable: ",
    no_records: "there are no records",
    value: "is not what was committed to",
    salt: "is not what was committed to",
    invented_value: "no record was committed to 'Made up'",
    another_shape: "unreadable: ",
}


def test_each_forgery_is_named_by_what_was_forged(proof):
    """One bundle, forged anew each time; the genuine one holds in between."""
    genuine = (proof.folder / "bundle.json").read_bytes()
    for forge, reason in FORGED.items():
        proof.rewrite(forge)
        said = proof.check()
        assert said.code == 1, forge
        assert reason in said.wrong[0], forge
        (proof.folder / "bundle.json").write_bytes(genuine)
    assert proof.check().code == 0


def test_a_checkpoint_that_nobody_stamped_says_so_and_is_not_called_good(proof):
    assert proof.check().code == 0
    proof.rewrite(lambda bundle: _step(bundle).update(token=None))
    said = proof.check()
    assert (said.code, said.wrong, len(said.holds)) == (2, [], 3)
    assert said.unchecked == ["the checkpoint has no time-stamp: its age is its signer's word"]


def test_only_what_the_authority_signed_says_when(proof):
    """Before that, in a list of algorithms that nobody signed, somebody puts another time."""
    genuine = proof.check()

    def dated_back(bundle):
        content = cms.ContentInfo.load(base64.b64decode(_step(bundle)["token"]))
        signed, at = content["content"], core.GeneralizedTime(datetime(1999, 1, 1, tzinfo=UTC))
        more = bytes.fromhex("0609608648016503040201") + at.dump()  # SHA-256, and a parameter
        listed = signed["digest_algorithms"].contents + bytes([0x30, len(more)]) + more
        listed = bytes([0x31, len(listed)]) + listed
        signed["digest_algorithms"] = cms.DigestAlgorithms.load(listed)
        _step(bundle)["token"] = base64.b64encode(content.dump()).decode()

    proof.rewrite(dated_back)
    changed = json.loads((proof.folder / "bundle.json").read_text())
    assert b"19990101" in base64.b64decode(_step(changed)["token"])
    assert proof.check() == genuine


def test_a_stranger_gives_no_time(proof):
    proof.roots = proof.folder / "strange.pem"
    proof.roots.write_bytes(Entity("Stranger", kind="authority").pem)
    said = proof.check()
    assert (said.code, said.wrong) == (1, ["the time-stamp of the checkpoint does not hold"])


def test_a_bundle_that_brings_its_own_key_is_found_by_whoever_names_the_right_one(proof, attested):
    """All grown and signed anew by somebody else: whole in itself, and signed by another key."""
    from wagtail_contracts.audit.backends import keys

    genuine = proof.key
    attested.unlink()
    keys.make(attested)
    proof.key = str(audit.verifiers()[0])
    assert proof.check().wrong == ["the checkpoint is signed by another key"]
    proof.key = genuine
    assert proof.check().code == 0
