"""The report of deviations: what approvers read first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin import differing
from wagtail_contracts.contracts.core import shown, trees
from wagtail_contracts.contracts.core.content import body
from wagtail_contracts.contracts.core.kinds import alternatives
from wagtail_contracts.contracts.core.resolving import published
from wagtail_contracts.contracts.rendering import changes


def report(contract: Any, content: dict[str, Any], user: Any, *, by: Any) -> dict[str, Any]:
    """Each block that differs with its policy, the wordings in use, and the words compared.

    What `user` may not read is masked in all of it.
    """
    rows = differing.rows(contract)
    whole = contracts.whole(contract)
    old = published({**whole, "body": body(contract.outline)})
    then, now = contracts.seen_both(contract, old, content, user, by=by)
    compared = changes.comparison(then, now, language=get_language()) if rows else None
    return {"rows": rows, "wordings": list(_wordings(whole, now)), "compared": compared}


def _wordings(whole: dict[str, Any], seen: dict[str, Any]) -> Iterator[str]:
    """The approved wordings that hold, of clauses that come with several."""
    there = {block["id"]: block for block in trees.blocks(seen["body"])}
    for block in trees.blocks(whole["body"]):
        if block["type"] != "alternatives" or block["id"] not in there:
            continue
        held, several = alternatives.chosen(block), len(block["wordings"]) > 1
        if held and several:
            name = shown.name(there[block["id"]], seen)
            number = there[block["id"]]["number"]
            told = {"clause": f"{number} {name}".strip(), "wording": held["name"]}
            yield _("%(clause)s: the approved wording “%(wording)s”") % told
