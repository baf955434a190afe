"""Who takes part, and what each may do where a contract stands: one table for flows and pages.

It says what a role opens at all. What else must be true (whose turn it is, the template's rules, an
offer that is confidential) is asked after it, and only ever takes away.
"""

from collections.abc import Mapping

from wagtail_contracts.contracts.core import states

SIGNATORY, APPROVER, ADVISER, READER = "signatory", "approver", "adviser", "reader"
GONE = "gone"  # who was replaced, handed it on, or lost access: nothing, anywhere
ROLES = (SIGNATORY, APPROVER, ADVISER, READER, GONE)

READ, FETCH = "read", "fetch"  # the text, and the files that belong to it
FILL_IN, COMMENT, SUGGEST = "fill_in", "comment", "suggest"
AGREE, SIGN, DECLINE = "agree", "sign", "decline"
FORWARD, ADD = "forward", "add"  # to somebody who does it instead; to somebody beside oneself
ACTS = (READ, FETCH, FILL_IN, COMMENT, SUGGEST, AGREE, SIGN, DECLINE, FORWARD, ADD)

_ALL = frozenset({SIGNATORY, APPROVER, ADVISER, READER})
_DECIDE = frozenset({SIGNATORY, APPROVER})
_WORK = _ALL - {READER}
_SIGN = frozenset({SIGNATORY})

_KEPT: Mapping[str, frozenset[str]] = {READ: _ALL, FETCH: _ALL}
_OUT: Mapping[str, frozenset[str]] = {
    **_KEPT,
    FILL_IN: _SIGN,
    COMMENT: _ALL,
    SUGGEST: _WORK,
    DECLINE: _SIGN,
    FORWARD: _SIGN,
    ADD: _SIGN,
}
# By state, who may do what; what is not named, nobody may. Before a contract is sent nobody
# outside knows of it; of a withdrawn one nothing is shown but that it is.
TABLE: Mapping[str, Mapping[str, frozenset[str]]] = {
    states.NEGOTIATING: {**_OUT, AGREE: _DECIDE},
    states.SIGNING: {**_OUT, AGREE: frozenset({APPROVER}), SIGN: _SIGN},
    states.EXPIRED: {**_KEPT, COMMENT: _ALL},
    states.SIGNED: _KEPT,
    states.DECLINED: _KEPT,
}


def may(role: str, act: str, state: str) -> bool:
    """Say whether somebody in this role may do `act` with a contract in this state."""
    return role in TABLE.get(state, {}).get(act, frozenset())


def opens(kind: str) -> frozenset[str]:
    """The states in which anybody at all may do an act of this kind."""
    return frozenset(state for state, acts in TABLE.items() if acts.get(kind))
