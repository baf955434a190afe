"""From nothing to an identity of one's own: asked for, taken in, judged, exchanged for the next."""

import io
import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.core.management import CommandError, call_command

from tests import bundles, identity
from tests.csc import listed as listing
from tests.unit.sealing.pki import DAY, NOW, YEAR, Entity, Lab
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.backends import rotating
from wagtail_contracts.sealing.backends.identity import (
    AUTHORITY,
    PASSWORD,
    SEAL,
    USES,
    exchange,
)
from wagtail_contracts.sealing.flows import identities

pytestmark = pytest.mark.django_db
ASKED = ["--name", "Eksempel AS", "--country", "NO", "--number", "NTRNO-912345678"]


@pytest.fixture(scope="module")
def lab():
    return Lab()


def say(*words):
    """What the command says."""
    out = io.StringIO()
    call_command("sealing_identity", *map(str, words), stdout=out)
    return out.getvalue()


@pytest.fixture
def chosen(settings):
    """Changes SEALING; what is not named stays."""

    def change(**changes):
        given = settings.WAGTAIL_CONTRACTS
        settings.WAGTAIL_CONTRACTS = {**given, "SEALING": {**given["SEALING"], **changes}}
        identities.forget()

    return change


@pytest.fixture
def own(tmp_path, chosen):
    """A seal in a folder of its own, in use."""
    folder = tmp_path / "seal"
    shutil.copytree(identity.folder(), folder)
    chosen(
        OPTIONS={"path": folder / SEAL, "password_file": folder / PASSWORD},
        TRUST=[folder / AUTHORITY, identity.training() / AUTHORITY],
    )
    return folder


def issue(lab, request, *, usage="content_commitment", until=NOW + YEAR, key=None):
    """The certificate that the laboratory makes of a request."""
    asked = x509.load_pem_x509_csr(request)
    uses = x509.KeyUsage(**{use: use == usage for use in USES})
    number = x509.random_serial_number()
    issuer = x509.load_der_x509_certificate(lab.issuer.certificate()).subject
    public = key or asked.public_key()
    builder = x509.CertificateBuilder(issuer, asked.subject, public, number, NOW - DAY, until)
    builder = builder.add_extension(uses, critical=True)
    return builder.sign(lab.issuer.key, hashes.SHA256()).public_bytes(Encoding.PEM)


def issued(lab, folder, **how):
    """An answer of the authority on disk: the certificate with its chain, and the root."""
    answer, root = folder / "issued.pem", folder / "root.pem"
    answer.write_bytes(issue(lab, (folder / "request.pem").read_bytes(), **how) + lab.issuer.pem)
    root.write_bytes(lab.root.pem)
    return ["--certificate", answer, "--root", root]


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_a_request_names_the_organisation_as_seals_do(tmp_path, kind):
    said = say("request", "--folder", tmp_path, *ASKED, "--key", kind)

    asked = x509.load_pem_x509_csr(said.encode())
    assert asked.is_signature_valid
    assert (tmp_path / "request.pem").read_text().strip() == said.strip()
    named = {item.oid: item.value for item in asked.subject}
    assert named == {
        NameOID.COUNTRY_NAME: "NO",
        NameOID.ORGANIZATION_NAME: "Eksempel AS",
        NameOID.ORGANIZATION_IDENTIFIER: "NTRNO-912345678",
        NameOID.COMMON_NAME: "Eksempel AS",
    }
    usage = asked.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.content_commitment
    assert not usage.digital_signature
    assert (tmp_path / "request.key").stat().st_mode & 0o777 == 0o600
    assert b"ENCRYPTED" in (tmp_path / "request.key").read_bytes()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--country", "Norge"], "no country"),
        (["--number", "912345678"], "no number of an organisation"),
        (["--name", ""], "needs --name"),
    ],
)
def test_a_request_that_no_authority_would_take_is_not_made(tmp_path, words, why):
    with pytest.raises(CommandError, match=why):
        say("request", "--folder", tmp_path / "new", *ASKED, *words)
    assert not (tmp_path / "new").exists()
    say("request", "--folder", tmp_path / "new", *ASKED)


def test_a_request_overwrites_nothing(tmp_path):
    say("request", "--folder", tmp_path, *ASKED)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(CommandError, match="already holds request"):
        say("request", "--folder", tmp_path, *ASKED)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_key_that_is_in_use_can_ask_too(own):
    asked = x509.load_pem_x509_csr(say("request", *ASKED).encode())
    used = x509.load_der_x509_certificate(sealing.identity().certificate())
    assert asked.is_signature_valid
    assert asked.public_key() == used.public_key()


def test_what_was_issued_is_taken_in_and_seals(lab, tmp_path, own):
    folder = tmp_path / "bought"
    say("request", "--folder", folder, *ASKED)
    said = say("request", "--folder", folder, *issued(lab, folder))

    assert "rotate --folder" in said
    assert not (folder / "request.key").exists()
    assert (folder / SEAL).stat().st_mode & 0o777 == 0o600
    say("rotate", "--folder", folder)
    assert "Lab Root" in say("check")


