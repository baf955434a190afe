"""What messages are about: contracts and addresses, fetched for a whole page at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth import get_user_model

from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing import flows as signing


class Subjects:
    """Three queries, however many messages."""

    def __init__(self, found: Sequence[Message]) -> None:
        ours = [message.keys for message in found if signing.is_ours(message)]
        people = Participant.objects.select_related("party__contract__current_version")
        self.people: dict[Any, Participant] = people.in_bulk(_all(ours, "participant"))
        self.contracts: dict[Any, Contract] = signing.contracts_with(_all(ours, "contract"))
        users = get_user_model()._default_manager
        self.users: dict[Any, Any] = users.in_bulk(_all(ours, "user"))

    def contract(self, message: Message) -> Contract | None:
        """The contract, or None."""
        if not signing.is_ours(message):
            return None
        if "contract" in message.keys:
            return self.contracts.get(message.keys["contract"])
        person = self.people.get(message.keys.get("participant"))
        return person.party.contract if person else None

    def address(self, message: Message) -> str:
        """Where a mail goes; "" where it is no mail."""
        if "kind" not in message.keys or not signing.is_ours(message):
            return ""
        if "user" in message.keys:
            user = self.users.get(message.keys["user"])
            return user.email if user else ""
        person = self.people.get(message.keys.get("participant"))
        return person.email if person else ""


def _all(keys: Iterable[dict[str, Any]], name: str) -> set[Any]:
    return {found[name] for found in keys if name in found}
