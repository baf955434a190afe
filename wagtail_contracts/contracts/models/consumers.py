"""What a workspace, or one of its templates, has consumers told before they sign."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.models.workspaces import Workspace


class ConsumerText(models.Model):
    """One wording of one disclosure; the newest counts, an empty one takes ours. Append-only.

    `template` is the key of a page, or 0 for all templates of the workspace.
    """

    class Kind(models.TextChoices):
        ELECTRONIC = "electronic", _("Electronic form")
        BEFORE = "before", _("Before you sign")
        WITHDRAWAL = "withdrawal", _("Right of withdrawal")

    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="consumer_texts")
    template = models.PositiveBigIntegerField(default=0)
    kind = models.CharField(_("text"), max_length=16, choices=Kind)
    language = models.CharField(_("language"), max_length=10)
    number = models.PositiveIntegerField()
    text = models.TextField(_("text"), max_length=8000, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=64)  # kind and key of whoever wrote it

    class Meta:
        ordering = ["number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "template", "kind", "language", "number"],
                name="wc_consumer_text_once_uniq",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["electronic", "before", "withdrawal"]),
                name="wc_consumer_text_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workspace}: {self.kind} ({self.language}) {self.number}"
