"""A live template that anybody may open, and those who asked to begin a contract from it."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.models.parties import Participant
from wagtail_contracts.contracts.models.workspaces import Workspace
from wagtail_contracts.encryption import EncryptedTextField

DAY = timedelta(days=1)


class SelfServiceQuerySet(models.QuerySet["SelfService"]):
    """Which of them there are, for whom."""

    def open(self) -> SelfServiceQuerySet:
        """Those that are switched on, with a template that is published and somebody to answer."""
        return self.filter(is_on=True, template__live=True, owner__is_active=True)

    def in_places(self, workspaces: Any) -> SelfServiceQuerySet:
        """Those of these workspaces, by address."""
        return self.filter(workspace__in=workspaces).order_by("slug")


class SelfService(models.Model):
    """How contracts are made from a live template by whoever opens its public address.

    `signatory` signs for us after the visitor; without one we are bound by publishing the offer.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="+", editable=False)
    template = models.ForeignKey(
        "wagtailcore.Page", models.CASCADE, related_name="+", verbose_name=_("template")
    )
    slug = models.SlugField(
        _("address"),
        max_length=50,
        unique=True,
        help_text=_("The last part of the public address: small letters, digits and hyphens."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("responsible"),
        help_text=_("Owns the contracts that are made, and is told when something stands still."),
    )
    signatory = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signs for us"),
        help_text=_("After the visitor. Without anybody you are bound by publishing the offer."),
    )
    deadline_days = models.PositiveSmallIntegerField(
        _("days to sign"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("From the day on which the visitor begins."),
    )
    ceiling = models.PositiveSmallIntegerField(
        _("contracts a day"),
        default=50,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
        help_text=_("At most so many within 24 hours; then visitors are asked to come back."),
    )
    closes_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Left empty: until it is switched off.")
    )
    afterwards = models.CharField(
        _("what visitors read after the last day"),
        max_length=500,
        blank=True,
        help_text=_("For example where one can ask instead."),
    )
    is_on = models.BooleanField(default=False, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = SelfServiceQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.slug


class VisitQuerySet(models.QuerySet["Visit"]):
    """The vocabulary of visits."""

    def to(self, service: SelfService) -> VisitQuerySet:
        """Those by its address."""
        return self.filter(service=service)

    def confirmed_since(self, moment: datetime) -> VisitQuerySet:
        """Those that became contracts since then."""
        return self.filter(confirmed_at__gte=moment)

    def asked_since(self, moment: datetime) -> VisitQuerySet:
        """Those that were answered by a mail since then."""
        return self.filter(asked_at__gte=moment)

    def begun_by(self, participant: Participant) -> VisitQuerySet:
        """That by which somebody began their contract, if they came so."""
        return self.filter(participant=participant)

    def over(self, now: datetime) -> VisitQuerySet:
        """Those of which nothing is needed any more, be it to count."""
        old = Q(expires_at__lt=now) & (Q(confirmed_at=None) | Q(confirmed_at__lt=now - DAY))
        return self.filter(old)


class Visit(models.Model):
    """Somebody who asked to begin: what was typed, until the mailbox is confirmed or a day is over.

    Of the link in the mail only the SHA-256 is kept. Once there is a contract it holds what was
    typed, and this row no more.
    """

    service = models.ForeignKey(SelfService, models.CASCADE, related_name="+")
    secret_hash = models.BinaryField(max_length=32, null=True, unique=True)
    name = EncryptedTextField(blank=True)
    email = EncryptedTextField(blank=True)
    organisation = EncryptedTextField(blank=True)
    organisation_number = EncryptedTextField(blank=True)
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, related_name="+")

    objects = VisitQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Visit {self.pk}"
