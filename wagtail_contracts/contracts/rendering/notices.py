"""What staff are told, one sentence each: the same in the list, in a digest and atop a mail.

No text of a contract, no price and no reason: mailboxes leak.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts.models import Circular, Notification, person_name
from wagtail_contracts.contracts.models.notifications import Kind
from wagtail_contracts.contracts.rendering.days import day

SENTENCES: dict[str, Any] = {
    Kind.APPROVAL_ASKED: gettext_lazy("%(actor)s asks for your approval of %(title)s"),
    Kind.APPROVAL_DECIDED: gettext_lazy("%(actor)s has decided on the approval of %(title)s"),
    Kind.APPROVAL_ASKED_BACK: gettext_lazy(
        "%(actor)s asks you something before approving %(title)s"
    ),
    Kind.SENT: gettext_lazy("%(title)s was sent"),
    Kind.UNSENT: gettext_lazy("%(title)s was not sent at its time"),
    Kind.OPENED: gettext_lazy("%(name)s opened %(title)s"),
    Kind.ANSWERED: gettext_lazy("%(title)s was filled in"),
    Kind.COMMENTED: gettext_lazy("%(who)s commented on %(title)s"),
    Kind.ASKED: gettext_lazy("%(who)s asked about %(title)s"),
    Kind.SUGGESTED: gettext_lazy("%(who)s suggests a change in %(title)s"),
    Kind.AGREED: gettext_lazy("%(who)s agrees to %(title)s"),
    Kind.MORE_TIME_ASKED: gettext_lazy("%(who)s asks for more time for %(title)s"),
    Kind.PERSON_ASKED: gettext_lazy("%(who)s wants somebody else in %(title)s"),
    Kind.PEOPLE_CHANGED: gettext_lazy("Other people take part in %(title)s now"),
    Kind.NEW_DEVICE: gettext_lazy("%(name)s opened %(title)s on another device"),
    Kind.DIFFERED: gettext_lazy("Somebody else than %(name)s showed who they are for %(title)s"),
    Kind.SIGNED_ONE: gettext_lazy("%(name)s signed %(title)s"),
    Kind.SIGNED_ALL: gettext_lazy("Everybody has signed %(title)s"),
    Kind.SEALED: gettext_lazy("%(title)s is signed and sealed"),
    Kind.COMPLETED: gettext_lazy("The seal of %(title)s is completed"),
    Kind.SEAL_DELAYED: gettext_lazy("%(title)s waits for its seal"),
    Kind.IRREGULAR: gettext_lazy("Something about %(title)s is not as it was recorded"),
    Kind.DECLINED: gettext_lazy("%(title)s was declined"),
    Kind.WITHDRAWN: gettext_lazy("%(actor)s withdrew %(title)s"),
    Kind.RETRACTED: gettext_lazy("%(name)s withdrew from %(title)s"),
    Kind.EXPIRING: gettext_lazy("%(title)s must be answered by %(deadline)s"),
    Kind.EXPIRED: gettext_lazy("The deadline for %(title)s has passed"),
    Kind.UNDELIVERED: gettext_lazy("A mail to %(name)s about %(title)s did not arrive"),
    Kind.OWNER_CHANGED: gettext_lazy("%(owner)s is the owner of %(title)s now"),
    Kind.UNLOCKED: gettext_lazy("%(actor)s unlocked a block in %(title)s"),
}
# By kind and detail, where a code says more than the kind.
DETAILED: dict[tuple[str, str], Any] = {
    (Kind.APPROVAL_DECIDED, "approved"): gettext_lazy("%(actor)s has approved %(title)s"),
    (Kind.APPROVAL_DECIDED, "rejected"): gettext_lazy("%(actor)s has not approved %(title)s"),
    (Kind.APPROVAL_DECIDED, "lapsed"): gettext_lazy(
        "The approval of %(title)s does not count any more: something has changed"
    ),
    (Kind.APPROVAL_ASKED, "answered"): gettext_lazy(
        "%(actor)s has answered your question on %(title)s"
    ),
    (Kind.APPROVAL_ASKED, "recalled"): gettext_lazy(
        "%(actor)s asks for no approval of %(title)s any more"
    ),
    (Kind.APPROVAL_ASKED, "rejected"): gettext_lazy("%(actor)s has not approved %(title)s"),
    (Kind.APPROVAL_ASKED, "lapsed"): gettext_lazy(
        "%(title)s has changed: what was approved does not count any more"
    ),
    (Kind.ANSWERED, "approval"): gettext_lazy(
        "%(title)s was filled in: it is worth more now, and needs an approval before it is signed"
    ),
    (Kind.IRREGULAR, "copy"): gettext_lazy("Somebody has an altered copy of %(title)s"),
    (Kind.UNSENT, "stale_version"): gettext_lazy(
        "%(title)s was not sent at its time: it was changed after you confirmed it"
    ),
    (Kind.UNSENT, "approval_missing"): gettext_lazy(
        "%(title)s was not sent at its time: it needs an approval"
    ),
    (Kind.UNSENT, "not_allowed"): gettext_lazy(
        "%(title)s was not sent at its time: whoever confirmed it may not send it any more"
    ),
}

# By kind, for several contracts of one text for many.
COUNTED: dict[str, Any] = {
    Kind.SENT: gettext_lazy("%(title)s was sent to %(n)d people"),
    Kind.OPENED: gettext_lazy("%(n)d people opened %(title)s"),
    Kind.ANSWERED: gettext_lazy("%(n)d people filled in %(title)s"),
    Kind.SIGNED_ONE: gettext_lazy("%(n)d people signed %(title)s"),
    Kind.SIGNED_ALL: gettext_lazy("%(n)d people have signed %(title)s"),
    Kind.SEALED: gettext_lazy("%(n)d contracts of %(title)s are signed and sealed"),
    Kind.COMPLETED: gettext_lazy("The seals of %(n)d contracts of %(title)s are completed"),
}


def sentence(note: Notification) -> str:
    """What happened, without a full stop, in the active language."""
    found = DETAILED.get((note.kind, note.detail), SENTENCES[note.kind])
    return str(found) % words(note)


def counted(notes: Sequence[Notification], text: Circular) -> str:
    """What happened to several contracts of one text for many, of one kind, in one sentence."""
    return str(COUNTED[notes[0].kind]) % {"n": len(notes), "title": " ".join(text.title.split())}


def words(note: Notification) -> Mapping[str, str]:
    """What a sentence is filled with, each in one line."""
    contract = note.contract
    name = note.participant.name if note.participant else _("Somebody")
    told = {
        "title": contract.title,
        "name": name,
        "actor": person_name(note.actor) if note.actor else _("The system"),
        "who": person_name(note.actor) if note.actor else name,
        "owner": person_name(contract.owner),
        "deadline": day(contract.deadline) if contract.deadline else "",
    }
    return {key: " ".join(value.split()) for key, value in told.items()}
