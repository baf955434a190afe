"""What a counterparty sees is made from the frozen version alone: no table is read."""

import json

import pytest
from django.db import connection

from wagtail_contracts.contracts.rendering import changes, html
from wagtail_contracts.contracts.rendering import print as printing
from wagtail_contracts.contracts.rendering.answers import answer_inputs

pytestmark = pytest.mark.django_db


def everything(version, older):
    """All that is shown of a version, as one text."""
    content = version.content
    inputs = answer_inputs(content["fields"], {}, {}, "nb", content=content)
    bundle = printing.bundle(version, evidence=b"{}", signatures=[], trail={}, at=version.frozen_at)
    return "".join(
        [
            html.document(content, language="nb"),
            html.document(content, inputs=inputs),
            changes.comparison(older.content, content).html,
            bundle.html,
            printing.draft_bundle(content, "X-1").html,
        ]
    )


def test_no_table_is_read_while_it_is_shown(answered, django_db_blocker):
    older, version = answered.contract.versions.all()
    with django_db_blocker.block():
        with pytest.raises(RuntimeError):
            connection.ensure_connection()
        shown = everything(version, older)
    assert "Hosting 2027" in shown


def test_a_change_of_the_working_copy_is_not_seen(answered):
    older, version = answered.contract.versions.all()
    before = everything(version, older)
    contract = answered.contract
    contract.title, contract.body, contract.values = "Changed afterwards", [], {}
    contract.save()
    again = contract.versions.get(pk=version.pk)
    assert everything(again, contract.versions.get(pk=older.pk)) == before


def test_the_attached_contract_is_the_stored_text(answered):
    version = answered.version
    bundle = printing.bundle(version, evidence=b"{}", signatures=[], trail={}, at=version.frozen_at)
    contract, evidence = bundle.attachments
    assert (contract.name, contract.relationship) == ("contract.json", "Source")
    assert contract.content == version.record.encode()
    assert json.loads(contract.content) == version.contract_json
    assert (evidence.name, evidence.relationship, evidence.content) == (
        "evidence.json",
        "Data",
        b"{}",
    )
