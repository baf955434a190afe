"""What one contract is to another."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.models.contracts import Contract


class LinkQuerySet(models.QuerySet["ContractLink"]):
    """The vocabulary of links."""

    def between(self, contract: Contract, others: models.QuerySet[Any]) -> LinkQuerySet:
        """Those of a contract to `others` that hold, in both directions."""
        forth = models.Q(contract=contract, first__in=others)
        back = models.Q(first=contract, contract__in=others)
        return self.filter(forth | back, end=None).select_related("contract", "first")


class ContractLink(models.Model):
    """`contract` was made from `first`, takes its place, or stands under it. Append-only.

    The rows are not tied to those of the contracts: a draft can be deleted, and that it was linked
    stays known.
    """

    class Kind(models.TextChoices):
        DUPLICATE_OF = "duplicate_of", _("Duplicate of")
        AMENDS = "amends", _("Amends")
        RENEWS = "renews", _("Renews")
        REPLACES = "replaces", _("Replaces")
        UNDER = "under", _("Under frame agreement")

    contract = models.ForeignKey(Contract, models.DO_NOTHING, db_constraint=False, related_name="+")
    first = models.ForeignKey(Contract, models.DO_NOTHING, db_constraint=False, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "first", "kind"], name="wc_link_once_uniq"),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=["duplicate_of", "amends", "renews", "replaces", "under"]
                ),
                name="wc_link_kind_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(contract=models.F("first")), name="wc_link_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.kind} {self.first_id}"

    def seen_from(self, contract: Contract) -> tuple[Any, Contract]:
        """What stands at the other end, and what the other is called from here."""
        if contract.pk == self.contract_id:
            return self.get_kind_display(), self.first
        return BACK[self.kind], self.contract


class LinkEnd(models.Model):
    """Somebody said that a link does not hold any more."""

    wagtail_reference_index_ignore = True

    link = models.OneToOneField(ContractLink, models.PROTECT, primary_key=True, related_name="end")
    ended_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.link} ended"


BACK: dict[str, Any] = {
    ContractLink.Kind.DUPLICATE_OF: _("Duplicated as"),
    ContractLink.Kind.AMENDS: _("Amended by"),
    ContractLink.Kind.RENEWS: _("Renewed by"),
    ContractLink.Kind.REPLACES: _("Replaced by"),
    ContractLink.Kind.UNDER: _("Frame agreement of"),
}
# What people say; the other is said by the copy that was made.
BY_HAND = (
    ContractLink.Kind.AMENDS,
    ContractLink.Kind.RENEWS,
    ContractLink.Kind.REPLACES,
    ContractLink.Kind.UNDER,
)
