"""What was erased is nowhere, the chain is whole, and who kept value and salt still proves it."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from tests import tables
from tests.kinds import GREW
from wagtail_contracts import canonical
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event

pytestmark = pytest.mark.django_db
PYTHON = Path(sys.executable).resolve()
SECRET, OTHER, GROUND = "Per Hemmelig Nordmann", "Kari Åpen Nordmann", "she asked (GDPR, art. 17)"
KEY = "e" * 32


@pytest.fixture
def told(attested):
    """An event about two people under a checkpoint; the first one's value and salt are known."""
    with transaction.atomic():
        audit.record(KEY, GREW, by=SYSTEM, disclose={"patient": SECRET, "nurse": OTHER})
    audit.checkpoint()
    return Event.objects.of(KEY).get()


def exported(folder):
    call_command("audit_export", KEY, str(folder), "--timeline", "json", stdout=io.StringIO())
    words = [PYTHON, "-I", "-S", "verify.py", "."]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    texts = "".join(path.read_text() for path in folder.iterdir())
    return done.stdout + done.stderr, texts, json.loads((folder / "bundle.json").read_text())


def test_it_is_nowhere_afterwards_and_still_provable(told, tmp_path):
    said, before, kept = exported(tmp_path / "before")
    assert "WRONG" not in said
    assert (SECRET in before, SECRET in tables.texts()) == (True, True)

    audit.erase(KEY, told.commitments["patient"], GROUND, by=SYSTEM)

    said, after, bundle = exported(tmp_path / "after")
    assert "WRONG" not in said
    found = tables.texts()
    assert (SECRET in after, SECRET in found, OTHER in after, OTHER in found) == (
        False,
        False,
        True,
        True,
    )
    call_command("audit_verify", "--deep", stdout=io.StringIO())
    line = audit.timeline(KEY)[0]
    [erased] = [str(one) for one in line.said if one.kind == "patient"]
    assert (erased.startswith("erased on "), erased.endswith(f", because {GROUND}")) == (True, True)
    insist_that_the_holder_proves_it(kept, bundle)


def insist_that_the_holder_proves_it(kept, bundle):
    """By the value and the salt from before, against the records of today."""
    [own] = [one for one in kept["disclosures"] if one["value"] == SECRET]
    held = [item["c"] for item in json.loads(bundle["trails"][0]["records"][0])["commitments"]]
    salt = bytes.fromhex(own["salt"])
    assert canonical.commitment(salt, SECRET) in held
    assert canonical.commitment(salt, OTHER) not in held
    assert canonical.commitment(bytes(32), SECRET) not in held
