"""Certificates of people who are made up, by an authority that nobody but this demo knows."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

PEOPLE = {
    "kari": {"name": "Kari Nordmann", "pid": "01018510002"},
    "per": {"name": "Per Prøve", "pid": "02029020003"},
    "ola": {"name": "Ola Nordmann", "pid": "03037030004"},
}
CERTIFICATE, KEY = "persons.pem", "persons.key"
AUTHORITY = "Demo signature service"
DAY, YEARS = timedelta(days=1), timedelta(days=3650)
USES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
    *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)
Builder = x509.CertificateBuilder


def establish(folder: Path) -> None:
    """Make the authority, where there is none: its key, and the certificate to be trusted."""
    if (folder / CERTIFICATE).exists():
        return
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(AUTHORITY)
    made = _built(_builder(name, name, key), "key_cert_sign", "crl_sign")
    form, none = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    opened = os.open(folder / KEY, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "wb") as file:
        file.write(key.private_bytes(serialization.Encoding.PEM, form, none))
    certificate = made.sign(key, hashes.SHA256())
    (folder / CERTIFICATE).write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def are_known() -> bool:
    """Whether the demo has made its authority."""
    return (Path(settings.VAR) / CERTIFICATE).exists()


def authority() -> x509.Certificate:
    """The certificate of the authority."""
    return x509.load_pem_x509_certificate((Path(settings.VAR) / CERTIFICATE).read_bytes())


@cache
def holder(person: str) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """Key and certificate of somebody, made anew whenever the demo starts."""
    key, who = ec.generate_private_key(ec.SECP256R1()), PEOPLE[person]
    builder = _builder(authority().subject, _name(who["name"], f"PNONO-{who['pid']}"), key)
    place = x509.UniformResourceIdentifier(f"{settings.DEMO_SIGNATURE}/revoked.crl")
    lists = x509.CRLDistributionPoints([x509.DistributionPoint([place], None, None, None)])
    made = _built(builder, "content_commitment").add_extension(lists, critical=False)
    return key, made.sign(_key(), hashes.SHA256())


def revoked() -> bytes:
    """The list of what was revoked, DER: nothing."""
    now = datetime.now(UTC)
    builder = x509.CertificateRevocationListBuilder(authority().subject, now - DAY, now + DAY)
    made = builder.sign(_key(), hashes.SHA256())
    return made.public_bytes(serialization.Encoding.DER)


def _key() -> Any:
    pem = (Path(settings.VAR) / KEY).read_bytes()
    return serialization.load_pem_private_key(pem, password=None)


def _name(common: str, number: str = "") -> x509.Name:
    parts = [(NameOID.COUNTRY_NAME, "NO"), (NameOID.COMMON_NAME, common)]
    parts += [(NameOID.SERIAL_NUMBER, number)] if number else []
    return x509.Name([x509.NameAttribute(what, value) for what, value in parts])


def _builder(issuer: x509.Name, subject: x509.Name, key: ec.EllipticCurvePrivateKey) -> Builder:
    now = datetime.now(UTC)
    made = Builder(issuer, subject, key.public_key(), x509.random_serial_number())
    return made.not_valid_before(now - DAY).not_valid_after(now + YEARS)


def _built(builder: Builder, *uses: str) -> Builder:
    """An authority is one that signs certificates."""
    constraints = x509.BasicConstraints(ca="key_cert_sign" in uses, path_length=None)
    usage = x509.KeyUsage(**{use: use in uses for use in USES})
    return builder.add_extension(constraints, critical=True).add_extension(usage, critical=True)
