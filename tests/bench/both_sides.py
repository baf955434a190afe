"""What each of two sides does with one contract that is out, by the flows, as often as asked."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.test import Client

from tests import builders, signatures
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant


class BothSides:
    """A contract, Ola who sent it, and Kari."""

    def __init__(self, at: SimpleNamespace) -> None:
        self.at = at

    def places(self) -> dict[str, str]:
        """Where each side reads, and the session in which Ola is logged in."""
        from tests.public import visits
        from wagtail_contracts.signing.admin.pages import address

        client = Client()
        client.force_login(self.at.sender)
        return {
            "theirs": visits.landing(self.at.kari),
            "ours": address("inspect", self.at.contract),
            "session": client.cookies["sessionid"].value,
        }

    def version(self) -> int:
        """The number of today's version."""
        return int(self._contract().current_version.number)

    def ask(self, text: str) -> None:
        """Ola says something to everyone."""
        self._say(None, text)

    def reply(self, text: str) -> None:
        """Kari does."""
        self._say(self.at.kari, text)

    def revise(self) -> None:
        """Ola makes a new version."""
        contract = self._contract()
        contract.title = f"Hosting of {self.version()}"
        contract.save()
        contracts.revise(contract, builders.shown(contract), "More", by=self.at.owner)

    def answer(self, remark: str) -> None:
        """Kari fills in, which makes a new version."""
        digest = self._contract().current_version.digest
        given = {**builders.ANSWERS, "remarks": remark}
        contracts.answer(self.at.kari, digest, given, by=builders.guest(self.at.kari))

    def sign_ours(self) -> None:
        """Ola signs."""
        signatures.sign(self.at.ola)

    def sign_theirs(self) -> None:
        """Kari signs."""
        signatures.sign(self.at.kari)

    def _say(self, person: Participant | None, text: str) -> None:
        by = builders.guest(person) if person else self.at.owner
        contracts.begin_thread(self._contract(), person, text, contracts.Matter(), by=by)

    def _contract(self) -> Any:
        return Contract.objects.get(pk=self.at.contract.pk)
