"""Of each genuine file OpenSSL, poppler's pdfsig and veraPDF say what our judge says."""

import subprocess
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from asn1crypto import cms
from django.core.management import call_command
from pyhanko.pdf_utils.reader import PdfFileReader

from tests import bundles, signatures
from tests.csc import lab as csc
from tests.csc.stage import running_servers
from tests.flows.sealing import test_remote_seals as remote
from tests.flows.sealing import test_token_seals as token
from tests.flows.signing.test_remote import Way
from tests.public import stages
from tests.sweeps.sealing.conformity import CONFORMS
from tests.tsa import lab as labs
from tests.unit.sealing import bits
from tests.unit.sealing.levels import LEVELS
from tests.unit.sealing.published import others
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.models import ContractVersion
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.backends import identity
from wagtail_contracts.sealing.core.judging.judge import judge
from wagtail_contracts.sealing.flows import pades
from wagtail_contracts.signing import flows as signing

__all__ = ["running_servers"]
folder, opened, timed = token.folder, remote.opened, token.timed
TAG = b"wagtail-contracts/contract-version/v1\n"  # before the text that a person's own is over


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A PKCS#12 file, an authority for time and an issuer, all of them servers."""
    with labs.opened(tmp_path_factory.mktemp("time")) as lab:
        yield lab


def ours(data):
    """The report of the site's own judge."""
    return judge(data, sealing.trust(), datetime.now(UTC))


def openssl(*words):
    """Whether it agrees."""
    done = subprocess.run(["openssl", *words], capture_output=True, check=False)  # noqa: S603, S607
    return done.returncode == 0


@pytest.fixture
def agreed(tmp_path, verapdf):
    """What each of the others says about a file, in the order of the title."""

    def all_of_them(data, root):
        certificate = tmp_path / "root.pem"
        certificate.write_bytes(root)
        parts = by_openssl(data, tmp_path, certificate)
        return parts, others.pdfsig(data).partition(",")[0], verapdf(data)

    return all_of_them


def by_openssl(data, place, root):
    """A yes or no on the seal, on the token inside it, on each document timestamp."""
    signatures = PdfFileReader(BytesIO(data)).embedded_signatures
    said = []
    for signature, (start, end, der) in zip(signatures, bits.containers(data), strict=True):
        *_, following, size = (int(item) for item in signature.sig_object["/ByteRange"])
        covered = data[:start] + data[end : following + size]
        if signature.sig_object_type == "/DocTimeStamp":
            said.append(stamped(der, covered, place, root))
            continue
        said.append(signed(der, covered, place, root))
        signer = cms.ContentInfo.load(der)["content"]["signer_infos"][0]
        value = signer["signature"].native
        said += [stamped(proof, value, place, root) for proof in tokens(signer)]
    return said


def tokens(signer):
    """Those inside a seal: none, or one."""
    found = signer["unsigned_attrs"]
    return [item["values"][0].dump() for item in found] if len(found.dump()) > 2 else []


def signed(der, covered, place, root):
    (place / "seal.der").write_bytes(der)
    (place / "covered").write_bytes(covered)
    words = ("-inform", "DER", "-in", place / "seal.der", "-content", place / "covered")
    return openssl(
        "cms", "-verify", "-cades", "-binary", "-purpose", "any", *words, "-CAfile", root
    )


def stamped(der, covered, place, root):
    (place / "token.der").write_bytes(der)
    (place / "covered").write_bytes(covered)
    words = ("-token_in", "-in", place / "token.der", "-data", place / "covered")
    return openssl("ts", "-verify", *words, "-CAfile", root)


PARTS = {"B-B": 1, "B-T": 2, "B-LT": 2, "B-LTA": 3}


@pytest.mark.parametrize("level", LEVELS)
def test_a_file_sealed_from_a_file_of_keys(site, settings, agreed, level):
    labs.configure(settings, site, level)
    sealed = sealing.seal(bundles.bundle())
    assert (sealed.level, ours(sealed.content).verdict) == (level, "intact")
    agree = ([True] * PARTS[level], "valid", CONFORMS)
    assert agreed(sealed.content, site.root.pem) == agree


@pytest.mark.parametrize("lacks", ["time", "revocation"])
def test_a_file_that_was_raised_and_renewed_twice(site, settings, agreed, lacks):
    labs.configure(settings, site)
    site.server.code, site.server.code_of_lists = (500, 200) if lacks == "time" else (200, 500)
    low = sealing.seal(bundles.bundle())
    site.server.recover()
    raised = sealing.raise_level(low.content, low.level)
    once = sealing.renew(raised.content, raised.level)
    twice = sealing.renew(once.content, once.level)

    for times, sealed in enumerate((raised, once, twice)):
        report = ours(sealed.content)
        assert (report.verdict, report.level) == ("intact", "B-LTA")
        agree = ([True] * (3 + times), "valid", CONFORMS)
        assert agreed(sealed.content, site.root.pem) == agree


