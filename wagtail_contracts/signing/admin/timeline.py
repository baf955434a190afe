"""What happened, as sentences: both trails of a contract, newest first.

Each event of a contract has its sentence here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.contracts.rendering.happened import Sentences, Told, Words, told
from wagtail_contracts.signing.admin.delivery_words import kind_of
from wagtail_contracts.signing.backends import methods

# `who`, `person` and what the event's data hold can be named.
SENTENCES: Sentences = {
    events.CONTRACT_CREATED: ("draft", gettext_lazy("%(who)s made the draft")),
    events.SELF_SERVICE_TAKEN: (
        "globe",
        gettext_lazy("A visitor of a public page began it, who had confirmed a mailbox"),
    ),
    events.CONTRACT_LINKED: ("link", gettext_lazy("%(who)s linked it: %(link)s")),
    events.CONTRACT_UNLINKED: ("link", gettext_lazy("%(who)s ended a link: %(link)s")),
    events.CONTRACT_TAGGED: ("tag", gettext_lazy("%(who)s changed its tags: %(tags)s")),
    events.CONTRACT_FILED: ("folder", gettext_lazy("%(who)s moved it to a folder: %(folder)s")),
    events.CONTRACT_ARCHIVED: ("folder", gettext_lazy("%(who)s archived it")),
    events.CONTRACT_UNARCHIVED: ("folder", gettext_lazy("%(who)s took it out of the archive")),
    events.DRAFT_MERGED: (
        "draft",
        gettext_lazy("%(who)s put two wordings of the draft together"),
    ),
    events.DRAFT_FILLED_IN: ("draft", gettext_lazy("%(who)s filled in the draft")),
    events.BLOCK_UNLOCKED: ("lock-open", gettext_lazy("%(who)s unlocked a block")),
    events.PACKAGE_SENT: (
        "mail",
        gettext_lazy("%(who)s sent it in a package of %(contracts)s contracts"),
    ),
    events.SENDING_PLANNED: ("time", gettext_lazy("%(who)s confirmed it, to leave later")),
    events.SENDING_CANCELLED: ("cross", gettext_lazy("%(who)s called the sending off")),
    events.SENDING_STOPPED: ("warning", gettext_lazy("It was not sent at its time: %(code)s")),
    events.SENDING_HANDED: ("user", gettext_lazy("%(who)s had a colleague take the sending over")),
    events.OWNER_CHANGED: ("user", gettext_lazy("%(who)s gave it to another owner")),
    events.REMINDERS_CHANGED: ("mail", gettext_lazy("%(who)s changed its reminders")),
    events.DEADLINE_NEARED: ("calendar-alt", gettext_lazy("The deadline is near: %(deadline)s")),
    events.DELIVERY_FAILED: (
        "warning",
        gettext_lazy("This does not reach %(person)s: %(what)s"),
    ),
    events.DELIVERY_BOUNCED: ("warning", gettext_lazy("A mail to %(person)s came back")),
    events.APPROVAL_REQUESTED: ("user", gettext_lazy("%(who)s asked for an approval")),
    events.APPROVAL_GIVEN: ("check", gettext_lazy("%(who)s approved it")),
    events.CONTRACT_APPROVED: ("check", gettext_lazy("Every approval is there")),
    events.CONTRACT_REJECTED: ("cross", gettext_lazy("%(who)s sent it back")),
    events.APPROVAL_QUESTIONED: ("comment", gettext_lazy("%(who)s asked before approving")),
    events.APPROVAL_ANSWERED: ("comment", gettext_lazy("%(who)s answered an approver")),
    events.APPROVAL_RECALLED: (
        "rotate",
        gettext_lazy("%(who)s took the request for approval back"),
    ),
    events.APPROVAL_LAPSED: (
        "warning",
        gettext_lazy("The approval lapsed: the contract or a rule has changed"),
    ),
    events.CONTRACT_SENT: ("mail", gettext_lazy("%(who)s sent version %(version)s")),
    events.CONTRACT_VIEWED: ("view", gettext_lazy("%(who)s opened version %(version)s")),
    events.CHANGES_SHOWN: (
        "view",
        gettext_lazy("%(who)s signs with what changed since version %(from_version)s before them"),
    ),
    events.CONTRACT_EXTENDED: (
        "date",
        gettext_lazy("%(who)s extended the deadline to %(deadline)s"),
    ),
    events.CONTRACT_SIGNED: ("check", gettext_lazy("Everybody has signed version %(version)s")),
    events.CONTRACT_DECLINED: ("cross", gettext_lazy("%(who)s declined version %(version)s")),
    events.CONTRACT_EXPIRED: ("calendar-alt", gettext_lazy("The deadline passed: %(deadline)s")),
    events.CONTRACT_WITHDRAWN: ("rotate", gettext_lazy("%(who)s withdrew the contract")),
    events.CONTRACT_RETRACTED: (
        "rotate",
        gettext_lazy("%(who)s withdrew from the signed contract, as a consumer"),
    ),
    events.SIGNING_OPENED: ("edit", gettext_lazy("%(who)s opened version %(version)s for signing")),
    events.SIGNING_REOPENED: ("comment", gettext_lazy("%(who)s took it back to review")),
    events.VERSION_CREATED: ("doc-full", gettext_lazy("Version %(version)s was frozen")),
    events.ANSWERS_GIVEN: (
        "form",
        gettext_lazy("%(who)s filled in data fields; that made version %(version)s"),
    ),
    events.THREAD_BEGUN: ("comment", gettext_lazy("%(who)s began to talk about it")),
    events.SUGGESTION_MADE: ("edit", gettext_lazy("%(who)s suggested a change")),
    events.SUGGESTION_ACCEPTED: ("check", gettext_lazy("%(who)s accepted a suggestion")),
    events.SUGGESTION_DISMISSED: ("cross", gettext_lazy("%(who)s dismissed a suggestion")),
    events.ALTERNATIVE_CHOSEN: ("list-ol", gettext_lazy("%(who)s chose another wording")),
    events.COMMENT_MADE: ("comment", gettext_lazy("%(who)s wrote a comment")),
    events.THREAD_RESOLVED: ("check", gettext_lazy("%(who)s resolved what was talked about")),
    events.THREAD_REOPENED: ("comment", gettext_lazy("%(who)s took up again what was resolved")),
    events.ASIDE_NOTED: ("comment", gettext_lazy("%(who)s wrote or settled something among us")),
    events.PERSON_ADDED: ("user", gettext_lazy("%(who)s let %(person)s in")),
    events.PERSON_FORWARDED: (
        "user",
        gettext_lazy("%(who)s forwarded the contract; %(person)s signs instead"),
    ),
    events.PERSON_REPLACED: ("user", gettext_lazy("%(who)s replaced a person by %(person)s")),
    events.ACCESS_REVOKED: ("cross", gettext_lazy("%(who)s ended the access of %(person)s")),
    events.REQUEST_MADE: ("user", gettext_lazy("%(who)s asked for another signatory")),
    events.REQUEST_ACCEPTED: (
        "check",
        gettext_lazy("%(who)s agreed to whom %(person)s asked for"),
    ),
    events.REQUEST_REFUSED: (
        "cross",
        gettext_lazy("%(who)s did not agree to whom %(person)s asked for"),
    ),
    events.AGREEMENT_GIVEN: ("check", gettext_lazy("%(who)s agrees to version %(version)s")),
    events.OPENING_CHANGED: ("edit", gettext_lazy("%(who)s changed when signing opens")),
    events.PARTICIPANT_REMINDED: ("mail", gettext_lazy("%(who)s reminded %(person)s")),
    events.INVITATION_COPIED: (
        "link",
        gettext_lazy("%(who)s copied a personal link of %(person)s"),
    ),
    events.INVITATION_ISSUED: ("link", gettext_lazy("A personal link for %(person)s was made")),
    events.INVITATION_REVOKED: (
        "link",
        gettext_lazy("%(who)s ended all links of %(person)s and had a new one sent"),
    ),
    events.IDENTIFICATION_BEGUN: (
        "key",
        gettext_lazy("%(person)s began to show who they are %(how)s"),
    ),
    events.IDENTIFICATION_COMPLETED: ("key", gettext_lazy("%(person)s was identified %(how)s")),
    events.IDENTIFICATION_FAILED: (
        "warning",
        gettext_lazy("%(person)s was not identified %(how)s"),
    ),
    events.IDENTIFICATION_DIFFERED: (
        "warning",
        gettext_lazy("Somebody else than %(person)s was shown, and refused"),
    ),
    events.IDENTIFICATION_ACCEPTED: (
        "check",
        gettext_lazy("%(who)s accepted another name for %(person)s"),
    ),
    events.SIGNATURE_GIVEN: ("edit", gettext_lazy("%(person)s signed version %(version)s")),
    events.SIGNATURE_VOIDED: (
        "history",
        gettext_lazy("The signature of %(person)s on version %(version)s stopped counting"),
    ),
    events.DOCUMENT_SEALED: ("lock", gettext_lazy("Version %(version)s was sealed")),
    events.DOCUMENT_DELIVERED: ("mail", gettext_lazy("The sealed copy was delivered")),
    events.DOCUMENT_DOWNLOADED: ("download", gettext_lazy("%(who)s downloaded %(copy)s")),
    events.DEVICE_SEEN: (
        "view",
        gettext_lazy("%(person)s read it on a device for the first time (device %(device)s)"),
    ),
    events.DEVICE_HANDED: (
        "user",
        gettext_lazy("%(who)s handed a device over to %(person)s, to sign in person"),
    ),
    events.DEVICE_RETURNED: ("user", gettext_lazy("%(person)s has no device of ours any more")),
    events.WITNESS_ATTESTED: ("view", gettext_lazy("A witness was present when %(person)s signed")),
    events.CONFIDENTIALITY_CHANGED: ("lock", gettext_lazy("%(who)s changed how close it is kept")),
    events.EXHIBIT_ADDED: ("doc-full", gettext_lazy("A file was added: %(name)s")),
    events.EXHIBIT_DOWNLOADED: ("download", gettext_lazy("%(who)s downloaded %(name)s")),
    events.SEALING_FAILED: ("warning", gettext_lazy("Sealing did not succeed: %(code)s")),
    events.SEALING_DELAYED: (
        "warning",
        gettext_lazy("Version %(version)s still waited for its seal after ten minutes"),
    ),
    events.DELIVERY_RETRIED: ("rotate", gettext_lazy("%(who)s had this delivered again: %(what)s")),
    events.DELIVERY_DISCARDED: ("cross", gettext_lazy("%(who)s gave this delivery up: %(what)s")),
    events.STAFF_LOOKED: ("view", gettext_lazy("%(who)s looked at it as a superuser")),
    events.SENSITIVE_SEEN: ("view", gettext_lazy("%(who)s read sensitive data")),
    events.DEVIATIONS_FOUND: (
        "edit",
        gettext_lazy("Version %(version)s differs from the template (blocks: %(count)s)"),
    ),
    events.PERSON_EXPORTED: ("download", gettext_lazy("%(who)s exported the data of %(person)s")),
    events.CONTRACT_MOVED: ("group", gettext_lazy("%(who)s moved it to another workspace")),
}
LINKS = {
    "duplicate_of": gettext_lazy("%(contract)s is a duplicate of %(first)s"),
    "amends": gettext_lazy("%(contract)s amends %(first)s"),
    "renews": gettext_lazy("%(contract)s renews %(first)s"),
    "replaces": gettext_lazy("%(contract)s replaces %(first)s"),
    "under": gettext_lazy("%(contract)s stands under %(first)s"),
}
LINKED, ENDS = (events.CONTRACT_LINKED, events.CONTRACT_UNLINKED), ("contract", "first")
TAKEN = {  # a download by its kind
    "marked copy": gettext_lazy("a marked copy"),
    "receipt": gettext_lazy("a receipt of a signature"),
}


@dataclass(frozen=True)
class Line:
    """One thing that happened; `own` is known to our side alone."""

    told: Told
    at: datetime
    sequence: int
    digest: str
    own: bool


Day = tuple[date, list[Line]]


def trails(contract: Contract) -> tuple[list[Event], list[Event]]:
    """The shared trail and our own, in order, with what they disclose."""
    shared = Event.objects.of(contract.trail).with_disclosures()
    return shared, Event.objects.of(contract.own_trail).with_disclosures()


def days(
    contract: Contract, shared: Sequence[Event], own: Sequence[Event], *, user: Any
) -> list[Day]:
    """The lines by day in the workspace's zone, newest first, as `user` may read them."""
    names = {
        person.public_id: person.name
        for person in Participant.objects.filter(party__contract=contract)
    }
    names |= _numbers([*shared, *own], user)
    zone = ZoneInfo(contract.workspace.timezone)
    lines = [*_lines(shared, names, own=False), *_lines(own, names, own=True)]
    lines.sort(key=lambda line: (line.at, line.sequence), reverse=True)
    by_day = groupby(lines, key=lambda line: line.at.astimezone(zone).date())
    return [(day, list(found)) for day, found in by_day]


