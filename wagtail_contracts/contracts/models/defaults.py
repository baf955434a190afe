"""What contracts of a workspace begin with: language, days, order, numbers, how long they stay."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.core import series

LONGEST = 365  # days


def _days(label: Any, help_text: Any, highest: int = LONGEST) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(highest)],
        help_text=help_text,
    )


class DefaultsMixin(models.Model):
    """The columns of a workspace's defaults, and what is refused in them."""

    class Order(models.TextChoices):
        TOGETHER = "together", _("All at the same time")
        IN_TURN = "in_turn", _("One after another")

    language = models.CharField(
        _("language"),
        max_length=10,
        default="en",
        help_text=_("Of new contracts, where the template doesn't say. New contracts only."),
    )
    timezone = models.CharField(
        _("time zone"),
        max_length=40,
        default="UTC",
        help_text=_("Deadlines end at midnight there. All contracts, at once."),
    )
    deadline_days = _days(
        _("days to answer"),
        _("Suggested when a contract is sent. Contracts that are sent from now on."),
    )
    signing_order = models.CharField(
        _("order of signing"),
        max_length=16,
        choices=Order,
        default=Order.IN_TURN,
        help_text=_("Suggested when the people are named. New contracts only."),
    )
    remind_unopened_days = _days(
        _("days without opening"),
        _("Who has not opened the contract after so many days is reminded once. All that are out."),
    )
    remind_every_days = _days(
        _("days between reminders"),
        _("Who has still to answer is reminded that often. All contracts that are out."),
    )
    remind_before_days = _days(
        _("days before the deadline"),
        _("Who has still to answer is reminded once. All contracts that are out."),
    )
    number_prefix = models.CharField(
        _("beginning of the number"),
        max_length=28,
        default=series.DEFAULT,
        help_text=_(
            "{code} and {year} stand for the workspace's code and the year; with {year}, counting "
            "begins anew each year. New contracts only."
        ),
    )
    number_digits = models.PositiveSmallIntegerField(
        _("least digits"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(8)],
        help_text=_("With 4, the first number is 0001. New contracts only."),
    )
    asks_consent = models.BooleanField(
        _("consent to electronic form"),
        default=False,
        help_text=_(
            "Consumers tick a box for it before they sign. Contracts that are signed from now on."
        ),
    )
    retention_months = _days(
        _("months that contracts are kept"),
        _("Counted from the end of a contract. Shown with it; nothing is deleted by itself."),
        1200,
    )
    training = models.BooleanField(
        _("for training"),
        default=False,
        help_text=_(
            "Every page, mail and file is marked as a test, sealed with a test identity, and "
            "counted nowhere. Can't be changed once the workspace has a contract."
        ),
    )

    class Meta:
        abstract = True

    def defaults_faults(self) -> dict[str, Any]:
        """What is wrong with the time zone or the numbers, by column.

        Deadlines of all workspaces are read together: one wrong zone would stop them all.
        """
        found: dict[str, Any] = {}
        if self.timezone not in available_timezones():
            found["timezone"] = _("There is no such time zone. An example is Europe/Oslo.")
        if not series.is_prefix(self.number_prefix):
            found["number_prefix"] = _(
                "Use capital letters, digits, “-”, “.”, “_”, {code} and {year}, and end with a "
                "character that is no digit: {code}-{year}-."
            )
        return {name: ValidationError(fault) for name, fault in found.items()}
