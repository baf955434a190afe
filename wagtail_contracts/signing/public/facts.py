"""What every page of a contract says: its facts, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from wagtail_contracts.audit import flows as audit
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import sender_name
from wagtail_contracts.contracts.rendering import addresses, days
from wagtail_contracts.contracts.rendering.answers import Input
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.core import masks
from wagtail_contracts.signing.public import looks, packages, phrases
from wagtail_contracts.signing.public.page import ParticipantPage
from wagtail_contracts.signing.public.situations import Situation
from wagtail_contracts.signing.rendering import seals
from wagtail_contracts.signing.rendering.states import written


def common(page: ParticipantPage, situation: Situation) -> dict[str, Any]:
    """What every page of a contract needs: its facts, in words."""
    contract, version = page.contract, page.version
    return {
        "page": page,
        "situation": situation,
        "content": version.content,
        "version": version,
        "called": phrases.version(version, page.participant),
        "groups": phrases.groups(version.digest),
        "sent": situation.day(version.frozen_at),
        "between": phrases.names([party["name"] for party in version.content["parties"]]),
        "sender": sender_name(contract),
        "organisation": contract.workspace.legal_name,
        "logo": _logo(page),
        "address": masks.address(page.participant.email),
        "identity": sender(page),
        "extended": SimpleLazyObject(partial(signing.why_extended, contract)),
        "welcome": SimpleLazyObject(partial(contracts.message_of, contract)),
        "signed_at": _signed_at(situation),
        "package": SimpleLazyObject(partial(packages.beside, page)),
        "retraction": SimpleLazyObject(partial(_retraction, page, situation)),
        **_sealed(situation),
        **_times(situation),
        **_looks(page, situation),
    }


def sender(page: ParticipantPage) -> dict[str, str]:
    """Who sent the contract, as far as a reader can check it elsewhere."""
    contract, name = page.contract, page.contract.workspace.legal_name
    ours = [party for party in page.version.content["parties"] if party["name"] == name]
    return {
        "number": ours[0]["organisation_number"] if ours else "",
        "person": sender_name(contract),
        "email": contract.owner.email or contract.workspace.contact_email,
        "host": addresses.host(),
        "address": addresses.absolute(page.address_of("contract")),
    }


def moving(page: ParticipantPage) -> dict[str, Any]:
    """What an open page goes on from, and how long; whether it shows an earlier version."""
    state = signing.seen_by(page.participant, page.contract, page.version)
    shown = page.request.GET.get("since", "")
    known = shown.isdecimal() and len(shown) < 9
    came = known and int(shown) < page.version.number
    return {"state": written(state), "came": came, "ends": page.session.expires_at.isoformat()}


def _logo(page: ParticipantPage) -> str:
    logo = page.contract.workspace.logo
    where = [page.participant.public_id, logo.digest] if logo else []
    return reverse("wagtail_contracts:file", args=where) if where else ""


def _retraction(page: ParticipantPage, situation: Situation) -> dict[str, Any]:
    """That a consumer withdrew, or until when the one who looks may; {} where nobody can."""
    if made := situation.retraction:
        mine = made.participant_id == page.participant.pk
        return {"name": made.participant.name, "at": situation.moment(made.at), "is_mine": mine}
    until = signing.retracts_until(page.participant, page.version)
    today = timezone.now().astimezone(situation.zone).date()
    return {"until": days.day(until)} if until and until >= today else {}


def _times(situation: Situation) -> dict[str, str]:
    deadline = situation.contract.deadline
    if deadline is None:
        return {"deadline": "", "left": ""}
    left = phrases.days_left(deadline, timezone.now(), situation.zone)
    return {"deadline": days.day(deadline), "left": left}


def _looks(page: ParticipantPage, situation: Situation) -> dict[str, Any]:
    number = page.version.number
    looked = looks.of(page.contract, page.participant, number)
    base = looked.base(number)
    return {
        "news": looked.is_news(number),
        "unseen": situation.is_open and number not in looked.seen,
        "base": base,
        "looked": situation.day(looked.known[base]) if base else "",
        "mine": phrases.answered_by(page.version, page.participant),
    }


class Progress:
    """How much of what has to be filled in is there, and what comes next."""

    def __init__(self, inputs: Mapping[str, Input], content: Mapping[str, Any]) -> None:
        asleep = idle(content, {key: item.value for key, item in inputs.items()})
        needed = [item for item in inputs.values() if item.required and item.key not in asleep]
        self.any = bool(inputs)
        self.files = any(item.file for item in inputs.values())
        self.names = " ".join(name for item in inputs.values() for name in item.needed)
        self.total = len(needed)
        self.done = sum(item.is_filled for item in needed)
        self.left = [item for item in needed if not item.is_filled]
        self.next = self.left[0] if self.left else None


def _sealed(situation: Situation) -> dict[str, Any]:
    """The sealed file, how far its seal goes, what it lacks, and who vouches for the records."""
    signed = situation.name == "signed"
    found = signing.sealed_file(situation.version) if signed else None
    if found is None:
        return {"sealed": None}
    wanting, covered = signing.wanting(found), audit.covered(situation.contract.trail)
    seal = {
        "level": seals.level(found.level),
        "lacks": seals.lacks(wanting.lacks) if wanting else "",
        "waits": wanting is not None and wanting.waits,
        "wanted": seals.level(wanting.wanted) if wanting else "",
        "attested": seals.attested(covered[1], situation.zone) if covered else None,
    }
    return {"sealed": found, "seal": seal}


def _signed_at(situation: Situation) -> str:
    given = situation.place.signature if situation.place else None
    return situation.moment(given.at) if given else ""


def idle(content: Mapping[str, Any], chosen: Mapping[str, Any]) -> set[str]:
    """Keys of the fields that stand nowhere but in options which are not chosen."""
    awake: set[str] = set()
    asleep: set[str] = set()
    for field in content["fields"]:
        for option in field["options"]:
            value = chosen.get(field["key"])
            chosen_one = (
                option["key"] in value if isinstance(value, list) else option["key"] == value
            )
            stands = awake if chosen_one else asleep
            stands.update(named(option["content"]))
    asleep -= awake
    return asleep.difference(named(content["body"])) if asleep else asleep


def named(part: Any) -> Iterator[str]:
    """Keys of the fields that a part of a content tree names."""
    waiting = [part]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            if node.get("type") in ("field", "field_place"):
                yield node["key"]
            waiting += node.values()
