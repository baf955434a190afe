"""The container of a signature has one form: what no signature covers can't be anything else."""

import pytest
from asn1crypto import algos, cms
from asn1crypto import core as asn1

from tests.unit.sealing import bits
from tests.unit.sealing.levels import Sealer
from tests.unit.sealing.pki import Entity, Lab
from wagtail_contracts.wire import container

DAMAGED = ("altered", "unreadable")  # some readers give up before they see a seal


def changed_value(data, change, number=0):
    """Another DER value that `change` makes of the one in a container of the file."""
    content = cms.ContentInfo.load(bits.containers(data)[number][2])
    change(content["content"], content["content"]["signer_infos"][0])
    return content.dump()


def signed_again(data, change, number=0):
    """The file with that value, if there is room for it."""
    start, end, _ = bits.containers(data)[number]
    value = changed_value(data, change, number)
    assert 2 * len(value) <= end - start - 2
    return bits.written(data, start, end, value)


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


def test_a_certificate_without_an_issuer_in_a_timestamp(lab, sealed, judged):
    """Authorities for time may put more in; but it must be somebody's whom we know."""
    stranger = Entity("Other", Entity("Other root", kind="authority"))
    report = judged(signed_again(sealed("B-LTA"), holding(stranger), 1))
    assert (report.verdict, report.reasons) == ("altered", ["a certificate without an issuer"])
    assert judged(signed_again(sealed("B-LTA"), holding(lab.root), 1)).verdict == "intact"


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


def doubled(signed, signer):
    signer["unsigned_attrs"].append(signer["unsigned_attrs"][0].copy())


def doubled_inside(signed, signer):
    values = signer["unsigned_attrs"][0]["values"]
    values.append(values[0].copy())


@pytest.mark.parametrize("change", [doubled, doubled_inside, an_unsigned_attribute])
def test_the_only_unsigned_attribute_is_one_timestamp(lab, sealed, change):
    assert container.inspect(bits.containers(sealed("B-T"))[0][2], [lab.root.der]) is True
    with pytest.raises(container.Damaged, match="unsigned attributes"):
        container.inspect(changed_value(sealed("B-T"), change), [lab.root.der])


def inside(change):
    """The same change, to the token inside a seal."""

    def changed(signed, signer):
        token = signer["unsigned_attrs"][0]["values"][0]["content"]
        change(token, token["signer_infos"][0])

    return changed


@pytest.mark.parametrize("change", [other_version, another_digest_listed, an_unsigned_attribute])
def test_the_token_inside_a_seal_is_held_to_the_same_form(lab, sealed, verdict, change):
    assert verdict(signed_again(sealed("B-T"), inside(change))) == "altered"
    with pytest.raises(container.Damaged):
        container.inspect(changed_value(sealed("B-T"), inside(change)), [lab.root.der])


def test_a_timestamp_of_a_timestamp(lab, sealed):
    token = cms.ContentInfo.load(bits.containers(sealed("B-LTA"))[1][2])

    def stamped(signed, signer):
        value = {"type": "signature_time_stamp_token", "values": [token.copy()]}
        signer["unsigned_attrs"] = cms.CMSAttributes([cms.CMSAttribute(value)])

    with pytest.raises(container.Damaged, match="timestamp of a timestamp"):
        container.inspect(changed_value(sealed("B-LTA"), stamped, 1), [lab.root.der])


def stretched(der, place):
    """The element at that place with one byte more for its length, and its parents with it."""
    assert der[place + 1] == 0x82
    changed, start = bytearray(der), 0
    while start < place:
        assert changed[start + 1] == 0x82
        size = int.from_bytes(changed[start + 2 : start + 4])
        if start + 4 + size <= place:  # a neighbour before it
            start += 4 + size
            continue
        changed[start + 2 : start + 4] = (size + 1).to_bytes(2)
        start = inner(changed, start + 4, place)
    changed[place + 1 : place + 2] = b"\x83\0"
    return bytes(changed)


def inner(data, start, place):
    """The element at this level that holds the place."""
    while True:
        content, following = container.element(data, start, len(data))
        if start == place or content <= place < following:
            return start
        start = following


def test_a_length_in_another_form_around_a_token(lab, sealed, verdict):
    """No signature covers it, and the token inside is the same."""
    start, end, der = bits.containers(sealed("B-T"))[0]
    kind = cms.CMSAttributeType("signature_time_stamp_token").dump()
    data = bits.written(sealed("B-T"), start, end, stretched(der, der.index(kind) + len(kind)))

    assert verdict(data) == "altered"
    with pytest.raises(container.Damaged, match="not DER"):
        container.inspect(bits.containers(data)[0][2], [lab.root.der])


def test_two_certificates_of_one_number(lab, sealed):
    """Which of them is the signer's could not be told."""
    signed = cms.ContentInfo.load(bits.containers(sealed())[0][2])["content"]
    certificates = [item.chosen for item in signed["certificates"]]
    assert container._owner(signed["signer_infos"][0], certificates).subject == lab.seal.der.subject
    for unclear in ([], certificates * 2):
        with pytest.raises(container.Damaged, match="signer identifier"):
            container._owner(signed["signer_infos"][0], unclear)


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
