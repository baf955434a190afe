"""What one does with a contract for oneself and one's colleagues: links, favourites, its place.

Each is reached from the contract's own page; tags, folder and archive by the acts of the list, with
this one contract.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.acts import ROOM, ActView
from wagtail_contracts.contracts.admin.creating.copying import FORM
from wagtail_contracts.contracts.admin.creating.steps import address
from wagtail_contracts.contracts.admin.scoping import numbers, one_or_404
from wagtail_contracts.contracts.admin.searching.choosing import TRAINING
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import BY_HAND, Contract, ContractLink, Favourite

END = "end"  # in a post: the link that does not hold any more


class LinkForm(forms.Form):
    """What this contract is to which other one."""

    kind = forms.ChoiceField(
        label=gettext_lazy("This contract"),
        choices=[(kind.value, kind.label) for kind in BY_HAND],
        widget=forms.RadioSelect,
    )
    first: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None, label=gettext_lazy("The other contract")
    )

    def __init__(self, *args: Any, user: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["first"]
        training = contract.workspace.training
        seen = permissions.visible(user).exclude(pk=contract.pk)
        field.queryset = seen.filter(workspace__training=training)
        field.widget = _chooser(field.queryset, training=training)


def _chooser(found: Any, *, training: bool) -> Any:
    """The widget, which names only one of `found`, whatever was posted."""
    stock: Any = Contract.snippet_viewset.chooser_viewset.widget_class

    class Chooser(stock):
        def get_chooser_modal_url(self) -> str:
            """The list of those for training, or of the real ones."""
            asked = urlencode({TRAINING: int(training)})
            return f"{super().get_chooser_modal_url()}?{asked}"

        def get_value_data(self, value: Any) -> Any:
            """Nothing about what is not to be chosen."""
            pk = getattr(value, "pk", value)
            return super().get_value_data(found.filter(pk__in=numbers([pk])).first())

    return Chooser()


class LinkView(ActView):
    """Says it, or that it does not hold any more."""

    permission_required = "change"
    template_name = f"{ROOM}/lists/link.html"
    page_title = gettext_lazy("Link to another contract")
    from_states = frozenset(states.ALL)
    form_class = LinkForm
    consequence = gettext_lazy(
        "Both contracts show the link to those who may see the other, and the history of both says "
        "who made it. It is no part of what is signed."
    )
    button = gettext_lazy("Link")
    done = gettext_lazy("The contracts are linked.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Among what one sees."""
        more = {"user": self.request.user, "contract": self.contract}
        return {**super().get_form_kwargs(), **more}

    @cached_property
    def links(self) -> Any:
        """What was said of this contract, as far as one sees the others."""
        seen = permissions.visible(self.request.user)
        return ContractLink.objects.between(self.contract, seen).filter(kind__in=BY_HAND)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the links that there are."""
        links = [(link, *link.seen_from(self.contract)) for link in self.links]
        return super().get_context_data(links=links, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End a link, or make one."""
        if END not in request.POST:
            return super().post(request, *args, **kwargs)
        link = one_or_404(self.links.filter(contract=self.contract), request.POST[END])
        contracts.unlink(link, by=self.by)
        messages.success(request, _("The link does not hold any more."))
        return redirect(request.path)

    def act(self, form: Any) -> None:
        said = form.cleaned_data
        contracts.link(self.contract, said["first"], said["kind"], by=self.by)


class Kept(PermissionCheckedMixin, View, ABC):
    """A post by whoever sees the contract, about what they keep for themselves."""

    model = Contract
    permission_required = "view"
    http_method_names = ("post", "options")
    index_url_name: Any = None  # filled in by the viewset, like the two below
    edit_url_name: Any = None
    overview_url_name: Any = None
    gated: Any

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, and go back to the contract."""
        self.act(request.user)
        if self.overview_url_name:
            return redirect(reverse(self.overview_url_name, args=[self.gated.pk]))
        return redirect(reverse(self.index_url_name))

    @abstractmethod
    def act(self, user: Any) -> None:
        """Call the verb."""


class StarView(Kept):
    """Among the favourites, or no more."""

    def act(self, user: Any) -> None:
        by = permissions.actor(user)
        if Favourite.objects.filter(user=user, contract=self.gated).exists():
            contracts.unstar(user, self.gated, by=by)
        else:
            contracts.star(user, self.gated, by=by)


class OpenedView(Kept):
    """Told by the page itself once it is open, because opening it changes nothing."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remember it, and say nothing."""
        self.act(request.user)
        return HttpResponse(status=204)

    def act(self, user: Any) -> None:
        contracts.note_opened(user, self.gated, by=permissions.actor(user))


def star_button(user: Any, contract: Contract) -> Button:
    """Sets it among one's favourites, or takes it away."""
    starred = Favourite.objects.filter(user=user, contract=contract).exists()
    label = _("Remove from my favourites") if starred else _("Add to my favourites")
    attrs = {"type": "submit", "form": FORM, "formaction": address("star", contract)}
    return Button(label, icon_name="pick", attrs=attrs, priority=70)


def of_one(name: str, contract: Contract) -> str:
    """The address of an act of the list with this one contract, which leads back to its page."""
    url = reverse("wagtail_bulk_action", args=["wagtail_contracts", "contract", name])
    query = urlencode({"id": contract.pk, "next": address("inspect", contract)})
    return f"{url}?{query}"