@pytest.mark.django_db
@pytest.mark.usefixtures("own_files")
def test_a_contract_that_all_have_signed_sealed_and_then_renewed(site, settings, request, agreed):
    labs.configure(settings, site)
    version = stages.build("signed", request).version
    kept = signing.seal(version, by=SYSTEM)
    for parts, file in ((3, kept), (4, signing.renew_file(kept, by=SYSTEM))):
        content = sealing.content(file)
        found = signing.verify(content)
        assert (found.report.verdict, found.report.level) == ("intact", "B-LTA")
        assert (found.version, found.trail) == (version, True)
        assert agreed(content, site.root.pem) == ([True] * parts, "valid", CONFORMS)


@pytest.mark.django_db
@pytest.mark.usefixtures("own_files")
@pytest.mark.parametrize("level", ["B-B", "B-T"])
def test_a_contract_sealed_by_what_create_makes(site, section, request, agreed, tmp_path, level):
    """Its certificate names no place to ask whether it was revoked."""
    version, folder = stages.build("signed", request).version, tmp_path / "seal"
    call_command("sealing_identity", "create", folder=folder, name="Eksempel AS", stdout=StringIO())
    held = {"path": folder / identity.SEAL, "password_file": folder / identity.PASSWORD}
    roots = [folder / identity.AUTHORITY, site.folder / "root.pem"]
    given = site.settings(level)
    section("SEALING", **{**given, "BACKEND": labs.SEAL, "OPTIONS": held, "TRUST": roots[:1]})

    content = sealing.content(signing.seal(version, by=SYSTEM))

    found = signing.verify(content)
    assert (found.report.verdict, found.report.level, found.trail) == ("intact", level, True)
    everybody = b"".join(root.read_bytes() for root in roots)
    assert agreed(content, everybody) == ([True] * PARTS[level], "valid", CONFORMS)


@pytest.mark.django_db
@pytest.mark.usefixtures("own_files")
def test_a_contract_with_a_signature_of_somebodys_own(
    site, servers, settings, answered, agreed, tmp_path
):
    labs.configure(settings, site)
    servers.service.reset()
    servers.service.holders["kari-1"] = servers.authority.issue()
    csc.configure(settings, servers)
    signatures.sign(answered.ola)
    Way(servers, signatures.asked_for(answered.kari, signs_by="remote")).signed()
    version = ContractVersion.objects.get(pk=answered.version.pk)

    content = sealing.content(signing.seal(version, by=SYSTEM))

    report = signing.verify(content).report
    assert (report.verdict, report.level) == ("intact", "B-LTA")
    assert any("Kari Nordmann, by a qualified certificate" in note for note in report.notes)
    assert agreed(content, site.root.pem) == ([True] * PARTS["B-LTA"], "valid", CONFORMS)
    [own] = [data for name, data in report.files.items() if name.endswith(".p7s")]
    covered, root = TAG + report.files["contract.json"], servers.folder / "persons.pem"
    assert signed(own, covered, tmp_path, root)
    assert not signed(own, covered + b" ", tmp_path, root)


@pytest.mark.parametrize("level", LEVELS)
def test_a_file_sealed_by_rsa(lab, render, judged, agreed, level):
    beyond = pades.Beyond(lab.stamper, lab.context)
    data = pades.certify(render(), lab.seal_rsa, pades.Level(level), beyond)
    assert (judged(data).verdict, judged(data).level) == ("intact", level)
    assert agreed(data, lab.root.pem) == ([True] * PARTS[level], "valid", CONFORMS)


@pytest.mark.parametrize("key", ["ec", "rsa"])
def test_a_file_sealed_by_a_token(folder, settings, agreed, key):
    token.configure(settings, folder, key=key)
    data = sealing.seal(bundles.bundle()).content
    assert ours(data).verdict == "intact"
    assert agreed(data, Path(folder / "root.pem").read_bytes()) == ([True], "valid", CONFORMS)


def test_a_file_sealed_by_a_service(opened, settings, monkeypatch, agreed):
    monkeypatch.setattr("wagtail_contracts.sealing.flows.identities._held", {})
    opened.reset()
    remote.configure(settings, opened)
    data = sealing.seal(bundles.bundle()).content
    assert ours(data).verdict == "intact"
    assert agreed(data, opened.root.pem) == ([True], "valid", CONFORMS)


def test_they_look(lab, sealed, judged, agreed):
    """One bit of the text: all but veraPDF, which judges no seal, see it."""
    data = sealed("B-LTA")
    changed = bits.flipped(data, data.index(b"/FlateDecode") + 200, 0)
    parts, word, _ = agreed(changed, lab.root.pem)

    assert (parts[0], parts[2]) == (False, False)
    assert parts[1] is True  # the token is over the signature alone
    assert (word, judged(changed).verdict) == ("digest mismatch", "altered")
    assert agreed(data, lab.root.pem) == ([True] * 3, "valid", CONFORMS)
