"""What stands before a confidential contract: a page that says nothing of it.

Where somebody was going, and what they had typed, goes through it in the page itself, or waits with
their sign-in while a service is asked who they are. Nothing is done with it before they have shown
that.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, ResolverMatch, get_script_prefix, resolve, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts.models import sender_name
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import NotIdentified
from wagtail_contracts.signing.models import Challenge, Purpose, SigningSession
from wagtail_contracts.signing.public import phrases

RESEND = 30  # seconds before another code can be asked for
LONGEST = 300  # characters of a place
# Pages of a participant that one may have been going to; all else leads to the contract.
PLACES = frozenset(
    {
        "contract",
        "changes",
        "threads",
        "suggest",
        "answers",
        "sign",
        "done",
        "forward",
        "people",
        "decline",
    }
    | {"file", "leaf", "my_help"}
)
NOT_HELD = ("csrfmiddlewaretoken",)
UNSENT = gettext_lazy("The contract was made confidential meanwhile. This is not sent yet.")


def place_of(request: HttpRequest, home: str) -> str:
    """Where a request to a page below `home` was going: the rest of its address."""
    place = request.path.removeprefix(home)
    query = request.META.get("QUERY_STRING", "")
    place = f"{place}?{query}" if query else place
    return place if len(place) <= LONGEST else ""


def match_of(home: str, place: str) -> ResolverMatch | None:
    """The page below `home` that a place names, if it is one of PLACES of the same participant."""
    try:
        path = urlsplit(home + place).path
        found = resolve("/" + path.removeprefix(get_script_prefix()))
        mine = resolve("/" + home.removeprefix(get_script_prefix()))
    except (Resolver404, ValueError):
        return None
    ours = found.namespace == mine.namespace and found.url_name in PLACES
    same = found.kwargs.get("public_id") == mine.kwargs["public_id"]
    return found if ours and same else None


def onward(home: str, place: str) -> str:
    """The address of that page, made anew from our own; of the contract where it is none.

    Whatever a place says, the address is one of ours.
    """
    if (found := match_of(home, place)) is None:
        return home
    query = urlencode(parse_qsl(urlsplit(home + place).query))
    address = reverse(found.view_name, kwargs=found.kwargs)
    return f"{address}?{query}" if query else address


def held(request: HttpRequest) -> str:
    """What was typed into the form of a request, for the page to carry along."""
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    kept = [pair for pair in pairs if pair[0] not in NOT_HELD]
    return json.dumps(kept) if kept else ""


def released(carried: str) -> QueryDict:
    """The same as it was posted; empty where it is nothing that `held` makes."""
    try:
        pairs = [(str(name), str(value)) for name, value in json.loads(carried)]
        return QueryDict(urlencode(pairs))
    except (ValueError, TypeError, RecursionError):
        return QueryDict()


def challenge_of(session: SigningSession, purpose: str) -> Challenge | None:
    """The code that a session asked for last for a purpose, if it can still be typed in."""
    asked = session.challenges.filter(used_at=None, expires_at__gt=timezone.now())
    return asked.filter(purpose=purpose).order_by("-pk").first()


def show(
    page: Any, place: str, *, carried: str = "", problem: str = "", status: int = 200
) -> HttpResponse:
    """The page itself, in front of `page`."""
    workspace = page.contract.workspace
    response: HttpResponse = page.show(
        "identify",
        status=status,
        page=page,
        here=address(page, place),
        held=carried,
        waits=not carried and signing.has_typed(page.session),
        problem=problem,
        **asked(page, Purpose.OPENING),
        organisation=workspace.legal_name,
        sender=sender_name(page.contract),
        contact=page.contract.owner.email or workspace.contact_email,
        **means_of(page, Purpose.OPENING),
    )
    return response


def asked(page: Any, purpose: str) -> dict[str, Any]:
    """Whether a code is on its way, and in how many seconds another can be asked for."""
    challenge = challenge_of(page.session, purpose)
    if challenge is None:
        return {"asked": False, "wait": 0}
    since = (timezone.now() - challenge.asked_at).total_seconds()
    return {"asked": True, "wait": max(0, int(RESEND - since))}


def means_of(page: Any, purpose: str) -> dict[str, Any]:
    """How this person shows who they are on this page, or why they can't."""
    try:
        means = signing.needed(page.participant, purpose)
    except NotIdentified as missing:
        return {"means_missing": str(missing)}
    return {"means": means, "address": phrases.sent_to(means, page.participant)}


def address(page: Any, place: str) -> str:
    """The address of this page, which knows where to go on."""
    here: str = page.address_of("identify")
    return f"{here}?{urlencode({'to': place})}" if place else here
