"""The permission table as data: who may do what, and what everybody else is answered.

`docs/reference/permissions.md` says the same in words; a test compares the two.
"""

from __future__ import annotations

# Who walks, and which verbs each holds in the marked workspace.
HELD: dict[str, frozenset[str]] = {
    "anonymous": frozenset(),
    "stranger": frozenset(),  # may use the admin, and nothing else
    "elsewhere": frozenset(),  # holds every verb in another workspace, and edits its templates
    "webmaster": frozenset(),  # every Django permission, and the pages of the site
    "author": frozenset(),  # edits the templates' pages, without a verb
    "blind": frozenset(
        {"create", "edit", "send", "administer", "sensitive", "unlock", "approve"}
        | {"insights", "export", "move"}
    ),  # all but `view`
    "view": frozenset({"view"}),
    "create": frozenset({"view", "create"}),
    "edit": frozenset({"view", "edit"}),
    "send": frozenset({"view", "send"}),
    "administer": frozenset({"view", "administer"}),
    "sensitive": frozenset({"view", "sensitive"}),
    "unlock": frozenset({"view", "unlock"}),
    "approve": frozenset({"view", "approve"}),
    "owner": frozenset(
        {"view", "create", "edit", "send", "administer", "sensitive", "unlock"}
        | {"approve", "insights", "export", "move", "signatory"}
    ),
    "superuser": frozenset(
        {"view", "create", "edit", "send", "administer", "sensitive", "unlock", "approve"}
        | {"insights", "export", "move"}
    ),
    "participant": frozenset({"participant"}),  # has the link, and the cookie, of the customer
    "beside": frozenset(),  # another participant of the same contract
    "outsider": frozenset(),  # a participant of a contract of the other workspace
}
GUESTS = frozenset({"anonymous", "participant", "beside", "outsider"})  # nobody, to the admin
ROLES = tuple(HELD)
VERBS = (
    *("view", "create", "edit", "send", "administer", "sensitive", "unlock", "approve"),
    *("templates", "insights", "export", "move"),
)

# The same verbs in the other workspace.
ELSEWHERE: dict[str, frozenset[str]] = {
    "elsewhere": frozenset({*VERBS, "many"}),
    "superuser": frozenset({*VERBS, "many"}),
}

# What Wagtail's own pages ask for. `page` is a permission on the pages of the templates,
# `templates` one on those of any workspace, `offering` both that right and `send` in
# any workspace, `many` the rights to create and to send together, `pages` one on any page,
# `django` a Django permission, `collection` one on pictures and files.
WAGTAIL: dict[str, frozenset[str]] = {
    "admin": frozenset(ROLES) - GUESTS,
    "pages": frozenset({"elsewhere", "webmaster", "author", "superuser"}),
    "page": frozenset({"author", "superuser"}),
    "templates": frozenset({"elsewhere", "author", "superuser"}),
    "offering": frozenset({"superuser"}),
    "many": frozenset({"owner", "superuser"}),
    "django": frozenset({"webmaster", "superuser"}),
    "collection": frozenset({"superuser"}),
    "anyone": frozenset(ROLES),
    "superuser": frozenset({"superuser"}),
    "nobody": frozenset(),
}

