"""What somebody may do with a contract now, and why the rest can't be done.

Both come from where a verb is refused: the rights of the person, the table of states that flows go
by, and what they find missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import Button

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.creating.steps import address
from wagtail_contracts.contracts.admin.lists.keeping import place_buttons
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.errors import NotReady
from wagtail_contracts.contracts.models import Contract, Verb
from wagtail_contracts.contracts.models.contracts import LABELS

MOST = 3  # reasons that are told; the page of the act tells all
SEND, FIRST = "send", 40


@dataclass(frozen=True)
class Act:
    """A verb with its page: the name of the view, what it asks the person for, and a label."""

    view: str
    verb: str
    action: str
    label: Any
    icon: str


@dataclass(frozen=True)
class Choice:
    """An act on one contract; `why` it can't be done, if it can't."""

    label: str
    icon: str
    url: str
    why: str = ""


ACTS = (
    Act("send", "send", "send", gettext_lazy("Send…"), "mail"),
    Act("edit", "edit", "change", gettext_lazy("Edit"), "edit"),
    Act("revise", "revise", "send", gettext_lazy("Send a new version…"), "doc-full"),
    Act("open_signing", "open_signing", "send", gettext_lazy("Open for signing…"), "edit"),
    Act("remind", "remind", "send", gettext_lazy("Remind somebody…"), "mail"),
    Act("reissue", "reissue", "send", gettext_lazy("Send a new link…"), "link"),
    Act("reminders", "reminders", "send", gettext_lazy("Reminders…"), "mail"),
    Act("extend", "extend", "send", gettext_lazy("Extend the deadline…"), "date"),
    Act("reopen", "reopen", "send", gettext_lazy("Back to review…"), "comment"),
    Act("withdraw", "withdraw", "send", gettext_lazy("Withdraw…"), "rotate"),
)
# These the page of the contract shows elsewhere.
APART = frozenset({"send", "edit", "revise", "reissue"})
FOLLOWING = gettext_lazy("Amend, renew or replace")


def act_buttons(user: Any, contract: Contract) -> list[Button]:
    """What may be done with a contract now, for the menu behind the dots."""
    found = [
        Button(act.label, url=address(act.view, contract), icon_name=act.icon, priority=place)
        for place, act in enumerate(ACTS, start=FIRST)
        if act.view not in APART and not _closed(user, act, contract)
    ]
    if permissions.may(user, "move", contract):
        label, url = _("Move to another workspace…"), address("move", contract)
        found.append(Button(label, url=url, icon_name="group", priority=70))
    return [*found, *place_buttons(user, contract)]


def choices(user: Any, contract: Contract) -> list[Choice]:
    """Every act on a contract, each with why it can't be done now, if it can't."""
    return [*_of_table(user, contract), _moving(user, contract), *_following(user, contract)]


def _of_table(user: Any, contract: Contract) -> Iterator[Choice]:
    may = {act.action: permissions.may(user, act.action, contract) for act in ACTS}
    for act in ACTS:
        why = "" if may[act.action] else _lacking(act.action)
        why = why or _state(contract, act.verb)
        if not why and act.verb == SEND:
            why = _missing(contract)
        yield Choice(str(act.label), act.icon, "" if why else address(act.view, contract), why)


def _closed(user: Any, act: Act, contract: Contract) -> bool:
    allowed = states.allows(contract.state, act.verb)
    return not (allowed and permissions.may(user, act.action, contract))


def _moving(user: Any, contract: Contract) -> Choice:
    why = "" if permissions.may(user, "move", contract) else _lacking("move")
    url = "" if why else address("move", contract)
    return Choice(_("Move to another workspace…"), "group", url, why)


def _following(user: Any, contract: Contract) -> Iterator[Choice]:
    """Why nothing follows it; what may follow has its buttons beside the linked contracts."""
    why = "" if permissions.may(user, "add", contract) else _lacking("add")
    if why := why or _state(contract, "follow"):
        yield Choice(str(FOLLOWING), "rotate", "", why)


def _lacking(action: str) -> str:
    verb = Verb(permissions.ACTIONS[action])
    return _("It needs the right “%s” in this workspace.") % verb.label


def _state(contract: Contract, verb: str) -> str:
    if states.allows(contract.state, verb):
        return ""
    names = [str(label) for state, label in LABELS if states.allows(state, verb)]
    words = {"now": contract.get_state_display(), "where": get_text_list(names, _("or"))}
    return _("It is possible in the state: %(where)s. Now: %(now)s.") % words


def _missing(contract: Contract) -> str:
    try:
        found = contracts.missing(contract, contracts.compose(contract))
    except NotReady as unreadable:
        found = unreadable.missing
    return " ".join(found[:MOST])
