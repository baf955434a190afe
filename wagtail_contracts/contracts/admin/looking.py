"""The last look before a contract leaves: as the first of the others will see it, and warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.previews import Look, PageMixin
from wagtail_contracts.contracts.core import order
from wagtail_contracts.contracts.errors import NotReady
from wagtail_contracts.contracts.models import Contract, Participant


class FirstPage(PageMixin):
    """The page of one of those who sign on the other sides, the first unless the address says."""

    def __init__(self, request: HttpRequest, contract: Contract) -> None:
        super().__init__()
        self.request, self.contract = request, contract

    @cached_property
    def look(self) -> Look:
        """It has no address of its own."""
        return Look(self.contract, named="", frame="", page="", paper="")

    @cached_property
    def readers(self) -> list[Participant]:
        """In the order of signing."""
        return sorted(self.signing(), key=lambda person: person.position)


def looks(request: HttpRequest, contract: Contract) -> dict[str, Any]:
    """What the page shows: the page of a reader, and the mail that leads there."""
    page = FirstPage(request, contract)
    reader = page.readers[page.place] if page.readers else None
    named = list(enumerate(page.readers))
    return {
        "page": page.get(request).content.decode(),
        "reader": reader,
        "readers": named if len(named) > 1 else [],
        "place": page.place,
        "invitation": _invitation(contract, reader) if reader else None,
    }


def _invitation(contract: Contract, reader: Participant) -> Any:
    """Ask the app above for its mail."""
    found: list[Callable[..., Any]] = hooks.get_hooks("show_invitation")
    return found[0](contract, reader, contracts.default_deadline(contract)) if found else None


def lacking(contract: Contract, place: str) -> list[str]:
    """What is still missing and is mended at this place, one sentence each."""
    try:
        found = contracts.lacks(contract, contracts.compose(contract))
    except NotReady:
        return []
    return [sentence for where, sentence in found if where == place]


def warnings(contract: Contract) -> Iterator[str]:
    """One sentence for each thing that would cost a signature, or let one mail reach two."""
    try:
        content = contracts.compose(contract)
    except NotReady:
        return
    sides = [_side(party, content) for party in contract.parties.all()]
    for code, words in order.warnings(sides):
        yield _void(**words) if code == "void" else _shared(**words)


def _side(party: Any, content: dict[str, Any]) -> order.Side:
    people = list(party.people.all())
    signing = [person for person in people if person.role == Participant.Role.SIGNATORY]
    return order.Side(
        [order.Signatory(person.name, person.position) for person in signing],
        len(contracts.fields_of(signing[0], content)) if signing else 0,
        [(person.name, person.email) for person in people],
    )


def _void(first: str, count: int, before: list[str]) -> str:
    sentence = ngettext(
        "Put %(first)s first; else filling in %(count)d field voids the signature of %(before)s.",
        "Put %(first)s first; else filling in %(count)d fields voids the signature of %(before)s.",
        count,
    )
    return sentence % {"first": first, "count": count, "before": ", ".join(before)}


def _shared(one: str, other: str, address: str) -> str:
    words = {"one": one, "other": other, "address": address}
    return _("%(one)s and %(other)s have the same e-mail address: %(address)s.") % words
