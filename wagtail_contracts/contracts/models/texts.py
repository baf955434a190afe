"""A workspace's own words for mails, by kind and language."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.models.workspaces import Workspace


class WorkspaceText(models.Model):
    """Subject and body of one kind of mail in one language; without a row ours are sent."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("Invitation")
        REMINDER = "reminder", _("Reminder")
        NEW_VERSION = "new_version", _("New version")
        SIGNING_OPENED = "signing_opened", _("Signing has opened")
        YOUR_TURN = "your_turn", _("Your turn to sign")
        SEALED = "sealed", _("Signed by everyone")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="texts")
    kind = models.CharField(_("mail"), max_length=24, choices=Kind)
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=160)
    body = models.TextField(_("text"), max_length=4000)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "kind", "language"], name="wc_text_once_uniq"
            )
        ]

    def __str__(self) -> str:
        return f"{self.workspace}: {self.kind} ({self.language})"
