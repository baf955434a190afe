"""Clauses that the templates of a workspace share, with every wording that they have had."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from wagtail_contracts.contracts.blocks.clauses import INLINE, TEXT
from wagtail_contracts.contracts.models.templates import writes
from wagtail_contracts.contracts.models.workspaces import Workspace


class LibraryClause(models.Model):
    """A clause as it reads now. A template keeps the version that it took."""

    workspace = models.ForeignKey(
        Workspace, models.CASCADE, related_name="library", verbose_name=_("workspace")
    )
    name = models.CharField(
        _("name"), max_length=80, help_text=_("For whoever looks for it; it is not printed.")
    )
    heading = RichTextField(_("heading"), features=INLINE, blank=True)
    text = RichTextField(_("text"), features=TEXT, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("library clause")
        verbose_name_plural = _("library clauses")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="wc_library_once_uniq")
        ]

    def __str__(self) -> str:
        return self.name

    def is_known_to(self, user: Any) -> bool:
        """Say whether `user` edits the templates of its workspace."""
        return writes(user, self.workspace_id)

    def wording(self, version: int) -> dict[str, Any]:
        """Heading and text of a version; the newest one where there is no such version."""
        there = self.wordings.filter(number=version).first() if version != self.version else None
        held = there or self
        return {"heading": held.heading, "text": held.text}


class LibraryWording(models.Model):
    """One version of a clause. Append-only."""

    clause = models.ForeignKey(LibraryClause, models.CASCADE, related_name="wordings")
    number = models.PositiveIntegerField()
    heading = models.TextField(blank=True)
    text = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["clause", "number"], name="wc_wording_number_uniq")
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.number}"
