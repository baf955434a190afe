"""My contracts in a page of the site's own, and how many of them wait."""

from __future__ import annotations

from typing import Any

from django import template

from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.public import mine

register = template.Library()


@register.inclusion_tag("wagtail_contracts/signing/public/_mine.html", takes_context=True)
def my_contracts(context: Any) -> dict[str, Any]:
    """What the one who is logged in must sign and has signed; nothing for anybody else.

    The page of them is named by `?page=`.
    """
    request = context["request"]
    return mine.overview(getattr(request, "user", None), request.GET.get("page", 1))


@register.simple_tag(takes_context=True)
def contracts_to_sign(context: Any) -> int:
    """In how many contracts it is the turn of the one who is logged in; for a menu."""
    user = getattr(context["request"], "user", None)
    return signing.turns(user) if user is not None and user.is_authenticated else 0
