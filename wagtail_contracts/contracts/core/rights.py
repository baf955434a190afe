"""How far a right reaches: to the contracts one owns, or to all of a workspace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

NONE, OWN, ALL = "", "own", "all"
VIEW, ADMINISTER = "view", "administer"
# About the workspace, not about one of its contracts: there is nothing of them to own.
WHOLE = frozenset({"create", "templates", ADMINISTER})


def effective(rows: Iterable[tuple[int, str, bool]]) -> dict[int, dict[str, str]]:
    """How far each verb reaches, by workspace.

    `rows` are (workspace, verb, own) of all groups that somebody is in; the furthest counts. Where
    somebody may not view, no verb opens anything; where they view only what they own, no verb
    about contracts reaches further.
    """
    found: dict[int, dict[str, str]] = {}
    for workspace, verb, own in rows:
        held = found.setdefault(workspace, {})
        held[verb] = OWN if own and held.get(verb) != ALL else ALL
    return {place: _capped(held) for place, held in found.items() if VIEW in held}


def _capped(held: dict[str, str]) -> dict[str, str]:
    return {
        verb: ALL if verb in WHOLE else OWN if held[VIEW] == OWN else reach
        for verb, reach in held.items()
    }


def reaches(held: dict[str, str], verb: str, *, owns: bool) -> bool:
    """Say whether a verb that is held so reaches a contract: to that of another only as a whole.

    Of a contract that one may not see, nothing may be done, whatever is about the workspace.
    """
    seen = owns or held.get(VIEW) == ALL
    return seen and (owns or held.get(verb) == ALL) and verb in held


def completed(reaches: Mapping[str, str]) -> dict[str, str]:
    """What is stored where somebody asks for this: {verb: OWN, ALL or NONE}.

    View comes with every other verb, reaching as far as the furthest; where view itself was asked
    for, no verb reaches further. Whoever administers sees all.
    """
    asked = {verb: reach for verb, reach in reaches.items() if reach != NONE}
    if not asked:
        return {}
    about_contracts = [reach for verb, reach in asked.items() if verb not in WHOLE]
    view = asked.get(VIEW) or (ALL if ALL in about_contracts else OWN)
    if ADMINISTER in asked:
        view = ALL
    return _capped({**asked, VIEW: view})
