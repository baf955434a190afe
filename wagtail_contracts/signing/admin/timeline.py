"""What happened, as sentences: both trails of a contract, newest first.

Each event of a contract has its icon here, and its sentence where its kind is declared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts import events
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.kinds import Words
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.contracts.rendering.happened import Icons, Told, told
from wagtail_contracts.signing.admin.delivery_words import kind_of
from wagtail_contracts.signing.backends import methods
from wagtail_contracts.signing.rendering.alarms import what

ICONS: Icons = {
    events.CONTRACT_CREATED: "draft",
    events.SELF_SERVICE_TAKEN: "globe",
    events.CONTRACT_LINKED: "link",
    events.CONTRACT_UNLINKED: "link",
    events.CONTRACT_TAGGED: "tag",
    events.CONTRACT_FILED: "folder",
    events.CONTRACT_ARCHIVED: "folder",
    events.CONTRACT_UNARCHIVED: "folder",
    events.DRAFT_MERGED: "draft",
    events.DRAFT_FILLED_IN: "draft",
    events.BLOCK_UNLOCKED: "lock-open",
    events.PACKAGE_SENT: "mail",
    events.SENDING_PLANNED: "time",
    events.SENDING_CANCELLED: "cross",
    events.SENDING_STOPPED: "warning",
    events.SENDING_HANDED: "user",
    events.OWNER_CHANGED: "user",
    events.REMINDERS_CHANGED: "mail",
    events.DEADLINE_NEARED: "calendar-alt",
    events.DELIVERY_FAILED: "warning",
    events.DELIVERY_BOUNCED: "warning",
    events.APPROVAL_REQUESTED: "user",
    events.APPROVAL_GIVEN: "check",
    events.CONTRACT_APPROVED: "check",
    events.CONTRACT_REJECTED: "cross",
    events.APPROVAL_QUESTIONED: "comment",
    events.APPROVAL_ANSWERED: "comment",
    events.APPROVAL_RECALLED: "rotate",
    events.APPROVAL_LAPSED: "warning",
    events.CONTRACT_SENT: "mail",
    events.CONTRACT_VIEWED: "view",
    events.CHANGES_SHOWN: "view",
    events.CONTRACT_EXTENDED: "date",
    events.CONTRACT_SIGNED: "check",
    events.CONTRACT_DECLINED: "cross",
    events.CONTRACT_EXPIRED: "calendar-alt",
    events.CONTRACT_WITHDRAWN: "rotate",
    events.CONTRACT_RETRACTED: "rotate",
    events.SIGNING_OPENED: "edit",
    events.SIGNING_REOPENED: "comment",
    events.VERSION_CREATED: "doc-full",
    events.ANSWERS_GIVEN: "form",
    events.THREAD_BEGUN: "comment",
    events.SUGGESTION_MADE: "edit",
    events.SUGGESTION_ACCEPTED: "check",
    events.SUGGESTION_DISMISSED: "cross",
    events.ALTERNATIVE_CHOSEN: "list-ol",
    events.COMMENT_MADE: "comment",
    events.THREAD_RESOLVED: "check",
    events.THREAD_REOPENED: "comment",
    events.ASIDE_NOTED: "comment",
    events.PERSON_ADDED: "user",
    events.PERSON_FORWARDED: "user",
    events.PERSON_REPLACED: "user",
    events.ACCESS_REVOKED: "cross",
    events.REQUEST_MADE: "user",
    events.REQUEST_ACCEPTED: "check",
    events.REQUEST_REFUSED: "cross",
    events.AGREEMENT_GIVEN: "check",
    events.OPENING_CHANGED: "edit",
    events.PARTICIPANT_REMINDED: "mail",
    events.INVITATION_COPIED: "link",
    events.INVITATION_ISSUED: "link",
    events.INVITATION_REVOKED: "link",
    events.IDENTIFICATION_BEGUN: "key",
    events.IDENTIFICATION_COMPLETED: "key",
    events.IDENTIFICATION_FAILED: "warning",
    events.IDENTIFICATION_DIFFERED: "warning",
    events.IDENTIFICATION_ACCEPTED: "check",
    events.SIGNATURE_GIVEN: "edit",
    events.SIGNATURE_VOIDED: "history",
    events.DOCUMENT_SEALED: "lock",
    events.DOCUMENT_DELIVERED: "mail",
    events.DOCUMENT_DOWNLOADED: "download",
    events.DEVICE_SEEN: "view",
    events.DEVICE_HANDED: "user",
    events.DEVICE_RETURNED: "user",
    events.WITNESS_ATTESTED: "view",
    events.CONFIDENTIALITY_CHANGED: "lock",
    events.EXHIBIT_ADDED: "doc-full",
    events.EXHIBIT_DOWNLOADED: "download",
    events.SEALING_FAILED: "warning",
    events.SEALING_DELAYED: "warning",
    events.DELIVERY_RETRIED: "rotate",
    events.DELIVERY_DISCARDED: "cross",
    events.STAFF_LOOKED: "view",
    events.SENSITIVE_SEEN: "view",
    events.DEVIATIONS_FOUND: "edit",
    events.PERSON_EXPORTED: "download",
    events.PROOF_EXPORTED: "download",
    events.CONTRACT_MOVED: "group",
    events.DOCUMENT_COMPLETED: "lock",
    events.DOCUMENT_RENEWED: "lock",
    events.MISMATCH_FOUND: "warning",
    events.MISMATCH_SETTLED: "check",
}
LINKS = {
    "duplicate_of": gettext_lazy("%(contract)s is a duplicate of %(first)s"),
    "amends": gettext_lazy("%(contract)s amends %(first)s"),
    "renews": gettext_lazy("%(contract)s renews %(first)s"),
    "replaces": gettext_lazy("%(contract)s replaces %(first)s"),
    "under": gettext_lazy("%(contract)s stands under %(first)s"),
}
GROUNDS = {  # of erasing, as they are recorded
    "GDPR art. 17": gettext_lazy("it was asked for (GDPR, article 17)"),
    "retention": gettext_lazy("its time was over"),
}
LINKED, ENDS = (events.CONTRACT_LINKED, events.CONTRACT_UNLINKED), ("contract", "first")
TAKEN = {  # a download by its kind
    "marked copy": gettext_lazy("a marked copy"),
    "receipt": gettext_lazy("a receipt of a signature"),
}


@dataclass(frozen=True)
class Line:
    """One thing that happened; `own` is known to our side alone.

    `erased` says when and why personal data of it were erased, empty where none were.
    """

    told: Told
    at: datetime
    sequence: int
    digest: str
    own: bool
    erased: str


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
    gone = audit.erasures([*shared, *own])
    lines = [*_lines(shared, names, gone, own=False), *_lines(own, names, gone, own=True)]
    lines.sort(key=lambda line: (line.at, line.sequence), reverse=True)
    by_day = groupby(lines, key=lambda line: line.at.astimezone(zone).date())
    return [(day, list(found)) for day, found in by_day]


def _numbers(found: Sequence[Event], user: Any) -> dict[str, str]:
    """The numbers of linked contracts that one may see, each by itself."""
    linked = (event.data for event in found if event.name in LINKED)
    named = {str(data.get(end)) for data in linked for end in ENDS}
    seen = permissions.visible(user).filter(number__in=named) if named else ()
    return {contract.number: contract.number for contract in seen}


def _lines(
    found: Sequence[Event],
    names: Mapping[str, str],
    gone: Mapping[str, audit.Erased],
    *,
    own: bool,
) -> Iterator[Line]:
    for event in found:
        yield Line(
            told(event, ICONS, _known(event, names), gone),
            at=event.at,
            sequence=event.sequence,
            digest=event.data.get("digest") or "",
            own=own,
            erased=_erased(event, gone),
        )


def _erased(event: Event, gone: Mapping[str, audit.Erased]) -> str:
    newest = max(
        (gone[held] for held in event.commitments.values() if held in gone),
        key=attrgetter("at"),
        default=None,
    )
    if newest is None:
        return ""
    day = date_format(timezone.localtime(newest.at), "DATE_FORMAT")
    about = {"date": day, "ground": GROUNDS.get(newest.ground, newest.ground)}
    return _("Personal data erased on %(date)s, because %(ground)s") % about


def known(event: Event) -> dict[str, Any]:
    """What a sentence is filled with besides people; `link` names contracts by their numbers."""
    data = event.data
    return {
        **data,
        "how": methods.how(data.get("method", "")),
        "copy": TAKEN.get(data.get("kind", ""), _("the sealed copy")),
        "count": len(data.get("deviations", ())),
        "what": kind_of(data.get("kind", "")),
        "finding": what(data.get("code", "")),
        "tags": event.disclosures.get("tags", "…"),
        "folder": event.disclosures.get(
            "folder", "…" if "folder" in event.commitments else _("none")
        ),
        "link": _link(data, data),
    }


def named(found: Sequence[Event]) -> dict[int, dict[str, str]]:
    """Who the person in a sentence is, as they are called now; by the key of the event."""
    people = {event.pk: person for event in found if (person := _person(event))}
    there = Participant.objects.filter(public_id__in=set(people.values())).exclude(name="")
    names = dict(there.values_list("public_id", "name"))
    return {pk: {"person": names[person]} for pk, person in people.items() if person in names}


def _known(event: Event, names: Mapping[str, str]) -> dict[str, Any]:
    ends = {end: names.get(event.data.get(end, ""), _("another contract")) for end in ENDS}
    person = names.get(_person(event), event.label)
    return {**known(event), "person": person, "link": _link(event.data, ends)}


def _person(event: Event) -> str:
    return str(event.data.get("person") or event.data.get("participant", ""))


def _link(data: Mapping[str, Any], ends: Mapping[str, Any]) -> str:
    return str(LINKS.get(data.get("kind", ""), "")) % Words(ends)
