"""Who fills in the data fields of an import."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wagtail_contracts.contracts.core.importing.drafts import Imported

CHIP = re.compile(r'data-contract-field="([^"]+)"')


class UnknownKey(ValueError):
    """A field or a role that the import does not have; `known` are those that it has."""

    def __init__(self, kind: str, key: str, known: list[str]) -> None:
        super().__init__(key)
        self.kind, self.key, self.known = kind, key, known


def assign(imported: Imported, wanted: Mapping[str, str]) -> Imported:
    """The import with roles for fields by key. Raises UnknownKey.

    Fields in the options of a choice go with the choice unless they are named themselves: nobody
    else would know whether they are needed.
    """
    fields = {item["value"]["key"]: item["value"] for item in imported.fields}
    roles = {item["value"]["key"] for item in imported.roles}
    for key, role in wanted.items():
        if key not in fields:
            raise UnknownKey("field", key, sorted(fields))
        if role not in roles:
            raise UnknownKey("role", role, sorted(roles))
    inside = {key: wanted[choice] for choice in wanted for key in _inside(fields[choice])}
    given = {**inside, **wanted}
    made = [_with_role(item, given) for item in imported.fields]
    return replace(imported, fields=made)


def _inside(definition: Mapping[str, Any]) -> list[str]:
    options = definition.get("options", [])
    return [key for option in options for key in CHIP.findall(option["value"]["text"])]


def _with_role(item: dict[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    value = item["value"]
    return {**item, "value": {**value, "role": given.get(value["key"], value["role"])}}
