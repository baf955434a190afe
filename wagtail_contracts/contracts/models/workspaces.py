"""Teams, what their members may do, and the counters of their contract numbers."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.core import lookalikes
from wagtail_contracts.contracts.core.rights import WHOLE, effective
from wagtail_contracts.contracts.models.defaults import DefaultsMixin
from wagtail_contracts.contracts.models.looks import LooksMixin


class Verb(models.TextChoices):
    """What a group may do in a workspace."""

    VIEW = "view", _("View")
    CREATE = "create", _("Create")
    EDIT = "edit", _("Edit")
    SEND = "send", _("Send")
    ADMINISTER = "administer", _("Administer")
    SENSITIVE = "sensitive", _("See sensitive data")
    UNLOCK = "unlock", _("Unlock blocks")
    APPROVE = "approve", _("Approve")
    TEMPLATES = "templates", _("Manage templates")
    INSIGHTS = "insights", _("See insights")
    EXPORT = "export", _("Export")
    MOVE = "move", _("Move to another workspace")


# What a workspace may ask a second factor for: each act of these comes by a page of ours.
GUARDED = (
    Verb.EDIT,
    Verb.SEND,
    Verb.APPROVE,
    Verb.UNLOCK,
    Verb.EXPORT,
    Verb.MOVE,
    Verb.ADMINISTER,
)


class WorkspaceQuerySet(models.QuerySet["Workspace"]):
    """The workspaces in which a person may do something."""

    def where(self, user: Any, *verbs: str) -> WorkspaceQuerySet:
        """Workspaces in which `user` may do any of `verbs`, with all contracts or with their own.

        A superuser may do all in all.
        """
        if not user.is_active or user.is_anonymous:
            return self.none()
        if user.is_superuser:
            return self.all()
        granted = GroupWorkspacePermission.objects.filter(group__user=user, verb__in=verbs)
        return self.filter(pk__in=granted.values("workspace"))

    def seen_whole(self, user: Any) -> WorkspaceQuerySet:
        """Workspaces all of whose contracts `user` may view."""
        found = self.where(user, Verb.VIEW)
        if user.is_superuser:
            return found
        whole = GroupWorkspacePermission.objects.filter(group__user=user, verb="view", own=False)
        return found.filter(pk__in=whole.values("workspace"))


class Workspace(DefaultsMixin, LooksMixin, models.Model):
    """The team that owns contracts and the templates they are made from."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("slug"), unique=True)
    code = models.CharField(
        _("code"),
        max_length=10,
        unique=True,
        validators=[RegexValidator(r"^[A-Z][A-Z0-9]*$")],
        help_text=_("Begins the numbers of contracts, for example SALG-2026-1."),
    )
    legal_name = models.CharField(
        _("legal name"), max_length=120, help_text=_("The party that this workspace signs for.")
    )
    organisation_number = models.CharField(_("organisation number"), max_length=40, blank=True)
    contact_email = models.EmailField(_("contact address"), help_text=_("Replies go here."))
    factor_verbs = models.JSONField(
        _("second factor"),
        default=list,
        blank=True,
        help_text=_("Whoever has set up none can't do this."),
    )

    objects = WorkspaceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("workspace")
        verbose_name_plural = _("workspaces")

    def __str__(self) -> str:
        return self.name

    @property
    def trail(self) -> str:
        """Key of the trail of what is done to the workspace itself."""
        return f"workspace-{self.uuid.hex}"

    def clean(self) -> None:
        """Refuse what would break contracts: a zone that isn't, a colour nobody can read."""
        super().clean()
        if faults := self.defaults_faults() | self.looks_faults() | self.names_faults():
            raise ValidationError(faults)

    def names_faults(self) -> dict[str, Any]:
        """Which of the names that others read could be taken for another workspace's."""
        others = Workspace.objects.exclude(pk=self.pk)
        teams = {lookalikes.skeleton(name) for name in others.values_list("name", flat=True)}
        legal = set(others.values_list("legal_name", flat=True))
        faults = {
            "name": _name_fault(self.name, teams),
            "sender_name": _name_fault(self.sender_name, teams),
            "legal_name": _name_fault(
                self.legal_name,
                set() if self.legal_name in legal else {lookalikes.skeleton(one) for one in legal},
            ),
        }
        return {name: ValidationError(fault) for name, fault in faults.items() if fault}


def _name_fault(name: str, taken: Collection[str]) -> Any:
    if lookalikes.is_turned(name):
        return _("Remove the invisible characters.")
    if lookalikes.is_mixed(name):
        return _("A word has letters of several alphabets, which look alike.")
    if name and lookalikes.skeleton(name) in taken:
        return _("It looks like the name of another workspace. Choose one that nobody mistakes.")
    return ""


class NumberSeries(models.Model):
    """The last count given after a stem; its own row, so that a stale workspace can't set it back.

    Of no workspace: two with the same stem go on counting together.
    """

    stem = models.CharField(max_length=40, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.stem}{self.last}"


class GroupWorkspacePermission(models.Model):
    """One thing that the members of a group may do in a workspace: with all contracts, or `own`."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="workspace_permissions")
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="group_permissions")
    verb = models.CharField(_("permission"), max_length=16, choices=Verb)
    own = models.BooleanField(_("only contracts one owns"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "workspace", "verb"], name="wc_permission_once_uniq"
            ),
            models.CheckConstraint(
                condition=models.Q(verb__in=Verb.values), name="wc_permission_verb_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(own=True, verb__in=sorted(WHOLE)),
                name="wc_permission_own_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.verb} in {self.workspace}"


def rights(user: Any) -> dict[int, dict[str, str]]:
    """How far each verb reaches, by workspace; asked for often, so kept with the request's user."""
    if not user.is_active or user.is_anonymous:
        return {}
    kept: dict[int, dict[str, str]] | None = getattr(user, "_wagtail_contracts_rights", None)
    if kept is None:
        kept = user._wagtail_contracts_rights = given(user)
    return kept


def given(user: Any, **place: Any) -> dict[int, dict[str, str]]:
    """The same, read anew; `place` narrows it to a workspace."""
    rows = GroupWorkspacePermission.objects.filter(group__user=user, **place)
    return effective(rows.values_list("workspace", "verb", "own"))