@pytest.mark.parametrize(
    ("wrong", "why"),
    [("key", "holds no certificate for the key"), ("root", "does not lead to")],
)
def test_what_was_issued_for_something_else_is_not_taken_in(lab, tmp_path, wrong, why):
    say("request", "--folder", tmp_path, *ASKED)
    other = Entity("Other", kind="authority")
    words = issued(lab, tmp_path, key=other.key.public_key() if wrong == "key" else None)
    if wrong == "root":
        (tmp_path / "root.pem").write_bytes(other.pem)
    with pytest.raises(CommandError, match=why):
        say("request", "--folder", tmp_path, *words)
    assert not (tmp_path / SEAL).exists()
    assert (tmp_path / "request.key").exists()
    say("request", "--folder", tmp_path, *issued(lab, tmp_path))
    assert (tmp_path / SEAL).exists()


def test_a_local_seal_is_checked_and_said_to_be_on_no_trust_list(own):
    said = say("check")
    assert "judged intact" in said
    assert "On an EU trust list: not as far as this site knows" in said
    assert "local authority" in said


def held(tmp_path, chosen, entity, root):
    """The entity in use, with what is above it."""
    path, above = tmp_path / "seal.p12", tmp_path / "above.pem"
    given = [x509.load_der_x509_certificate(item) for item in entity.chain()]
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"s", entity.key, entity.signed, given, NoEncryption()
        )
    )
    above.write_bytes(root.pem)
    chosen(OPTIONS={"path": path}, TRUST=[above])


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"until": NOW - DAY}, "it is over"),
        ({"kind": "stamps"}, "its use is not to commit"),
        ({}, ""),
    ],
)
def test_a_seal_that_will_not_do_ends_with_1_and_why(lab, tmp_path, chosen, how, why):
    held(tmp_path, chosen, Entity("Eksempel AS seal", lab.issuer, **how), lab.root)
    if why:
        with pytest.raises(CommandError, match=why):
            say("check")
    else:
        assert "judged intact" in say("check")


def test_a_seal_of_nobody_who_is_trusted_ends_with_1(lab, tmp_path, chosen):
    held(tmp_path, chosen, Entity("Eksempel AS seal", lab.issuer), Entity("X", kind="authority"))
    with pytest.raises(CommandError, match="leads to no root in TRUST"):
        say("check")


def next_one(tmp_path, name="Eksempel AS"):
    folder = tmp_path / "next"
    say("create", "--folder", folder, "--name", name)
    return folder


def test_after_rotating_old_and_new_seals_are_intact(own, tmp_path):
    before = sealing.seal(bundles.bundle())
    following = next_one(tmp_path)

    said = say("rotate", "--folder", following)

    after = sealing.seal(bundles.bundle())
    assert before.fingerprint != after.fingerprint
    assert before.fingerprint in said
    assert after.fingerprint in said
    assert sealing.verify(before.content).intact
    assert sealing.verify(after.content).intact
    kept = own / f"seal-{before.fingerprint[:16]}.p12"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert (own / AUTHORITY).read_bytes().count(b"BEGIN CERTIFICATE") == 2
    with pytest.raises(CommandError, match="this one already"):
        say("rotate", "--folder", following)


def given_to(monkeypatch, *, uid, gid):
    """Let all files that are there be somebody else's, and see to whom new ones are given."""
    looked, owned = Path.stat, []

    def stat(path, **how):
        there = looked(path, **how)
        return os.stat_result([*there[:4], uid, gid, *there[6:]])

    monkeypatch.setattr(Path, "stat", stat)
    monkeypatch.setattr(os, "fchown", lambda _file, *whose: owned.append(whose))
    return owned


