"""Guides that go on where the tutorial ends are followed too, each in a site of its own."""

from __future__ import annotations

import shutil

import pytest

from tests import wheel
from tests.install.following import Follower
from tests.install.terminal import Terminal

GUIDES = wheel.ROOT / "docs/how-to"
# What a provider sells, made of what the tutorial made.
BOUGHT = """
umask 077
take() { openssl pkcs12 -in seal/seal.p12 -passin file:seal/seal.password -nodes "$@"; }
take -nocerts | openssl pkey > key.pem
take -clcerts -nokeys | openssl x509 > certificate.pem
cp seal/authority.pem root.pem
cp seal/authority.pem chain.pem
"""


@pytest.fixture
def follow(followed, tmp_path):
    """Follows a guide in a copy of the site as the tutorial left it."""

    def go(name: str, before: str = "true") -> Terminal:
        site = shutil.copytree(followed.terminal.place, tmp_path / "mysite", symlinks=True)
        terminal = Terminal(tmp_path, followed.terminal.environment)
        terminal.state.write_text(followed.terminal.state.read_text() + f"cd {site}\n")
        status, said = terminal.run(before)
        assert status == 0, said
        Follower(GUIDES / name, terminal, followed.port).follow()
        return terminal

    return go


def test_a_page_type_of_ones_own(follow):
    terminal = follow("own-page-type.md")
    asked = "from home.models import Agreement as A; print(A.objects.get().workspace.slug)"
    status, said = terminal.run(f'python manage.py shell --no-imports -c "{asked}"')
    assert (status, said.strip()) == (0, "legal")


def test_a_seal_identity_of_ones_own(follow):
    if shutil.which("openssl") is None:
        pytest.fail("OpenSSL is missing. Install it: apt-get install -y openssl")
    terminal = follow("own-seal-identity.md", BOUGHT)
    for authority, word in (("seal", "intact"), ("seal-next", "unknown_signer")):
        _status, said = terminal.run(
            "python -m wagtail_contracts.sealing verify contract.pdf"
            f" --trust {authority}/authority.pem || true"
        )
        assert said.startswith(f"contract.pdf: {word}")


def test_a_backup_and_its_restoring(follow):
    terminal = follow("backup.md")
    [name] = (terminal.place / "backup/private").glob("*.pdf")
    (terminal.place / "private" / name.name).unlink()
    status, said = terminal.run("python manage.py contracts_check")
    assert status == 1
    assert "file_missing" in said
