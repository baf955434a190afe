"""How people come in: links, sessions, and the browsers that they use."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wagtail_contracts.contracts.models import Package, Participant


class Invitation(models.Model):
    """A personal link, to one contract or to a package; only the SHA-256 of its secret is kept."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="invitations")
    package = models.ForeignKey(Package, models.PROTECT, null=True, related_name="+")
    secret_hash = models.BinaryField(max_length=32, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    host = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"Invitation {self.pk}"


class SigningSession(models.Model):
    """What the link was exchanged for: a cookie, of which only the SHA-256 is kept.

    `sitting` is the session from which somebody went on to this one, in the same `package`.
    """

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="sessions")
    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="sessions")
    package = models.ForeignKey(Package, models.PROTECT, null=True, related_name="+")
    sitting = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    secret_hash = models.BinaryField(max_length=32, unique=True)
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Session {self.pk}"


class Device(models.Model):
    """A browser that read a confidential contract, known by a cookie: only its SHA-256 is kept."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="devices")
    secret_hash = models.BinaryField(max_length=32, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Device {self.pk}"
