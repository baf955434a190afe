"""What was done to a workspace, as sentences: each event of its trail has one here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.core.rights import ALL, NONE, OWN
from wagtail_contracts.contracts.models import Role, Verb
from wagtail_contracts.contracts.rendering.happened import Sentences, Told, told

# `who`, what the event's data hold and what it discloses can be named.
SENTENCES: Sentences = {
    events.RIGHTS_CHANGED: ("key", gettext_lazy("%(who)s changed what “%(group)s” may do")),
    events.MEMBER_JOINED: ("user", gettext_lazy("%(who)s gave %(member)s a role: %(role)s")),
    events.MEMBER_LEFT: ("user", gettext_lazy("%(who)s took a role from %(member)s: %(role)s")),
    events.CONTRACT_MOVED: (
        "arrows-up-down",
        gettext_lazy("%(who)s moved %(contract)s from one workspace to another"),
    ),
    events.RULE_MADE: ("user", gettext_lazy("%(who)s made the approval rule “%(name)s”")),
    events.RULE_ENDED: ("cross", gettext_lazy("%(who)s ended the approval rule “%(name)s”")),
    events.SELF_SERVICE_OPENED: (
        "globe",
        gettext_lazy("%(who)s lets anybody begin a contract at “%(address)s”"),
    ),
    events.SELF_SERVICE_CLOSED: (
        "cross",
        gettext_lazy("%(who)s lets nobody begin at “%(address)s” any more"),
    ),
    events.DEPUTY_APPOINTED: (
        "calendar-alt",
        gettext_lazy("%(who)s lets %(member)s approve from %(first)s to %(last)s"),
    ),
    events.DEPUTY_DISMISSED: ("cross", gettext_lazy("%(who)s dismissed a deputy: %(member)s")),
    events.CONTRACTS_EXPORTED: (
        "download",
        gettext_lazy("%(who)s took along %(what)s of %(count)s contracts"),
    ),
    events.CIRCULAR_BEGUN: (
        "group",
        gettext_lazy("%(who)s sent “%(title)s” to %(members)s members of “%(group)s”"),
    ),
    events.CIRCULAR_RENEWED: (
        "rotate",
        gettext_lazy("%(who)s began round %(round)s of “%(title)s”, for %(members)s people"),
    ),
    events.CIRCULAR_JOINED: (
        "plus",
        gettext_lazy("%(who)s sent “%(title)s” to %(members)s more people"),
    ),
    events.CIRCULAR_REMINDED: (
        "mail",
        gettext_lazy("%(who)s reminded %(members)s people of “%(title)s”"),
    ),
    events.WORKSPACE_OPENED: ("group", gettext_lazy("%(who)s made the workspace")),
    events.WORKSPACE_CHANGED: ("cog", gettext_lazy("%(who)s changed the settings: %(columns)s")),
    events.WORKSPACE_TEXT_WRITTEN: ("mail", gettext_lazy("%(who)s wrote a text: %(kind)s")),
    events.DISCLOSURE_WRITTEN: (
        "edit",
        gettext_lazy("%(who)s wrote what consumers are told: %(kind)s"),
    ),
    events.FOLDER_RENAMED: (
        "folder",
        gettext_lazy("%(who)s called the folder “%(was)s” “%(name)s”"),
    ),
    events.FOLDER_REMOVED: (
        "folder",
        gettext_lazy("%(who)s removed the folder “%(name)s”, with %(number)s contracts in it"),
    ),
    events.TAG_RENAMED: ("tag", gettext_lazy("%(who)s called the tag “%(was)s” “%(name)s”")),
    events.TAG_REMOVED: (
        "tag",
        gettext_lazy("%(who)s removed the tag “%(name)s”, which %(number)s contracts had"),
    ),
}
REACHES = {
    NONE: gettext_lazy("no"),
    OWN: gettext_lazy("own"),
    ALL: gettext_lazy("all"),
}
TAKEN = {
    "data": gettext_lazy("the data"),
    "files": gettext_lazy("the sealed files"),
    "circular": gettext_lazy("the list of who has signed"),
}
COLUMNS = ("columns",)  # lists that a sentence names


@dataclass(frozen=True)
class Line:
    """One thing that was done, with what changed in it."""

    told: Told
    changes: list[str]
    at: datetime


def lines(found: Sequence[Event]) -> Iterator[Line]:
    """The events as sentences."""
    for event in found:
        changes = _changes(event.data) if event.name == events.RIGHTS_CHANGED else ()
        yield Line(told(event, SENTENCES, _known(event)), list(changes), event.at)


def _known(event: Event) -> dict[str, Any]:
    data: dict[str, Any] = {**event.data, **event.disclosures}
    role = data.get("role", "")
    return {
        **data,
        "role": Role(role).label if role in Role.values else event.disclosures.get("group", "…"),
        "group": event.disclosures.get("group", "…"),
        "what": TAKEN.get(data.get("what", ""), ""),
        **_counted(data.get("contracts", ())),
        **{name: ", ".join(data[name]) for name in COLUMNS if name in data},
    }


def _counted(contracts: Any) -> dict[str, int]:
    """How many: some events name them, others count them."""
    return {"number": contracts} if isinstance(contracts, int) else {"count": len(contracts)}


def _changes(data: Mapping[str, Any]) -> Iterator[str]:
    before, after = data.get("before", {}), data.get("after", {})
    for verb in Verb:
        was, now = before.get(verb.value, NONE), after.get(verb.value, NONE)
        if was != now:
            said = {"right": verb.label, "was": REACHES[was], "now": REACHES[now]}
            yield _("%(right)s: %(was)s → %(now)s") % said
