"""Groups that were made for a role in one workspace."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.core import roles
from wagtail_contracts.contracts.models.workspaces import Workspace


class Role(models.TextChoices):
    """What people usually are in a workspace."""

    READER = roles.READER, _("Reader")
    AUTHOR = roles.AUTHOR, _("Author")
    SENDER = roles.SENDER, _("Sender")
    APPROVER = roles.APPROVER, _("Approver")
    TEMPLATE_EDITOR = roles.TEMPLATE_EDITOR, _("Template editor")
    ADMINISTRATOR = roles.ADMINISTRATOR, _("Administrator")


class ReadyGroup(models.Model):
    """The group of those who have a role in a workspace; made when the first of them comes."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    role = models.CharField(max_length=16, choices=Role)
    group = models.OneToOneField(Group, models.CASCADE, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["workspace", "role"], name="wc_ready_group_uniq"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="wc_ready_group_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.workspace}"
