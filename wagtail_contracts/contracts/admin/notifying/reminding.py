"""When people are reminded in one contract, and a pause."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.acts import ActView
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.core.reminders import Rule
from wagtail_contracts.contracts.models import Contract, ReminderRule

DAYS = ["unopened", "every", "before"]


class RemindersForm(forms.ModelForm):
    """The days; an empty one sends no such reminder."""

    class Meta:
        model = ReminderRule
        fields: ClassVar[list[str]] = [*DAYS, "paused"]
        help_texts = {
            "unopened": gettext_lazy("Counted from when somebody last got something new."),
            "every": gettext_lazy("For whoever has still to answer."),
            "before": gettext_lazy("For whoever has still to answer."),
            "paused": gettext_lazy("Nobody is reminded until you take it away."),
        }


class RemindersView(ActView):
    """A rule for this contract alone."""

    page_title = gettext_lazy("Reminders")
    header_icon = "mail"
    form_class = RemindersForm
    from_states = states.INSIDE | states.OPEN
    consequence = gettext_lazy(
        "Three reminders at most leave by themselves, two days apart, and none in the evening or "
        "at night. This is for this contract alone, in place of what the workspace says."
    )
    button = gettext_lazy("Keep these reminders")
    done = gettext_lazy("The reminders were kept.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """What holds now: the contract's own, else the workspace's."""
        return {**super().get_form_kwargs(), "instance": days_of(self.contract)}

    def act(self, form: Any) -> None:
        said = form.cleaned_data
        rule = Rule(said["unopened"], said["every"], said["before"])
        contracts.set_reminders(self.contract, rule, paused=said["paused"], by=self.by)


def days_of(contract: Contract) -> ReminderRule:
    """The rule that holds now: the contract's own, else one like the workspace's, not stored."""
    if own := ReminderRule.objects.filter(contract=contract).first():
        return own
    rule = contracts.rule_of(contract)
    now = {"unopened": rule.unopened, "every": rule.every, "before": rule.before}
    return ReminderRule(contract=contract, **now)
