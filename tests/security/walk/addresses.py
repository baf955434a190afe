"""Every address of a site: what the resolver knows, with objects of the marked workspace filled in.

Nothing is listed here, so nothing can be left out; only how to fill a gap is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

URLCONF = "tests.security.apis"  # the example site, and both of Wagtail's APIs as a site might have
UNNAMED = "path"  # a gap without a name


@dataclass(frozen=True)
class Address:
    """One pattern: its name with the namespaces, its route, and what has to be filled in."""

    name: str
    route: str
    gaps: tuple[str, ...]

    @property
    def key(self) -> str:
        """What a row of the list of doors calls it."""
        return self.name or f"/{self.route}"

    def filled(self, objects: Mapping[str, Any]) -> str:
        """The address. Raises KeyError for a gap that nothing is known for."""
        if not self.name:
            return "/" + self.route.replace("^.*/$", "no-such-page/")
        if self.gaps == (UNNAMED,):
            return reverse(self.name, urlconf=URLCONF, args=[objects[UNNAMED]])
        kwargs = {gap: objects[gap] for gap in self.gaps}
        return reverse(self.name, urlconf=URLCONF, kwargs=kwargs)


@cache
def every() -> dict[str, Address]:
    """All addresses by key; where two patterns share a name, the gaps tell them apart."""
    found = list(_below(get_resolver(URLCONF).url_patterns))
    times = Counter(address.key for address in found)
    keyed = {}
    for address in found:
        key = address.key
        if times[key] > 1:
            key = f"{key}({','.join(address.gaps)})"
        if key in keyed:
            raise AssertionError(f"two addresses are called {key}")
        keyed[key] = address
    return keyed


def _below(
    patterns: list[Any], route: str = "", names: tuple[str, ...] = (), gaps: tuple[str, ...] = ()
) -> Iterator[Address]:
    for item in patterns:
        here, there = route + str(item.pattern), (*gaps, *_gaps(item.pattern))
        if isinstance(item, URLResolver):
            space = (item.namespace,) if item.namespace else ()
            yield from _below(item.url_patterns, here, (*names, *space), there)
        elif isinstance(item, URLPattern):
            name = ":".join([*names, item.name]) if item.name else ""
            yield Address(name, here, there)


def _gaps(pattern: Any) -> list[str]:
    found = dict(getattr(pattern, "converters", {}))
    regex = getattr(pattern, "regex", None)
    named = list(found or (regex.groupindex if regex else {}))
    return named or [UNNAMED] * (regex.groups if regex else 0)
