"""A sealed contract after 5, 15 and 30 years, over ends of certificates and a retired algorithm.

The first authority for time has RSA with 3072 bits, which retires after three years, whatever the
day is on which this runs; each later one has a certificate that ends before the next check.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

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
INTACT, UNDATED = (0, "intact"), (3, "undated")
LATE = timedelta(days=30)
RETIRES = (NOW + 3 * YEAR).date()
RETIRED = {"rsa-3072": RETIRES.isoformat()}


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with labs.opened(tmp_path_factory.mktemp("time")) as lab:
        yield lab


@pytest.fixture
def lab(opened, settings, section):
    opened.server.recover()
    opened.publish()
    opened.server.entity = authority(opened, 10, bits=3072)
    labs.configure(settings, opened)
    section("SEALING", RETIRED=RETIRED)
    return opened


@pytest.fixture
def attested(lab, settings, tmp_path):
    """The site has its checkpoints stamped by the same authority."""
    keys.make(tmp_path / "checkpoint.pem")
    ours = settings.WAGTAIL_CONTRACTS
    same = {name: ours["SEALING"][name] for name in ("TIMESTAMP", "TIMESTAMP_TRUST", "CALLS")}
    named = {"ORIGIN": "contracts.example.org/audit", "KEY": tmp_path / "checkpoint.pem"}
    settings.WAGTAIL_CONTRACTS = {**ours, "AUDIT": {**named, **same, "RETIRED": RETIRED}}


@pytest.fixture
def kept(lab, answered):
    """The sealed file of a contract that everybody signed today."""
    signatures.sign_all(answered)
    contract = Contract.objects.get(pk=answered.contract.pk)
    return signing.seal(contract.current_version, by=SYSTEM)


def authority(lab, years, bits=4096):
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


@pytest.fixture
def told(lab, tmp_path, capsys):
    """What the command line says of a file by itself, without the site: exit code and verdict."""
    root, path = lab.folder / "root.pem", tmp_path / "contract.pdf"
    rules = ["--timestamp-trust", str(root), "--retired", f"rsa-3072={RETIRES}"]

    def judged(kept: SealedFile, years: int, *, trust=root) -> tuple[int, str]:
        path.write_bytes(sealing.content(kept))
        day = (NOW + years * YEAR).date().isoformat()
        capsys.readouterr()
        code = tool.main(["verify", "--trust", str(trust), *rules, "--at", day, str(path)])
        verdict, *words = capsys.readouterr().out.removeprefix(f"{path}: ").splitlines()
        judged.words = words
        return code, verdict.partition(" (")[0]

    return judged


def shown(kept: SealedFile, years: int) -> str:
    """What the verification page says of it on that day."""
    upload = SimpleUploadedFile("contract.pdf", sealing.content(kept))
    with time_machine.travel(NOW + years * YEAR):
        page = read(Client().post("/verify/", {"file": upload}).content).text
    [said] = [words for words in (UNCHANGED, UNSURE) if words in page]
    return said


def test_renewed_in_the_file_it_is_intact_and_without_it_is_undated(lab, kept, told):
    contract = Event.objects.named(events.DOCUMENT_SEALED).get().trail.key
    assert kept.algorithms == "rsa-3072 sha256"
    newest, due = kept, datetime.combine(RETIRES, time.min, UTC)
    for look, good in zip(LOOKS, AUTHORITIES, strict=True):
        assert (told(newest, look), shown(newest, look)) == (UNDATED, UNSURE)

        renew(lab, due - LATE, good, "--in-file", "--before", str(due.date() + 3 * LATE))
        newest = SealedFile.objects.order_by("generation").last()
        due = newest.renew_before

        assert (told(newest, look), shown(newest, look)) == (INTACT, UNCHANGED)
        assert (told(kept, look), shown(kept, look)) == (UNDATED, UNSURE)

    assert (newest.generation, newest.level, newest.algorithms) == (4, "B-LTA", "rsa-4096 sha256")
    assert sealing.content(newest).startswith(sealing.content(kept))
    renewals = Event.objects.of(contract).named(events.DOCUMENT_RENEWED)
    assert [one.data["ends"] for one in renewals][-1] == f"{NOW + 40 * YEAR:%Y-%m-%d}"


def test_a_seal_that_names_nobody_to_ask_outlives_its_certificate_too(
    lab, answered, section, tmp_path, told
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

    for file, years, verdict, said in (
        (kept, 3, INTACT, UNCHANGED),
        (kept, 7, UNDATED, UNSURE),
        (newest, 15, INTACT, UNCHANGED),
    ):
        assert (told(file, years, trust=own), shown(file, years)) == (verdict, said)
        silent = "names nobody who says if it was revoked" in " ".join(told.words)
        assert silent == (verdict == INTACT)


@pytest.mark.usefixtures("attested")
def test_renewed_by_checkpoint_it_is_intact_and_without_it_is_undated(lab, kept, told, tmp_path):
    proof = tmp_path / "contract.proof.json"
    call_command("contracts_renew_seals")
    due = audit.lasting().ends
    assert due == datetime.combine(RETIRES, time.min, UTC)
    for look, good in zip(LOOKS, AUTHORITIES, strict=True):
        proof.write_bytes(signing.existence(kept))
        assert (told(kept, look), shown(kept, look)) == (UNDATED, UNSURE)

        renew(lab, due - LATE, good)
        due = audit.lasting().ends

        proof.unlink()
        assert told(kept, look) == UNDATED
        proof.write_bytes(signing.existence(kept))
        assert (told(kept, look), shown(kept, look)) == (INTACT, UNCHANGED)

    assert SealedFile.objects.get() == kept
    assert CheckpointToken.objects.count() == 4
