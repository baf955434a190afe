"""The list of texts for many, one of them with everybody for whom it is, and the two forms."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.contrib.auth.models import Group
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import HeaderButton

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.circulars import acts, places, words
from wagtail_contracts.contracts.admin.circulars.forms import BeginForm, RoundForm
from wagtail_contracts.contracts.admin.sending import print_once
from wagtail_contracts.contracts.errors import DeadlineRefused
from wagtail_contracts.contracts.flows import circulars
from wagtail_contracts.contracts.models import Circular
from wagtail_contracts.errors import Refusal

SHOWN = 50
MENU_ORDER = 157


class CircularsView(places.ShownPage, TemplateView):
    """All of them, with how far each is."""

    template_name = f"{places.ROOM}/list.html"
    page_title = gettext_lazy("Texts for many")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Here."""
        return super().get_breadcrumbs_items()[:-1]

    @cached_property
    def header_buttons(self) -> list[Any]:
        """The way to a new one."""
        return [HeaderButton(_("New text for many"), url=reverse(places.NEW), icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of them; how many signed is counted for all of it at once."""
        found = Circular.objects.filter(workspace__in=self.places)
        found = found.select_related("workspace", "group")
        page = Paginator(found, SHOWN).get_page(self.request.GET.get("p", 1))
        counted = contracts.circular_counts(list(page.object_list))
        rows = [(one, counted[one.pk][-1]) for one in page.object_list]
        return super().get_context_data(rows=rows, page=page, **kwargs)


class CircularView(places.OfOne, places.ShownPage, TemplateView):
    """One of them: its rounds, and everybody for whom the newest is."""

    template_name = f"{places.ROOM}/one.html"

    def get_page_title(self) -> str:
        """Its title."""
        return self.circular.title

    @cached_property
    def header_buttons(self) -> list[Any]:
        """The way to a new round."""
        url = reverse(places.ROUND, args=[self.circular.public_id])
        return [HeaderButton(_("New round…"), url=url, icon_name="rotate")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rounds, and a page of the rows: as many queries for five as for five hundred."""
        circular = self.circular
        everybody = contracts.circular_members(circular)
        numbers = words.counted(everybody)
        chosen = self.request.GET.get("show", "")
        page = Paginator(words.chosen(everybody, chosen), SHOWN)
        shown = page.get_page(self.request.GET.get("p", 1))
        return super().get_context_data(
            circular=circular,
            rounds=contracts.circular_counts([circular])[circular.pk],
            rows=words.rows(list(shown.object_list), self.request.user),
            page=shown,
            filters=words.filters(everybody, numbers, chosen),
            chosen=chosen,
            waiting=numbers.get("waiting", 0),
            failed=numbers.get("failed", 0),
            newcomers=circulars.newcomers(circular).count(),
            stamp=words.stamp(circular),
            exports=words.may_export(self.request.user, circular),
            **kwargs,
        )


class BeginsView(places.ShownPage, FormView, ABC):
    """A form after which a round begins."""

    asks_code = True
    template_name = f"{places.ROOM}/begin.html"
    form_class: Any = RoundForm
    consequence: Any = ""
    button: Any = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        """Templates that one may use."""
        more = {"user": self.request.user, "places": self.places}
        return {**super().get_form_kwargs(), **more}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What follows."""
        told = {"consequence": self.consequence, "button": self.button, "back": self.back}
        return super().get_context_data(**told, **kwargs)

    @property
    def back(self) -> str:
        """Where one came from."""
        return reverse(places.LIST)

    def form_valid(self, form: Any) -> HttpResponse:
        """Begin it, or say why not."""
        try:
            self.print_once(form.cleaned_data)
            circular = self.begin(form.cleaned_data)
        except Refusal as refusal:
            field = "deadline" if isinstance(refusal, DeadlineRefused) else None
            form.add_error(field, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("It is on its way: the list fills while it is sent."))
        return redirect(reverse(places.ONE, args=[circular.public_id]))

    def print_once(self, said: dict[str, Any]) -> None:
        """Print one of them as it would be sealed: what can't be is not sent to five hundred."""
        group, title = self.named(said)
        words = {"title": title, "deadline": said["deadline"]}
        trial = circulars.try_circular(said["template"], group, **words, by=self.by)
        if version := trial.current_version:
            print_once(trial, version.content)

    @abstractmethod
    def named(self, said: dict[str, Any]) -> tuple[Group, str]:
        """Whom the text is for, and what it is called."""

    @abstractmethod
    def begin(self, said: dict[str, Any]) -> Circular:
        """Call the verb."""


class BeginView(BeginsView):
    """The first round."""

    form_class = BeginForm
    page_title = gettext_lazy("New text for many")
    consequence = gettext_lazy(
        "Everybody in the group gets a contract of their own and an e-mail about it. Our side is "
        "bound without a signature: the text is the same for all."
    )
    button = gettext_lazy("Send it to all")

    def named(self, said: dict[str, Any]) -> tuple[Group, str]:
        return said["group"], said["title"]

    def begin(self, said: dict[str, Any]) -> Circular:
        return circulars.begin_circular(
            said["template"],
            said["group"],
            title=said["title"],
            deadline=said["deadline"],
            by=self.by,
        )


class RoundView(places.OfOne, BeginsView):
    """The next one, with a text that has changed."""

    page_title = gettext_lazy("New round")
    consequence = gettext_lazy(
        "Everybody in the group gets a new contract and an e-mail about it. What was signed before "
        "counts for the earlier text only. What is still out of earlier rounds is withdrawn."
    )
    button = gettext_lazy("Begin the round")

    def get_page_subtitle(self) -> str:
        """Of which text."""
        return self.circular.title

    def get_initial(self) -> dict[str, Any]:
        """The template of the last round."""
        return {"template": self.circular.newest.template_id}

    @property
    def back(self) -> str:
        return self.address

    def named(self, said: dict[str, Any]) -> tuple[Group, str]:
        return self.circular.group, self.circular.title

    def begin(self, said: dict[str, Any]) -> Circular:
        wanted = {"deadline": said["deadline"], "by": self.by}
        circulars.begin_round(self.circular, said["template"], **wanted)
        return self.circular


class CircularsMenuItem(MenuItem):
    """For those who may send one."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether they may, somewhere."""
        return permissions.holds_whole(request.user, "create", "send")


def menu_item() -> CircularsMenuItem:
    """For the hook `register_admin_menu_item`."""
    return CircularsMenuItem(
        gettext_lazy("Texts for many"),
        reverse(places.LIST),
        name="contract-texts-for-many",
        icon_name="group",
        order=MENU_ORDER,
    )


def addresses() -> list[URLPattern]:
    """For the hook `register_admin_urls`."""
    one = "contract-texts-for-many/<str:public_id>/"
    return [
        path("contract-texts-for-many/", CircularsView.as_view(), name=places.LIST),
        path("contract-texts-for-many/new/", BeginView.as_view(), name=places.NEW),
        path(one, CircularView.as_view(), name=places.ONE),
        path(f"{one}round/", RoundView.as_view(), name=places.ROUND),
        path(f"{one}remind/", acts.RemindView.as_view(), name=places.REMIND),
        path(f"{one}join/", acts.JoinView.as_view(), name=places.JOIN),
        path(f"{one}export/", acts.ExportView.as_view(), name=places.EXPORT),
        path(f"{one}state/", acts.StateView.as_view(), name=places.STATE),
    ]
