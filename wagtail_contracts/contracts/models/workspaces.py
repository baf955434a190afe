"""Teams, what their members may do, and the counters of their contract numbers."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.sealing.rendering import unprintable

LINES = 6  # of a letterhead: the text begins on the same page


class Verb(models.TextChoices):
    """What a group may do in a workspace."""

    VIEW = "view", _("View")
    CREATE = "create", _("Create")
    EDIT = "edit", _("Edit")
    SEND = "send", _("Send")
    ADMINISTER = "administer", _("Administer")
    SENSITIVE = "sensitive", _("See sensitive data")
    UNLOCK = "unlock", _("Unlock blocks")


class WorkspaceQuerySet(models.QuerySet["Workspace"]):
    """The workspaces in which a person may do something."""

    def where(self, user: Any, *verbs: str) -> WorkspaceQuerySet:
        """Workspaces in which `user` may do any of `verbs`; a superuser may do all in all."""
        if not user.is_active or user.is_anonymous:
            return self.none()
        if user.is_superuser:
            return self.all()
        granted = GroupWorkspacePermission.objects.filter(group__user=user, verb__in=verbs)
        return self.filter(pk__in=granted.values("workspace"))


class Workspace(models.Model):
    """The team that owns contracts and the templates they are made from."""

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
    language = models.CharField(_("language"), max_length=10, default="en")
    timezone = models.CharField(_("time zone"), max_length=40, default="UTC")
    deadline_days = models.PositiveSmallIntegerField(_("days to answer"), null=True, blank=True)
    letterhead = models.TextField(
        _("letterhead"),
        max_length=600,
        blank=True,
        help_text=_(
            "Printed at the top of the first page, for example name, address and web address. "
            "At most six lines."
        ),
    )

    objects = WorkspaceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("workspace")
        verbose_name_plural = _("workspaces")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a time zone that there is not, as deadlines of all workspaces are read together.

        And a letterhead that can't be printed: no contract could be sealed with it.
        """
        super().clean()
        if self.timezone not in available_timezones():
            raise ValidationError(
                {"timezone": _("There is no such time zone. An example is Europe/Oslo.")}
            )
        if len(self.letterhead.splitlines()) > LINES:
            raise ValidationError({"letterhead": _("Six lines at most.")})
        if missing := unprintable(self.letterhead):
            raise ValidationError(
                {
                    "letterhead": _("These characters can't be printed, no font has them: %s.")
                    % " ".join(missing)
                }
            )


class Counter(models.Model):
    """The last number given; its own row, so that a stale workspace can't set it back."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.workspace}: {self.last}"


class GroupWorkspacePermission(models.Model):
    """One thing that the members of a group may do in a workspace."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="workspace_permissions")
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="group_permissions")
    verb = models.CharField(_("permission"), max_length=16, choices=Verb)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "workspace", "verb"], name="wc_permission_once_uniq"
            ),
            models.CheckConstraint(
                condition=models.Q(verb__in=Verb.values), name="wc_permission_verb_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.verb} in {self.workspace}"


def rights(user: Any) -> dict[int, set[str]]:
    """Verbs by workspace; asked for often while a page is made, so kept with the request's user."""
    if not user.is_active or user.is_anonymous:
        return {}
    kept: dict[int, set[str]] | None = getattr(user, "_wagtail_contracts_rights", None)
    if kept is None:
        kept = {}
        rows = GroupWorkspacePermission.objects.filter(group__user=user)
        for workspace, verb in rows.values_list("workspace", "verb"):
            kept.setdefault(workspace, set()).add(verb)
        user._wagtail_contracts_rights = kept
    return kept
