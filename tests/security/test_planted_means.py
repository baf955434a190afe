"""People show by every means who they are; a dump of the database tells a thief nothing of it.

Nothing stands in for anything: the dump is the one that an operator makes, the provider and the
service of signatures answer over TLS, and codes are those that came.
"""

from __future__ import annotations

import json
import logging
import re
import tempfile
from dataclasses import fields
from types import SimpleNamespace

import pytest
from django.conf import settings as site
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests import builders, phones, signatures
from tests.admin import posts
from tests.admin.test_stepup import code, give
from tests.csc.pki import NUMBER
from tests.csc.stage import first_day, running_servers  # noqa: F401 - fixtures
from tests.journeys import stage
from tests.public import test_remote as remote
from tests.public import visits
from tests.security import dumped, planting
from tests.security.oidc.configuration import PERSON, SECRET
from tests.security.oidc.fixtures import *  # noqa: F403 - fixtures
from tests.security.oidc.visitor import Visitor
from tests.security.planting import EMAIL, PHONE
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing.core import shown
from wagtail_contracts.signing.models import Identification, Signature, SignIn

pytestmark = pytest.mark.django_db(transaction=True)
LINK = re.compile(r"/c/([A-Za-z0-9_-]{43})/")
CODE = re.compile(r"\b(\d{6})\b")
FORM = {field.name for field in fields(shown.Shown)}  # the same for every means
EVERY = {"link", "email_code", "sms_code", "bankid", "remote", "in_person", "totp"}
# In which tables of others a secret stands that is theirs to keep, and why.
THEIRS = {
    ("otp_totp_totpdevice.key", "device"): "django-otp works out codes from it, and keeps it so.",
    ("django_session.session_key", "session"): "Django finds a member of staff's session by it.",
}


@pytest.fixture
def heard(tmp_path, monkeypatch, caplog):
    """All that is logged is heard; what is put on disk for a while is seen."""
    planting.listen(caplog)
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    return caplog


@pytest.fixture
def world(template, sender, settings, bankid, lab):
    """Every means is there."""
    ours = settings.WAGTAIL_CONTRACTS
    means = {**ours["SIGNING"]["METHODS"], **lab.methods}
    settings.WAGTAIL_CONTRACTS = {**ours, "SIGNING": {**ours["SIGNING"], "METHODS": means}}
    phones.configured(settings)
    return SimpleNamespace(template=template, sender=sender, lab=lab)


def asked(world: SimpleNamespace, means: str) -> SimpleNamespace:
    """A contract that Kari has filled in, and is to sign by these means."""
    ours, theirs = builders.parties(world.sender)
    known = {"national_id": PERSON["nnin"]} if means == "bankid" else {}
    theirs.people[0] = contracts.PersonDraft(
        "Kari Nordmann", EMAIL, phone=PHONE, signs_by=means, **known
    )
    draft = builders.contract(world.template, world.sender, parties=[ours, theirs])
    by = builders.actor(world.sender)
    contracts.send(draft, builders.shown(draft), into="signing", by=by)
    at = stage(draft, world.sender)
    contracts.answer(at.kari, at.version.digest, builders.ANSWERS, by=builders.guest(at.kari))
    return stage(draft, world.sender)


def by_link(world: SimpleNamespace, at: SimpleNamespace) -> None:
    visits.agree(visits.enter(at.kari), at.kari)


def by_mail(world: SimpleNamespace, at: SimpleNamespace) -> None:
    visits.sign(visits.enter(at.kari), at.kari)


def by_sms(world: SimpleNamespace, at: SimpleNamespace) -> None:
    client = visits.enter(at.kari)
    visits.agree(client, at.kari)
    outbox.deliver()
    [typed] = CODE.findall(phones.KeptSms.sent[-1][1])
    client.post(visits.page("code", at.kari), {"code": typed})


def by_provider(world: SimpleNamespace, at: SimpleNamespace) -> None:
    signatures.sign(at.kari, Visitor(at.kari).sign_in())


def by_certificate(world: SimpleNamespace, at: SimpleNamespace) -> None:
    client = visits.enter(at.kari)
    page = visits.agree(client, at.kari)
    for button in ("Go on", f"Sign version {at.version.number}"):
        page = remote.back(client, world.lab, remote.away(page, world.lab), button)


def in_person(world: SimpleNamespace, at: SimpleNamespace) -> None:
    client, device = _staff(world)
    url = reverse("wagtail_contracts_contract:sign_in_person", args=[at.contract.pk])
    give(client, device, url)
    handed = client.post(url, {"participant": at.kari.public_id})
    client.post(handed["Location"])
    form = {**visits.shown(at.kari), **visits.NAME, "do": "sign"}
    client.post(visits.page("sign", at.kari), form)


