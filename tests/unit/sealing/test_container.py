"""The container of a signature has one form: what no signature covers can't be anything else."""

import pytest
from asn1crypto import algos, cms
from asn1crypto import core as asn1

from tests.unit.sealing import bits
from tests.unit.sealing.levels import Sealer
from tests.unit.sealing.pki import Entity, Lab
from wagtail_contracts.sealing.core.judging import container

DAMAGED = ("altered", "unreadable")  # some readers give up before they see a seal


def signed_again(data, change, number=0):
    """The file, with another DER value that `change` makes of the one in a container."""
    start, end, der = bits.containers(data)[number]
    content = cms.ContentInfo.load(der)
    change(content["content"], content["content"]["signer_infos"][0])
    return bits.written(data, start, end, content.dump())


def holding(*entities):
    """Puts more certificates in."""

    def change(signed, signer):
        for entity in entities:
            signed["certificates"].append(cms.CertificateChoices("certificate", entity.der))

    return change


def test_the_same_value_written_again_is_the_same_file(sealed, verdict):
    for level in ("B-B", "B-T"):
        same = signed_again(sealed(level), lambda signed, signer: None)
        assert same == sealed(level)
        assert verdict(same) == "intact"


def test_a_certificate_that_belongs_to_nothing(lab, sealed, verdict):
    """No signature covers the list: anybody could keep a message in it."""
    impostor = Entity("Lab Issuing", kind="authority")
    strangers = [Entity("Paid in full"), impostor, Lab().root, lab.seal_rsa, lab.seal, lab.issuer]
    for stranger in strangers:
        assert verdict(signed_again(sealed(), holding(stranger))) == "altered"
    assert verdict(signed_again(sealed(), holding(lab.root))) == "intact"


def test_a_certificate_of_the_chain_that_is_left_out(lab, sealed, verdict):
    def without_issuer(signed, signer):
        kept = [
            item for item in signed["certificates"] if item.chosen.subject == lab.seal.der.subject
        ]
        signed["certificates"] = cms.CertificateSet(kept)

    assert verdict(signed_again(sealed(), without_issuer)) != "intact"


def other_version(signed, signer):
    signed["version"] = "v5"


def other_signer_version(signed, signer):
    signer["version"] = "v3"


def another_digest_listed(signed, signer):
    signed["digest_algorithms"].append(algos.DigestAlgorithm({"algorithm": "sha1"}))


def another_digest_named(signed, signer):
    signer["digest_algorithm"] = {"algorithm": "sha512"}


def revocation_lists_beside(signed, signer):
    signed["crls"] = cms.RevocationInfoChoices([])


def signer_by_key_identifier(signed, signer):
    signer["sid"] = cms.SignerIdentifier("subject_key_identifier", asn1.OctetString(b"x" * 20))


def two_signers(signed, signer):
    signed["signer_infos"].append(signer.copy())


def no_signer(signed, signer):
    signed["signer_infos"] = cms.SignerInfos([])


def an_unsigned_attribute(signed, signer):
    value = cms.CMSAttribute({"type": "1.2.3.4", "values": [asn1.UTF8String("paid")]})
    signer["unsigned_attrs"] = cms.CMSAttributes([value])


def null_beside_ecdsa(signed, signer):
    signer["signature_algorithm"] = {"algorithm": "sha256_ecdsa", "parameters": asn1.Null()}


