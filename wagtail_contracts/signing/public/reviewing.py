"""What somebody agrees to, on the page of review: the points of it, and what is not opened."""

from __future__ import annotations

from typing import Any

from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.rendering import reviewed
from wagtail_contracts.contracts.rendering.kinds.media import is_the_text
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.public.page import ParticipantPage


def points(page: ParticipantPage) -> dict[str, Any]:
    """Price and choices, term, exhibits; and which exhibits this person has not taken along."""
    content = page.version.content
    files = reviewed.exhibits(content)
    return {
        "bought": reviewed.bought(content),
        "prices": reviewed.prices(content),
        "terms": reviewed.terms(content),
        "exhibits": files,
        "unopened": _unopened(page, files) if files else [],
    }


def told(page: ParticipantPage) -> dict[str, Any]:
    """What a consumer is shown before signing, and the words of the button that obliges to pay."""
    items = signing.told_before(page.participant, page.version, page.language)
    buttons = [item.text for item in items if item.kind == "button"]
    return {
        "told": items,
        "told_digest": signing.digest_of_told(items),
        "obliged": buttons[0] if buttons else "",
        "asks_consent": bool(items) and page.contract.workspace.asks_consent,
    }


def _unopened(page: ParticipantPage, files: list[reviewed.Point]) -> list[reviewed.Point]:
    """None where the exhibit is the text itself: its pages stand open on the contract's page."""
    if is_the_text(page.version.content):
        return []
    taken = Event.objects.of(page.contract.trail).named(events.EXHIBIT_DOWNLOADED)
    mine = taken.filter(actor_key=page.participant.public_id)
    known = {event.data.get("file") for event in mine}
    return [file for file in files if file.digest not in known]
