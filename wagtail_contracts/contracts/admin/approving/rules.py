"""The rules of a workspace: made, tried on recent contracts, ended; by its administrators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.models import Page

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.approving.deciding import ROOM
from wagtail_contracts.contracts.admin.creating.steps import address
from wagtail_contracts.contracts.admin.workspaces.administered import AdministeredPage
from wagtail_contracts.contracts.models import ApprovalRule, Verb, Workspace, person_name
from wagtail_contracts.contracts.models.templates import indexes
from wagtail_contracts.contracts.rendering import rules as words
from wagtail_contracts.errors import Refusal

STEPS, TRIED = 5, 20  # yeses that the form can ask for; recent contracts that a rule is tried on
MANAGER = "manager:"
WHEN = ("template", "over", "currency", "party", "on_deviation", "in_order")


class RuleForm(forms.ModelForm):
    """When it asks, and whom; who may approve in the workspace can be chosen."""

    class Meta:
        model = ApprovalRule
        fields = ["name", *WHEN]

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        template: Any = self.fields["template"]
        template.queryset = _templates(workspace)
        template.empty_label = _("Any template")
        choices = [("", "—"), *_approvers(workspace)]
        for place in range(1, STEPS + 1):
            self.fields[f"step_{place}"] = forms.ChoiceField(
                choices=choices,
                required=False,
                label=_("Approval %(place)d") % {"place": place},
            )

    @property
    def conditions(self) -> list[Any]:
        """When it asks."""
        return [self[name] for name in ("name", *WHEN) if name != "in_order"]

    @property
    def who(self) -> list[Any]:
        """Whom it asks."""
        return [self["in_order"], *(self[f"step_{place}"] for place in range(1, STEPS + 1))]

    def clean(self) -> dict[str, Any]:
        """At least one yes."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not any(cleaned.get(f"step_{place}") for place in range(1, STEPS + 1)):
            self.add_error("step_1", _("Say who approves."))
        return cleaned

    @property
    def when(self) -> dict[str, Any]:
        """The conditions, for the flow."""
        return {name: self.cleaned_data[name] for name in WHEN}

    @property
    def steps(self) -> list[tuple[str, Any]]:
        """Whom it asks, for the flow."""
        chosen = [self.cleaned_data[f"step_{place}"] for place in range(1, STEPS + 1)]
        return [_step(value) for value in chosen if value]


def _templates(workspace: Workspace) -> Any:
    """The pages below the workspace's index."""
    found = Page.objects.none()
    for index in indexes():
        if index.workspace_id == workspace.pk:
            found = Page.objects.descendant_of(index).order_by("title")
    return found


def _step(value: str) -> tuple[str, Any]:
    kind, _colon, key = value.partition(":")
    model: Any = {"person": get_user_model(), "group": Group}.get(kind)
    return kind, model._default_manager.get(pk=key) if model else None


def _approvers(workspace: Workspace) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    held = workspace.group_permissions.filter(verb=Verb.APPROVE).values("group")
    groups = Group.objects.filter(pk__in=held).order_by("name")
    yield str(_("Anybody of a group")), [(f"group:{one.pk}", one.name) for one in groups]
    users = get_user_model()._default_manager.filter(is_active=True, groups__in=held)
    people = users.distinct().order_by("last_name", "first_name", "pk")
    yield str(_("Person")), [(f"person:{one.pk}", person_name(one)) for one in people]
    if contracts.knows_managers():
        yield str(_("Manager")), [(MANAGER, str(_("The owner's manager")))]


class RulesPage(AdministeredPage):
    """What the pages about a workspace's rules have in common."""

    header_icon = "user"

    @property
    def back(self) -> str:
        """The list of rules."""
        return self.address("rules")


class RulesView(RulesPage, TemplateView):
    """The rules that stand, and those that have ended."""

    template_name = f"{ROOM}/rules.html"
    page_title = gettext_lazy("Approval rules")
    http_method_names = ("get", "head", "options")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """In words."""
        rows = list(ApprovalRule.objects.filter(workspace=self.place).prefetch_related("steps"))
        names = words.names_for([row.plain(None) for row in rows])
        said = [(row, words.sentence(row.plain(None), names)) for row in rows]
        return super().get_context_data(
            standing=[pair for pair in said if not pair[0].ended_at],
            ended=[pair for pair in said if pair[0].ended_at],
            make=self.address("new_rule"),
            end=self.address("end_rule"),
            **kwargs,
        )


class NewRuleView(RulesPage, FormView):
    """A form that is tried before it is made."""

    asks_code = True
    http_method_names = ("get", "head", "options", "post")
    template_name = f"{ROOM}/new_rule.html"
    page_title = gettext_lazy("New approval rule")
    form_class = RuleForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Its workspace decides what can be chosen."""
        return {**super().get_form_kwargs(), "workspace": self.place}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A way back."""
        return super().get_context_data(back=self.back, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Try it, or make it."""
        try:
            if self.request.POST.get("do") != "make":
                return self._show(form)
            name, steps = form.cleaned_data["name"], form.steps
            contracts.make_rule(self.place, name, steps, by=self.by, **form.when)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The rule asks from now on."))
        return redirect(self.back)

    def _show(self, form: Any) -> HttpResponse:
        mine = permissions.visible(self.request.user).filter(workspace=self.place)
        found = mine.select_related("owner", "workspace", "current_version").order_by("-pk")
        trials, left = contracts.try_rule(
            self.place, form.steps, found[:TRIED], by=self.by, **form.when
        )
        rows = [(trial, address("inspect", trial.contract)) for trial in trials]
        asked = sum(trial.asks for trial in trials)
        told = {"trials": rows, "asked": asked, "left_out": left, "tried": True}
        return self.render_to_response(self.get_context_data(form=form, **told))


class EndForm(forms.Form):
    """Which of the standing ones."""

    rule: Any = forms.ModelChoiceField(queryset=None, widget=forms.HiddenInput)

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["rule"]
        choice.queryset = ApprovalRule.objects.standing().filter(workspace=workspace)


class EndRuleView(RulesPage, FormView):
    """A rule asks no more; what waits for it is a draft again."""

    asks_code = True
    http_method_names = ("get", "head", "options", "post")
    template_name = f"{ROOM}/end_rule.html"
    page_title = gettext_lazy("End the rule")
    form_class = EndForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Only rules of this workspace."""
        initial = {"rule": self.request.GET.get("rule", "")}
        return {**super().get_form_kwargs(), "workspace": self.place, "initial": initial}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rule in words."""
        form = kwargs.get("form") or self.get_form()
        named = form["rule"].value()
        rows = form.fields["rule"].queryset
        rule = rows.filter(pk=named).first() if str(named).isdecimal() else None
        said = words.sentence(rule.plain(None), words.names_for([rule.plain(None)])) if rule else ""
        return super().get_context_data(
            **{**kwargs, "form": form, "rule": rule, "said": said, "back": self.back}
        )

    def form_valid(self, form: Any) -> HttpResponse:
        """End it."""
        try:
            contracts.end_rule(form.cleaned_data["rule"], by=self.by)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The rule has ended."))
        return redirect(self.back)