def _numbers(found: Sequence[Event], user: Any) -> dict[str, str]:
    """The numbers of linked contracts that one may see, each by itself."""
    linked = (event.data for event in found if event.name in LINKED)
    named = {str(data.get(end)) for data in linked for end in ENDS}
    seen = permissions.visible(user).filter(number__in=named) if named else ()
    return {contract.number: contract.number for contract in seen}


def _lines(found: Sequence[Event], names: Mapping[str, str], *, own: bool) -> Iterator[Line]:
    for event in found:
        yield Line(
            told(event, SENTENCES, _known(event, names)),
            at=event.at,
            sequence=event.sequence,
            digest=event.data.get("digest") or "",
            own=own,
        )


def _known(event: Event, names: Mapping[str, str]) -> dict[str, Any]:
    data = event.data
    ends = {end: names.get(data.get(end, ""), _("another contract")) for end in ENDS}
    return {
        **data,
        "person": names.get(data.get("person") or data.get("participant", ""), event.label),
        "how": methods.how(data.get("method", "")),
        "copy": TAKEN.get(data.get("kind", ""), _("the sealed copy")),
        "count": len(data.get("deviations", ())),
        "what": kind_of(data.get("kind", "")),
        "tags": event.disclosures.get("tags", "…"),
        "folder": event.disclosures.get("folder") or _("none"),
        "link": str(LINKS.get(data.get("kind", ""), "")) % Words(ends),
    }
