"""The two tables: how far a walk has come, and what was found. An app has both as its own."""

from __future__ import annotations

from typing import Any

from django.db import models

from wagtail_contracts.encryption import EncryptedTextField


class AbstractExamination(models.Model):
    """One walk over everything of a kind; the newest of its kind is the one under way."""

    kind = models.CharField(max_length=16)
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField()  # the last sign of life
    done_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    step = models.CharField(max_length=16, blank=True)
    place = models.TextField(blank=True)
    looked = models.PositiveBigIntegerField(default=0)  # things that were looked at

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(done_at=None),
                name="%(app_label)s_one_examination",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.begun_at:%Y-%m-%d %H:%M}"


class AlarmQuerySet(models.QuerySet[Any]):
    """Questions to what was found."""

    def unsettled(self) -> AlarmQuerySet:
        """Nobody has said yet what became of it."""
        return self.filter(settled_at=None)

    def there(self) -> AlarmQuerySet:
        """Nobody has settled it, and the newest look at it found it still."""
        return self.unsettled().filter(gone_at=None)

    def untold(self) -> AlarmQuerySet:
        """Nobody was told of it yet."""
        return self.filter(told_as="")


class AbstractAlarm(models.Model):
    """Something that was found: it rings once, and stays until somebody says what became of it.

    `mark` is the same for the same fault while it is there: no other alarm rings for it. `kind` is
    that of the walk that found it, empty for what happened in a moment. `told_as` is the message
    that told of it. Rows are never deleted, by a trigger.
    """

    kind = models.CharField(max_length=16, blank=True)
    code = models.CharField(max_length=32)
    about = models.CharField(max_length=64, blank=True)
    why = models.TextField(blank=True)
    mark = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001
    found_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    told_as = models.CharField(max_length=32, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=64, blank=True)  # the key of an actor
    reason = EncryptedTextField(blank=True)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes = [
            models.Index(
                fields=["about"],
                condition=models.Q(settled_at=None),
                name="%(app_label)s_idx",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.about}"
