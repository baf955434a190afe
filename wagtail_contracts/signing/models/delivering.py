"""Mails that came back, and how often something was done."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.encryption import EncryptedTextField


class RateWindow(models.Model):
    """How often something was done by one key in one window of time."""

    scope = models.CharField(max_length=32)
    key_hash = models.CharField(max_length=64)
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "key_hash", "window"], name="wc_rate_window_uniq"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.window:%Y-%m-%d %H:%M}"


class Bounce(models.Model):
    """A mail that came back: `hard` for good, because the address does not work."""

    class Kind(models.TextChoices):
        HARD = "hard", _("For good")
        SOFT = "soft", _("For now")

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="bounces")
    message = models.CharField(max_length=32)  # the public id of the outbox's message
    kind = models.CharField(max_length=4, choices=Kind)
    status = models.CharField(max_length=12)  # of RFC 3463
    said = EncryptedTextField(blank=True)  # by the other server, without addresses
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "kind"], name="wc_bounce_once_uniq"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["hard", "soft"]), name="wc_bounce_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.status} {self.pk}"
