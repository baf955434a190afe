"""The agreements written for this project, read by the importer and by an independent reader."""

from __future__ import annotations

import pytest

from tests.texts import agreements, contract, source
from tests.texts.comparing import difference
from wagtail_contracts.contracts.core import content
from wagtail_contracts.contracts.core.importing import read

FOUND = agreements.together(agreements.files(str(agreements.OWN)))


@pytest.mark.parametrize("agreement", FOUND, ids=agreements.name)
def test_both_readers_see_the_same_parts(agreement):
    texts = [(path.name, path.read_text(encoding="utf-8")) for path in agreement]
    imported = read(texts)
    fields = [{"kind": entry["type"], **entry["value"]} for entry in imported.fields]
    shown = {field["key"]: field["help"] or "Yes" for field in fields}
    prompts = [field["help"] for field in fields if field["kind"] not in ("choice", "yes_no")]
    picks = [0 for field in fields if field["kind"] == "choice"]

    expected = source.read([text for _name, text in texts], prompts, picks)

    assert difference(expected, contract.read(drafted(imported, fields), shown)) == ""


def drafted(imported, fields):
    """The content of a contract in which everybody answers with the question."""
    values = {field["key"]: field["help"] for field in fields}
    values |= {field["key"]: "option_1" for field in fields if field["kind"] == "choice"}
    definitions = [
        {**field, "options": [option["value"] for option in field.get("options", [])]}
        for field in fields
    ]
    return content.content(
        title=imported.title,
        language="en",
        template="",
        roles=[],
        parties=[],
        fields=definitions,
        values=values,
        body=imported.body,
    )
