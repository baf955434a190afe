"""S-60: there is no ready-made key, and the key of a seal shows up nowhere."""

import re
import traceback
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_der_private_key, pkcs12
from django.core.checks import run_checks

from tests import bundles, identity
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.backends.file import Pkcs12Seal
from wagtail_contracts.sealing.backends.identity import PASSWORD, SEAL, make
from wagtail_contracts.sealing.conf import Sealing
from wagtail_contracts.sealing.errors import SealRefused

ROOT = Path(__file__).resolve().parents[2]
TREES = ("wagtail_contracts", "example_site", "tests", "docs")
LETTERS = rb"[A-Za-z0-9+/]{40}"
PEM = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+" + LETTERS)
CONTAINERS = {".p12", ".pfx", ".key", ".jks", ".pk8"}


def files():
    """All files of the repository, without what the example site made for itself."""
    found = [path for tree in TREES for path in (ROOT / tree).rglob("*") if path.is_file()]
    return [path for path in found if not {"var", "__pycache__", "_build"} & set(path.parts)]


def holds_a_key(data):
    """Whether a key is found in PEM, DER or PKCS#12 form."""
    if PEM.search(data):
        return True
    for load in (load_der_private_key, pkcs12.load_pkcs12):
        try:
            load(data, None)
        except (ValueError, TypeError) as error:
            if "password" in str(error).lower() and data[:1] == b"\x30":
                return True
        else:
            return True
    return False


def test_no_key_is_in_the_repository():
    assert len(files()) > 100
    assert [path for path in files() if path.suffix in CONTAINERS] == []
    assert [path for path in files() if holds_a_key(path.read_bytes())] == []


def test_the_scan_would_find_one():
    assert holds_a_key((identity.folder() / SEAL).read_bytes())
    assert holds_a_key(b"-----BEGIN EC PRIVATE KEY-----\n" + b"M" * 64)


@pytest.mark.django_db
def test_without_a_key_nothing_is_sealed_and_the_check_says_so(settings):
    assert (Sealing().backend, Sealing().options, Sealing().trust) == ("", {}, ())
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SEALING": {}}
    with pytest.raises(SealRefused):
        sealing.seal(bundles.bundle())
    found = {message.id for message in run_checks(include_deployment_checks=True)}
    assert {"wagtail_contracts.E020", "wagtail_contracts.E023"} <= found


def test_the_key_and_its_password_are_in_no_words():
    password = (identity.folder() / PASSWORD).read_text().strip()
    seal = sealing.identity()
    said = f"{seal!r} {seal} {sealing.seal(bundles.bundle())!r}"
    assert repr(seal) == "<Pkcs12Seal>"
    assert password not in said
    assert "%PDF" not in said
    with pytest.raises(SealRefused) as refused:
        Pkcs12Seal(identity.folder() / PASSWORD, identity.folder() / PASSWORD)
    assert password not in "".join(traceback.format_exception(refused.value))


def test_each_identity_has_keys_of_its_own(tmp_path):
    one, two = (make(tmp_path / name, "Eksempel AS") for name in "ab")
    assert one.public_key() != two.public_key()
    passwords = {(tmp_path / name / PASSWORD).read_text() for name in "ab"}
    assert len(passwords) == 2
    assert all(len(password.strip()) >= 43 for password in passwords)
    assert not [path for path in (tmp_path / "a").iterdir() if b"PRIVATE" in path.read_bytes()]
