"""What staff are told of contracts: in their list in the admin, and by mail as they chose."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.models.contracts import HEAVY, Contract
from wagtail_contracts.contracts.models.parties import Participant


class Kind(models.TextChoices):
    """What somebody is told of; the labels complete “Tell me when …”."""

    APPROVAL_ASKED = "approval_asked", _("Somebody asks for my approval")
    APPROVAL_DECIDED = "approval_decided", _("An approval that I asked for is given or refused")
    APPROVAL_ASKED_BACK = "approval_asked_back", _("An approver asks me something")
    SENT = "sent", _("A contract of mine is sent")
    UNSENT = "unsent", _("A contract of mine could not be sent at its time")
    OPENED = "opened", _("Somebody opens a contract of mine")
    ANSWERED = "answered", _("The other side fills in a contract of mine")
    COMMENTED = "commented", _("Somebody comments on a contract of mine")
    ASKED = "asked", _("Somebody asks about a contract of mine")
    SUGGESTED = "suggested", _("Somebody suggests a change in a contract of mine")
    AGREED = "agreed", _("Somebody agrees to a contract of mine in review")
    MORE_TIME_ASKED = "more_time_asked", _("Somebody asks for more time")
    PERSON_ASKED = "person_asked", _("Somebody names another person, and needs my consent")
    PEOPLE_CHANGED = "people_changed", _("Other people take part in a contract of mine")
    NEW_DEVICE = "new_device", _("Somebody opens a contract of mine on another device")
    DIFFERED = (
        "differed",
        _("Somebody else than invited shows who they are, for a contract of mine"),
    )
    SIGNED_ONE = "signed_one", _("Somebody signs a contract of mine")
    SIGNED_ALL = "signed_all", _("Everybody has signed a contract of mine")
    SEALED = "sealed", _("A contract of mine is sealed")
    COMPLETED = "completed", _("The seal of a contract of mine gets what it lacked")
    SEAL_DELAYED = "seal_delayed", _("A contract of mine waits too long for its seal")
    IRREGULAR = "irregular", _("A contract of mine is not as it was recorded")
    DECLINED = "declined", _("A contract of mine is declined")
    WITHDRAWN = "withdrawn", _("A colleague withdraws a contract of mine")
    RETRACTED = "retracted", _("A consumer withdraws from a contract of mine")
    EXPIRING = "expiring", _("The deadline of a contract of mine is near")
    EXPIRED = "expired", _("The deadline of a contract of mine has passed")
    UNDELIVERED = "undelivered", _("A mail about a contract of mine does not arrive")
    OWNER_CHANGED = "owner_changed", _("A contract gets another owner: me, or somebody after me")
    UNLOCKED = "unlocked", _("A colleague unlocks a block in a contract of mine")


class How(models.TextChoices):
    """When a mail tells of it; the list in the admin has everything."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    NEVER = "never", _("Not by e-mail")


# Others are told at once, unless somebody chooses something else.
USUAL = {
    **dict.fromkeys((Kind.OPENED, Kind.OWNER_CHANGED, Kind.SENT), How.DAILY),
    Kind.SIGNED_ALL: How.NEVER,  # the sealed copy follows within seconds
}
# What comes of each contract of a text for many: once a day at most, and as one line of that mail.
IN_NUMBERS = frozenset(
    {
        *(Kind.SENT, Kind.OPENED, Kind.ANSWERED, Kind.SIGNED_ONE, Kind.SIGNED_ALL),
        *(Kind.SEALED, Kind.COMPLETED),
    }
)


class NotificationChoice(models.Model):
    """When a person gets mails of one kind, where it is not the usual."""

    wagtail_reference_index_ignore = True

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=24)  # one of Kind
    how = models.CharField(max_length=8, choices=How)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="wc_choice_once_uniq"),
            models.CheckConstraint(
                condition=models.Q(how__in=How.values), name="wc_choice_how_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind} {self.how}"


def choices_of(user: Any) -> dict[str, str]:
    """When `user` gets mails, by kind."""
    chosen = NotificationChoice.objects.filter(user=user).values_list("kind", "how")
    usual = {kind.value: USUAL.get(kind, How.AT_ONCE).value for kind in Kind}
    return {**usual, **dict(chosen)}


class NotificationQuerySet(models.QuerySet["Notification"]):
    """The vocabulary of notifications."""

    def visible_to(self, user: Any) -> NotificationQuerySet:
        """Those of `user`, of contracts that they may see now; newest first."""
        seen = Contract.objects.visible_to(user)
        found = self.filter(user=user, contract__in=seen).order_by("-pk")
        found = found.select_related(
            "contract__owner", "contract__workspace", "participant", "actor"
        )
        return found.defer(*(f"contract__{name}" for name in (*HEAVY, "roles")))

    def unread(self) -> NotificationQuerySet:
        """Not marked as read."""
        return self.filter(read_at=None)

    def due(self, now: datetime) -> NotificationQuerySet:
        """For a digest whose hour has come, and that none has taken up."""
        return self.filter(digest="", due_at__lte=now)


class Notification(models.Model):
    """One thing that one person is told. `message` is the outbox message that it came with.

    `due_at` is when the digest that is to hold it leaves, `digest` the one that took it up.
    """

    message = models.CharField(max_length=32, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=24)  # one of Kind
    contract = models.ForeignKey(Contract, models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, related_name="+")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    detail = models.CharField(max_length=40, blank=True)  # a code that says more, never a text
    how = models.CharField(max_length=8, choices=How)
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=32, blank=True)
    mailed_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True  # it would tell of contracts where people are shown
    objects = NotificationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["user"], condition=models.Q(read_at=None), name="wc_notification_unread_idx"
            ),
            models.Index(
                fields=["due_at"], condition=models.Q(digest=""), name="wc_notification_due_idx"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind}"
