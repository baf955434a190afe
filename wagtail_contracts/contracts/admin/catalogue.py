"""The catalogues of workspaces in the admin: their items, filling them from a file, picking one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, DeleteView, IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.scoping import ScopedViewSetMixin, one_or_404, visible
from wagtail_contracts.contracts.core import catalogue
from wagtail_contracts.contracts.core.kinds import product_words
from wagtail_contracts.contracts.errors import CatalogueRefused
from wagtail_contracts.contracts.models import CatalogueItem

NAME = "wagtail_contracts_catalogue"
SHOWN = 50  # items at a time, where one is picked
COLUMNS = ["workspace", "sku", "name", "description", "unit", "price", "currency", "vat", "period"]


class ItemForm(WagtailAdminModelForm):
    """One item; it stays among the workspaces all of whose contracts one edits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("workspace"):
            field.queryset = permissions.whole(self.for_user, ["change"])

    class Meta:
        model = CatalogueItem
        fields = COLUMNS


def insist_on_mine(request: HttpRequest) -> None:
    """A workspace that is named in the request is one all of whose contracts one edits, or 404."""
    named = request.POST.get("workspace") or request.GET.get("workspace")
    if named:
        one_or_404(permissions.whole(request.user, ["change"]), named)


class NewItemView(CreateView):
    """Puts an item into a catalogue."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, for a workspace of one's own."""
        insist_on_mine(request)
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only there."""
        insist_on_mine(request)
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer


class RemoveItemView(DeleteView):
    """Removes an item, by the confirmed form alone."""

    http_method_names = ("get", "head", "options", "post")


class ItemsView(IndexView):
    """The items that one sees; the stock view lists all there are."""

    page_title = _("Product catalogue")

    def get_base_queryset(self) -> Any:
        """Only those."""
        return visible(self.request.user, self.model).select_related("workspace")

    @property
    def header_buttons(self) -> list[Any]:
        """A way to the file."""
        url, label = reverse(f"{NAME}:fill"), _("Fill from a file")
        mine = permissions.whole(self.request.user, ["change"]).exists()
        ours = [HeaderButton(label, url=url, icon_name="upload")] if mine else []
        return [*super().header_buttons, *ours]


class FillForm(forms.Form):
    """A file, then the same again as text once it was looked at."""

    workspace: Any = forms.ModelChoiceField(queryset=None, label=_("Workspace"))
    file = forms.FileField(required=False, label=_("File (CSV, UTF-8)"))
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["workspace"]
        choice.queryset = permissions.whole(user, ["change"])
        if len(choice.queryset) == 1:
            choice.initial = choice.queryset[0]

    def clean(self) -> dict[str, Any]:
        """Read no more than a catalogue may have."""
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        cleaned["data"] = (
            file.read(catalogue.LARGEST + 1) if file else cleaned.get("text", "").encode()
        )
        if not cleaned["data"] and "file" not in self.errors:
            self.add_error("file", _("Choose a file."))
        return cleaned


class FillView(WagtailAdminTemplateMixin, FormView):
    """Says what a file would do, and does it once that was confirmed."""

    form_class = FillForm
    template_name = "wagtail_contracts/contracts/admin/catalogue_fill.html"
    page_title = _("Fill the catalogue")
    header_icon = "tag"
    http_method_names = ("get", "head", "options", "post")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For whoever edits somewhere."""
        if not permissions.whole(request.user, ["change"]).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, for a workspace of one's own."""
        insist_on_mine(request)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only there."""
        insist_on_mine(request)
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form needs to know whose workspaces."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The catalogue, here."""
        above = {"url": reverse(f"{NAME}:index"), "label": _("Product catalogue")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title}]

    def form_valid(self, form: Any) -> HttpResponse:
        """Look at it, or carry it out: the file decides, whatever was shown before."""
        workspace, data = form.cleaned_data["workspace"], form.cleaned_data["data"]
        by = permissions.actor(self.request.user)
        try:
            if self.request.POST.get("do") != "fill":
                return self._show(form, contracts.read_catalogue(workspace, data), data)
            filling = contracts.fill_catalogue(workspace, data, by=by)
        except CatalogueRefused as refused:
            return self.render_to_response(
                self.get_context_data(form=form, problems=refused.problems)
            )
        count = len(filling.added) + len(filling.changed)
        said = ngettext("%d item was added or changed.", "%d items were added or changed.", count)
        messages.success(self.request, said % count)
        return redirect(f"{NAME}:index")

    def _show(self, form: Any, filling: contracts.Filling, data: bytes) -> HttpResponse:
        shown = {"workspace": form.cleaned_data["workspace"], "text": data.decode("utf-8-sig")}
        again = FillForm(initial=shown, user=self.request.user)
        return self.render_to_response(self.get_context_data(form=again, filling=filling))


class PickView(View):
    """The items of a currency that match what was typed, as rows of a product table."""

    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest) -> JsonResponse:
        """Those that one sees."""
        items: Any = visible(request.user, CatalogueItem, ["choose"]).select_related("workspace")
        asked = {
            name: request.GET.get(name, "").replace("\0", "")[:100] for name in ("currency", "q")
        }
        found = items.filter(currency=asked["currency"]).matching(asked["q"])[:SHOWN]
        rows = [{"label": f"{item} ({item.workspace})", "row": item.row()} for item in found]
        return JsonResponse({"items": rows})


def _price(item: CatalogueItem) -> str:
    language = get_language() or "en"
    return f"{product_words.price(str(item.price), item.currency, language)} {item.currency}"


class CatalogueViewSet(ScopedViewSetMixin, ModelViewSet):
    """What workspaces sell: seen by whoever sees their contracts, changed by who edits them."""

    model = CatalogueItem
    name = NAME
    url_prefix = "contract-catalogue"
    icon = "tag"
    menu_label = _("Product catalogue")
    menu_order = 160
    add_to_admin_menu = True
    index_view_class = ItemsView
    add_view_class = NewItemView
    delete_view_class = RemoveItemView
    copy_view_enabled = False
    list_display = [
        "sku",
        "name",
        Column("price", label=_("Price for one"), accessor=_price, sort_key="price"),
        Column("period", label=_("Paid"), accessor="get_period_display", classname="wc-wide"),
        Column("workspace", label=_("Workspace"), classname="wc-wide"),
    ]
    search_fields = ["sku", "name"]

    def get_form_class(self, for_update: bool = False) -> Any:  # noqa: FBT001, FBT002 - Wagtail's
        """Ours, which knows whose workspaces."""
        return ItemForm

    def get_urlpatterns(self) -> list[Any]:
        """Those of items, the file and the picker."""
        ours = [
            path("fill/", self.construct_view(FillView), name="fill"),
            path("pick/", PickView.as_view(), name="pick"),
        ]
        return [*ours, *super().get_urlpatterns()]
