"""A local authority and a signer under it, for sites without a certificate that they bought."""

import os
import secrets
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from wagtail_contracts.sealing.errors import SealRefused

AUTHORITY, SEAL, PASSWORD = "authority.pem", "seal.p12", "seal.password"
YEAR = timedelta(days=365)
ACL = "system.posix_acl_access"
USES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


def make(folder: Path, name: str, years: int = 10) -> x509.Certificate:
    """Write authority.pem, seal.p12 and seal.password; the signer's certificate is returned.

    The authority's key is thrown away: nobody can ever issue a second signer under it. Raises
    SealRefused rather than overwrite.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if there := [item for item in (AUTHORITY, SEAL, PASSWORD) if (folder / item).exists()]:
        raise SealRefused(f"{folder} already holds {', '.join(there)}; nothing was written.")
    now = datetime.now(UTC).replace(microsecond=0)
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority_name, signer_name = _name(name, "local authority"), _name(name, "seal")
    lasts = (now - timedelta(hours=1), now + years * YEAR)
    authority = _authority(authority_name, authority_key, lasts)
    signer = _signer(signer_name, key, authority, authority_key)
    password = secrets.token_urlsafe(32)
    container = pkcs12.serialize_key_and_certificates(
        b"seal", key, signer, None, BestAvailableEncryption(password.encode())
    )
    write(folder / PASSWORD, password.encode() + b"\n", 0o600)
    write(folder / SEAL, container, 0o600)
    write(folder / AUTHORITY, authority.public_bytes(Encoding.PEM), 0o644)
    return signer


def _name(organisation: str, role: str) -> x509.Name:
    common = f"{organisation} {role}"[:64]
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _authority(
    name: x509.Name, key: ec.EllipticCurvePrivateKey, lasts: tuple[datetime, datetime]
) -> x509.Certificate:
    public = key.public_key()
    return (
        x509.CertificateBuilder(name, name, public, x509.random_serial_number(), *lasts)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(key, hashes.SHA256())
    )


def _signer(
    name: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    public, issuer = key.public_key(), authority_key.public_key()
    lasts = (authority.not_valid_before_utc, authority.not_valid_after_utc)
    return (
        x509.CertificateBuilder(
            authority.subject, name, public, x509.random_serial_number(), *lasts
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage("digital_signature", "content_commitment"), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), critical=False)
        .sign(authority_key, hashes.SHA256())
    )


def _usage(*uses: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{use: use in uses for use in USES})


def write(path: Path, content: bytes, mode: int) -> None:
    """Create the file with its mode from the start; an existing one is never opened."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as target:
        target.write(content)


def exchange(path: Path, content: bytes, mode: int, *, like: Path | None = None) -> None:
    """Whole or not at all: a part beside it, synced, renamed; then the folder is synced.

    A file that is there stays its owner's, for whoever may read it; a link is followed. A new one
    has the `mode`, or owner and rights of `like`.
    """
    path = path.resolve()
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            target.write(content)
            _own(target.fileno(), like or path, mode)
            target.flush()
            os.fsync(target.fileno())
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _own(target: int, like: Path, mode: int) -> None:
    if not like.exists():
        os.fchmod(target, mode)
        return
    there, made = like.stat(), os.fstat(target)
    whose = (there.st_uid, there.st_gid)
    if whose != (made.st_uid, made.st_gid):
        try:
            os.fchown(target, *whose)
        except OSError as error:
            raise OSError(
                error.errno, f"{error.strerror}: its owner must run this", like
            ) from error
    os.fchmod(target, stat.S_IMODE(there.st_mode))
    if rights := _listed(like):  # by which the bits of the group mean something else
        os.setxattr(target, ACL, rights)


def _listed(path: Path) -> bytes:
    """The access control list of a file, where the system has such; acl(5)."""
    try:
        return os.getxattr(path, ACL)
    except (OSError, AttributeError):
        return b""
