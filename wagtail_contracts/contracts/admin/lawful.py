"""What the list of laws says of a template, beside its editor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wagtail_contracts.contracts.admin.faults import Finding
from wagtail_contracts.contracts.blocks import definitions
from wagtail_contracts.contracts.flows.lawful import asked_of
from wagtail_contracts.contracts.rendering import law


def warnings(template: Any) -> Iterator[Finding]:
    """What its contracts would be refused for, and what else is known of its kind there."""
    kind, place = template.kind, template.jurisdiction
    if said := law.void(kind, place) or law.warning(kind, place):
        yield Finding(said, "roles")
    for said in law.barred(kind, place, asked_of(definitions(template.roles))):
        yield Finding(said, "roles")