CHANGES = [
    other_version,
    other_signer_version,
    another_digest_listed,
    another_digest_named,
    revocation_lists_beside,
    signer_by_key_identifier,
    two_signers,
    no_signer,
    an_unsigned_attribute,
    null_beside_ecdsa,
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_part_that_no_signature_covers(sealed, verdict, change):
    changed = signed_again(sealed(), change)
    assert changed != sealed()
    assert verdict(changed) in DAMAGED


def test_a_timestamp_of_another_seal(sealed, verdict):
    """Seal and token are genuine; `intact` and `valid` of the seal ignore the token inside it."""
    foreign = bits.containers(sealed("B-T", 2))[0][2]
    theirs = cms.ContentInfo.load(foreign)["content"]["signer_infos"][0]["unsigned_attrs"]

    def exchanged(signed, signer):
        signer["unsigned_attrs"] = theirs

    assert verdict(signed_again(sealed("B-T"), exchanged)) == "altered"
    assert verdict(sealed("B-T", 2)) == "intact"


def test_two_timestamps_where_one_belongs(sealed, verdict):
    def doubled(signed, signer):
        signer["unsigned_attrs"].append(signer["unsigned_attrs"][0].copy())

    def doubled_inside(signed, signer):
        values = signer["unsigned_attrs"][0]["values"]
        values.append(values[0].copy())

    for change in (doubled, doubled_inside):
        assert verdict(signed_again(sealed("B-T"), change)) in DAMAGED


def test_a_document_timestamp_is_held_to_the_same_form(sealed, verdict):
    for change in (other_version, another_digest_listed, an_unsigned_attribute):
        assert verdict(signed_again(sealed("B-LTA"), change, 1)) == "altered"
    assert verdict(signed_again(sealed("B-LTA"), lambda signed, signer: None, 1)) == "intact"


def test_a_certificate_whose_signature_is_wrong(lab, sealed, verdict):
    """By its name it is the issuer's; nobody has signed it."""
    below = Entity("Eksempel AS seal", Entity("Lab Issuing", kind="authority"))
    assert container.inspect(bits.containers(sealed())[0][2], [lab.root.der]) is True
    with pytest.raises(container.Damaged, match="signature is wrong"):
        container._closed([below.der, lab.issuer.der], [lab.root.der])
    assert container._closed([lab.seal.der, lab.issuer.der], []) is False


@pytest.mark.parametrize("rsa", [False, True])
def test_a_container_without_its_issuer_is_told_apart(lab, render, rsa):
    entity = lab.seal_rsa if rsa else lab.seal
    der = bits.containers(Sealer(lab, "B-B", entity).seal(render()))[0][2]
    assert container.inspect(der, [lab.root.der]) is True
    assert container.inspect(der, [Lab().root.der]) is False


LONG = b"\x04\x82\x01\x00" + bytes(256)
DER = [b"\x01\x01\xff", b"\x01\x01\x00", b"\x02\x01\x00", b"\x02\x02\x00\x80", b"\x02\x01\xff"]
NOT_DER = [
    b"\x01\x01\x01",  # a boolean that is neither
    b"\x02\x00",  # an integer of no bytes
    b"\x02\x02\x00\x7f",  # of more bytes than it needs
    b"\x02\x02\xff\x80",
    b"\x05\x01\x00",  # a null of one byte
    b"\x04\x81\x01\x00",  # a length of more bytes than it needs
    b"\x04\x82\x00\x80" + bytes(128),
    b"\x04\x80\x00\x00",  # an indefinite length
    b"\x04\x85\x00\x00\x00\x00\x01\x00",  # a length of five bytes
    b"\x1f\x81\x01\x00",  # a tag of many bytes
    b"\x04\x02\x00",  # less than it says
    b"\x04",
    b"\x30\x03\x02\x02\x01",  # an element that reaches out of its sequence
    b"\x30\x04\x02\x02\x00\x01",
]


@pytest.mark.parametrize("data", [*DER, LONG, b"\x05\x00", b"\x30\x03\x02\x01\x01", b""])
def test_what_is_der_is_read(data):
    container.check_der(data)


@pytest.mark.parametrize("data", NOT_DER)
def test_what_has_a_shorter_form_is_damage(data):
    with pytest.raises(container.Damaged):
        container.check_der(data)


VALUE = b"<3003020101" + b"0" * 10 + b">"
FRAMES = [
    (VALUE, [1, 0, len(VALUE), 0]),  # does not begin where the file does
    (VALUE[1:], [0, 0, len(VALUE) - 1, 0]),
    (VALUE[:-1], [0, 0, len(VALUE) - 1, 0]),
    (VALUE.replace(b"0>", b">"), [0, 0, len(VALUE) - 1, 0]),
    (b"<3003020 01>", [0, 0, 12, 0]),
    (b"<0203aaaaaa>", [0, 0, 12, 0]),
    (b"<300302010101>", [0, 0, 14, 0]),  # something behind the value
]


@pytest.mark.parametrize(("data", "byte_range"), FRAMES)
def test_the_frame_of_a_container(data, byte_range):
    with pytest.raises(container.Damaged):
        container.extract(data, byte_range)
    assert container.extract(VALUE, [0, 0, len(VALUE), 0]) == bytes.fromhex("3003020101")
