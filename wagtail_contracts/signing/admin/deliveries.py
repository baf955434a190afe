"""Deliveries: what the outbox still has to do for contracts, what failed and why, and two buttons.

For those who administer a workspace, about its contracts; what is about no contract is for
superusers alone.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

import django_filters
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from wagtail_contracts import events
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.errors import Refusal
from wagtail_contracts.outbox.models import Message, MessageQuerySet
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin import delivery_words as words
from wagtail_contracts.signing.admin.delivery_subjects import Subjects
from wagtail_contracts.signing.admin.pages import ROOM, address
from wagtail_contracts.signing.flows.watching import SEALER

LIST, RESULTS = "wagtail_contracts_deliveries", "wagtail_contracts_deliveries_results"
AGAIN, GIVE_UP = "wagtail_contracts_deliver_again", "wagtail_contracts_give_up"
FACTORS = "wagtail_contracts_factors"
LATELY = timedelta(days=7)
STATES: dict[str, tuple[Any, Callable[[MessageQuerySet], Any]]] = {
    "failed": (gettext_lazy("Failed"), lambda found: found.failed()),
    "waiting": (
        gettext_lazy("Waiting or being delivered"),
        lambda found: found.unfinished().filter(last_error=""),
    ),
    "given_up": (gettext_lazy("Given up"), lambda found: found.dead().filter(done_at=None)),
    "done": (
        gettext_lazy("Delivered in the last 7 days"),
        lambda found: found.filter(done_at__gte=timezone.now() - LATELY),
    ),
}
SEALS = Q(topic=events.CONTRACT_SIGNED, subscriber=SEALER)
MAILS = Q(topic=events.MAIL_DUE)
QUIET = ("signing.alarm", "signing.links", "signing.void")
HOUSEKEEPING = Q(subscriber__in=QUIET, attempts=0, dead_at=None)
KINDS: dict[str, tuple[Any, Q]] = {
    "mail": (gettext_lazy("E-mail"), MAILS),
    "seal": (gettext_lazy("Seal"), SEALS),
    "other": (gettext_lazy("Other"), ~(MAILS | SEALS)),
}


def among(user: Any, *actions: str) -> MessageQuerySet:
    """The messages about contracts with which `user` may do one of `actions`; superusers: all."""
    if user.is_active and user.is_superuser:
        return contracts.without_asides(Message.objects.all())
    return signing.deliveries(permissions.having(user, actions))


def of_interest(found: Any) -> Any:
    """What is not done, without housekeeping that goes well."""
    return found.filter(done_at=None).exclude(HOUSEKEEPING)


@dataclass(frozen=True)
class Delivery:
    """One row."""

    message: Message
    contract: Contract | None
    what: str
    standing: words.Standing
    cause: words.Cause | None

    @property
    def idle(self) -> bool:
        """Whether it is neither done nor in a worker's hands."""
        held = self.message.leased_until and self.message.leased_until >= timezone.now()
        return not self.message.done_at and not held

    @property
    def may_again(self) -> bool:
        """Whether trying now would be sooner than it is tried anyhow."""
        due = not self.message.dead_at and self.message.not_before <= timezone.now()
        return self.idle and not due

    @property
    def may_give_up(self) -> bool:
        """Whether there is something left to give up."""
        by_hand = self.message.dead_at and self.message.attempts == self.message.earlier_attempts
        return self.idle and not by_hand


def rows(found: Sequence[Message]) -> list[Delivery]:
    """The messages in words, with a fixed number of queries."""
    now, subjects = timezone.now(), Subjects(found)
    return [
        Delivery(
            message,
            subjects.contract(message),
            words.what(message, subjects.contract(message), subjects.address(message)),
            words.standing(message, now),
            words.cause(message),
        )
        for message in found
    ]


