"""A new draft from a contract, in one click: a copy, an amendment, a renewal, a replacement.

The buttons are in menus, where a link would let a GET change something: each posts the form that
`_copying.html` puts beside them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.admin.utils import quote
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.creating.steps import address
from wagtail_contracts.contracts.core import locks, states
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.errors import Refusal

FORM = "wc-copying"
SIGNED = frozenset({states.SIGNED})
COPIES: list[tuple[str, Any, str, Collection[str]]] = [
    ("duplicate", gettext_lazy("Duplicate"), "copy", states.ALL),
    ("amend", gettext_lazy("Amend"), "edit", SIGNED),
    ("renew", gettext_lazy("Renew"), "rotate", SIGNED),
    ("replace", gettext_lazy("Replace"), "redirect", SIGNED),
]

LOCKED_AGAIN = gettext_lazy(
    "What was unlocked in the first contract is locked here again, with the words of its template."
)


class CopyView(PermissionCheckedMixin, View):
    """Makes a draft and leads to its editor, or says why not."""

    model = Contract
    permission_required = "add"
    http_method_names = ("post", "options")
    verb: Any = None
    done: Any = ""
    edit_url_name: Any = None  # filled in by the viewset, like the two below
    index_url_name: Any = None
    overview_url_name: Any = None
    gated: Any

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Call the verb."""
        user = request.user
        try:
            made = type(self).verb(self.gated, owner=user, by=permissions.actor(user))
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(self._address(self.overview_url_name, self.gated))
        words = {"number": made.number, "first": self.gated.number}
        messages.success(request, str(self.done) % words)
        if locks.unlocked(self.gated.outline):
            messages.warning(request, str(LOCKED_AGAIN))
        edits = permissions.may(user, "change", made)
        return redirect(
            self._address(self.edit_url_name if edits else self.overview_url_name, made)
        )

    def _address(self, name: str | None, contract: Contract) -> str:
        return reverse(name, args=[quote(contract.pk)]) if name else reverse(self.index_url_name)


class DuplicateView(CopyView):
    """The same once more."""

    verb = contracts.duplicate
    done = gettext_lazy("Contract %(number)s was made as a duplicate of %(first)s.")


class AmendView(CopyView):
    """A change of what was signed."""

    verb = contracts.amend
    done = gettext_lazy("Contract %(number)s was made to amend %(first)s.")


class RenewView(CopyView):
    """What follows what was signed."""

    verb = contracts.renew
    done = gettext_lazy("Contract %(number)s was made to renew %(first)s.")


class ReplaceView(CopyView):
    """What takes its place, from the newest template."""

    verb = contracts.replace
    done = gettext_lazy("Contract %(number)s was made to replace %(first)s.")


def copy_buttons(user: Any, contract: Contract) -> list[Button]:
    """What may be made from a contract, for the menu behind the dots."""
    if not permissions.may(user, "add", contract):
        return []
    return buttons(contract, contracts.retracted([contract]))


def buttons(contract: Contract, retracted: Collection[int]) -> list[Button]:
    """The same for whoever may; `retracted` are keys of contracts that nothing follows."""
    return [
        _button(address(name, contract), label, icon)
        for name, label, icon, where in COPIES
        if contract.state in where and (where is not SIGNED or contract.pk not in retracted)
    ]


def _button(url: str, label: Any, icon: str) -> Button:
    attrs = {"type": "submit", "form": FORM, "formaction": url}
    return Button(label, icon_name=icon, attrs=attrs, priority=20)
