"""A person's own signature: each wrong one is refused, beside the same one that is right."""

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from asn1crypto import cms, core, tsp
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.csc.pki import DAY, NOW, QUALIFIED, Authority, Holder, itself
from wagtail_contracts.sealing.core import detached
from wagtail_contracts.sealing.core.judging.proofs import Roots, prove
from wagtail_contracts.sealing.core.proofs import Unproved
from wagtail_contracts.sealing.flows import revoking

CONTENT = b"wagtail-contracts/contract-version/v1\n{}"
DIGEST = hashlib.sha256(CONTENT).hexdigest()
OTHER = hashlib.sha256(b"another text").hexdigest()
AUTHORITY, STRANGER = Authority(), Authority("Lab Strangers")
ROOTS = Roots((AUTHORITY.parsed,), (AUTHORITY.parsed,))


@dataclass
class Made:
    """How a signature is made; each test changes one thing."""

    holder: Holder = field(default_factory=lambda: KARI)
    digest: str = DIGEST
    at: Any = NOW
    named: Holder | None = None  # in signing-certificate-v2
    tampered: bool = False
    lists: tuple[bytes, ...] | None = None
    answers: tuple[bytes, ...] = ()

    def der(self) -> bytes:
        """The CMS."""
        named = self.named or self.holder
        signed = detached.attributes(self.digest, named.der, self.at)
        signature = self.holder.sign(hashlib.sha256(signed).digest())
        if self.tampered:
            signed = detached.attributes(self.digest, named.der, self.at - timedelta(seconds=1))
        lists = (AUTHORITY.list(),) if self.lists is None else self.lists
        chain = self.holder.chain()
        return detached.assemble(signed, signature, chain, lists=lists, answers=self.answers)


KARI = AUTHORITY.issue()


def code(made: Made, digest: str = DIGEST, roots: Roots = ROOTS, at: Any = NOW) -> str:
    """What is wrong with it, or nothing."""
    try:
        prove(made.der(), digest, roots, at)
    except Unproved as error:
        return error.code
    return ""


def test_a_signature_names_whom_it_is_by():
    proved = prove(Made().der(), DIGEST, ROOTS, NOW)
    assert (proved.name, proved.number) == ("Kari Nordmann", "PNONO-01019012345")
    assert proved.fingerprint == hashlib.sha256(KARI.der).hexdigest()
    assert (proved.signed_at, proved.trusted, proved.qualified) == (NOW, True, True)


def test_a_key_of_either_kind_signs():
    held = AUTHORITY.issue(key=rsa.generate_private_key(public_exponent=65537, key_size=2048))
    assert [code(Made()), code(Made(held))] == ["", ""]


