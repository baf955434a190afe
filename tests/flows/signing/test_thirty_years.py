"""A sealed contract after 5, 15 and 30 years, over ends of certificates and a retired algorithm.

The first authority for time has RSA with 2048 bits, which retires at the start of 2029; each later
one has a certificate that ends before the next check.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from tests import signatures
from tests.public.markup import read
from tests.tsa import lab as labs
from tests.unit.sealing.pki import NOW, YEAR, Entity
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.backends import keys
from wagtail_contracts.audit.models import CheckpointToken, Event
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.sealing import __main__ as tool
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.backends import identity
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
# When files are looked at, in years, and until when the authority's certificate is good by then.
LOOKS = (5, 15, 30)
AUTHORITIES = (6, 16, 40)
UNCHANGED = "This is the sealed contract. It is unchanged."
UNSURE = "We could not check everything."
LATE = timedelta(days=30)


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with labs.opened(tmp_path_factory.mktemp("time")) as lab:
        yield lab


@pytest.fixture
def lab(opened, settings):
    opened.server.recover()
    opened.publish()
    opened.server.entity = authority(opened, 10, bits=2048)
    labs.configure(settings, opened)
    return opened


@pytest.fixture
def attested(lab, settings, tmp_path):
    """The site has its checkpoints stamped by the same authority."""
    keys.make(tmp_path / "checkpoint.pem")
    ours = settings.WAGTAIL_CONTRACTS
    same = {name: ours["SEALING"][name] for name in ("TIMESTAMP", "TIMESTAMP_TRUST", "CALLS")}
    named = {"ORIGIN": "contracts.example.org/audit", "KEY": tmp_path / "checkpoint.pem"}
    settings.WAGTAIL_CONTRACTS = {**ours, "AUDIT": {**named, **same}}


@pytest.fixture
def kept(lab, answered):
    """The sealed file of a contract that everybody signed today."""
    signatures.sign_all(answered)
    contract = Contract.objects.get(pk=answered.contract.pk)
    return signing.seal(contract.current_version, by=SYSTEM)


def authority(lab, years, bits=3072):
    return Entity(
        f"Time of {years} years",
        lab.root,
        kind="stamps",
        rsa_key=True,
        bits=bits,
        until=NOW + years * YEAR,
        lists=lab.tsa.lists,
    )


def revocations_of(lab, now):
    for one in (lab.root, lab.issuer):
        path = f"/{one.common.replace(' ', '-')}.crl"
        lab.server.lists[path] = one.revocations(since=now - timedelta(days=1)).dump()


def renew(lab, at: datetime, years: int, *words: str) -> None:
    """The command, on that day, with an authority that is good until then."""
    lab.server.entity = authority(lab, years)
    revocations_of(lab, at)
    with time_machine.travel(at):
        call_command("contracts_renew_seals", *words)


def told(lab, kept: SealedFile, years: int, folder, *, trust=None) -> int:
    """What the command line says of a file by itself, without the site; its exit code."""
    root, path = lab.folder / "root.pem", folder / "contract.pdf"
    path.write_bytes(sealing.content(kept))
    day = (NOW + years * YEAR).date().isoformat()
    trusted = ["--trust", str(trust or root), "--timestamp-trust", str(root)]
    return tool.main(["verify", *trusted, "--at", day, str(path)])


def shown(kept: SealedFile, years: int) -> str:
    """What the verification page says of it on that day."""
    upload = SimpleUploadedFile("contract.pdf", sealing.content(kept))
    with time_machine.travel(NOW + years * YEAR):
        page = read(Client().post("/verify/", {"file": upload}).content).text
    [said] = [words for words in (UNCHANGED, UNSURE) if words in page]
    return said


def test_renewed_in_the_file_it_is_intact_and_without_it_is_undated(lab, kept, tmp_path):
    contract = Event.objects.named(events.DOCUMENT_SEALED).get().trail.key
    assert kept.algorithms == "rsa-2048 sha256"
    newest, due = kept, NOW + 2 * YEAR
    for look, good in zip(LOOKS, AUTHORITIES, strict=True):
        assert (told(lab, newest, look, tmp_path), shown(newest, look)) == (3, UNSURE)

        renew(lab, due - LATE, good, "--in-file", "--before", str(due.date() + 3 * LATE))
        newest = SealedFile.objects.order_by("generation").last()
        due = newest.renew_before

        assert (told(lab, newest, look, tmp_path), shown(newest, look)) == (0, UNCHANGED)
        assert (told(lab, kept, look, tmp_path), shown(kept, look)) == (3, UNSURE)

    assert (newest.generation, newest.level, newest.algorithms) == (4, "B-LTA", "rsa-3072 sha256")
    assert sealing.content(newest).startswith(sealing.content(kept))
    renewals = Event.objects.of(contract).named(events.DOCUMENT_RENEWED)
    assert [one.data["ends"] for one in renewals][-1] == f"{NOW + 40 * YEAR:%Y-%m-%d}"


def test_a_seal_that_names_nobody_to_ask_outlives_its_certificate_too(
    lab, answered, section, tmp_path, capsys
):
    """As `sealing_identity create` makes it, here for two years; the file says what it lacks."""
    identity.make(tmp_path / "own", "Eksempel AS", years=2)
    own = tmp_path / "own" / identity.AUTHORITY
    options = {"path": own.with_name(identity.SEAL)}
    options["password_file"] = own.with_name(identity.PASSWORD)
    section("SEALING", OPTIONS=options, TRUST=[lab.folder / "root.pem", own])
    lab.server.entity = authority(lab, 6)
    signatures.sign_all(answered)
    kept = signing.seal(answered.version, by=SYSTEM)
    assert (kept.level, kept.lacks, kept.renew_before) == ("B-LTA", "", NOW + 6 * YEAR)

    renew(lab, NOW + 6 * YEAR - LATE, 16, "--in-file")
    newest = SealedFile.objects.order_by("generation").last()
    assert newest.renew_before == NOW + 16 * YEAR

    capsys.readouterr()
    for file, years, code, said in (
        (kept, 3, 0, UNCHANGED),
        (kept, 7, 3, UNSURE),
        (newest, 15, 0, UNCHANGED),
    ):
        assert (told(lab, file, years, tmp_path, trust=own), shown(file, years)) == (code, said)
        assert ("names nobody who says if it was revoked" in capsys.readouterr().out) == (not code)


@pytest.mark.usefixtures("attested")
def test_renewed_by_checkpoint_it_is_intact_and_without_it_is_undated(lab, kept, tmp_path):
    proof = tmp_path / "contract.proof.json"
    call_command("contracts_renew_seals")
    due = audit.lasting().ends
    assert due == datetime(2029, 1, 1, tzinfo=NOW.tzinfo)
    for look, good in zip(LOOKS, AUTHORITIES, strict=True):
        proof.write_bytes(signing.existence(kept))
        assert (told(lab, kept, look, tmp_path), shown(kept, look)) == (3, UNSURE)

        renew(lab, due - LATE, good)
        due = audit.lasting().ends

        proof.unlink()
        assert told(lab, kept, look, tmp_path) == 3
        proof.write_bytes(signing.existence(kept))
        assert (told(lab, kept, look, tmp_path), shown(kept, look)) == (0, UNCHANGED)

    assert SealedFile.objects.get() == kept
    assert CheckpointToken.objects.count() == 4
