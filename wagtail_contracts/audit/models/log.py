"""The log of trail heads, signed now and then. All of it is append-only, by triggers."""

from __future__ import annotations

import json

from django.db import models

from wagtail_contracts import merkle
from wagtail_contracts.audit.models.trails import Trail


class LogEntry(models.Model):
    """The head of one trail, as a checkpoint found it. `index` counts from 0, without a gap."""

    index = models.BigIntegerField(unique=True)
    trail = models.ForeignKey(Trail, models.PROTECT, related_name="logged")
    length = models.BigIntegerField()
    head = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trail", "length"], name="wc_log_entry_length_uniq"),
        ]

    def __str__(self) -> str:
        return f"{self.index} {self.head[:16]}"


class Checkpoint(models.Model):
    """A signed statement of how far all trails had grown.

    `size` is how many entries of the log it covers, `root` their root, hexadecimal; `note` the
    signed text. `events` is how many events those heads stand for. `peaks` is what it takes to go
    on from here: the roots of the complete subtrees.
    """

    size = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    events = models.BigIntegerField()
    peaks = models.TextField()
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        get_latest_by = "size"

    def __str__(self) -> str:
        return f"{self.size} {self.root[:16]}"

    def frontier(self) -> merkle.Frontier:
        """The tree that grows on."""
        return merkle.Frontier(self.size, map(bytes.fromhex, json.loads(self.peaks)))


class CheckpointToken(models.Model):
    """A time-stamp token (RFC 3161) over the SHA-256 of a checkpoint's note, DER in base64.

    All tokens are leaves of a tree, in the order of their keys, whose root each note names.
    """

    checkpoint = models.OneToOneField(Checkpoint, models.PROTECT, related_name="token")
    content = models.TextField()
    at = models.DateTimeField()  # as the authority says
    leaf = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.checkpoint_id} {self.at:%Y-%m-%d}"


class Anchored(models.Model):
    """A checkpoint that stands outside the database now; `anchor` is the key in the settings."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="anchored")
    anchor = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["checkpoint", "anchor"], name="wc_anchored_checkpoint_uniq"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.anchor} {self.checkpoint_id}"