# What may be done with a contract in which state. Outside of these states the same post is answered
# with the page again, and nothing is written.
SENT = frozenset({"negotiating", "signing", "signed", "declined", "expired", "withdrawn"})
INSIDE = frozenset({"draft", "in_approval", "approved"})
ACTS: dict[str, tuple[str, frozenset[str]]] = {
    "edit": ("edit", frozenset({"draft", "negotiating", "signing"})),
    "delete": ("edit", frozenset({"draft"})),
    "parties": ("edit", frozenset({"draft"})),
    "details": ("edit", frozenset({"draft"})),
    "take_template": ("edit", frozenset({"draft"})),
    "send": ("send", frozenset({"draft", "approved"})),
    "approve": ("approve", frozenset({"in_approval"})),
    "recall_approval": ("send", frozenset({"in_approval", "approved"})),
    "answer_approver": ("send", frozenset({"in_approval", "approved"})),
    "revise": ("send", frozenset({"negotiating", "signing"})),
    "open_signing": ("send", frozenset({"negotiating"})),
    "reopen": ("send", frozenset({"signing"})),
    "remind": ("send", frozenset({"negotiating", "signing"})),
    "reminders": ("send", INSIDE | {"negotiating", "signing"}),
    "confidential": ("send", INSIDE | {"negotiating", "signing"}),
    "reissue": ("send", SENT),
    "replace_person": ("send", frozenset({"negotiating", "signing"})),
    "add_person": ("send", frozenset({"negotiating", "signing"})),
    "revoke_access": ("send", frozenset({"signed", "declined"})),
    "opening": ("send", INSIDE | {"negotiating"}),
    "copy_link": ("send", frozenset({"negotiating", "signing"})),
    "extend": ("send", frozenset({"negotiating", "signing", "expired"})),
    "unlock_block": ("unlock", frozenset({"draft", "negotiating", "signing"})),
    "withdraw": ("send", frozenset({"negotiating", "signing"})),
    "duplicate": ("create", SENT | INSIDE),
    "amend": ("create", frozenset({"signed"})),
    "renew": ("create", frozenset({"signed"})),
    "replace": ("create", frozenset({"signed"})),
    "sign": ("signatory", frozenset({"signing"})),
    "sealed": ("view", frozenset({"signed"})),
}
LOGIN, HOME, NOT_FOUND = 302, 302, 404
NAMING = ("contract", "chosen", "workspace", "place", "item")


def sees(role: str) -> bool:
    """Whether contracts of the marked workspace exist for this role at all."""
    return "view" in HELD[role]


def holds(role: str, need: str) -> bool:
    """Whether a role has what a door asks for; `create|edit` is either of the two."""
    if need in WAGTAIL:
        return role in WAGTAIL[need]
    return sees(role) and bool(set(need.split("|")) & HELD[role])


def holds_elsewhere(role: str, need: str) -> bool:
    """Whether a role has it in the other workspace."""
    return bool(set(need.split("|")) & ELSEWHERE.get(role, frozenset()))


def _writes(role: str, need: str, kind: str) -> bool:
    """Whether a role sees the marked workspace; for an upload, whether it writes texts anywhere."""
    return holds(role, need) or holds_elsewhere(role, need) if kind == "upload" else sees(role)


def refusal(role: str, need: str, kind: str) -> int | None:
    """What a role is answered at a door of ours; None where it is let in.

    `contract`, `chosen`, `workspace`, `place` (a workspace to its members) and `item` (of a
    catalogue) are doors that name one: who doesn't see it is told that there is none. `list` is a
    door to whatever one sees oneself.
    `template` makes a contract from a template of the marked workspace, `sample` shows what such a
    contract would look like, or a file in it, to whoever may learn of the template; `upload` takes
    a file from whoever writes texts. `message` is about one delivery, or what one person was told,
    `seat` about the part of one member of staff, `set` and `picked` about one
    shared set of data fields, `new` makes one; `circular` is about one text for many.
    `own` is a page of one participant, `secret` the page behind a link: with another secret than
    one's own it is no link.
    """
    if kind in ("own", "secret"):
        return None if need in HELD[role] else NOT_FOUND
    if kind == "public":
        return None
    if role in GUESTS:
        return LOGIN
    if kind in ("sample", "upload"):
        return None if holds(role, "page") or _writes(role, need, kind) else NOT_FOUND
    if kind in ("message", "seat", "set", "picked"):
        return None if holds(role, need) else NOT_FOUND
    if kind in NAMING and not (holds(role, "administer") if kind == "workspace" else sees(role)):
        return NOT_FOUND
    if holds(role, need) or (kind == "list" and holds_elsewhere(role, need)):
        return None
    named = kind in ("template", "circular")
    return NOT_FOUND if named and holds_elsewhere(role, need) else HOME
