"""The first steps of a workspace, on the admin's home: what is there, and how to get the rest.

Nothing is ticked by hand: each step looks at the thing itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import ContractTemplateMixin, Workspace
from wagtail_contracts.contracts.models.templates import indexes, page_types
from wagtail_contracts.contracts.rendering.addresses import host
from wagtail_contracts.contracts.rendering.guides import FIRST_STEPS, guide
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin.pages import NAMESPACE, ROOM

STEM = "contract_first_steps"


@dataclass(frozen=True)
class Step:
    """One step: what is wanted, what tells how, where it is done, and whether it is there."""

    words: str
    guide: str
    url: str = ""
    done: bool = False


class ChecklistPanel(Component):
    """The steps of one workspace."""

    name = STEM
    template_name = f"{ROOM}/home_checklist.html"
    order = 30  # before all others: whoever sees it has nothing else yet

    def __init__(self, workspace: Workspace, user: Any) -> None:
        self.workspace, self.user = workspace, user

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """The steps, and the id under which it is put away."""
        steps = [*_of_site(), *_of_workspace(self.workspace, self.user)]
        done = sum(step.done for step in steps)
        names = {"workspace": self.workspace, "dismissible_id": put_away(self.workspace)}
        return {"steps": steps, "done": done, **names}


def put_away(workspace: Workspace) -> str:
    """Under which name Wagtail keeps that somebody needs no more of it."""
    return f"{STEM}_{workspace.pk}"


def add_panel(request: Any, panels: list[Any]) -> None:
    """For whoever administers a workspace from which nothing was ever sent: the first of these."""
    user = request.user
    if not permissions.POLICIES["Contract"].user_has_permission(user, "administer"):
        return
    sent = permissions.visible(user).filter(current_version__isnull=False)
    empty = ~Exists(sent.filter(workspace=OuterRef("pk")))
    mine = permissions.workspaces(user, ["administer"]).filter(empty, training=False)
    profile = getattr(user, "wagtail_userprofile", None)
    gone = profile.dismissibles if profile else {}
    for workspace in mine.order_by("pk"):
        if not gone.get(put_away(workspace)):
            panels.append(ChecklistPanel(workspace, user))
            return


def _of_site() -> list[Step]:
    well = signing.health()
    install, seal = guide(FIRST_STEPS["install"]), guide(FIRST_STEPS["seal"])
    worker = guide(FIRST_STEPS["worker"])
    sealed = well.get("identity") in ("pass", "warn")
    return [
        Step(_("The organisation has a seal, and its key can be used"), seal, done=sealed),
        Step(_("Links in mails begin with the address of this site"), install, done=bool(host())),
        Step(_("Mails leave this server"), install, done=outbox.mail_leaves()),
        Step(
            _("The worker runs, which sends mails and makes seals"),
            worker,
            done=well.get("worker") == "pass",
        ),
    ]


def _of_workspace(workspace: Workspace, user: Any) -> list[Step]:
    template, members, send = (guide(FIRST_STEPS[n]) for n in ("template", "members", "send"))
    place = next((index for index in indexes() if index.workspace_id == workspace.pk), None)
    pages = reverse("wagtailadmin_explore", args=[place.pk]) if place else ""
    others = permissions.colleagues(workspace).exclude(pk=user.pk).exclude(is_superuser=True)
    made = permissions.visible(user).filter(workspace=workspace).exists()
    first = _("Send the first contract: a draft is there") if made else _("Send the first contract")
    people = reverse("wagtail_contracts_workspace:members", args=[workspace.pk])
    published = _has_template(place)
    return [
        Step(_("A template is published"), template, pages, done=published),
        Step(_("A colleague has a role here"), members, people, done=others.exists()),
        Step(first, send, reverse(f"{NAMESPACE}:add")),
    ]


def _has_template(index: Any) -> bool:
    if index is None:
        return False
    below = (kind.objects.live().descendant_of(index) for kind in page_types(ContractTemplateMixin))
    return any(pages.exists() for pages in below)
