"""Files that were sealed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q

from wagtail_contracts.examining import AbstractAlarm, AbstractExamination


class SealedFileQuerySet(models.QuerySet["SealedFile"]):
    """Questions to sealed files."""

    def current(self) -> SealedFileQuerySet:
        """The newest generation of each subject."""
        later = SealedFile.objects.filter(
            subject=OuterRef("subject"), generation__gt=OuterRef("generation")
        )
        return self.filter(~Exists(later))

    def lacking(self) -> SealedFileQuerySet:
        """Those that don't go as far as was wanted when they were sealed."""
        return self.current().exclude(lacks="")

    def ending(self, before: datetime, retired: Iterable[str] = ()) -> SealedFileQuerySet:
        """Those that stop to prove themselves before then, or stand on what is `retired`.

        Those of which the rows know nothing are among them.
        """
        over = Q(renew_before__lt=before) | Q(renew_before=None)
        for name in retired:
            over |= Q(algorithms__contains=name)
        return self.filter(over)


class SealedFile(models.Model):
    """One sealed file of a subject. Append-only, by triggers.

    `subject` is the digest that the seal is about; `digest` is the plain SHA-256 of the file, so
    that `sha256sum` agrees. A later generation replaces an earlier one, which stays. What a row
    doesn't know of how long it lasts, its file tells.
    """

    subject = models.CharField(max_length=64)
    generation = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=80)  # in the private storage
    digest = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField()
    level = models.CharField(max_length=8)  # of ETSI EN 319 142-1: B-B, B-T, B-LT, B-LTA
    lacks = models.CharField(max_length=16, blank=True)  # time or revocation, for what was wanted
    signer_fingerprint = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()  # as the signer claims
    renew_before = models.DateTimeField(null=True)  # until when its certificates prove it
    algorithms = models.CharField(max_length=120, blank=True)  # on what it stands until then

    objects = SealedFileQuerySet.as_manager()

    class Meta:
        permissions = [("download_sealedfile", "Can download sealed files")]
        indexes = [
            models.Index(
                fields=["sealed_at"], name="wc_sealed_file_lacks_idx", condition=~Q(lacks="")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "generation"], name="wc_sealed_file_generation_uniq"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Examination(AbstractExamination):
    """A walk over all sealed files: by their digests, or judging each."""


class Alarm(AbstractAlarm):
    """A sealed file, or the row of one, that is not as it should be."""
