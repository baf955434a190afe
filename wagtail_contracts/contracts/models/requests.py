"""What people say about who takes part: their yes to a version, and whom they wish to sign."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.models.contracts import public_id
from wagtail_contracts.contracts.models.parties import Participant
from wagtail_contracts.contracts.models.versions import ContractVersion
from wagtail_contracts.encryption import EncryptedTextField


class Agreement(models.Model):
    """“I agree” of a participant to one version: no signature. Append-only.

    It counts as long as that version is the newest.
    """

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="agreements")
    version = models.ForeignKey(ContractVersion, models.PROTECT, related_name="agreements")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "version"], name="wc_agreement_once_uniq"
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant} agrees to {self.version}"


class PersonRequest(models.Model):
    """Somebody who is to sign instead of a participant, once our side has agreed to that."""

    class State(models.TextChoices):
        PENDING = "pending", _("Waits for an answer")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="requests")
    public_id = models.CharField(max_length=22, default=public_id, unique=True, editable=False)
    name = models.CharField(max_length=120)
    email = EncryptedTextField()
    phone = EncryptedTextField(blank=True)
    language = models.CharField(max_length=10)
    capacity = models.CharField(max_length=120, blank=True)
    message = EncryptedTextField(blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.PENDING)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answer = EncryptedTextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=models.Q(state="pending"),
                name="wc_request_pending_uniq",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["pending", "accepted", "refused"]),
                name="wc_request_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.state}"
