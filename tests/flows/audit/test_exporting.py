"""A proof of one trail, checked by its own script in a process that can import nothing of ours."""

import base64
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from tests.kinds import GREW
from tests.tsa import lab as labs
from wagtail_contracts import canonical
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event

pytestmark = pytest.mark.django_db
PYTHON = Path(sys.executable).resolve()


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with labs.opened(tmp_path_factory.mktemp("time")) as lab:
        yield lab


@pytest.fixture
def attested_in_time(opened, attested, settings):
    opened.server.recover()
    given = settings.WAGTAIL_CONTRACTS
    names = ("TIMESTAMP", "TIMESTAMP_TRUST", "CALLS")
    ours = {name: value for name, value in opened.settings().items() if name in names}
    settings.WAGTAIL_CONTRACTS = {**given, "AUDIT": {**given["AUDIT"], **ours}}
    return opened


@pytest.fixture
def folder(attested_in_time, grow, ola, tmp_path):
    """A bundle over four records, of which a checkpoint covers three; other trails lie around."""
    for count in (1, 2):
        grow(count)
    with transaction.atomic():
        for kind, value in (("email", "kari@eksempel.example"), ("name", "Kari Nordmann")):
            audit.record("k" * 32, GREW, by=ola, disclose={kind: value})
    grow(1, "k" * 32)
    audit.checkpoint()
    audit.stamp()
    grow(1, "k" * 32)
    call_command("audit_export", "k" * 32, str(tmp_path / "proof"))
    shutil.copy(attested_in_time.folder / "root.pem", tmp_path / "proof" / "trust.pem")
    return tmp_path / "proof"


def checked(folder):
    """The exit code and what the script said, with nothing of ours to be had."""
    words = [PYTHON, "-I", "-S", "verify.py", "."]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    assert not done.stderr
    return done.returncode, done.stdout.splitlines()


def rewrite(folder, change):
    path = folder / "bundle.json"
    bundle = json.loads(path.read_text())
    change(bundle)
    path.write_text(json.dumps(bundle))


def test_a_genuine_bundle_holds_in_each_part(folder):
    code, said = checked(folder)

    assert (code, [line.partition(":")[0] for line in said]) == (0, ["holds"] * 5)
    assert "4 records" in said[0]
    assert "covers the first 3 records" in said[2]


def test_it_is_not_written_over_another(folder):
    with pytest.raises(CommandError):
        call_command("audit_export", "k" * 32, str(folder))
    with pytest.raises(CommandError):
        call_command("audit_export", "unknown", str(folder.parent / "other"))
    assert not (folder.parent / "other").exists()
    assert checked(folder)[0] == 0


def test_without_a_checkpoint_it_shows_the_order(attested, grow, tmp_path):
    key = grow(3)
    call_command("audit_export", key, str(tmp_path / "proof"))
    code, said = checked(tmp_path / "proof")
    assert (code, len(said)) == (0, 2)


def test_what_was_erased_is_not_in_it_and_the_rest_holds(folder, ola):
    event = Event.objects.of("k" * 32).first()
    audit.erase("k" * 32, event.commitments["email"], "asked", by=ola)
    call_command("audit_export", "k" * 32, str(folder.parent / "erased"))

    text = (folder.parent / "erased" / "bundle.json").read_text()
    assert ("kari@eksempel.example" in text, "Kari Nordmann" in text) == (False, True)
    shutil.copy(folder / "trust.pem", folder.parent / "erased")
    assert checked(folder.parent / "erased")[0] == 0


def _last_record(bundle):
    bundle["trail"]["records"].pop()


def _record(bundle):
    records = bundle["trail"]["records"]
    records[1] = records[1].replace('"seq":2', '"seq": 2')


def _regrown(bundle):
    """A chain that is whole in itself over other records: only the checkpoint tells."""
    from wagtail_contracts import chain

    trail, head, texts = bundle["trail"], chain.genesis("k" * 32), []
    for text in trail["records"]:
        content = {n: json.loads(text)[n] for n in ("at", "by", "commitments", "name")}
        link = chain.link("k" * 32, head, {**content, "data": {"forged": True}})
        head = chain.Head(head.length + 1, link.digest)
        texts.append(link.record)
    trail.update(records=texts, head=head.digest)


def _value(bundle):
    bundle["disclosures"][0]["value"] += "x"


def _foreign_value(bundle):
    salt = bytes(32)
    made = canonical.commitment(salt, "Made up")
    one = {"commitment": made, "salt": salt.hex(), "value": "Made up"}
    bundle["disclosures"].append(one)


def _path(bundle):
    bundle["checkpoint"]["path"][0] = "00" * 32


def _longer_path(bundle):
    bundle["checkpoint"]["path"].append("00" * 32)


def _index(bundle):
    bundle["checkpoint"]["index"] = 1 - min(bundle["checkpoint"]["index"], 1)


def _note(bundle):
    bundle["checkpoint"]["note"] = bundle["checkpoint"]["note"].replace("events ", "events 1")


def _key(bundle):
    name, _hash, encoded = bundle["verifiers"][0].split("+", 2)
    typed = bytearray(base64.b64decode(encoded))
    typed[-1] ^= 1
    bundle["verifiers"] = [f"{name}+00000000+{base64.b64encode(typed).decode()}"]


def _token(bundle):
    token = bytearray(base64.b64decode(bundle["token"]))
    token[-9] ^= 1
    bundle["token"] = base64.b64encode(token).decode()


@pytest.mark.parametrize(
    "change",
    [
        _last_record,
        _record,
        _regrown,
        _value,
        _foreign_value,
        _path,
        _longer_path,
        _index,
        _note,
        _key,
        _token,
    ],
)
def test_a_forged_bundle_is_named_in_the_part_that_was_forged(folder, change):
    rewrite(folder, change)
    code, said = checked(folder)
    assert (code, any(line.startswith("WRONG:") for line in said)) == (1, True)


def test_a_stranger_gives_no_time(folder, opened):
    from tests.unit.sealing.pki import Entity

    (folder / "trust.pem").write_bytes(Entity("Stranger", kind="authority").pem)
    code, said = checked(folder)
    assert (code, [line.partition(":")[0] for line in said]) == (1, ["holds"] * 4 + ["WRONG"])
