"""How people show who they are."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.audit.models import Disclosure
from wagtail_contracts.contracts.models import ContractVersion, Participant
from wagtail_contracts.encryption import EncryptedTextField
from wagtail_contracts.signing.models.coming import Invitation, SigningSession


def public_id() -> str:
    """22 random characters."""
    return secrets.token_urlsafe(16)


class Purpose(models.TextChoices):
    """What somebody shows who they are for."""

    OPENING = "opening", _("Opening")
    SIGNING = "signing", _("Signing")
    FETCHING = "fetching", _("Fetching the sealed copy")


class Challenge(models.Model):
    """A code that was asked for; the worker makes it, so that no row ever holds it in clear."""

    public_id = models.CharField(max_length=22, default=public_id, unique=True)
    method = models.CharField(max_length=32, default="email_code")
    purpose = models.CharField(max_length=16, choices=Purpose, default=Purpose.SIGNING)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="challenges")
    session = models.ForeignKey(
        SigningSession, models.PROTECT, null=True, related_name="challenges"
    )
    version = models.ForeignKey(ContractVersion, models.PROTECT, related_name="+")
    code_hash = models.CharField(max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Challenge {self.public_id}"


class SignIn(models.Model):
    """A way to somebody else who says who one is, begun in one session; it is gone once."""

    state_hash = models.BinaryField(max_length=32, unique=True)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="sign_ins")
    session = models.ForeignKey(SigningSession, models.PROTECT, related_name="sign_ins")
    version = models.ForeignKey(ContractVersion, models.PROTECT, related_name="+")
    method = models.CharField(max_length=32)
    purpose = models.CharField(max_length=16, choices=Purpose)
    nonce = models.CharField(max_length=64)
    verifier = EncryptedTextField()
    kept = EncryptedTextField(blank=True)  # by a means that needs more than one way
    place = EncryptedTextField(blank=True)  # where one was going, below the contract's own page
    typed = EncryptedTextField(blank=True)  # into the form that was shut, until one is back
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Sign-in {self.pk}"


class MismatchQuerySet(models.QuerySet["Mismatch"]):
    """The vocabulary of those who were somebody else."""

    def waiting(self) -> MismatchQuerySet:
        """Those of people who are there, with whom nobody has dealt since.

        The sender deals with them, who accepts a name or ends the links, and whoever was invited,
        by coming.
        """
        person = models.OuterRef("participant")
        of = {"participant": person}
        after = models.OuterRef("at")
        accepted = Mismatch.objects.filter(accepted_at__gt=after, **of)
        means = models.OuterRef("method")
        shown = Identification.objects.filter(at__gt=after, method=means, **of)
        theirs = models.Q(**of) | models.Q(package__items__participant=person)
        ended = Invitation.objects.filter(theirs, revoked_at__gt=after)
        found = self.filter(participant__left_at=None)
        for settled in (accepted, shown, ended):
            found = found.exclude(models.Exists(settled))
        return found


class Mismatch(models.Model):
    """Somebody who was shown to be another than the one invited, and was refused.

    `subject` is what the service calls them, `name` the name that it has. Only a name can be
    accepted, by the sender.
    """

    class About(models.TextChoices):
        NAME = "name", _("Name")
        NATIONAL_ID = "national_id", _("National identity number")

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="mismatches")
    version = models.ForeignKey(ContractVersion, models.PROTECT, related_name="+")
    method = models.CharField(max_length=32)
    about = models.CharField(max_length=16, choices=About)
    name = EncryptedTextField(blank=True)
    subject = EncryptedTextField()
    at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    objects = MismatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(about="name") | models.Q(accepted_at=None),
                name="wc_mismatch_accepted_known",
            )
        ]

    def __str__(self) -> str:
        return f"Mismatch {self.pk}"


class Identification(models.Model):
    """How a participant was shown to be who they are, for one version. Append-only.

    What was shown is a disclosure of the event that tells of it, so that it can be erased;
    `commitment` says which. `host` is who of the staff was present. `source` is the one that this
    one was taken over from, for another contract of a package.
    """

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="identifications")
    version = models.ForeignKey(ContractVersion, models.PROTECT, related_name="+")
    session = models.ForeignKey(SigningSession, models.PROTECT, null=True, related_name="+")
    host = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    method = models.CharField(max_length=32)
    purpose = models.CharField(max_length=16, choices=Purpose, default=Purpose.SIGNING)
    commitment = models.CharField(max_length=64, blank=True)
    source = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.method} {self.pk}"

    @property
    def evidence(self) -> str:
        """What was shown, as `core.shown` writes it; empty after erasure."""
        found = Disclosure.objects.values_of([self.commitment]) if self.commitment else {}
        return found.get(self.commitment, "")


class Fetch(models.Model):
    """A sealed copy that somebody took after showing who they are. Append-only."""

    identification = models.OneToOneField(Identification, models.PROTECT, related_name="fetch")
    file = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Fetch {self.pk}"
