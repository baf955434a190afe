"""The last look before a contract is made: as the first of the others will see it, and warnings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin import imagining
from wagtail_contracts.contracts.admin.previews import Look, PageMixin
from wagtail_contracts.contracts.core import order
from wagtail_contracts.contracts.models import Contract, Participant


class FirstPage(PageMixin):
    """The page of whoever signs first on the other sides, of a contract that is not stored."""

    def __init__(self, request: HttpRequest, contract: Contract) -> None:
        super().__init__()
        self.request, self.contract = request, contract

    @cached_property
    def look(self) -> Look:
        """It has no address of its own."""
        return Look(self.contract, named="", frame="", page="", paper="")

    @cached_property
    def place(self) -> int:
        """Of the first in the order of signing."""
        positions = [person.position for person in self.readers]
        return positions.index(min(positions)) if positions else 0


def looks(request: HttpRequest, template: Any, **said: Any) -> dict[str, Any]:
    """What the page shows: `said` is what the contract would be made of."""
    contract = imagining.unsaved(template, **said)
    page = FirstPage(request, contract)
    reader = page.readers[page.place].name if page.readers else ""
    return {
        "page": page.get(request).content.decode(),
        "seen_by": reader,
        "warnings": list(warnings(contract)),
    }


def warnings(contract: Contract) -> Iterator[str]:
    """One sentence for each thing that would cost a signature, or let one mail reach two."""
    content = contracts.compose(contract)
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
