"""Values that nobody fills in: the server computes them from the others.

The canonical definition of a computed field has an `expression`; it is that of no role. Its kind is
that of its value, so that it is shown like any other.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from wagtail_contracts.contracts.core import cycles
from wagtail_contracts.contracts.core.expressions import Invalid, Type, check, names, type_of, value

Field = Mapping[str, Any]
Values = Mapping[str, Any]


def computed(
    fields: Sequence[Field], values: Values, without: Collection[str] = ()
) -> dict[str, Any]:
    """The values with the computed ones among them; those in `without` have none.

    What a computed field had before is forgotten. One that can't be computed, because an answer is
    missing or its expression is wrong, has no value.
    """
    found = {**values, **dict.fromkeys(without)}
    formulas = {item["key"]: item for item in fields if is_computed(item)}
    found.update(dict.fromkeys(formulas))
    kinds = types(fields)
    for key in cycles.ordered({key: asked(item) for key, item in formulas.items()}):
        if key not in without:
            found[key] = _value(formulas[key], kinds, found)
    return found


def is_computed(field: Field) -> bool:
    """Whether nobody fills it in."""
    return bool(field.get("expression"))


def guarded(fields: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The definitions; what is computed from something sensitive is sensitive, too."""
    needs = {item["key"]: asked(item) for item in fields if is_computed(item)}
    sensitive = {item["key"] for item in fields if item["sensitive"]}
    for key in cycles.ordered(needs):
        if needs[key] & sensitive:
            sensitive.add(key)
    return [{**item, "sensitive": item["key"] in sensitive} for item in fields]


def types(fields: Sequence[Field]) -> dict[str, Type]:
    """What expressions may ask for, by key."""
    return {item["key"]: type_of(item) for item in fields}


def asked(field: Field) -> frozenset[str]:
    """The keys that a computed field is made from."""
    try:
        return names(field["expression"])
    except Invalid:
        return frozenset()


def fits(field: Field, found: Type) -> bool:
    """Whether a computed field may have a value of this type."""
    return (found.kind, found.currency) == type_of(field)[:2]


def _value(field: Field, kinds: Mapping[str, Type], values: Values) -> Any:
    try:
        if not fits(field, check(field["expression"], kinds)):
            return None
        return value(field["expression"], values)
    except Invalid:
        return None
