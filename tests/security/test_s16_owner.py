"""S-16: who owns database, files and keys tells another story; what others hold contradicts it."""

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.files.storage import storages
from django.db import connection

from tests import mails, signatures
from tests.database import triggers_lifted
from wagtail_contracts import canonical, chain
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.backends import keys
from wagtail_contracts.audit.models import (
    Anchored,
    Checkpoint,
    CheckpointToken,
    Event,
    LogEntry,
    Trail,
)
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.sealing import conf
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]
ROOT = Path(__file__).parents[2]
BACKENDS = "wagtail_contracts.audit.backends.anchors"
PRINTED = re.compile(r"audit trail (\w+), event (\d+), ([0-9a-f]{32})\.")
PLACE = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
FRESH = """
SECRET_KEY = "nobody asks for it"
INSTALLED_APPS = ["django.contrib.contenttypes", "wagtail_contracts.audit"]
DATABASES = {{"default": {database!r}}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
WAGTAIL_CONTRACTS = {{"AUDIT": {{"EARLIER": [{verifier!r}]}}}}
"""


@pytest.fixture
def site(answered, section, tmp_path):
    """A contract that was signed, sealed, mailed about and anchored; and what left the house."""
    filed, key = tmp_path / "anchors.txt", tmp_path / "checkpoint.pem"
    keys.make(key)
    anchors = {
        "disk": {"BACKEND": f"{BACKENDS}.FileAnchor", "OPTIONS": {"path": filed}},
        "board": {"BACKEND": f"{BACKENDS}.MailAnchor", "OPTIONS": {"to": ["b@eksempel.example"]}},
    }
    section("AUDIT", ORIGIN="contracts.example.org/audit", KEY=key, ANCHORS=anchors)
    signatures.sign_all(answered)
    theirs = [letter for letter in mails.sent() if answered.kari.email in letter.to]
    audit.checkpoint()
    audit.anchor()
    (note,) = [letter for letter in mail.outbox if letter.to == ["b@eksempel.example"]]
    contract = Contract.objects.get()
    (tmp_path / "contract.pdf").write_bytes(content(contract))
    (tmp_path / "note.eml").write_text(note.message().as_string())
    return SimpleNamespace(contract=contract, folder=tmp_path, letter=theirs[-1].body, filed=filed)


def content(contract):
    kept = SealedFile.objects.filter(subject=contract.current_version.digest).latest("pk")
    return sealing.content(kept)


@pytest.fixture
def fresh(site):
    """A process that has never heard of the site: the database, a public key, and what it is given.

    It can't write, nor sign.
    """
    place = {name: connection.settings_dict[name] for name in PLACE}
    place["OPTIONS"] = {n: v for n, v in place["OPTIONS"].items() if n == "transaction_mode"}
    place["NAME"] = str(place["NAME"])
    text = FRESH.format(database=place, verifier=str(audit.verifiers()[0]))
    (site.folder / "fresh.py").write_text(text)
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{site.folder}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "fresh",
    }

    def verify(*words):
        command = [sys.executable, "-m", "django", "audit_verify", *map(str, words)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        return done.returncode, done.stdout + done.stderr

    return verify


def printed(letter):
    """TRAIL:LENGTH:HEAD, read out of the letter as it came."""
    return ":".join(PRINTED.search(" ".join(letter.split())).groups())


def ways(site):
    """What others hold, each by itself."""
    return {
        "a party's mail": ("--head", printed(site.letter)),
        "a party's file": ("--anchor", site.folder / "contract.pdf"),
        "the anchor's file": ("--anchor", site.filed),
        "the anchor's mail": ("--anchor", site.folder / "note.eml"),
    }


def regrow(trail, length):
    """The same trail with all times a day later, up to a length."""
    head = chain.genesis(trail.key)
    trail.events.filter(sequence__gt=length).delete()
    for event in trail.events.order_by("sequence"):
        at = event.at + timedelta(days=1)
        told = {name: event.content[name] for name in ("by", "commitments", "data", "name")}
        link = chain.link(trail.key, head, {**told, "at": canonical.moment(at)})
        head = chain.Head(head.length + 1, link.digest)
        trail.events.filter(pk=event.pk).update(record=link.record, digest=link.digest, at=at)
    Trail.objects.filter(pk=trail.pk).update(length=head.length, head=head.digest)


def tell_another_story(site):
    """Every event anew, another sealed file in the place of the old one, all signed by our keys."""
    sealed = Event.objects.of(site.contract.trail).named("document.sealed").get()
    stored = SealedFile.objects.get()
    with triggers_lifted():
        for model in (Anchored, CheckpointToken, Checkpoint, LogEntry):
            model.objects.all().delete()
        for trail in Trail.objects.all():
            shared = trail.key == site.contract.trail
            regrow(trail, sealed.sequence - 1 if shared else trail.length)
        SealedFile.objects.all().delete()
    storages[conf.sealing().storage].delete(stored.name)
    signing.seal(site.contract.current_version, by=SYSTEM)
    audit.checkpoint()


def test_what_others_hold_contradicts_it_and_nothing_else_does(site, fresh):
    trails = Trail.objects.count()
    everything = [word for words in ways(site).values() for word in words]
    code, said = fresh(*everything)
    assert (code, said.splitlines()[-1]) == (0, f"{trails + 6} whole.")
    assert said.count("checkpoints compared: ") == 2  # the anchor's file, and its mail

    tell_another_story(site)

    # Whole in itself, file and all; only whoever holds something from before can tell.
    now = site.folder / "now.pdf"
    now.write_bytes(content(site.contract))
    assert fresh("--anchor", now) == (0, f"{trails + 3} whole.\n")
    said_of = {}
    for name, words in ways(site).items():
        code, said = fresh(*words)
        assert (code, f"1 of {trails + 3} broken" in said) == (1, True), (name, said)
        said_of[name] = said
    assert all(
        f"Trail {site.contract.trail}" in said_of[f"a party's {it}"] for it in ("mail", "file")
    )
    assert all("Log of trails" in said_of[f"the anchor's {it}"] for it in ("file", "mail"))
