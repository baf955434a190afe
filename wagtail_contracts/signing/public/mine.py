"""*My contracts*: what somebody who is logged in to the site must sign and has signed.

For staff who can't enter the admin; whoever can is led there. Nothing of anybody else stands here.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts import permissions
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.public import visitors
from wagtail_contracts.signing.public.landing import looked
from wagtail_contracts.signing.public.page import Page, see_other

SHOWN = 20
CLOSE = gettext_lazy("Confidential contract")  # the gate asks first, whoever is logged in


def overview(user: Any, page: Any = 1) -> dict[str, Any]:
    """What the page and the template tag show of somebody: what goes on, and a page of the rest."""
    if user is None or not user.is_authenticated or not user.is_active:
        return {"open_rows": [], "ended_rows": [], "ended": None, "known": False}
    ended = Paginator(signing.ended_parts(user), SHOWN).get_page(page)
    return {
        "open_rows": [Row(part, user) for part in signing.open_parts(user)],
        "ended_rows": [Row(part, user) for part in signing.as_parts(ended.object_list, user)],
        "ended": ended,
        "known": True,
    }


class Row:
    """One contract of somebody's, with the way to it."""

    def __init__(self, part: signing.Part, user: Any) -> None:
        self.part, self.contract, self.turn = part, part.contract, part.turn
        self.signed_at = part.signed_at
        self.place = ""
        if permissions.enters(user, part.contract):
            name = "sign" if part.turn == "now" else "inspect"
            self.place = reverse(f"wagtail_contracts_contract:{name}", args=[part.contract.pk])
        self.title = part.title if self.place or not part.contract.is_confidential else CLOSE
        self.action = reverse("wagtail_contracts:mine_open", args=[part.participant.public_id])


class LoggedIn(Page):
    """Whoever is not logged in is led to the site's own log-in, and back."""

    def _answered(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if not user.is_authenticated or not user.is_active:
            return redirect_to_login(reverse("wagtail_contracts:mine"))
        return super()._answered(request, **kwargs)


class Mine(LoggedIn):
    """The page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        return self.show("mine", **overview(request.user, request.GET.get("page", 1)))


class Open(LoggedIn):
    """The button: from the list into the contract, as oneself."""

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Go on with the session that there is, or begin one."""
        mine = signing.parts_of(request.user).filter(public_id=public_id).first()
        if mine is None:
            raise Http404
        response = see_other(reverse("wagtail_contracts:contract", args=[public_id]))
        had = visitors.cookie_of(request, public_id)
        going_on = signing.session_of(had)
        if going_on is None or going_on.participant_id != mine.pk:
            by = signing.actor_of(mine, visitors.address(request))
            session, secret = signing.come_in(mine, replaces=had, by=by)
            if signing.may_read(session):
                looked(session, by)
            visitors.remember(request, response, session, secret)
        return response
