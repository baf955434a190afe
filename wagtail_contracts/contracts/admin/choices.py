"""What somebody may do with a contract now, and why the rest can't be done.

Both come from where a verb is refused: the rights of the person, the table of states that flows go
by, and what their guards say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import Button

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.creating.steps import address
from wagtail_contracts.contracts.admin.lists.keeping import of_one, star_button
from wagtail_contracts.contracts.admin.reasons import Reasons
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import Contract, Verb
from wagtail_contracts.contracts.models.contracts import LABELS

FIRST = 40


@dataclass(frozen=True)
class Act:
    """Something that is done with a contract, and what it asks the person for, any of `actions`.

    `name` is that of its view, or of an act of the list. `menu` says whether it stands in the menu
    behind the dots, too: the page of the contract shows all.
    """

    name: str
    actions: tuple[str, ...]
    label: Any
    icon: str
    menu: bool = True
    of_list: bool = False

    def url(self, contract: Contract) -> str:
        """Where it is done."""
        return (of_one if self.of_list else address)(self.name, contract)


@dataclass(frozen=True)
class Choice:
    """An act on one contract; `why` it can't be done, if it can't."""

    label: str
    icon: str
    url: str
    why: str = ""


def _act(name: str, action: str, label: Any, icon: str, **more: Any) -> Act:
    return Act(name, tuple(action.split("|")), label, icon, **more)


ACTS = (
    _act("send", "send", gettext_lazy("Send…"), "mail", menu=False),
    _act("send_together", "send", gettext_lazy("Send together with…"), "mail", menu=False),
    _act("call_off", "send", gettext_lazy("Call off the sending…"), "cross", menu=False),
    _act("edit", "change", gettext_lazy("Edit"), "edit", menu=False),
    _act("ask_approval", "send", gettext_lazy("Ask for approval…"), "user", menu=False),
    _act("approve", "approve", gettext_lazy("Approve, send back or ask…"), "check", menu=False),
    _act("answer_approver", "send", gettext_lazy("Answer the approvers…"), "comment", menu=False),
    _act(
        "recall_approval",
        "send",
        gettext_lazy("Take the request for approval back…"),
        "resubmit",
        menu=False,
    ),
    _act("revise", "send", gettext_lazy("Send a new version…"), "doc-full", menu=False),
    _act("open_signing", "send", gettext_lazy("Open for signing…"), "edit"),
    _act("remind", "send", gettext_lazy("Remind somebody…"), "mail"),
    _act("sign_in_person", "send", gettext_lazy("Sign in person…"), "user", menu=False),
    _act("reissue", "send", gettext_lazy("Send a new link…"), "link", menu=False),
    _act("replace_person", "send", gettext_lazy("Replace a person…"), "user", menu=False),
    _act("add_person", "send", gettext_lazy("Add a person…"), "plus", menu=False),
    _act("revoke_access", "send", gettext_lazy("End somebody’s access…"), "cross", menu=False),
    _act("answer_person", "send", gettext_lazy("Answer who asks…"), "user", menu=False),
    _act("opening", "send", gettext_lazy("When signing opens…"), "edit", menu=False),
    _act("reminders", "send", gettext_lazy("Reminders…"), "mail"),
    _act("confidential", "send", gettext_lazy("Confidential…"), "lock"),
    _act("extend", "send", gettext_lazy("Extend the deadline…"), "date"),
    _act("reopen", "send", gettext_lazy("Back to review…"), "comment"),
    _act("withdraw", "send", gettext_lazy("Withdraw…"), "rotate"),
    _act("unlock_block", "unlock_block", gettext_lazy("Unlock a block…"), "lock-open", menu=False),
    _act("move", "move", gettext_lazy("Move to another workspace…"), "group"),
    _act("owner", "change|administer", gettext_lazy("Change the owner…"), "user"),
    _act("link", "change", gettext_lazy("Link to a contract…"), "link"),
    _act("tag", "change", gettext_lazy("Tags…"), "tag", of_list=True),
    _act("folder", "change", gettext_lazy("Move to a folder…"), "folder", of_list=True),
    _act("archive", "change", gettext_lazy("Archive…"), "folder-inverse", of_list=True),
    _act("export", "export", gettext_lazy("Export its data…"), "download", of_list=True),
    _act(
        "export_person", "export", gettext_lazy("Export a person’s data…"), "download", menu=False
    ),
    _act("prove", "export", gettext_lazy("Take the proof along…"), "download", menu=False),
    _act("erase_person", "administer", gettext_lazy("Erase a person’s data…"), "bin", menu=False),
)
FOLLOWING = gettext_lazy("Amend, renew or replace")


def act_buttons(user: Any, contract: Contract) -> list[Button]:
    """What may be done with a contract now, for the menu behind the dots."""
    lacking = _all_lacking(user, contract)
    found = [
        Button(act.label, url=act.url(contract), icon_name=act.icon, priority=place)
        for place, act in enumerate(ACTS, start=FIRST)
        if act.menu and not (lacking[act.actions] or _state(contract, act.name))
    ]
    return [*found, star_button(user, contract)]


def choices(user: Any, contract: Contract) -> list[Choice]:
    """Every act on a contract, each with why it can't be done now, if it can't."""
    return [*_of_table(user, contract), *_following(user, contract)]


def _of_table(user: Any, contract: Contract) -> Iterator[Choice]:
    reasons, lacking = Reasons(user, contract), _all_lacking(user, contract)
    for act in ACTS:
        why = lacking[act.actions] or _state(contract, act.name) or reasons.why_not(act.name)
        yield Choice(str(act.label), act.icon, "" if why else act.url(contract), why)


def _following(user: Any, contract: Contract) -> Iterator[Choice]:
    """Why nothing follows it; what may follow has its buttons beside the linked contracts."""
    lacking = _lacking(user, ("add",), contract) or _state(contract, "follow")
    if why := lacking or Reasons(user, contract).why_not("follow"):
        yield Choice(str(FOLLOWING), "rotate", "", why)


def _all_lacking(user: Any, contract: Contract) -> dict[tuple[str, ...], str]:
    """The same for what all acts ask, each asked once."""
    return {actions: _lacking(user, actions, contract) for actions in {a.actions for a in ACTS}}


def _lacking(user: Any, actions: tuple[str, ...], contract: Contract) -> str:
    """Which right somebody needs for any of `actions`, if they have none of them."""
    if any(_may(user, action, contract) for action in actions):
        return ""
    names = [str(Verb(permissions.ACTIONS[action]).label) for action in actions]
    words = get_text_list([f"“{name}”" for name in names], _("or"))
    return _("It needs the right %s in this workspace.") % words


def _may(user: Any, action: str, contract: Contract) -> bool:
    """By the rights that were read once for this page, which asks about every act."""
    if user.is_superuser:
        return permissions.may(user, action, contract)
    return permissions.places(user, action).cover(contract)


def _state(contract: Contract, verb: str) -> str:
    """Where a verb does its work, if it does not in this state; some do in every state."""
    if verb not in states.VERBS or states.allows(contract.state, verb):
        return ""
    names = [str(label) for state, label in LABELS if states.allows(state, verb)]
    words = {"now": contract.get_state_display(), "where": get_text_list(names, _("or"))}
    return _("It is possible in the state: %(where)s. Now: %(now)s.") % words
