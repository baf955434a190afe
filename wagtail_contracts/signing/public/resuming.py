"""Going on behind the gate: to the page that somebody wanted, with what they had typed there."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse

from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.public import gate
from wagtail_contracts.signing.public.page import ParticipantPage, see_other


def resumed(page: ParticipantPage, place: str, carried: str = "") -> HttpResponse:
    """What was typed, in its form again or kept as a draft; nothing is sent by that.

    It was `carried` through the page, or waited here while somebody was away.
    """
    if not carried:
        waits = signing.take_typed(page.session, by=page.by)
        place, carried = waits.place or place, waits.typed
    home = page.address_of("contract")
    found, typed = gate.match_of(home, place), gate.released(carried)
    if found is None or not typed:
        return see_other(gate.onward(home, place))
    view: Any = found.func
    form = view.view_class()
    request: Any = page.request
    request.POST = typed
    form.setup(request, **found.kwargs)
    form.nonce = page.nonce
    form.enter(request, **found.kwargs)
    try:
        response: HttpResponse = form.instead() or form.take_up()
    except Http404:  # what it was about is closed by now
        return see_other(home)
    page.frames = form.frames
    return response
