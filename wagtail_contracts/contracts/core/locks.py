"""The rule for locked blocks, on plain data.

`outline` is the stream that the contract was made from, as stored: a list of blocks with "id",
"type" and "value", which holds the "policy". `posted` is what a form sent. `problems` says what is
wrong with it; `arrange` builds the stream that may be kept, taking only the values that may differ,
so that it is safe even where a check was forgotten.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LOCKED, EDITABLE, OPTIONAL = "locked", "editable", "optional"
UNLOCKED = "unlocked"  # the mark of an outline's block that somebody unlocked in this contract
Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Posted:
    """One block as a form sent it; `value` counts only where the block is editable."""

    id: str
    type: str
    omitted: bool = False
    value: Any = None


def policy_of(entry: Entry) -> str:
    """Anything unknown counts as locked."""
    policy = entry["value"].get("policy")
    return policy if policy in (EDITABLE, OPTIONAL) else LOCKED


def problems(outline: Sequence[Entry], posted: Sequence[Posted]) -> list[tuple[str, str]]:
    """List (code, block id) for every way in which the structure was tampered with."""
    known = {entry["id"]: entry for entry in outline}
    sent = [post.id for post in posted]
    found = [("duplicated", id) for id, times in Counter(sent).items() if times > 1 and id in known]
    found += [("added", id) for id in sent if id not in known]
    found += [("missing", id) for id in known if id not in sent]
    for post in posted:
        entry = known.get(post.id)
        if entry and post.type != entry["type"]:
            found.append(("retyped", post.id))
        if entry and post.omitted and policy_of(entry) != OPTIONAL:
            found.append(("removed", post.id))
    if not found and sent != list(known):
        found += [("moved", id) for id, was in zip(sent, known, strict=True) if id != was][:1]
    return found


def arrange(outline: Sequence[Entry], posted: Sequence[Posted]) -> Iterator[tuple[Entry, Any]]:
    """Yield (entry, value) in outline order; None means that the outline's own value stays."""
    sent = {post.id: post for post in posted}
    for entry in outline:
        post = sent.get(entry["id"])
        policy = policy_of(entry)
        if policy == OPTIONAL and post and post.omitted:
            continue
        usable = post and policy == EDITABLE and post.type == entry["type"]
        yield entry, post.value if post and usable else None


def unlock(outline: Sequence[Entry], id: str) -> list[dict[str, Any]]:
    """The outline with one block editable from now on, and marked as unlocked."""
    return [
        {**entry, UNLOCKED: True, "value": {**entry["value"], "policy": EDITABLE}}
        if entry["id"] == id
        else dict(entry)
        for entry in outline
    ]


def unlocked(outline: Sequence[Entry]) -> list[str]:
    """The ids of the blocks that were unlocked, in order."""
    return [entry["id"] for entry in outline if entry.get(UNLOCKED)]


def locked_again(
    outline: Sequence[Entry], body: Sequence[Entry]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Outline and text as before anybody unlocked: for another contract nobody has.

    Those blocks are locked and say what they began with.
    """
    before = {
        entry["id"]: {
            **{name: part for name, part in entry.items() if name != UNLOCKED},
            "value": {**entry["value"], "policy": LOCKED},
        }
        for entry in outline
        if entry.get(UNLOCKED)
    }
    kept = {
        id: {name: part for name, part in entry.items() if name != "origin"}
        for id, entry in before.items()
    }
    return (
        [before.get(entry["id"], dict(entry)) for entry in outline],
        [kept.get(entry["id"], dict(entry)) for entry in body],
    )


def begun(outline: Sequence[Entry], body: Sequence[Entry]) -> list[Entry]:
    """The outline as it was for a form that began with `body`: what was unlocked since is locked.

    Such a form has no inputs for it; nothing gets more open by this.
    """
    then = {entry["id"]: policy_of(entry) for entry in body}
    return [
        {**entry, "value": {**entry["value"], "policy": LOCKED}}
        if entry.get(UNLOCKED) and then.get(entry["id"]) == LOCKED
        else entry
        for entry in outline
    ]
