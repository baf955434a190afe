"""Several contracts that go to one person with one mail; each is signed and sealed on its own."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wagtail_contracts.contracts.models.contracts import public_id
from wagtail_contracts.contracts.models.parties import Participant


class Package(models.Model):
    """What was sent together; it says nothing of who that is: its participants do."""

    public_id = models.CharField(max_length=22, default=public_id, unique=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    sent_at = models.DateTimeField()

    wagtail_reference_index_ignore = True  # it would tell of contracts

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Package {self.public_id}"


class PackageItem(models.Model):
    """One contract of a package: that of the participant who is its one person there."""

    package = models.ForeignKey(Package, models.PROTECT, related_name="items")
    participant = models.OneToOneField(Participant, models.PROTECT, related_name="packaged")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.participant} in {self.package}"
