"""The editor of the working copy, and the acts around it in Wagtail's places."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic.mixins import RevisionsRevertMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.views.snippets import EditView

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.approving.panel import ApprovalPanel
from wagtail_contracts.contracts.admin.choices import act_buttons
from wagtail_contracts.contracts.admin.creating.copying import copy_buttons
from wagtail_contracts.contracts.admin.creating.steps import address
from wagtail_contracts.contracts.admin.merging import MergingView
from wagtail_contracts.contracts.admin.sending import losses
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import Contract


class ContractEditView(MergingView, EditView):
    """Edits the working copy. Once it was sent this prepares the next version."""

    http_method_names = ("get", "head", "options", "post")

    template_name = "wagtail_contracts/contracts/admin/edit.html"
    overview_url_name: Any = None
    page_title = gettext_lazy("Editing")
    gated: Any

    @property
    def working(self) -> Any:
        """The row, as the gate found it."""
        return self.gated

    @property
    def is_closed(self) -> bool:
        """Once nobody may edit it."""
        return bool(self.locked_for_user)

    def start_on(self, instance: Any) -> None:
        """What a revert posts was made from the old revision, whatever was stored."""
        if not isinstance(self, RevisionsRevertMixin):
            self.object = instance

    def form_on(self, instance: Any) -> Any:
        """Judged as a whole."""
        self.start_on(instance)
        form = self.get_form()
        form.full_clean()
        return form

    @cached_property
    def header_buttons(self) -> list[Any]:
        """The preview as the others will see it, and the overview, where there is one."""
        found = []
        if self.object.state in states.MAY_EDIT:
            look = address("as_they_see_it", self.object)
            found.append(HeaderButton(_("As they see it"), url=look, icon_name="desktop"))
        if self.overview_url_name:
            url = reverse(self.overview_url_name, args=[quote(self.object.pk)])
            found.append(HeaderButton(_("Overview"), url=url, icon_name="view"))
        return found

    @cached_property
    def can_delete(self) -> bool:
        """Only what never left."""
        return self.object.state == states.DRAFT and super().can_delete

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """The acts beside the stock ones."""
        asks, contract = self.request.user, self.object
        ours = [*act_buttons(asks, contract), *copy_buttons(asks, contract)]
        return [*super().header_more_buttons, *ours]

    def get_side_panels(self) -> Any:
        """Add what will need an approval, unless autosave asks."""
        panels = super().get_side_panels()
        if not self.expects_json_response and self.working.state in states.MAY_EDIT:
            panels.append(ApprovalPanel(self.working, self.request))
        return panels

    def get_page_subtitle(self) -> str:
        """The title, and what this prepares."""
        title = str(self.object.title)
        if (version := self.object.current_version) is None:
            return title
        return _("%(title)s, version %(number)d") % {"title": title, "number": version.number + 1}

    def get_success_url(self) -> str:
        """Saving stays in the editor."""
        return self.get_edit_url()

    def get_success_message(self) -> str:
        """Say who sees it."""
        return _("Saved. Nobody else sees this before you send it.")

    def get_success_buttons(self) -> list[Any]:
        """None: one is there already."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What sending this would cost, and who may choose products in an open area."""
        version = self.object.current_version
        lost = losses(self.object) if version and self.object.state in states.OPEN else []
        parties = [{"key": role["key"], "label": role["label"]} for role in self.object.roles]
        return super().get_context_data(version=version, losses=lost, parties=parties, **kwargs)


class SendMenuItem(ActionMenuItem):
    """The big button of the footer; autosave has made Save the lesser one."""

    name = "action-send"
    icon_name = "mail"
    order = 0

    def is_shown(self, context: dict[str, Any]) -> bool:
        """In the editor of a contract that may be sent, for whoever may send."""
        contract = context.get("instance")
        return (
            isinstance(contract, Contract)
            and context["view"] == "edit"
            and contract.state in states.MAY_EDIT
            and permissions.may(context["request"].user, "send", contract)
        )

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Say what it leads to."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        version = parent_context["instance"].current_version
        label = _("Send version %d…") % (version.number + 1) if version else _("Send…")
        return {**context, "label": label}

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """The page before the act."""
        contract = parent_context["instance"]
        return address("send" if contract.state == states.DRAFT else "revise", contract)


def put_send_first(menu_items: list[Any], request: Any, context: dict[str, Any]) -> None:
    """For the hook `construct_snippet_action_menu`."""
    item = SendMenuItem()
    if item.is_shown(context):
        menu_items.insert(0, item)
