"""A comparison of two versions in canonical form: what evidence says was shown.

The rules are published in docs/explanation/evidence-trail.md, so that anybody who holds both
versions can work out its digest. They know nothing of how a page draws changes.
"""

from collections.abc import Mapping
from typing import Any

from wagtail_contracts import canonical
from wagtail_contracts.contracts.core import diffs

FORMAT = 1  # it changes when the rules do


def record(old: Mapping[str, Any], new: Mapping[str, Any], digests: tuple[str, str]) -> Any:
    """The canonical value, from two versions as published and the digests of both."""
    found = diffs.plain(old["content"], new["content"])
    changes = sorted((change.part, change.key, change.kind) for change in found)
    return {
        "format": FORMAT,
        "from": {"version": old["version"], "digest": digests[0]},
        "to": {"version": new["version"], "digest": digests[1]},
        "changes": [{"part": part, "key": key, "kind": kind} for part, key, kind in changes],
    }


def digest(old: Mapping[str, Any], new: Mapping[str, Any], digests: tuple[str, str]) -> str:
    """The digest of the comparison."""
    return canonical.digest(canonical.COMPARISON, record(old, new, digests))
