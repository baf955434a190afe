"""What is to leave by itself: a sending that is confirmed, and reminders to those who wait."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.models.contracts import Contract

MOST_DAYS = 365


class OfContract(models.Model):
    """Kept out of Wagtail's index of references, which would tell of contracts."""

    contract = models.OneToOneField(
        Contract, models.CASCADE, primary_key=True, related_name="%(class)s"
    )
    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True


class PlannedSending(OfContract):
    """A draft that is to be sent at a moment, exactly as `by` saw and confirmed it.

    `digest` is that of the content, `recipients` that of those who get it. `together` has the keys
    of all contracts of the package that it leaves in, and is empty where it leaves alone. The row
    goes when the contract is sent, or when it can't be sent as it was confirmed.
    """

    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    recipients = models.CharField(max_length=64)
    into = models.CharField(max_length=16)
    deadline = models.DateField()
    message = models.TextField(blank=True)
    together = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.contract_id} at {self.at:%Y-%m-%d %H:%M}"


class ReminderRule(OfContract):
    """When those who wait in one contract are reminded, in place of its workspace's rule.

    Days; without a number that reminder is not sent. `paused` sends none at all.
    """

    unopened = models.PositiveSmallIntegerField(
        _("days until somebody who has not opened it is reminded"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
    )
    every = models.PositiveSmallIntegerField(
        _("days between reminders"),
        null=True,
        blank=True,
        validators=[MinValueValidator(2), MaxValueValidator(MOST_DAYS)],
    )
    before = models.PositiveSmallIntegerField(
        _("days before the deadline"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
    )
    paused = models.BooleanField(_("paused"), default=False)

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.unopened}, {self.every}, {self.before}"
