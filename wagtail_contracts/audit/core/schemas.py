"""The shape of what an event says about itself: which fields, of which types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import GenericAlias, NoneType, UnionType
from typing import Any, get_args, get_origin

# What has one canonical form, and no other type; a bool is no int here.
TYPES = frozenset({NoneType, bool, int, str, list, dict})
FIELD = re.compile(r"[a-z][a-z0-9_]{0,63}")


class UnknownType(TypeError):
    """A field was given a type that no record can hold."""


@dataclass(frozen=True)
class Field:
    """The types that a value may have; of a list, those of its items, or None for any."""

    types: frozenset[type]
    items: frozenset[type] | None = None

    def fits(self, value: Any) -> bool:
        """Whether a value is of these types, exactly."""
        if type(value) not in self.types:
            return False
        if self.items is None or type(value) is not list:
            return True
        return all(type(item) in self.items for item in value)

    def __str__(self) -> str:
        inner = f"[{_names(self.items)}]" if self.items else ""
        return _names(self.types).replace("list", f"list{inner}")


@dataclass(frozen=True)
class Schema:
    """Fields that are always there, fields that may be, and the type of all others, if any."""

    required: Mapping[str, Field] = field(default_factory=dict)
    optional: Mapping[str, Field] = field(default_factory=dict)
    others: Field | None = None

    def fault(self, data: Mapping[str, Any]) -> str:
        """What is wrong with the first field that doesn't fit; empty where all do."""
        for name, value in data.items():
            expected = self.required.get(name) or self.optional.get(name) or self.others
            if expected is None:
                return f"{name!r} is not among its fields ({self})"
            if not expected.fits(value):
                return f"{name!r} is a {expected} and not {value!r}"
        for name in self.required:
            if name not in data:
                return f"{name!r} is missing"
        return ""

    def __str__(self) -> str:
        told = [f"{name}: {held}" for name, held in self.required.items()]
        told += [f"{name}?: {held}" for name, held in self.optional.items()]
        told += [f"…: {self.others}"] if self.others else []
        return ", ".join(told) or "it has none"


def read(given: Mapping[str, Any]) -> dict[str, Field]:
    """The fields of a declaration, {"version": int, "deadline": str | None}. Raises UnknownType."""
    for name in given:
        if not FIELD.fullmatch(name):
            raise UnknownType(f"{name!r} can't be the name of a field")
    return {name: read_one(kind) for name, kind in given.items()}


def read_one(kind: Any) -> Field:
    """One type, a union of types, or list[…]. Raises UnknownType."""
    parts = get_args(kind) if isinstance(kind, UnionType) else (kind,)
    types: set[type] = set()
    items: frozenset[type] | None = None
    for part in parts:
        if isinstance(part, GenericAlias) and get_origin(part) is list:
            types.add(list)
            items = read_one(get_args(part)[0]).types
        else:
            types.add(NoneType if part is None else part)
    if not types <= TYPES:
        raise UnknownType(f"{kind!r} is none of {_names(TYPES)}")
    return Field(frozenset(types), items)


def _names(types: frozenset[type]) -> str:
    return " | ".join(sorted("None" if kind is NoneType else kind.__name__ for kind in types))