def test_rotating_keeps_links_and_who_may_read(own, tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in (SEAL, AUTHORITY):
        shutil.move(own / name, elsewhere / name)
        (own / name).symlink_to(elsewhere / name)
        (elsewhere / name).chmod(0o640)
    owned = given_to(monkeypatch, uid=1234, gid=5678)

    say("rotate", "--folder", next_one(tmp_path))

    assert {path.name for path in own.iterdir() if path.is_symlink()} == {AUTHORITY, SEAL}
    assert [(elsewhere / name).stat().st_mode & 0o777 for name in (SEAL, AUTHORITY)] == [0o640] * 2
    assert owned == [(1234, 5678)] * 3  # that which is kept, too
    [kept] = own.glob("seal-*.p12")
    assert kept.stat().st_mode & 0o777 == 0o640
    assert (elsewhere / AUTHORITY).read_bytes().count(b"BEGIN CERTIFICATE") == 2


def test_a_file_that_may_not_be_given_to_its_owner_is_not_exchanged(own, tmp_path, monkeypatch):
    following, used = next_one(tmp_path), {path.name: path.read_bytes() for path in own.iterdir()}

    def refuse(*_given):
        raise PermissionError(1, "Operation not permitted")

    with monkeypatch.context() as context:
        given_to(context, uid=1234, gid=5678)
        context.setattr(os, "fchown", refuse)
        with pytest.raises(CommandError, match=r"not permitted: its owner must run this: .*seal"):
            say("rotate", "--folder", following)
    left = {path.name: path.read_bytes() for path in own.iterdir()}
    assert {name: left[name] for name in used} == used
    assert [name for name in left if name.endswith(".part")] == []

    say("rotate", "--folder", following)
    assert (own / SEAL).read_bytes() != used[SEAL]


def test_a_file_keeps_its_access_control_list(tmp_path, monkeypatch):
    lists = {str(tmp_path / "listed"): b"user 33 reads"}
    given = []

    def read(path, name):
        assert name == "system.posix_acl_access"
        if str(path) not in lists:
            raise OSError(61, "No data available")
        return lists[str(path)]

    monkeypatch.setattr(os, "getxattr", read)
    monkeypatch.setattr(os, "setxattr", lambda _file, _name, value: given.append(value))
    for name in ("listed", "other"):
        (tmp_path / name).write_bytes(b"before")
        exchange(tmp_path / name, b"now", 0o600)
        assert (tmp_path / name).read_bytes() == b"now"
    assert given == [b"user 33 reads"]


def test_two_who_rotate_at_once_lose_no_root(own, tmp_path, monkeypatch):
    seals = [identities.held(), identities.held()]
    places = [tmp_path / "one", tmp_path / "two"]
    for place in places:
        say("create", "--folder", place, "--name", "Eksempel AS")
    joined = rotating._joined
    monkeypatch.setattr(rotating, "_joined", lambda *given: (joined(*given), time.sleep(0.5))[0])

    with ThreadPoolExecutor(2) as both:
        calls = zip(seals, places, strict=True)
        done = [both.submit(rotating.rotate, seal, own / AUTHORITY, at) for seal, at in calls]
    first, second = sorted((one.result() for one in done), key=lambda one: one.kept.stat().st_mtime)

    assert first.now == second.before
    assert (own / AUTHORITY).read_bytes().count(b"BEGIN CERTIFICATE") == 3


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("call", [1, 2, 3])
def test_wherever_it_stops_one_seal_is_whole_and_both_verify(own, tmp_path, monkeypatch, call):
    before, following, done = sealing.seal(bundles.bundle()), next_one(tmp_path), []
    replace = os.replace

    def stop(*names):
        done.append(names)
        if len(done) == call:
            raise Killed
        replace(*names)

    with monkeypatch.context() as context:
        context.setattr(os, "replace", stop)
        with pytest.raises(Killed):
            say("rotate", "--folder", following)
    assert [*own.glob("*.part")] == []
    identities.forget()
    between = sealing.seal(bundles.bundle())
    assert between.fingerprint == before.fingerprint

    say("rotate", "--folder", following)
    after = sealing.seal(bundles.bundle())
    assert after.fingerprint != before.fingerprint
    assert all(sealing.verify(one.content).intact for one in (before, between, after))


@pytest.mark.parametrize("wrong", ["test", "over", "absent", "root"])
def test_no_seal_is_exchanged_for_one_that_will_not_do(own, tmp_path, wrong):
    used = (own / SEAL).read_bytes(), (own / AUTHORITY).read_bytes()
    following = tmp_path / "next"
    if wrong == "test":
        say("create", "--folder", following, "--name", "Eksempel AS", "--test")
    elif wrong != "absent":
        next_one(tmp_path)
    if wrong == "root":
        (following / AUTHORITY).write_bytes(Entity("Other", kind="authority").pem)
    if wrong == "over":
        late = Entity("Late", kind="authority", until=NOW - timedelta(days=1))
        seal = Entity("Late seal", late, until=NOW - timedelta(days=1))
        password = (following / PASSWORD).read_bytes().strip()
        (following / SEAL).write_bytes(pkcs12_of(seal, password))
        (following / AUTHORITY).write_bytes(late.pem)

    with pytest.raises(CommandError):
        say("rotate", "--folder", following)
    assert ((own / SEAL).read_bytes(), (own / AUTHORITY).read_bytes()) == used
    assert sealing.seal(bundles.bundle())


def pkcs12_of(entity, password):
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption

    locked = BestAvailableEncryption(password)
    return pkcs12.serialize_key_and_certificates(b"s", entity.key, entity.signed, None, locked)


@pytest.mark.parametrize(
    ("says", "told", "listed"),
    [
        (listing.QUALIFIED, True, True),
        (listing.QUALIFIED, False, False),  # nobody told the site
        (("qc_compliance", "qc_sscd", "qct_esign"), True, False),  # of a person
        (("qc_compliance", "qct_eseal"), True, False),  # on no qualified device
        ((), True, False),
    ],
)
def test_a_seal_is_qualified_where_it_and_the_settings_say_so(tmp_path, chosen, says, told, listed):
    chosen(**listing.held(tmp_path, says, told=told))

    said = say("check")
    assert ("Qualified, as QUALIFIED_TRUST" in said) is listed
    assert ("not as far as this site knows" in said) is not listed
    assert sealing.qualified() is listed
