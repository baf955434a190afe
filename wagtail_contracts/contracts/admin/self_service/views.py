"""Self-service in the admin: which templates anybody may begin a contract from, and how."""

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
from django.views.generic import FormView, TemplateView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.scoping import one_or_404
from wagtail_contracts.contracts.admin.stepup import StepUpMixin
from wagtail_contracts.contracts.flows import offering, self_service
from wagtail_contracts.contracts.models import SelfService, person_name
from wagtail_contracts.contracts.permissions.doors import ActorMixin
from wagtail_contracts.errors import Refusal

ROOM = "wagtail_contracts/contracts/admin/self_service"
LIST, NEW, EDIT, OFF = (
    f"wagtail_contracts_self_service{part}" for part in ("", "_new", "_edit", "_off")
)


class OfferForm(forms.ModelForm):
    """How it goes; the flow says what does not fit."""

    class Meta:
        model = SelfService
        fields = [
            *("template", "slug", "owner", "signatory"),
            *("deadline_days", "ceiling", "closes_on", "afterwards"),
        ]
        widgets = {"closes_on": AdminDateInput, "afterwards": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {page.pk: page for page in offering.offerable(user)}
        fields: Any = self.fields
        template, owner, signatory = (fields[name] for name in ("template", "owner", "signatory"))
        template.queryset = Page.objects.filter(pk__in=self.known).order_by("title")
        people = offering.answerable(user)
        for field in (owner, signatory):
            field.queryset = people
            field.label_from_instance = person_name
        owner.initial = user.pk
        signatory.empty_label = _("Nobody: we are bound by publishing it")

    def clean(self) -> dict[str, Any]:
        """The workspace is that of the template."""
        cleaned: dict[str, Any] = super().clean() or {}
        if page := cleaned.get("template"):
            self.instance.workspace = self.known[page.pk].workspace
        return cleaned


class OfferPage(ActorMixin, WagtailAdminTemplateMixin):
    """For whoever manages templates and sends somewhere."""

    header_icon = "globe"
    page_title = gettext_lazy("Self-service")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn away who may do that nowhere; what is not theirs isn't there."""
        if "pk" in self.kwargs:
            self.found()
        if not offering.places(request.user).exists():
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Self-service, this page."""
        items = [*self.breadcrumbs_items, {"url": reverse(LIST), "label": _("Self-service")}]
        return (
            items
            if self.page_title == OfferPage.page_title
            else [*items, {"url": "", "label": str(self.page_title)}]
        )

    def found(self) -> SelfService:
        """The one that the address names, among one's own, or 404."""
        kept: SelfService = one_or_404(offering.offers(self.request.user), self.kwargs["pk"])
        return kept


class OffersView(OfferPage, TemplateView):
    """All of them: where each is open, or why it is not."""

    template_name = f"{ROOM}/list.html"
    http_method_names = ("get", "head", "options")

    @property
    def header_buttons(self) -> list[Any]:
        """One more."""
        return [HeaderButton(_("Offer a template"), url=reverse(NEW), icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each with its public address."""
        rows = [
            {
                "service": service,
                "address": public_address(service),
                "closed": offering.is_closed(service),
                "edit": reverse(EDIT, args=[service.pk]),
                "off": reverse(OFF, args=[service.pk]),
            }
            for service in offering.offers(self.request.user)
        ]
        return super().get_context_data(rows=rows, **kwargs)


class ChangingView(StepUpMixin, OfferPage, FormView):
    """The form; a new one, or one that there is."""

    stake = "send"
    http_method_names = ("get", "head", "options", "post")
    template_name = f"{ROOM}/form.html"
    form_class = OfferForm

    @cached_property
    def service(self) -> SelfService | None:
        """The one that is changed."""
        return self.found() if "pk" in self.kwargs else None

    @property
    def page_title(self) -> Any:  # type: ignore[override]
        """Which of both."""
        return _("Change self-service") if self.service else _("Offer a template")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whose templates and colleagues there are to choose from."""
        return {**super().get_form_kwargs(), "user": self.request.user, "instance": self.service}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A way back."""
        return super().get_context_data(back=reverse(LIST), **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Switch it on."""
        try:
            self_service.set_up(form.instance, by=self.by)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("Anybody can begin there from now on."))
        return redirect(LIST)


class OffView(StepUpMixin, OfferPage, TemplateView):
    """Nobody begins any more."""

    stake = "send"
    template_name = f"{ROOM}/off.html"
    page_title = gettext_lazy("Switch self-service off")
    http_method_names = ("get", "head", "options", "post")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which one."""
        return super().get_context_data(service=self.found(), back=reverse(LIST), **kwargs)

    def post(self, request: HttpRequest, pk: str) -> HttpResponse:
        """Do it."""
        self_service.switch_off(self.found(), by=self.by)
        messages.success(request, _("Nobody can begin there any more. What was begun goes on."))
        return redirect(LIST)


def public_address(service: SelfService) -> str:
    """Where anybody begins, by the app above that has the page."""
    found = [address(service) for address in hooks.get_hooks("self_service_address")]
    return str(found[0]) if found else ""


class OffersMenuItem(MenuItem):
    """For those who may."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether there is a place for it."""
        return permissions.holds_whole(request.user, *offering.RIGHTS)


def menu_item() -> OffersMenuItem:
    """For the hook `register_settings_menu_item`."""
    return OffersMenuItem(
        gettext_lazy("Self-service"),
        reverse(LIST),
        name="contract-self-service",
        icon_name="globe",
        order=650,
    )


def addresses() -> list[URLPattern]:
    """For the hook `register_admin_urls`."""
    stem = "contract-self-service/"
    return [
        path(stem, OffersView.as_view(), name=LIST),
        path(f"{stem}new/", ChangingView.as_view(), name=NEW),
        path(f"{stem}<str:pk>/", ChangingView.as_view(), name=EDIT),
        path(f"{stem}<str:pk>/off/", OffView.as_view(), name=OFF),
    ]
