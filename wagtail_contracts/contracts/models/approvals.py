"""When a contract needs a yes from inside, who gives it, and what was decided.

Requests and decisions are append-only by database triggers, rules and steps as good as: a changed
rule is another one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.core import approving, products
from wagtail_contracts.contracts.models.workspaces import Workspace

USER: Any = settings.AUTH_USER_MODEL


class OurRows(models.Model):
    """Kept out of Wagtail's index of references, which would tell of contracts."""

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True


class RuleQuerySet(models.QuerySet["ApprovalRule"]):
    """The vocabulary of rules."""

    def standing(self) -> RuleQuerySet:
        """Those that nobody has ended."""
        return self.filter(ended_at=None)


class ApprovalRule(OurRows):
    """Which contracts of a workspace need an approval; all that is said must hold."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="approval_rules")
    name = models.CharField(_("name"), max_length=80)
    template = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,  # the rule is for all templates then: it never asks less
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("template"),
        help_text=_("Only contracts that are made from it."),
    )
    over = models.DecimalField(
        _("worth more than"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text=_(
            "The value of the product tables without VAT, or any single amount of money that is "
            "filled in. Make one rule for each currency that you use: a contract in another one "
            "can't be sent."
        ),
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    party = models.CharField(
        _("party"),
        max_length=120,
        blank=True,
        help_text=_("Only contracts with this party: its name or its organisation number."),
    )
    on_deviation = models.BooleanField(_("only where it differs from its template"), default=False)
    in_order = models.BooleanField(
        _("one after another"),
        default=False,
        help_text=_("Else all are asked at once."),
    )
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        verbose_name = _("approval rule")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(over=None, currency="")
                | (models.Q(over__gte=0) & ~models.Q(currency="")),
                name="wc_rule_amount_has_currency",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse an amount without its currency, and a currency that there is not."""
        super().clean()
        self.currency = self.currency.strip().upper()
        if self.over is not None and not products.is_known(self.currency):
            raise ValidationError({"currency": _("Say in which currency, for example NOK.")})
        if self.over is None and self.currency:
            raise ValidationError({"over": _("Say how much.")})

    def plain(self, manager: int | None) -> approving.Rule:
        """The rule as a value; `manager` is whoever takes the steps of that kind."""
        steps = tuple(step.plain(manager) for step in self.steps.all())
        return replace(self.plain_without_steps(), steps=steps)

    def plain_without_steps(self) -> approving.Rule:
        """When it asks, also of a rule that is not stored."""
        return approving.Rule(
            self.pk or 0,
            (),
            in_order=self.in_order,
            template=self.template_id,
            over=self.over,
            currency=self.currency,
            party=self.party,
            on_deviation=self.on_deviation,
        )


class ApprovalStep(OurRows):
    """One yes that a rule asks for. Whoever is deleted leaves a step that nobody can decide."""

    class Kind(models.TextChoices):
        PERSON = approving.PERSON, _("Person")
        GROUP = approving.GROUP, _("Anybody of a group")
        MANAGER = approving.MANAGER, _("The owner's manager")

    rule = models.ForeignKey(ApprovalRule, models.CASCADE, related_name="steps")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    user = models.ForeignKey(USER, models.SET_NULL, null=True, related_name="+")
    group = models.ForeignKey(Group, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["place"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["rule", "place"], name="wc_step_place_uniq"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["person", "group", "manager"]),
                name="wc_step_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id}.{self.place}"

    def plain(self, manager: int | None) -> approving.Step:
        """The step as a value."""
        who = {"person": self.user_id, "group": self.group_id, "manager": manager}
        return approving.Step(self.kind, who[self.kind])


class ApprovalRequest(OurRows):
    """Somebody asked for an approval of one content, by the rules of that moment. Append-only.

    `digest` is over the content's digest and all else that must not change: rules, recipients.
    `barred` are the keys of those whose own work it is. The rows are not tied to those of
    contracts, which can be deleted while they are drafts.
    """

    contract = models.ForeignKey(
        "wagtail_contracts.Contract", models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    content_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    rules = models.JSONField()
    barred = models.JSONField()
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.content_digest[:8]}"

    @property
    def plain_rules(self) -> list[approving.Rule]:
        """The rules as values."""
        return [approving.read(item) for item in self.rules]

    @property
    def given(self) -> list[approving.Yes]:
        """The yeses so far, whether they count or not."""
        return [
            approving.Yes(item.rule, item.step, item.approver_id, item.for_whom_id)
            for item in self.decisions.all()
            if item.rule is not None and item.step is not None
        ]


class Approval(OurRows):
    """What somebody decided, asked or answered about one content. Append-only."""

    class Decision(models.TextChoices):
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("sent it back")
        ASKED = "asked", _("asked")
        ANSWERED = "answered", _("answered")

    request = models.ForeignKey(ApprovalRequest, models.PROTECT, related_name="decisions")
    content_digest = models.CharField(max_length=64)
    rule = models.PositiveBigIntegerField(null=True)
    step = models.PositiveSmallIntegerField(null=True)
    approver = models.ForeignKey(USER, models.PROTECT, related_name="+")
    for_whom = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    decision = models.CharField(max_length=8, choices=Decision)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["request", "rule", "step"], name="wc_approval_step_uniq"
            ),
            models.CheckConstraint(
                condition=models.Q(decision__in=["approved", "rejected", "asked", "answered"]),
                name="wc_approval_decision_known",
            ),
            models.CheckConstraint(
                condition=models.Q(decision="approved", rule__isnull=False, step__isnull=False)
                | models.Q(~models.Q(decision="approved"), rule=None, step=None),
                name="wc_approval_names_its_step",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.approver_id} {self.decision} {self.content_digest[:8]}"


class DeputyQuerySet(models.QuerySet["Deputy"]):
    """The vocabulary of deputies."""

    def on(self, day: date) -> DeputyQuerySet:
        """Those who stand in on a day."""
        return self.filter(first__lte=day, last__gte=day)


class Deputy(OurRows):
    """Who approves for somebody, from a day to a day, both included."""

    user = models.ForeignKey(USER, models.CASCADE, related_name="+")
    deputy = models.ForeignKey(USER, models.CASCADE, related_name="+", verbose_name=_("deputy"))
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))

    objects = DeputyQuerySet.as_manager()

    class Meta:
        ordering = ["first", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(user=models.F("deputy")), name="wc_deputy_is_another"
            ),
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="wc_deputy_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} for {self.user_id}"