WRONG = {
    "digest": (Made(), Made(digest=OTHER)),
    "signature": (Made(), Made(tampered=True)),
    "certificate": (Made(), Made(named=AUTHORITY.issue())),
    "self_signed": (Made(), Made(itself())),
    "unknown_issuer": (Made(), Made(STRANGER.issue())),
    "key_usage": (Made(), Made(AUTHORITY.issue(uses=("digital_signature",)))),
    "over": (Made(AUTHORITY.issue()), Made(AUTHORITY.issue(until=NOW - timedelta(minutes=1)))),
    "unchecked": (Made(), Made(lists=())),
    "time": (Made(at=NOW - timedelta(minutes=14)), Made(at=NOW - timedelta(minutes=16))),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_one_is_refused_beside_the_right_one(wrong):
    right, other = WRONG[wrong]
    assert [code(right), code(other)] == ["", wrong]


def test_a_certificate_that_was_revoked_before_is_refused_and_one_revoked_later_is_not():
    authority = Authority("Lab Revoking")
    roots, holder = Roots((authority.parsed,)), authority.issue()
    authority.revoke(holder, NOW + timedelta(hours=1))
    later = Made(holder, lists=(authority.list(),))
    authority.revoke(holder, NOW - timedelta(hours=1))
    before = Made(holder, lists=(authority.list(),))
    assert [code(later, roots=roots), code(before, roots=roots)] == ["", "revoked"]


def test_an_answer_of_a_responder_counts_as_a_list_does():
    authority = Authority("Lab Answering")
    roots, holder = Roots((authority.parsed,)), authority.issue()
    asked_of = asked(holder)
    good = Made(holder, lists=(), answers=(authority.answer(asked_of),))
    authority.revoke(holder, NOW - timedelta(hours=1))
    bad = Made(holder, lists=(), answers=(authority.answer(asked_of),))
    assert [code(good, roots=roots), code(bad, roots=roots)] == ["", "revoked"]


def test_a_list_that_is_stale_or_by_somebody_else_says_nothing():
    stale = Made(lists=(AUTHORITY.list(NOW - 30 * DAY),))
    foreign = Made(lists=(STRANGER.list(),))
    assert [code(Made()), code(stale), code(foreign)] == ["", "unchecked", "unchecked"]


@pytest.mark.parametrize(
    "says",
    [
        ("qc_sscd", "qct_esign"),
        ("qc_compliance", "qct_esign"),
        ("qc_compliance", "qc_sscd"),
        ("qc_compliance", "qc_sscd", "qct_eseal"),
        ("qc_compliance", "qc_sscd", "qct_esign", "qct_eseal"),
        (*QUALIFIED, "law_CH"),
        (),
    ],
)
def test_it_is_qualified_only_if_all_statements_say_so(says):
    assert prove(Made().der(), DIGEST, ROOTS, NOW).qualified
    assert not prove(Made(AUTHORITY.issue(says=says)).der(), DIGEST, ROOTS, NOW).qualified


def test_it_is_qualified_only_under_a_root_that_is():
    der = Made().der()
    assert prove(der, DIGEST, Roots((), ROOTS.signers), NOW).qualified
    assert not prove(der, DIGEST, Roots(ROOTS.signers, (STRANGER.parsed,)), NOW).qualified


def test_without_roots_the_chain_is_not_looked_at_and_it_says_so():
    proved = prove(Made(STRANGER.issue()).der(), DIGEST, Roots(), NOW)
    assert (proved.trusted, proved.qualified) == (False, False)
    assert code(Made(digest=OTHER), roots=Roots()) == "digest"


def test_a_person_is_no_root_though_the_settings_list_the_certificate():
    alone = itself()
    assert code(Made(alone), roots=Roots((alone.parsed,))) == "self_signed"


def changed(der: bytes, **parts: Any) -> bytes:
    """The container with other parts in the one signer's place."""
    content = cms.ContentInfo.load(der)
    signer = content["content"]["signer_infos"][0]
    for key, value in parts.items():
        signer[key] = value
    return bytes(content.dump(force=True))


def test_attributes_that_nobody_signed_have_no_place():
    der, more = Made().der(), cms.CMSAttribute({"type": "2.5.4.3", "values": []})
    prove(changed(der), DIGEST, ROOTS, NOW)
    with pytest.raises(Unproved) as refused:
        prove(changed(der, unsigned_attrs=[more]), DIGEST, ROOTS, NOW)
    assert refused.value.code == "unreadable"


def hostile(**values: core.Asn1Value) -> bytes:
    """A signature that is whole, with other signed attributes of these kinds."""
    attributes = cms.CMSAttributes.load(detached.attributes(DIGEST, KARI.der, NOW))
    others = {
        kind: cms.CMSAttribute({"type": kind, "values": [value]}) for kind, value in values.items()
    }
    chosen = [others.get(one["type"].native, one) for one in attributes]
    signed = cms.CMSAttributes(chosen).dump()
    signature = KARI.sign(hashlib.sha256(signed).digest())
    return detached.assemble(signed, signature, KARI.chain(), lists=(AUTHORITY.list(),))


def test_attributes_that_say_nothing_prove_nothing():
    prove(hostile(), DIGEST, ROOTS, NOW)
    zoneless = core.GeneralizedTime(contents=NOW.strftime("%Y%m%d%H%M%S").encode())
    said = {
        "signing_time": (cms.Time({"generalized_time": zoneless}), "time"),
        "signing_certificate_v2": (tsp.SigningCertificateV2({"certs": []}), "certificate"),
    }
    for kind, (value, expected) in said.items():
        with pytest.raises(Unproved) as refused:
            prove(hostile(**{kind: value}), DIGEST, ROOTS, NOW)
        assert refused.value.code == expected


def test_a_container_that_is_cut_or_followed_by_something_is_unreadable():
    der = Made().der()
    for hostile in (der[:-1], der + b"\0", b"", b"hello"):
        with pytest.raises(Unproved) as refused:
            prove(hostile, DIGEST, ROOTS, NOW)
        assert refused.value.code == "unreadable"


def test_every_bit_of_the_signed_attributes_counts():
    der = Made().der()
    signed = detached.attributes(DIGEST, KARI.der, NOW)[2:]
    start = der.index(signed)
    for place in range(start, start + len(signed)):
        flipped = bytearray(der)
        flipped[place] ^= 1
        with pytest.raises(Unproved):
            prove(bytes(flipped), DIGEST, ROOTS, NOW)


def asked(holder: Holder) -> bytes:
    """What is asked of a responder."""
    return revoking.question(holder.parsed, holder.issuer.parsed)
