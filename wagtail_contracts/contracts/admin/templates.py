"""The editor of template pages, by Wagtail's viewsets for page types."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.viewsets.pages import PageViewSet, page_viewset_registry

from wagtail_contracts.contracts.admin import beginning
from wagtail_contracts.contracts.admin.findings import FindingsPanel
from wagtail_contracts.contracts.admin.merging import MergingView
from wagtail_contracts.contracts.models import ContractTemplateMixin


class TemplateMergingView(MergingView):
    """What editing and reverting a template have in common.

    What was put together is saved as a draft, whatever button was pressed: nobody has read it yet.
    """

    page: Any
    locked_for_user: bool

    @cached_property
    def working(self) -> Any:
        """The newest revision."""
        return self.real_page_record.get_latest_revision_as_object()  # type: ignore[attr-defined]

    @property
    def is_closed(self) -> bool:
        """Locked, or a copy that follows another page."""
        return bool(self.locked_for_user or self.page.alias_of_id)

    def start_on(self, instance: Any) -> None:
        """The page is what the stock view makes its form from."""
        self.page = instance

    def form_on(self, instance: Any) -> Any:
        """A draft may be unfinished."""
        self.start_on(instance)
        view: Any = self
        form = view.form_class(
            self.request.POST,
            self.request.FILES,
            instance=instance,
            subscription=view.subscription,
            parent_page=view.parent,
            for_user=self.request.user,
        )
        form.defer_required_fields()
        form.full_clean()
        form.restore_required_fields()
        self.form = form
        return form


class TemplateEditView(TemplateMergingView, EditView):
    """The stock editor, for two at once, with findings beside it."""

    def get_side_panels(self) -> Any:
        """Add ours, unless autosave asks."""
        panels = super().get_side_panels()
        if not self.expects_json_response:
            panels.append(FindingsPanel(self.page, self.request))
        return panels


class TemplateAddView(CreateView):
    """The stock form, with the place for findings, which the first save fills.

    `?language=` says in which language it begins; else it is the workspace's.
    """

    def get(self, request: Any) -> Any:
        """Begin it."""
        with beginning.wanted(request.GET.get("language", "")):
            return super().get(request)

    def get_side_panels(self) -> Any:
        """Add ours, unless autosave asks."""
        panels = super().get_side_panels()
        if not self.expects_json_response:
            panels.append(FindingsPanel(self.page, self.request))
        return panels


class TemplateRevertView(TemplateMergingView, RevisionsRevertView):
    """Shows an old revision; what it posts goes to the editor."""


class TemplateViewSet(PageViewSet):
    """Wagtail's views of all pages, three of them ours, for pages that mix in our class.

    A viewset that a site registers for its page type comes before it.
    """

    add_view_class = TemplateAddView
    edit_view_class = TemplateEditView
    revisions_revert_view_class = TemplateRevertView

    def on_register(self) -> None:
        """For the mixin, and so for every type with it."""
        page_viewset_registry.register(ContractTemplateMixin, self)
