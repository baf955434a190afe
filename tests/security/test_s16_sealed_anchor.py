"""S-16: the trail inside a sealed file shows what the database no longer holds."""

import pytest

from tests import signatures
from tests.database import triggers_lifted
from tests.security.test_s16_chain import verdict
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event, Trail
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing import flows as signing

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(answered, tmp_path):
    """A contract, sealed for good, and the file as a counterparty has it."""
    signatures.sign_all(answered)
    version = Contract.objects.get().current_version
    data = sealing.content(signing.seal(version, by=SYSTEM))
    path = tmp_path / "contract.pdf"
    path.write_bytes(data)
    return Contract.objects.get(), path, data


def test_the_sealed_file_is_an_anchor_that_holds_while_the_trail_grows(sealed, capsys):
    contract, path, data = sealed

    assert verdict(capsys, contract.trail, "--anchor", str(path)) == (0, "2 whole.\n")
    assert signing.verify(data).trail is True
    signing.download(contract, by=SYSTEM)
    assert verdict(capsys, "--deep", "--anchor", str(path))[0] == 0


def test_a_trail_that_was_cut_after_sealing_is_named_by_the_file(sealed, capsys):
    contract, path, data = sealed
    cut(contract, 4)

    assert verdict(capsys, contract.trail)[0] == 0  # the chain itself is whole
    code, said = verdict(capsys, "--anchor", str(path))
    assert (code, f"Trail {contract.trail}, event 5: is missing" in said) == (1, True)
    judged = signing.verify(data)
    assert (judged.report.verdict, judged.trail) == ("intact", False)
    assert "event 5" in judged.trail_fault


def cut(contract, length):
    """As the owner of the database would: rows, length and head agree afterwards."""
    with triggers_lifted():
        Event.objects.of(contract.trail).filter(sequence__gt=length).delete()
        head = Event.objects.of(contract.trail).get(sequence=length).digest
        Trail.objects.filter(key=contract.trail).update(length=length, head=head)


def test_a_signature_that_was_taken_out_of_the_trail_is_named_by_the_file(sealed, capsys):
    contract, path, _data = sealed
    given = Event.objects.of(contract.trail).named("signature.given").first()
    whole = audit.excerpt(contract.trail)["length"]
    cut(contract, given.sequence - 1)
    for _ in range(whole - given.sequence + 1):
        signing.download(contract, by=SYSTEM)

    assert verdict(capsys, contract.trail)[0] == 0
    code, said = verdict(capsys, "--anchor", str(path))
    assert (code, f"event {given.sequence}: is another one in the anchor" in said) == (1, True)
