"""What was done to a workspace, as sentences: each event of its trail has its icon here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts import events
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.core.rights import ALL, NONE, OWN
from wagtail_contracts.contracts.models import Role, Verb
from wagtail_contracts.contracts.rendering.happened import Icons, Told, told

ICONS: Icons = {
    events.RIGHTS_CHANGED: "key",
    events.MEMBER_JOINED: "user",
    events.MEMBER_LEFT: "user",
    events.CONTRACT_MOVED: "arrows-up-down",
    events.RULE_MADE: "user",
    events.RULE_ENDED: "cross",
    events.SELF_SERVICE_OPENED: "globe",
    events.SELF_SERVICE_CLOSED: "cross",
    events.DEPUTY_APPOINTED: "calendar-alt",
    events.DEPUTY_DISMISSED: "cross",
    events.CONTRACTS_EXPORTED: "download",
    events.CIRCULAR_BEGUN: "group",
    events.CIRCULAR_RENEWED: "rotate",
    events.CIRCULAR_JOINED: "plus",
    events.CIRCULAR_REMINDED: "mail",
    events.WORKSPACE_OPENED: "group",
    events.WORKSPACE_CHANGED: "cog",
    events.WORKSPACE_TEXT_WRITTEN: "mail",
    events.DISCLOSURE_WRITTEN: "edit",
    events.FOLDER_RENAMED: "folder",
    events.FOLDER_REMOVED: "folder",
    events.TAG_RENAMED: "tag",
    events.TAG_REMOVED: "tag",
}
OTHERWISE = {  # than in the contract's own story
    events.CONTRACT_MOVED: gettext_lazy("%(who)s moved %(contract)s from one workspace to another"),
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


def lines(found: Sequence[Event], gone: Mapping[str, audit.Erased]) -> Iterator[Line]:
    """The events as sentences; `gone` is what was erased of their trail."""
    for event in found:
        changes = _changes(event.data) if event.name == events.RIGHTS_CHANGED else ()
        said = told(event, ICONS, known(event), gone, OTHERWISE.get(event.name))
        yield Line(said, list(changes), event.at)


def known(event: Event) -> dict[str, Any]:
    """What the sentence is filled with."""
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
