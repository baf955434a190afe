"""Changes that somebody who takes part suggests: each in a thread of its own, decided once."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts.models.contracts import Contract
from wagtail_contracts.contracts.models.parties import Participant
from wagtail_contracts.contracts.models.said import SaidMixin, SaidQuerySet
from wagtail_contracts.contracts.models.threads import Thread
from wagtail_contracts.contracts.models.versions import ContractVersion


class SuggestionQuerySet(SaidQuerySet["Suggestion"]):
    """The vocabulary of suggestions; who sees a thread sees what is suggested in it."""

    def seen_by(self, participant: Participant) -> SuggestionQuerySet:
        """Those in threads that the participant may read."""
        return self.filter(thread__in=Thread.objects.seen_by(participant))

    def of_staff(self, user: Any, contract: Contract) -> SuggestionQuerySet:
        """Those of a contract in threads that `user` may read."""
        return self.filter(thread__in=Thread.objects.of_staff(user, contract))

    def undecided(self) -> SuggestionQuerySet:
        """Neither accepted nor dismissed."""
        return self.filter(state=Suggestion.State.OPEN)

    def with_all(self) -> SuggestionQuerySet:
        """With what a page shows of them, oldest first."""
        return self.select_related("thread__version", "participant__party", "made").order_by("pk")


class Suggestion(SaidMixin):
    """What somebody would have otherwise in the version where the thread began.

    `proposed` is plain data as `core.suggesting` tells. `made` is the version that it became part
    of; none where the text had it already.
    """

    class Kind(models.TextChoices):
        WORDING = "wording", gettext_lazy("Other wording")
        CLAUSE = "clause", gettext_lazy("New clause")
        VALUES = "values", gettext_lazy("Other values")

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("Waiting for an answer")
        ACCEPTED = "accepted", gettext_lazy("Accepted")
        DISMISSED = "dismissed", gettext_lazy("Dismissed")

    thread = models.OneToOneField(Thread, models.PROTECT, related_name="suggestion")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind)
    proposed = models.JSONField()
    reason = models.TextField(blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.OPEN)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)  # as other parties read the name
    answer = models.TextField(blank=True)
    made = models.ForeignKey(ContractVersion, models.PROTECT, null=True, related_name="+")

    objects = SuggestionQuerySet.as_manager()
    wagtail_reference_index_ignore = True  # it would tell of contracts where people are shown

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["wording", "clause", "values"]),
                name="wc_suggestion_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None, made=None, answer="")
                | Q(state="accepted", decided_at__isnull=False)
                | Q(state="dismissed", decided_at__isnull=False, made=None),
                name="wc_suggestion_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.thread})"

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided yet."""
        return self.state == self.State.OPEN
