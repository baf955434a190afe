"""What stands in the way of sending, as sentences."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts.core import readiness
from wagtail_contracts.contracts.flows.composing import whole
from wagtail_contracts.contracts.flows.exhibiting import absent
from wagtail_contracts.contracts.flows.lawful import unlawful
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.contracts.rendering.law import NO_WITNESS

MESSAGES = {
    "title": gettext_lazy("The contract has no title."),
    "text": gettext_lazy("The contract has no text."),
    "own_party": gettext_lazy("Our own side is not a party."),
    "counterparty": gettext_lazy("There is no counterparty."),
    "party_twice": gettext_lazy("Two parties have the role “%(role)s”."),
    "party_name": gettext_lazy("The party “%(party)s” has no name."),
    "party_organisation_number": gettext_lazy(
        "The text says the organisation number of “%(party)s”, which is not filled in."
    ),
    "party_address": gettext_lazy(
        "The text says the address of “%(party)s”, which is not filled in."
    ),
    "signatory": gettext_lazy("Nobody signs for “%(party)s”."),
    "rule": gettext_lazy("%(count)s must sign for “%(party)s”, but it has %(people)s signatories."),
    "person_name": gettext_lazy("Somebody of “%(party)s” has no name."),
    "unknown_field": gettext_lazy("The text names the data field “%(key)s”, which is not defined."),
    "unknown_party": gettext_lazy("The text names the party “%(role)s”, which is missing."),
    "unknown_clause": gettext_lazy("The text refers to a clause that is not in it."),
    "field_role": gettext_lazy("“%(label)s” is to be filled in by “%(role)s”, who is missing."),
    "nobody": gettext_lazy(
        "“%(label)s” has nobody who fills it in, and nothing that it is computed from."
    ),
    "chooser": gettext_lazy("In “%(title)s” one of the other parties has to choose."),
    "no_file": gettext_lazy("“%(name)s” has no file."),
    "files_size": gettext_lazy("The files are larger than %(most)s MB together."),
    "sealed_size": gettext_lazy(
        "Pictures and exhibits are larger than %(most)s MB together, too much for a sealed file."
    ),
    "own_field": gettext_lazy("“%(label)s” is not filled in."),
}


PARTIES, DETAILS, TEXT = "parties", "details", "text"  # where one mends it
PLACES = {
    **dict.fromkeys(("party_name", "party_organisation_number", "party_address"), PARTIES),
    **dict.fromkeys(("signatory", "rule", "person_name"), PARTIES),
    **dict.fromkeys(("title", "own_field"), DETAILS),
}


def missing(
    contract: Contract, content: dict[str, Any], offer: dict[str, Any] | None = None
) -> list[str]:
    """One sentence for each thing, in the order of the page.

    `offer` is the whole that the content is of; without it, that of the working copy.
    """
    return [sentence for _place, sentence in lacks(contract, content, offer)]


def lacks(
    contract: Contract, content: dict[str, Any], offer: dict[str, Any] | None = None
) -> list[tuple[str, str]]:
    """The same, each after the place where it is mended: PARTIES, DETAILS or TEXT."""
    found = [
        (PLACES.get(code, TEXT), str(MESSAGES[code]) % words)
        for code, words in readiness.problems(content, offer or whole(contract))
    ]
    files = [(TEXT, sentence) for sentence in absent(contract, content)]
    people = [person for party in content["parties"] for person in party["people"]]
    found += [(PARTIES, sentence) for sentence in unlawful(contract, people)]
    return [*found, *files, *((PARTIES, sentence) for sentence in _addresses(contract))]


def _addresses(contract: Contract) -> list[str]:
    """Nobody can be invited without an address; contract.json holds none, so the rows are asked."""
    people = Participant.objects.present().filter(party__contract=contract).order_by("pk")
    return [sentence for person in people if (sentence := _address(person))]


def _address(person: Participant) -> str:
    if not person.email:
        return _("“%(name)s” has no e-mail address.") % {"name": person.name}
    if person.witnesses and person.user_id:
        return str(NO_WITNESS) % {"name": person.name}
    if person.invited_by != Participant.InvitedBy.MAIL and not person.phone:
        return _("“%(name)s” is invited by SMS, and has no number.") % {"name": person.name}
    try:
        validate_email(person.email)
    except ValidationError:
        return _("The e-mail address of “%(name)s” can't be used.") % {"name": person.name}
    return ""
