"""What people say: yes or no, who was present, and what they were told before."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.models import Contract, ContractVersion, Participant
from wagtail_contracts.signing.models.identifying import Identification


class Signature(models.Model):
    """A signatory's yes to one version and its digest. Append-only; counts while that is newest."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="signatures")
    version = models.ForeignKey(ContractVersion, models.PROTECT, related_name="signatures")
    digest = models.CharField(max_length=64)
    identification = models.OneToOneField(Identification, models.PROTECT, related_name="signature")
    name = models.CharField(max_length=120)
    capacity = models.CharField(max_length=120, blank=True)
    acts_as = models.CharField(max_length=16, blank=True)
    drawing = models.TextField(blank=True)
    consent = models.TextField()
    language = models.CharField(max_length=10)
    level = models.CharField(max_length=16)
    # SHA-256 of the person's own signature, which stays with the evidence of the identification.
    proof = models.BinaryField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "version"], name="wc_signature_once_uniq"
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant} on {self.version}"


class Attestation(models.Model):
    """What somebody who was present says of a signature, right after it. Append-only.

    `place` counts the witnesses of a signature, from one. Where they are found is a disclosure of
    the event that tells of it.
    """

    signature = models.ForeignKey(Signature, models.PROTECT, related_name="attestations")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    statement = models.TextField()
    language = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["signature", "place"], name="wc_attestation_place_uniq")
        ]

    def __str__(self) -> str:
        return f"Witness {self.place} of {self.signature}"


class Disclosed(models.Model):
    """What a consumer was shown before a signature, word for word. Append-only.

    `source` and `number` say whose wording it was, and which; `agreed`, that a box was ticked.
    """

    signature = models.ForeignKey(Signature, models.PROTECT, related_name="disclosures")
    kind = models.CharField(max_length=16)
    source = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=10)
    text = models.TextField()
    agreed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["signature", "kind"], name="wc_disclosed_once_uniq")
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.signature_id}"


class Retraction(models.Model):
    """A consumer's withdrawal from a signed contract; the words are a disclosure. Append-only."""

    contract = models.OneToOneField(Contract, models.PROTECT, related_name="retraction")
    version = models.ForeignKey(ContractVersion, models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.participant} withdrew from {self.contract}"


class Decline(models.Model):
    """A participant's no to one version. Append-only."""

    class Kind(models.TextChoices):
        PRICE = "price", _("The price")
        TERMS = "terms", _("The terms")
        TIMING = "timing", _("The timing")
        OTHER_CHOICE = "other_choice", _("Chosen someone else")
        NOT_MINE = "not_mine", _("Not my decision")
        OTHER = "other", _("Something else")

    participant = models.OneToOneField(Participant, models.PROTECT, related_name="decline")
    version = models.ForeignKey(ContractVersion, models.PROTECT, related_name="declines")
    kind = models.CharField(max_length=16, choices=Kind)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.participant} declined {self.version}"