def by_device(world: SimpleNamespace, at: SimpleNamespace) -> None:
    client, device = _staff(world)
    said = {"device": device.persistent_id, "code": code(device), "name": at.ola.name}
    client.post(posts.address("sign", at.contract.pk), {**visits.shown(at.ola), **said})


def _staff(world: SimpleNamespace) -> tuple[Client, TOTPDevice]:
    client = Client()
    client.force_login(world.sender)
    TOTPDevice.objects.filter(user=world.sender).delete()
    app = TOTPDevice.objects.create(user=world.sender, name="phone", confirmed=True)
    return client, app


GO = {
    "link": by_link,
    "email_code": by_mail,
    "sms_code": by_sms,
    "bankid": by_provider,
    "remote": by_certificate,
    "in_person": in_person,
    "totp": by_device,
}


def secrets(world: SimpleNamespace) -> dict[str, set[str]]:
    """What came to people, and what only we and they may know, by what it is."""
    letters = [f"{letter.subject} {letter.body}" for letter in mail.outbox]
    texts = [text for _number, text, _identity in phones.KeptSms.sent]
    keys = {str(key) for key in site.WAGTAIL_CONTRACTS["KEYS"]}
    return {
        "e-mail": {EMAIL},
        "phone": {PHONE},
        "national id": {PERSON["nnin"]},
        "token": {found for text in (*letters, *texts) for found in LINK.findall(text)},
        "code": {hit[1] for text in (*letters, *texts) if (hit := CODE.search(text))},
        "key": {*keys, SECRET, world.lab.options["client_secret"]},
        "device": set(TOTPDevice.objects.values_list("key", flat=True)),
        "session": set(Session.objects.values_list("session_key", flat=True)),
        **answers(),
    }


def answers() -> dict[str, set[str]]:
    """What services said, word for word, and what we sent along; as the models read it."""
    found = [shown.read(one.evidence) for one in Identification.objects.all()]
    number = NUMBER.partition("-")[2]
    return {
        "provider answer": {one.answer for one in found if one and one.answer},
        "own signature": {one.signature for one in found if one and one.signature},
        "certificate": {number, number.encode().hex()},
        "verifier": set(SignIn.objects.values_list("verifier", flat=True)),
        "credential": set(SignIn.objects.exclude(kept="").values_list("kept", flat=True)),
    }


def kinds(known: dict[str, set[str]], text: str) -> set[str]:
    """Which of them stand in a text."""
    squeezed = planting.plain(text)
    return {
        kind for kind, words in known.items() if any(_in(word, text, squeezed) for word in words)
    }


def _in(secret: str, text: str, squeezed: str) -> bool:
    """Six digits within more letters and digits are no code."""
    if planting.plain(secret) not in squeezed:
        return False
    alone = rf"(?<![\w.:+-]){secret}(?![\w.:+-])"
    return not CODE.fullmatch(secret) or bool(re.search(alone, text))


def test_no_means_leaves_in_a_dump_in_a_file_or_in_a_log_what_was_shown(world, heard, tmp_path):
    for means, go in GO.items():
        at = asked(world, "" if means == "totp" else means)
        go(world, at)
        given = Signature.objects.get(version__contract=at.contract)
        assert given.identification.method == means
        form = json.loads(given.identification.evidence)
        assert (form["method"], set(form)) == (means, FORM)
        if means in ("link", "remote"):
            signatures.sign(at.ola)
    while outbox.deliver():
        pass
    assert set(Signature.objects.values_list("identification__method", flat=True)) >= EVERY
    known = secrets(world)
    assert [kind for kind, words in known.items() if not words] == []

    there = {
        (f"{table}.{column}", kind)
        for table, column, text in dumped.cells(tmp_path)
        for kind in kinds(known, text)
    }
    assert there == set(THEIRS)
    assert kinds(known, logged(heard)) == set()
    on_disk = [path for path in (tmp_path / "tmp").rglob("*") if path.is_file()]
    assert [path for path in on_disk if kinds(known, path.read_bytes().decode("latin-1"))] == []
    assert sealed(known) == {"certificate"}  # it goes with the signature that it is of
    assert Participant.objects.filter(national_id="").count() < Participant.objects.count()


def logged(heard) -> str:
    """With what was raised, by all but the provider of the tests, which logs what it is asked."""
    form = logging.Formatter()
    told = [one for one in heard.records if not one.name.startswith("idpyoidc")]
    return "\n".join(form.format(one) for one in told)


def sealed(known: dict[str, set[str]]) -> set[str]:
    """What stands in the files that everybody gets."""
    files = [sealing.content(one) for one in SealedFile.objects.all()]
    assert files
    parts = [part for file in files for part in sealing.verify(file).files.values()]
    return {kind for part in parts for kind in kinds(known, part.decode("latin-1"))}
