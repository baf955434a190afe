"""A signature of one's own at a remote service: there, back, there again, back, signed."""

import json

import pytest

from tests import builders, signatures
from tests.csc.stage import (  # noqa: F401 - fixtures
    first_day,
    kari_with_a_certificate,
    running_servers,
)
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.models import ContractVersion
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.models import Purpose


@pytest.fixture
def way(lab, kari):
    """Kari's way to the service, as far as one wants."""
    return Way(lab, kari)


class Way:
    """Each step as a browser takes it."""

    def __init__(self, lab, person):
        self.lab, self.person, self.by = lab, person, builders.guest(person)
        self.session = signatures.session(person)

    def leave(self):
        """To the service, with the address that it is."""
        digest = signatures.digest(self.person)
        return signing.depart(self.session, Purpose.SIGNING, digest, by=self.by)

    def back(self, address):
        """The person agrees there, and is back."""
        answer = self.lab.agree(address)
        return signing.come_back(list(answer.items()), self.session, by=self.by)

    def identified(self):
        """Both ways."""
        onward = self.back(self.leave())
        return self.back(onward.address).identification

    def signed(self):
        """And the signature."""
        proof = self.identified()
        return signatures.sign(self.person, proof)


def test_the_person_goes_twice_and_signs_this_version_with_their_own_certificate(way, lab):
    signature = way.signed()

    assert signature.level == "qualified"
    proof = bytes(signature.proof)
    proved = sealing.prove(proof, signature.version.digest, at=signature.at)
    holder = lab.service.holders["kari-1"]
    assert (proved.name, proved.fingerprint) == ("Kari Nordmann", holder.parsed.sha256.hex())
    names = [name for name, _asked in lab.service.seen]
    assert names.count("signatures/signHash") == 1


def test_it_travels_in_the_sealed_file_and_is_judged_there_without_the_site(way, lab, answered):
    signatures.sign(answered.ola)
    signature = way.signed()
    version = ContractVersion.objects.get(pk=signature.version_id)
    content = sealing.content(signing.seal(version, by=SYSTEM))

    report = sealing.verify(content)
    name = f"signature-{way.person.public_id}.p7s"
    assert (report.verdict, report.files[name]) == ("intact", bytes(signature.proof))
    assert any("Kari Nordmann, by a qualified certificate" in note for note in report.notes)
    stated = json.loads(report.files["evidence.json"])["statements"]
    assert [item["level"] for item in stated] == ["simple", "qualified"]
    assert list(signing.check(way.person.party.contract.number)) == []
