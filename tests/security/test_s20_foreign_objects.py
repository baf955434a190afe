"""S-20: a foreign object is "404", in every door of the editors.

The answers of every address by role, compared with `s20_matrix.txt`; an address without a row
fails, so that a new release of Wagtail adds no door unseen.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tests import builders, tables
from tests.admin.test_strangers import addresses
from wagtail_contracts.contracts.models import Contract

MATRIX = Path(__file__).with_name("s20_matrix.txt")
ROLES = ("anonymous", "stranger", "elsewhere", "reader", "editor", "sender", "superuser")


def browser(role: str, stage: SimpleNamespace, users: Any) -> Client:
    """A browser of somebody in this role."""
    space = stage.contract.workspace
    made = {
        "stranger": lambda: builders.staff("stranger"),
        "elsewhere": lambda: builders.staff("elsewhere", builders.workspace("legal")),
        "reader": lambda: builders.staff("reader", space, ("view",)),
        "editor": lambda: builders.staff("editor", space, ("view", "edit")),
        "sender": lambda: stage.sender,
        "superuser": lambda: users.objects.create_superuser("root", "root@example.com", "x"),
    }
    client = Client()
    if role != "anonymous":
        client.force_login(made[role]())
    return client


def answers(client: Client, contract: Contract) -> dict[str, str]:
    """GET of every address of the viewset and of its chooser, and of an address of no contract."""
    viewset: Any = Contract.snippet_viewset  # type: ignore[attr-defined]
    found = {}
    for prefix, patterns in (("", viewset), ("chooser ", viewset.chooser_viewset)):
        for name, url, _names_it in addresses(patterns, contract):
            found[prefix + name] = str(client.get(url).status_code)
    return found


def committed() -> dict[str, dict[str, str]]:
    """The matrix: a row for each address, a column for each role."""
    head, *rows = [line.split() for line in MATRIX.read_text().splitlines() if line.strip()]
    return {row[0].replace("_of_", " "): dict(zip(head[1:], row[1:], strict=True)) for row in rows}


@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_as_the_matrix_says(sent, django_user_model, role):
    client = browser(role, sent, django_user_model)
    but = ("audit_event", "audit_trail", "audit_disclosure") if role == "superuser" else ()
    with tables.unchanged(but=but):
        found = answers(client, sent.contract)
    expected = {name: columns[role] for name, columns in committed().items()}
    assert found == expected
