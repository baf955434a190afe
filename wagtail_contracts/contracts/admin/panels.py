"""Panels of the contract editor: parties and people, and the values of our own fields."""

from __future__ import annotations

from typing import Any

from django.forms import RadioSelect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    Panel,
    TabbedInterface,
)

from wagtail_contracts.contracts.admin.people import FixedPartiesFormSet, PeopleFormSet
from wagtail_contracts.contracts.admin.values import PREFIX

ROOM = "wagtail_contracts/contracts/admin"
MOST_PEOPLE = 50


class PeoplePanel(InlinePanel):
    """The people of one party."""

    def get_form_options(self) -> dict[str, Any]:
        """Read posts with our form set."""
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = PeopleFormSet
        return options


PARTY = [
    FieldPanel("kind", widget=RadioSelect),
    FieldRowPanel([FieldPanel("name"), FieldPanel("organisation_number")]),
    MultiFieldPanel([FieldPanel("address")], heading=_("Postal address"), classname="collapsed"),
    PeoplePanel(
        "people",
        [
            FieldPanel("user"),
            FieldRowPanel([FieldPanel("name"), FieldPanel("email")]),
            FieldRowPanel([FieldPanel("phone"), FieldPanel("invited_by")]),
            FieldRowPanel([FieldPanel("capacity"), FieldPanel("role")]),
            FieldRowPanel([FieldPanel("language"), FieldPanel("position")]),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("acts_as"), FieldPanel("witnesses")]),
                    FieldRowPanel([FieldPanel("opens_by"), FieldPanel("signs_by")]),
                    FieldRowPanel([FieldPanel("fetches_by"), FieldPanel("national_id")]),
                ],
                heading=_("How they sign, and show who they are"),
                classname="collapsed",
            ),
        ],
        heading=_("People"),
        label=_("Person"),
        max_num=MOST_PEOPLE,
    ),
]


class PartiesPanel(InlinePanel):
    """The parties of a draft with their people: one for each role, none to add or remove.

    Outside draft the form has no forms for people, and a table stands here.
    """

    def get_form_options(self) -> dict[str, Any]:
        """No form to add, no box to delete."""
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name] |= {
            "formset": FixedPartiesFormSet,
            "can_delete": False,
        }
        return options

    def get_bound_panel(
        self, instance: Any = None, request: Any = None, form: Any = None, prefix: str = "panel"
    ) -> Any:
        """The table where the form has no people."""
        made = {"instance": instance, "request": request, "form": form, "prefix": prefix}
        if form is not None and self.relation_name not in form.formsets:
            return PeopleTable(panel=self, **made)
        if form is None:
            return InlinePanel.BoundPanel(panel=self, **made)
        return FixedParties(panel=self, **made)


class FixedParties(Panel.BoundPanel):
    """The forms of the parties."""

    template_name = f"{ROOM}/parties_panel.html"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.formset = self.form.formsets[self.panel.relation_name]
        labels = {role["key"]: role["label"] for role in self.instance.roles}
        self.children = [self._child(place, form) for place, form in enumerate(self.formset.forms)]
        for child in self.children:
            child.role = labels.get(child.instance.role, child.instance.role)

    def _child(self, place: int, form: Any) -> Any:
        return self.panel.child_edit_handler.get_bound_panel(
            instance=form.instance,
            request=self.request,
            form=form,
            prefix=f"{self.prefix}-{place}",
        )


class PeopleTable(Panel.BoundPanel):
    """What stands where the forms were: people change by acts once the contract left draft."""

    template_name = f"{ROOM}/people_panel.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Add the parties."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        return {**context, "parties": self.instance.parties.all()}


class ValuesPanel(Panel):
    """The data fields of our own side, which are form fields."""

    class BoundPanel(Panel.BoundPanel):
        """Draws them one after another."""

        template_name = f"{ROOM}/values_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the fields."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "fields": self.form.value_fields() if self.form else []}


class Editor(TabbedInterface):
    """All of it; the values panel draws the data fields, so they are not drawn once more."""

    class BoundPanel(TabbedInterface.BoundPanel):
        """The stock one draws at its end whatever is no field of the model."""

        def render_missing_fields(self) -> Any:
            """Only fields that no panel draws."""
            ours = {name: self.form.fields[name] for name in self.form.fields if PREFIX in name}
            for name in ours:
                del self.form.fields[name]
            drawn = super().render_missing_fields()
            self.form.fields |= ours
            return drawn
