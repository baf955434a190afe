"""What the issuers inside a file say against its seal counts, and what others say does not."""

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from tests.unit.sealing import attacks
from tests.unit.sealing.levels import Sealer, supplied
from tests.unit.sealing.pki import DAY, NOW, YEAR, Entity, HeldStamper, Lab, name

BEFORE, AFTER = NOW - DAY / 2, NOW + DAY


@pytest.fixture
def kept(lab, sealed, verdict):
    """What is said of a file of B-T into which an archive put this, by anybody's stamp."""

    def judged(data=None, **store):
        return verdict(attacks.stamped(supplied(data or sealed("B-T"), **store), lab))

    return judged


def like_the_issuer(lab, under, number):
    """What anybody makes: subject and key are the issuer's, the signature is not."""
    key = lab.issuer.key.public_key()
    names = (name(under), name("Lab Issuing"))
    builder = x509.CertificateBuilder(*names, key, number, NOW - YEAR, NOW + YEAR)
    for extension, critical in lab.issuer._extensions("authority"):
        builder = builder.add_extension(extension, critical)
    made = builder.sign(Entity("Nobody").key, hashes.SHA256()).public_bytes(Encoding.DER)
    return asn1_x509.Certificate.load(made)


@pytest.fixture(scope="module")
def detour(lab):
    """Certificates that lead from the seal to the root by way of somebody who may not issue."""
    return [lab.issuer.der, lab.tsa.der, like_the_issuer(lab, "Lab Time", 1)]


def test_certificates_that_lead_nowhere_hide_no_revocation(lab, sealed, verdict, detour):
    """Anybody may add them, under a genuine time-stamp."""
    for revoked, expected in (([lab.seal], "revoked"), ([], "intact")):
        lists = [lab.root.revocations(), lab.issuer.revocations(*revoked)]
        file = attacks.stamped(supplied(sealed("B-T"), crls=lists), lab)
        longer = attacks.stamped(supplied(file, certs=detour), lab)
        assert longer.startswith(file)
        assert verdict(file) == verdict(longer) == expected


def test_a_certificate_by_the_number_of_the_issuer_is_passed_over(lab, kept):
    """It comes before the genuine one, which the seal brings."""
    alike = like_the_issuer(lab, "Lab Root", lab.issuer.signed.serial_number)
    for revoked, expected in (([lab.seal], "revoked"), ([], "intact")):
        lists = [lab.root.revocations(), lab.issuer.revocations(*revoked)]
        assert kept(crls=lists, certs=[alike]) == expected


@pytest.mark.parametrize(("at", "expected"), [(BEFORE, "revoked"), (AFTER, "intact")])
def test_what_is_said_counts_however_little_else_is_known(lab, kept, at, expected):
    listed = lab.issuer.revocations(lab.seal, at=at)
    answered = lab.issuer.answer(lab.seal, at)
    root = lab.root.revocations()
    assert kept(crls=[listed]) == expected  # of the issuer nothing is known
    assert kept(crls=[root, lab.issuer.revocations()], ocsps=[answered]) == expected
    assert kept(crls=[root, listed], ocsps=[lab.issuer.answer(lab.seal)]) == expected
    assert kept(ocsps=[answered]) == expected  # the certificate names no such address


def test_a_list_that_was_over_when_the_seal_was_made_counts(lab, kept):
    old = NOW - 200 * DAY
    for revoked, expected in (([lab.seal], "revoked"), ([], "intact")):
        assert kept(crls=[lab.issuer.revocations(*revoked, at=old, since=old)]) == expected


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("key_compromise", ("revoked", "revoked")),
        ("certificate_hold", ("revoked", "intact")),
        ("remove_from_crl", ("intact", "intact")),
    ],
)
def test_a_hold_counts_while_it_is_fresh_and_its_end_is_none(lab, kept, reason, expected):
    lists = [
        lab.issuer.revocations(lab.seal, at=NOW - 300 * DAY, since=since, reason=reason)
        for since in (NOW - DAY, NOW - 200 * DAY)
    ]
    assert tuple(kept(crls=[one]) for one in lists) == expected


def test_a_revoked_issuer_is_told_by_its_own(lab, kept):
    assert kept(crls=[lab.root.revocations(lab.issuer)]) == "revoked"
    assert kept(crls=[lab.root.revocations(lab.tsa)]) == "intact"  # no part of the path


def test_only_the_issuer_says_it_in_a_list(lab, kept):
    alike = Lab().issuer
    for issuer, expected in ((alike, "intact"), (lab.issuer, "revoked")):
        assert kept(crls=[issuer.revocations(lab.seal)], certs=[issuer.der]) == expected


def test_only_the_issuer_answers_or_whom_it_delegates(lab, kept):
    alike = Lab().issuer
    responders = {
        "issuer": (lab.issuer, "revoked"),
        "delegate": (Entity("Answers", lab.issuer, kind="answers"), "revoked"),
        "of another": (Entity("Answers", alike, kind="answers"), "intact"),
        "for time": (Entity("Answers", lab.issuer, kind="stamps"), "intact"),
        "anybody": (alike, "intact"),
    }
    for entity, expected in responders.values():
        answer = entity.answer(lab.seal, BEFORE)
        assert kept(ocsps=[answer], certs=[entity.der]) == expected


def test_an_answer_is_about_one_certificate_of_one_issuer(lab, kept):
    seal, other = lab.seal, lab.seal_rsa
    assert kept(ocsps=[lab.issuer.answer(other, BEFORE)]) == "intact"
    assert kept(ocsps=[lab.issuer.answer(seal, BEFORE, named=lab.root)]) == "intact"
    assert kept(ocsps=[lab.issuer.answer(seal, BEFORE)]) == "revoked"


def test_a_list_made_after_the_end_tells_nothing_of_what_was_before(lab, render, verdict):
    """Lists drop the certificates that are over. A stamp in time covers the store, and no word."""
    thief = Entity("Eksempel AS seal", lab.issuer, since=NOW - YEAR, until=NOW - 10 * DAY)
    made, then, late = (HeldStamper(lab.tsa, NOW - days * DAY) for days in (40, 39, 1))
    sealed = Sealer(lab, "B-T", thief, stamper=made).seal(render())
    bare = attacks.stamped(supplied(sealed, certs=[lab.issuer.der]), lab, then)
    for at, stamper, file, expected in (
        (41, then, sealed, "intact"),  # raised in time
        (41, then, bare, "intact"),  # by a second stamp in time
        (41, late, bare, "undated"),
        (1, late, bare, "undated"),
    ):
        since = NOW - at * DAY
        lists = [one.revocations(since=since) for one in (lab.root, lab.issuer)]
        raised = attacks.stamped(supplied(file, crls=lists), lab, stamper)
        assert verdict(raised) == verdict(attacks.stamped(raised, lab)) == expected
