"""From the working copy to the content that would be frozen now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from wagtail_contracts import canonical
from wagtail_contracts.contracts.blocks import plain
from wagtail_contracts.contracts.core import content as tree
from wagtail_contracts.contracts.core import resolving, trees
from wagtail_contracts.contracts.core.richtext import Unreadable
from wagtail_contracts.contracts.core.text import normal
from wagtail_contracts.contracts.errors import NotReady
from wagtail_contracts.contracts.models import Contract, Participant


def compose(contract: Contract) -> dict[str, Any]:
    """The content of the working copy, composed with the newest answers of the others.

    Works on an instance that a form or a revision made, too. Raises NotReady where stored text
    can't be read.
    """
    return resolving.published(whole(contract))


def whole(contract: Contract) -> dict[str, Any]:
    """As `compose`, with all that is hidden by a condition or not chosen. Raises NotReady."""
    try:
        return _whole(contract, plain(contract.body), values(contract))
    except Unreadable as error:
        raise NotReady([unreadable(error)]) from error


def hidden_fields(contract: Contract) -> set[str]:
    """Keys of the data fields that the text as it is now does not show; none of an unreadable."""
    try:
        found = whole(contract)
    except NotReady:
        return set()
    shown = {field["key"] for field in resolving.published(found)["fields"]}
    return {field["key"] for field in found["fields"]} - shown


def text_fault(contract: Contract, body: Any, own: Mapping[str, Any]) -> str:
    """Why a contract can't have this text and these values; "" if it can."""
    try:
        _whole(contract, plain(body), {**values(contract), **own})
    except Unreadable as error:
        return unreadable(error)
    return ""


def _whole(contract: Contract, body: Any, said: Mapping[str, Any]) -> dict[str, Any]:
    return tree.whole(
        title=contract.title,
        language=contract.language,
        second_language=contract.second_language,
        governing=contract.governing,
        template=contract.template_digest,
        salt=contract.salt,
        roles=contract.roles,
        parties=[_party(party) for party in contract.parties.all()],
        fields=contract.fields,
        values=said,
        body=body,
    )


def unreadable(error: Unreadable) -> str:
    """Why no contract can be made of a stored text."""
    if error.code == "size":
        return _("The options of the data fields, put into each other, make the text too large.")
    if error.code == "length":
        return _("The text is too long: %s characters at most, with all that is filled in.") % (
            error.detail
        )
    return _("A text has formatting that a contract can't hold: %s.") % error.detail


def values(contract: Contract) -> dict[str, Any]:
    """Our own values as the working copy has them, those of the others as they last answered."""
    if contract.current_version is None:
        return dict(contract.values)
    answered = trees.values_by_key(contract.current_version.whole)
    own = {field["key"] for field in contract.fields if field.get("role") in contract.own_roles}
    kept = {key: value for key, value in answered.items() if key not in own}
    return {**contract.values, **kept}


def digest_of(content: dict[str, Any]) -> str:
    """The content digest: what the send page shows, and what comes back with the confirmation."""
    return canonical.digest(canonical.CONTRACT_CONTENT, content)


def recipients_digest(contract: Contract) -> str:
    """Digest over who gets it and where, which the content does not hold: readers and addresses."""
    people = Participant.objects.present().filter(party__contract=contract).order_by("pk")
    told = [
        (person.public_id, person.role, person.name, person.email, person.user_id, *_ways(person))
        for person in people
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _ways(person: Participant) -> tuple[str, ...]:
    return () if person.invited_by == "mail" else (person.invited_by, person.phone)


def _party(party: Any) -> dict[str, Any]:
    return {
        "id": party.public_id,
        "role": party.role,
        "kind": str(party.kind),
        "name": _line(party.name),
        "organisation_number": _line(party.organisation_number),
        "address": party.address,
        "rule": {"kind": party.rule, "count": party.count if party.rule == "some" else None},
        "people": people_of(party),
    }


def people_of(party: Any) -> list[dict[str, Any]]:
    """Those of a party who sign now, as the content has them. Nobody else is part of it."""
    return [
        _person(person)
        for person in party.people.all()
        if person.role == Participant.Role.SIGNATORY and person.left_at is None
    ]


def _person(person: Any) -> dict[str, Any]:
    return {
        "id": person.public_id,
        "role": person.role,
        "name": _line(person.name),
        "capacity": _line(person.capacity),
        "position": person.position,
        **({"acts_as": str(person.acts_as)} if person.acts_as else {}),
        **({"witnesses": person.witnesses} if person.witnesses else {}),
    }


def _line(value: Any) -> str:
    return " ".join(normal(value).split())
