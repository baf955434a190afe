"""A seal under an authority of its own, whose certificate says what the test wants of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12

from tests.csc.pki import Authority

QUALIFIED = ("qc_compliance", "qc_sscd", "qct_eseal")


def held(folder: Path, says: tuple[str, ...], *, told: bool) -> dict[str, Any]:
    """The part of SEALING for it; `told` is whether the site calls its root qualified."""
    authority = Authority("Issuer of seals")
    holder = authority.issue("Eksempel AS", "", says=says)
    root, path = folder / "root.pem", folder / "seal.p12"
    root.write_bytes(authority.signed.public_bytes(Encoding.PEM))
    open_ = NoEncryption()
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"s", holder.key, holder.signed, None, open_)
    )
    return {"OPTIONS": {"path": path}, "TRUST": [root], "QUALIFIED_TRUST": [root] * told}
