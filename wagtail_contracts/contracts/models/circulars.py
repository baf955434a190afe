"""A text for many: one template for all members of a user group, in rounds; a contract for each.

A new round begins when the text changes. What somebody signed in an earlier round counts for that
text only.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.models.contracts import Contract, public_id
from wagtail_contracts.contracts.models.parties import Participant
from wagtail_contracts.contracts.models.workspaces import Workspace


class CircularQuerySet(models.QuerySet["Circular"]):
    """The vocabulary of texts for many."""

    def lock(self, pk: int) -> Circular:
        """The row, held until the transaction ends."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def of_contracts(self, found: Collection[int]) -> dict[int, Circular]:
        """The text that each of these contracts was made of, of those that were made of one."""
        rows = CircularMember.objects.filter(participant__party__contract__in=found)
        keys = dict(rows.values_list("participant__party__contract", "round__circular"))
        texts = self.select_related("workspace").in_bulk(set(keys.values()))
        return {contract: texts[text] for contract, text in keys.items()}


class Circular(models.Model):
    """Whom a text is for, and what it is called; which text, its rounds say."""

    public_id = models.CharField(max_length=22, default=public_id, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, related_name="+", verbose_name=_("group"))
    title = models.CharField(_("title"), max_length=120)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)

    objects = CircularQuerySet.as_manager()
    wagtail_reference_index_ignore = True  # it would tell of contracts where groups are shown

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        verbose_name = _("text for many")
        verbose_name_plural = _("texts for many")

    def __str__(self) -> str:
        return self.title

    @property
    def newest(self) -> CircularRound:
        """The round whose text counts now."""
        return self.rounds.order_by("-number")[0]


class CircularRound(models.Model):
    """The text of one round, as the template was published when it began."""

    circular = models.ForeignKey(Circular, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    template = models.ForeignKey("wagtailcore.Page", models.SET_NULL, null=True, related_name="+")
    template_revision = models.PositiveIntegerField(null=True)
    template_digest = models.CharField(max_length=64)
    deadline = models.DateField(_("deadline"))
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["circular", "number"], name="wc_round_number_uniq")
        ]

    def __str__(self) -> str:
        return f"{self.circular}, round {self.number}"


class CircularMemberQuerySet(models.QuerySet["CircularMember"]):
    """The vocabulary of those for whom a text is."""

    def unmade(self) -> CircularMemberQuerySet:
        """Those whose contract is still to be made."""
        return self.filter(participant=None, problem="")

    def failed(self) -> CircularMemberQuerySet:
        """Those whose contract could not be made."""
        return self.exclude(problem="")

    def with_place(self) -> Any:
        """With `here`: whether each is in the group now, with an open account."""
        there = Group.user_set.through.objects.filter(
            group=OuterRef("round__circular__group"), user=OuterRef("user"), user__is_active=True
        )
        return self.annotate(here=Exists(there))


class CircularMember(models.Model):
    """One person in one round: their part in the contract made for them, or why there is none."""

    round = models.ForeignKey(CircularRound, models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    participant = models.OneToOneField(
        Participant, models.PROTECT, null=True, related_name="circular_member"
    )
    problem = models.TextField(blank=True)

    objects = CircularMemberQuerySet.as_manager()
    wagtail_reference_index_ignore = True  # it would tell of contracts

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["round", "user"], name="wc_circular_member_uniq"),
            models.CheckConstraint(
                condition=Q(participant=None) | Q(problem=""), name="wc_circular_member_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in round {self.round_id}"

    @property
    def contract(self) -> Contract | None:
        """The contract that was made for them."""
        return self.participant.party.contract if self.participant else None
