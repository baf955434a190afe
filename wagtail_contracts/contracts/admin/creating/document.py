"""“Sign a document”: upload the other side's PDF, and a contract has it as its text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.acts import ROOM
from wagtail_contracts.contracts.admin.creating import starting, steps
from wagtail_contracts.contracts.admin.scoping import one_or_404
from wagtail_contracts.contracts.core.files import sorts
from wagtail_contracts.contracts.errors import TemplateUnusable, UploadRefused
from wagtail_contracts.contracts.flows import documents, imagining
from wagtail_contracts.contracts.permissions.doors import ActorMixin

DOCUMENT = "wagtail_contracts_document"


class DocumentForm(forms.Form):
    """What it is called, and the file; the template where there are several."""

    template = forms.ChoiceField(label=gettext_lazy("Template"))
    title = forms.CharField(
        max_length=starting.LONGEST,
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("What the document is called. All who take part read it."),
    )
    file = forms.FileField(
        label=gettext_lazy("PDF"),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf"}),
        help_text=gettext_lazy(
            "At most 25 MB and 500 pages, without scripts, forms or attachments."
        ),
    )

    def __init__(self, *args: Any, pages: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["template"]
        field.choices = [(str(page.pk), f"{page.title}, {page.workspace}") for page in pages]
        if len(pages) == 1:
            field.initial, field.widget = str(pages[0].pk), forms.HiddenInput()


class DocumentView(ActorMixin, WagtailAdminTemplateMixin, FormView):
    """For whoever makes contracts somewhere."""

    template_name = f"{ROOM}/document.html"
    page_title = gettext_lazy("Sign a document")
    header_icon = "doc-full-inverse"
    form_class = DocumentForm
    http_method_names = ("get", "head", "options", "post")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn away who may make none."""
        if not permissions.workspaces(request.user, ["add"]).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def pages(self) -> list[Any]:
        """The templates that take a document, among those that one may use."""
        known = permissions.templates(self.request.user)
        return [page for page in known if documents.takes_document(page)]

    @cached_property
    def places(self) -> Any:
        """The workspaces where one makes contracts and publishes templates, and none takes one."""
        have = [page.workspace.pk for page in self.pages]
        mine = documents.publishing_places(self.request.user).exclude(pk__in=have)
        return mine.filter(pk__in=permissions.workspaces(self.request.user, ["add"]).values("pk"))

    def get_form_kwargs(self) -> dict[str, Any]:
        """Which templates there are."""
        return {**super().get_form_kwargs(), "pages": self.pages}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """And where one could be added."""
        new = reverse(f"{steps.NAMESPACE}:add")
        return super().get_context_data(pages=self.pages, places=self.places, new=new, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """New contract, here."""
        new = {"url": reverse(f"{steps.NAMESPACE}:add"), "label": _("New contract")}
        return [*self.breadcrumbs_items, new, {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add the ready-made template, or take the document."""
        if named := request.POST.get("workspace"):
            workspace = one_or_404(self.places, named)
            documents.add_document_template(workspace, by=self.by)
            messages.success(request, _("The template is published. Now choose the document."))
            return redirect(DOCUMENT)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the file, make the draft, and go on with its parties."""
        said = form.cleaned_data
        page = next(page for page in self.pages if str(page.pk) == said["template"])
        try:
            contract = self._made(page, said["title"], said["file"])
        except UploadRefused as refused:
            form.add_error("file", str(refused))
            return self.form_invalid(form)
        except TemplateUnusable as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("Contract %(number)s is a draft now. Nobody sees it yet.")
            % {"number": contract.number},
        )
        return redirect(steps.address(steps.PARTIES, contract))

    def _made(self, page: Any, title: str, upload: Any) -> Any:
        kept = contracts.keep_file(upload, sort=sorts.EXHIBIT, by=self.by)
        imagined = imagining.unsaved(page, title="", parties=[], values={})
        parties = starting.parties(imagined, {}, self.request.user)
        user = self.request.user
        return documents.sign_document(
            page, kept, title=title, parties=parties, owner=user, by=self.by
        )


def addresses() -> list[URLPattern]:
    """For the hook `register_admin_urls`."""
    return [path("contract-document/", DocumentView.as_view(), name=DOCUMENT)]
