"""A workspace's own words for mails and for help, by kind and language."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.models.workspaces import Workspace


class WorkspaceText(models.Model):
    """Subject and body of one mail, or heading and text of one part of the help, in one language.

    Without a row ours are used.
    """

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("Invitation")
        REMINDER = "reminder", _("Reminder")
        NEW_VERSION = "new_version", _("New version")
        SIGNING_OPENED = "signing_opened", _("Signing has opened")
        YOUR_TURN = "your_turn", _("Your turn to sign")
        SEALED = "sealed", _("Signed by everyone")
        HELP_GENUINE = "help_genuine", _("Is this genuine?")
        HELP_BINDING = "help_binding", _("Is it binding?")
        HELP_LOST = "help_lost", _("I have lost my link")
        HELP_WRONG = "help_wrong", _("I am the wrong person")
        HELP_STORED = "help_stored", _("What is stored about me?")
        HELP_PRIVACY = "help_privacy", _("Privacy notice")

        @property
        def helps(self) -> bool:
            """Whether it is a part of the help for signers, and no mail."""
            return self.value.startswith("help_")

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
