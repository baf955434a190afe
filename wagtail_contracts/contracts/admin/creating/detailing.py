"""The third step of a new contract: what our own side fills in, and until when to answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin import shown, values
from wagtail_contracts.contracts.admin.acts import ROOM, DeadlineForm
from wagtail_contracts.contracts.admin.creating import starting, steps
from wagtail_contracts.contracts.admin.creating.arranging import Arrangement
from wagtail_contracts.contracts.core import locks


class DetailsForm(DeadlineForm):
    """The title, the deadline, and the data fields of our own side."""

    title = forms.CharField(
        max_length=120,
        required=False,
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("Left empty: the template's title and the other side's name."),
    )
    field_order = ["title", "deadline"]

    def __init__(self, *args: Any, fields: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= fields

    def value_fields(self) -> list[Any]:
        """The data fields, bound."""
        return [self[name] for name in self.fields if name.startswith(values.PREFIX)]

    def clean(self) -> dict[str, Any]:
        """Read the data fields."""
        cleaned = super().clean() or {}
        self.values = values.read(self)
        return cleaned


class DetailsView(steps.StepView):
    """The data fields of our side, and what may be written in the text."""

    template_name = f"{ROOM}/new_details.html"
    step = steps.DETAILS

    def get_page_title(self) -> str:
        """A question."""
        return _("What is agreed?")

    @property
    def shown(self) -> str:
        """Of title, deadline and values."""
        return contracts.details_digest(self.contract)

    @cached_property
    def form(self) -> DetailsForm:
        """Title, deadline and values."""
        contract, own = self.contract, self.contract.own_roles
        return DetailsForm(
            self.data,
            initial={"title": contract.title, "deadline": contracts.default_deadline(contract)},
            fields=values.fields_for(
                [item for item in contract.fields if item.get("role") in own],
                contract.values,
                seen=permissions.may(self.user, "sensitive", contract),
                hidden=contracts.hidden_fields(contract),
            ),
        )

    @cached_property
    def arrangement(self) -> Arrangement:
        """Where it lies, and when people are reminded."""
        return Arrangement(self.contract, self.user, self.data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and the blocks that are open to whoever may edit."""
        edits = permissions.may(self.user, "change", self.contract)
        by = permissions.actor(self.user)
        # The form shows the values itself; whoever reads what is sensitive leaves a trace.
        contracts.seen(self.contract, contracts.whole(self.contract), self.user, by=by)
        return super().get_context_data(
            form=self.form,
            arrangement=self.arrangement,
            open_blocks=_open(self.contract) if edits else [],
            **kwargs,
        )

    def is_valid(self) -> bool:
        """Both are."""
        return all([self.form.is_valid(), self.arrangement.is_valid()])

    def store(self) -> None:
        """Write them; the suggested deadline goes on being counted from the day of sending."""
        said, contract = self.form.cleaned_data, self.contract
        deadline = said["deadline"]
        contracts.fill_in(
            contract,
            self.form.values,
            self.data.get("shown", ""),
            title=said["title"] or self._title(),
            deadline=None if deadline == contracts.suggested_deadline(contract) else deadline,
            by=permissions.actor(self.user),
        )
        self.arrangement.store(by=permissions.actor(self.user))

    def _title(self) -> str:
        own = self.contract.own_roles
        names = [party.name for party in self.contract.parties.all() if party.role not in own]
        return starting.title(self.contract.template, names)


def _open(contract: Any) -> list[dict[str, str]]:
    """What the sender may write, choose or leave out in the text, each with its place there."""
    names, editor = shown.block_names(contract), steps.address("edit", contract)
    return [
        {"name": names.get(item["id"], ""), "url": f"{editor}#block-{item['id']}-section"}
        for item in contract.outline
        if locks.policy_of(item) != locks.LOCKED or item["type"] == "area"
    ]
