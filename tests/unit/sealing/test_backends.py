"""Who holds the key: a PKCS#12 file, opened once; and the local authority that may make it."""

import stat

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    NoEncryption,
    pkcs12,
)

from tests.unit.sealing.pki import Entity
from wagtail_contracts.sealing.backends import identity
from wagtail_contracts.sealing.backends.file import Pkcs12Seal
from wagtail_contracts.sealing.errors import SealRefused


@pytest.fixture
def written(tmp_path):
    """A PKCS#12 file of an entity, with more certificates beside."""

    def write(entity, *beside, password=None):
        locked = BestAvailableEncryption(password) if password else NoEncryption()
        certificates = [item.signed for item in beside]
        path = tmp_path / "seal.p12"
        path.write_bytes(
            pkcs12.serialize_key_and_certificates(
                b"seal", entity.key, entity.signed, certificates, locked
            )
        )
        return path

    return write


def test_the_password_comes_from_a_file_or_from_the_environment(
    lab, written, monkeypatch, tmp_path
):
    path = written(lab.seal, password=b"secret")
    (tmp_path / "password").write_text("secret\n")
    monkeypatch.setenv("SEAL_PASSWORD", "secret")

    for options in ({"password_file": tmp_path / "password"}, {"password_env": "SEAL_PASSWORD"}):
        assert Pkcs12Seal(path, **options).certificate() == lab.seal.certificate()
    with pytest.raises(SealRefused, match="can't be opened"):
        Pkcs12Seal(path)
    with pytest.raises(SealRefused, match="the environment has no OTHER"):
        Pkcs12Seal(path, password_env="OTHER")
    with pytest.raises(SealRefused, match="can't be opened"):
        Pkcs12Seal(path, password_file=tmp_path / "absent")
    assert Pkcs12Seal(written(lab.seal)).certificate() == lab.seal.certificate()


@pytest.mark.parametrize("content", [b"", b"x", b"-----BEGIN CERTIFICATE-----"])
def test_what_is_no_container_is_refused(tmp_path, content):
    (tmp_path / "seal.p12").write_bytes(content)
    with pytest.raises(SealRefused):
        Pkcs12Seal(tmp_path / "seal.p12")
    with pytest.raises(SealRefused):
        Pkcs12Seal(tmp_path / "absent.p12")


def test_a_container_without_a_usable_key_is_refused(lab, written, tmp_path):
    path = tmp_path / "empty.p12"
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"x", None, None, [lab.root.signed], NoEncryption())
    )
    with pytest.raises(SealRefused, match="RSA or EC"):
        Pkcs12Seal(path)

    other = Entity("Eksempel AS", lab.issuer)
    other.key = ed25519.Ed25519PrivateKey.generate()
    other.signed = _certified(other.key, lab.issuer)
    with pytest.raises(SealRefused, match="RSA or EC"):
        Pkcs12Seal(written(other))


def _certified(key, issuer):
    names = issuer.signed.subject, x509.Name([])
    lasts = issuer.signed.not_valid_before_utc, issuer.signed.not_valid_after_utc
    builder = x509.CertificateBuilder(*names, key.public_key(), 1, *lasts)
    return builder.sign(issuer.key, hashes.SHA256())


def test_the_chain_is_what_stands_above_without_root_and_strangers(lab, written):
    stranger = Entity("Stranger", lab.root, kind="authority")
    for beside in ((lab.issuer,), (lab.root, stranger, lab.issuer), (lab.issuer, lab.root)):
        assert Pkcs12Seal(written(lab.seal, *beside)).chain() == [lab.issuer.certificate()]
    assert Pkcs12Seal(written(lab.seal)).chain() == []

    low = Entity("Lab Low", lab.issuer, kind="authority")
    seal = Entity("Eksempel AS", low)
    above = Pkcs12Seal(written(seal, lab.root, lab.issuer, low)).chain()
    assert above == [low.certificate(), lab.issuer.certificate()] == seal.chain()


def test_two_authorities_that_issued_each_other_end(lab, written):
    one = Entity("One", kind="authority")
    two = Entity("Two", one, kind="authority")
    crossed = Entity("One", two, kind="authority")
    seal = Entity("Eksempel AS", crossed)
    assert len(Pkcs12Seal(written(seal, crossed, two)).chain()) == 2


@pytest.mark.parametrize("algorithm", ["sha256", "sha512"])
def test_it_signs_as_its_key_is(lab, written, algorithm):
    digest = getattr(hashes, algorithm.upper())()
    signature = Pkcs12Seal(written(lab.seal)).sign(b"data", algorithm)
    lab.seal.key.public_key().verify(signature, b"data", ec.ECDSA(digest))
    signature = Pkcs12Seal(written(lab.seal_rsa)).sign(b"data", algorithm)
    lab.seal_rsa.key.public_key().verify(signature, b"data", padding.PKCS1v15(), digest)


def test_the_key_is_opened_once(lab, written):
    path = written(lab.seal_rsa)
    seal = Pkcs12Seal(path)
    path.unlink()
    assert seal.sign(b"data", "sha256") == seal.sign(b"data", "sha256")


def test_a_local_authority_makes_a_seal_that_it_cannot_make_twice(tmp_path):
    folder = tmp_path / "deep" / "identity"
    signer = identity.make(folder, "Ærlig & Søn AS")

    modes = {item.name: stat.S_IMODE(item.stat().st_mode) for item in folder.iterdir()}
    assert modes == {"authority.pem": 0o644, "seal.p12": 0o600, "seal.password": 0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    opened = Pkcs12Seal(folder / "seal.p12", folder / "seal.password")
    assert opened.certificate() == signer.public_bytes(identity.Encoding.DER)
    assert opened.private_files == [folder / "seal.p12", folder / "seal.password"]
    authority = x509.load_pem_x509_certificate((folder / "authority.pem").read_bytes())
    signer.verify_directly_issued_by(authority)
    assert "Ærlig & Søn AS seal" in signer.subject.rfc4514_string().replace("\\", "")
    assert authority.public_key() != signer.public_key()


@pytest.mark.parametrize("name", ["authority.pem", "seal.p12", "seal.password"])
def test_an_identity_is_never_overwritten(tmp_path, name):
    (tmp_path / name).write_bytes(b"kept")
    with pytest.raises(SealRefused, match="nothing was written"):
        identity.make(tmp_path, "Eksempel AS")
    assert [item.name for item in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_bytes() == b"kept"


def test_a_seal_may_not_issue_and_an_authority_may_not_seal(tmp_path):
    signer = identity.make(tmp_path, "E" * 100)
    authority = x509.load_pem_x509_certificate((tmp_path / "authority.pem").read_bytes())

    uses = {}
    for certificate in (signer, authority):
        found = certificate.extensions
        usage = found.get_extension_for_class(x509.KeyUsage).value
        issues = found.get_extension_for_class(x509.BasicConstraints).value.ca
        uses[issues] = (usage.digital_signature, usage.content_commitment, usage.key_cert_sign)
    assert uses == {False: (True, True, False), True: (False, False, True)}
    assert signer.not_valid_after_utc == authority.not_valid_after_utc
