"""What people say about a contract: threads on a clause, a phrase or the whole, and their comments.

A thread is for everyone in the contract or for one side only. It is read through `seen_by` and
`of_staff` alone: what somebody may not see is in no list and no count. Comments are append-only by
database triggers; of a thread only whether it is resolved ever changes.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts.models.contracts import Contract, public_id
from wagtail_contracts.contracts.models.parties import Participant, Party
from wagtail_contracts.contracts.models.said import SaidMixin, SaidQuerySet
from wagtail_contracts.contracts.models.versions import ContractVersion


class ThreadQuerySet(SaidQuerySet["Thread"]):
    """The vocabulary of threads."""

    def seen_by(self, participant: Participant) -> ThreadQuerySet:
        """Those of the participant's contract that are for everyone or for their own side."""
        party, since = participant.party, participant.hears_from
        inside = Q(side=party, begun_at__gte=since) if since else Q(side=party)
        return self.filter(Q(side=None) | inside, contract=party.contract_id)

    def of_staff(self, user: Any, contract: Contract) -> ThreadQuerySet:
        """Those of a contract that `user` may view: for everyone, or for our own side."""
        seen = Contract.objects.visible_to(user)
        return self.filter(
            Q(side=None) | Q(side__role__in=contract.own_roles),
            contract__in=seen.filter(pk=contract.pk),
        )

    def unresolved(self) -> ThreadQuerySet:
        """Those that wait for an answer or a decision."""
        return self.filter(resolved_at=None)

    def with_comments(self) -> ThreadQuerySet:
        """With all that a page shows of them, oldest first."""
        authors = Comment.objects.select_related("participant__party", "user")
        comments = models.Prefetch("comments", authors.order_by("pk"))
        return self.order_by("pk").prefetch_related(comments)


class Thread(SaidMixin):
    """One matter that people talk about.

    `block` is the id of a block of the canonical content, empty for the whole contract; `quote`
    the phrase of it that is meant. Both are of `version`, where the thread began. `wished_on` is
    the day until which somebody asks for time.
    """

    class Kind(models.TextChoices):
        COMMENT = "comment", gettext_lazy("Comment")
        QUESTION = "question", gettext_lazy("Question")
        MORE_TIME = "more_time", gettext_lazy("Asks for more time")
        SUGGESTION = "suggestion", gettext_lazy("Suggestion")

    # The index below begins with it. No way back: `contract.threads` would pass `seen_by`.
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", db_index=False)
    public_id = models.CharField(max_length=22, default=public_id, unique=True, editable=False)
    side = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    block = models.CharField(max_length=63, blank=True)
    quote = models.CharField(max_length=300, blank=True)
    version = models.ForeignKey(ContractVersion, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.COMMENT)
    wished_on = models.DateField(null=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.CharField(max_length=120, blank=True)  # as other parties read the name

    objects = ThreadQuerySet.as_manager()
    wagtail_reference_index_ignore = True  # it would tell of contracts where people are shown

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["contract", "side"], name="wc_thread_contract_idx")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["comment", "question", "more_time", "suggestion"]),
                name="wc_thread_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(wished_on=None) | Q(kind="more_time"), name="wc_thread_wish_known"
            ),
            models.CheckConstraint(
                condition=~Q(block="") | Q(quote=""), name="wc_thread_quote_has_block"
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by="")
                | Q(resolved_at__isnull=False) & ~Q(resolved_by=""),
                name="wc_thread_resolver_known",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_internal(self) -> bool:
        """Whether it is for one side only."""
        return self.side_id is not None


class Comment(models.Model):
    """What one person said in a thread, by link or as a member of staff. Append-only."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="comments")
    public_id = models.CharField(max_length=22, default=public_id, unique=True, editable=False)
    participant = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    mentioned = models.ManyToManyField(Participant, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(participant__isnull=False, user=None)
                | Q(participant=None, user__isnull=False),
                name="wc_comment_one_author",
            )
        ]

    def __str__(self) -> str:
        return self.public_id
