"""What a mail says besides who and where: what changed, what was opened, what is left to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, ContractVersion, Participant, Thread
from wagtail_contracts.contracts.rendering import changes
from wagtail_contracts.contracts.rendering.days import day, moment
from wagtail_contracts.signing.flows.retracting import retraction_of, retraction_words
from wagtail_contracts.signing.flows.standing import Place, standing, waited_for
from wagtail_contracts.signing.models import Decline, Signature

News = dict[str, Any]


def news(kind: str, contract: Contract, participant: Participant | None) -> News:
    """The facts of one kind of mail, in the active language; none where it needs none."""
    tell = NEWS.get(kind)
    return tell(contract, participant) if tell else {}


def why_extended(contract: Contract) -> str:
    """What was said when the deadline of now was set by extending it; empty for nothing.

    That is the last extension: nothing else moves the deadline of what was sent.
    """
    moved = Event.objects.of(contract.trail).named(events.CONTRACT_EXTENDED).last()
    return moved.disclosures.get("reason", "") if moved else ""


def _new_version(contract: Contract, participant: Participant | None) -> News:
    """How many changes there are since the version before, and whose signature lapsed."""
    version = contract.current_version
    before = contract.versions.filter(number=version.number - 1).first() if version else None
    given = Signature.objects.filter(participant=participant).order_by("version__number").last()
    lapsed = given is not None and given.version_id != contract.current_version_id
    return {
        "signed": given.version.number if given and lapsed else "",
        "changes": changes.count(before.content, version.content) if version and before else 0,
    }


def _reminder(contract: Contract, participant: Participant | None) -> News:
    """The day on which somebody opened it last, in the workspace's zone; what is left for them."""
    viewed = Event.objects.of(contract.trail).named(events.CONTRACT_VIEWED)
    key = participant.public_id if participant else ""
    last = viewed.filter(actor_key=key).order_by("sequence").last()
    zone = ZoneInfo(contract.workspace.timezone)
    opened = day(last.at.astimezone(zone).date()) if last else ""
    return {"opened": opened, **(_left(contract, participant) if participant else {})}


def _left(contract: Contract, participant: Participant) -> News:
    """How many fields somebody has to fill in, and what is asked of them besides."""
    if (version := contract.current_version) is None:
        return {}
    place = standing(version).of(participant)
    return {
        "fields": len(contracts.left_for(participant, version)),
        "names": ", ".join(place.waits_for) if place else "",
        "task": _task(contract, version, participant, place),
    }


def _task(
    contract: Contract, version: ContractVersion, participant: Participant, place: Place | None
) -> str:
    """One of sign, wait, approve, agree; empty for whoever has nothing to say now."""
    if contract.state == "negotiating":
        asked = contracts.yet_to_agree(contract, version).filter(pk=participant.pk).exists()
        return "agree" if asked else ""
    if participant in contracts.yet_to_approve(version):
        return "approve"
    if place is None or place.signature or not place.needed:
        return ""
    return "wait" if place.waits_for else "sign"


def _expired(contract: Contract, participant: Participant | None) -> News:
    """Who can do something about it: our side extends, other parties ask for more time."""
    if participant is None:
        return {"extends": True}
    may = contracts.may_speak(participant, contract.state, Thread.Kind.MORE_TIME)
    return {"asks": may and participant.user is None}


def _declined(contract: Contract, participant: Participant | None) -> News:
    """Who declined."""
    found = Decline.objects.filter(version__contract=contract).select_related("participant")
    decline = found.first()
    return {"who": decline.participant.name if decline else ""}


def _signed_one(contract: Contract, participant: Participant | None) -> News:
    """How many it waits for."""
    return {"left": len(waited_for(contract))}


def _extended(contract: Contract, participant: Participant | None) -> News:
    """Why there is more time; of a confidential contract the page alone says it."""
    return {"reason": "" if contract.is_confidential else why_extended(contract)}


def _retracted(contract: Contract, participant: Participant | None) -> News:
    """Who withdrew as a consumer, when, and in which words."""
    made = retraction_of(contract)
    if made is None:
        return {"at": "", "said": ""}
    zone = ZoneInfo(contract.workspace.timezone)
    said = retraction_words(contract)
    return {"who": made.participant.name, "at": moment(made.at, zone), "said": said}


def _package(contract: Contract, participant: Participant | None) -> News:
    """What waits in the package that a contract went out in, by title, and until when."""
    package = contracts.package_of(participant) if participant else None
    items = contracts.open_items(package) if package else []
    waiting = [item.participant.party.contract for item in items]
    days = [found.deadline for found in waiting if found.deadline]
    return {
        "n": len(waiting),
        "titles": [found.number if found.is_confidential else found.title for found in waiting],
        "deadline": day(min(days)) if days else "",
        "message": contracts.message_of(contract),
    }


NEWS: dict[str, Callable[[Contract, Participant | None], News]] = {
    "expired": _expired,
    "retraction": _retracted,
    "retracted": _retracted,
    "new_version": _new_version,
    "reminder": _reminder,
    "declined": _declined,
    "package": _package,
    "package_reminder": _package,
    "extended": _extended,
    "signed_one": _signed_one,
}