class DeliveryFilterSet(WagtailFilterSet):
    """By state, kind, and contract. Without them: all that is not done and is of interest."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[(key, label) for key, (label, _filter) in STATES.items()],
        method="by_state",
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Kind"),
        choices=[(key, label) for key, (label, _kind) in KINDS.items()],
        method="by_kind",
    )
    contract = django_filters.CharFilter(
        label=gettext_lazy("Number of the contract"), method="by_contract"
    )

    class Meta:
        model = Message
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        """What is done, and housekeeping that goes well, is shown where somebody asks for it."""
        found, asked = super().filter_queryset(queryset), self.form.cleaned_data
        if asked.get("state"):
            return found
        return found.filter(done_at=None) if asked.get("kind") else of_interest(found)

    def by_state(self, found: Any, _name: str, value: str) -> Any:
        """One of STATES."""
        return STATES[value][1](found)

    def by_kind(self, found: Any, _name: str, value: str) -> Any:
        """One of KINDS."""
        return found.filter(KINDS[value][1])

    def by_contract(self, found: Any, _name: str, value: str) -> Any:
        """Contracts whose number holds these characters, among those that one sees."""
        seen = permissions.visible(self.request.user).filter(number__icontains=value.strip())
        return found.filter(pk__in=signing.deliveries(seen).values("pk"))


class DeliveryPaginator(WagtailPaginator):
    """Says what it counts; the outbox has no words for people."""

    verbose_name = gettext_lazy("delivery")
    verbose_name_plural = gettext_lazy("deliveries")


class DeliveriesView(PermissionCheckedMixin, BaseListingView):
    """The list."""

    model = Message
    permission_policy = permissions.POLICIES["Contract"]
    permission_required = "administer"
    results_template_name = f"{ROOM}/deliveries_results.html"
    page_title = gettext_lazy("Deliveries")
    header_icon = "mail"
    index_url_name = LIST
    index_results_url_name = RESULTS
    filterset_class = DeliveryFilterSet
    default_ordering = ("-pk",)
    paginate_by = 30
    paginator_class = DeliveryPaginator

    def get_base_queryset(self) -> Any:
        """What one answers for."""
        return among(self.request.user, "administer")

    def filter_queryset(self, queryset: Any) -> Any:
        """A filter that there is not shows what no filter shows."""
        if self.filters.is_valid():
            return super().filter_queryset(queryset)
        return of_interest(queryset)

    def get_valid_orderings(self) -> list[Any]:
        """Newest first, and no other."""
        return [self.default_ordering]

    @cached_property
    def no_results_message(self) -> str:
        """Nothing is good news, unless somebody was looking for something."""
        if self.is_filtering:
            return _("No delivery is like that.")
        return _("Nothing waits and nothing has failed: everything was delivered.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rows of this page."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "deliveries": rows(list(context["object_list"]))}


def detour(user: Any, contract: Contract, actions: Sequence[str], back: str) -> HttpResponse | None:
    """The page of one's second factor first, where each right that it is done by asks for one."""
    held = [action for action in actions if permissions.may(user, action, contract)]
    verbs = [permissions.ACTIONS[action] for action in held]
    needed = all(contracts.factor_needed(verb, [contract.workspace_id]) for verb in verbs)
    if not needed or contracts.factors_of(user):
        return None
    return redirect(f"{reverse(FACTORS)}?{urlencode({'next': back})}")


class OneDelivery(View, ABC):
    """An act on one message: by post, and for those who may.

    It can be taken back, so no fresh code is asked for.
    """

    http_method_names = ["post"]
    actions: Sequence[str] = ("administer",)
    done: Any = ""

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Do it, or say why not. Raises Http404 for what is not one's own."""
        message = among(request.user, *self.actions).filter(public_id=public_id).first()
        if message is None:
            raise Http404
        contract = signing.contract_of(message)
        overview = contract and request.POST.get("back") == "overview"
        back = address("inspect", contract) if overview else reverse(LIST)
        if contract and (way := detour(request.user, contract, self.actions, back)):
            return way
        try:
            self.act(message)
            messages.success(request, str(self.done))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(back)

    @abstractmethod
    def act(self, message: Message) -> None:
        """Call the verb."""


class AgainView(OneDelivery):
    """Whoever may send may have it sent again."""

    actions = ("administer", "send")
    done = gettext_lazy("It is tried again now.")

    def act(self, message: Message) -> None:
        signing.retry(message, by=permissions.actor(self.request.user))


class GiveUpView(OneDelivery):
    """For good, unless somebody tries it again."""

    done = gettext_lazy("It was given up. It stays in the list, and can still be tried again.")

    def act(self, message: Message) -> None:
        signing.discard(message, by=permissions.actor(self.request.user))


class DeliveriesMenuItem(MenuItem):
    """Under “Reports”, for those who may open it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether there is something to answer for."""
        policy = permissions.POLICIES["Contract"]
        return bool(policy.user_has_permission(request.user, "administer"))
