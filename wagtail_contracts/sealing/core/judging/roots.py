"""Certificates in PEM form."""

from asn1crypto import pem, x509


def certificates(data: bytes) -> tuple[x509.Certificate, ...]:
    """All certificates of a PEM file. Raises ValueError when there is none, or something else."""
    blocks = list(pem.unarmor(data, multiple=True))
    if not blocks or any(kind != "CERTIFICATE" for kind, _, _ in blocks):
        raise ValueError("not a PEM file of certificates")
    found = tuple(x509.Certificate.load(der) for _, _, der in blocks)
    for item in found:
        item.native  # noqa: B018 - parses all of it, or raises ValueError
    return found
