"""contract.json: its schema, its page in the documentation, and the program on that page."""

import copy
import itertools
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.unit.contracts import made
from wagtail_contracts import canonical

DOCS = Path(__file__).parents[3] / "docs" / "reference"
SCHEMA = json.loads((DOCS / "contract.schema.json").read_text())
PAGE = (DOCS / "contract-json.md").read_text()
RECORD = made.version(made.content()).contract_json


VALIDATOR = Draft202012Validator(SCHEMA)


def faults(record):
    """The first fault, as a list."""
    return list(itertools.islice(VALIDATOR.iter_errors(record), 1))


def objects(node, path=()):
    """The path of every object in the record."""
    if isinstance(node, dict):
        yield path
        for key, part in node.items():
            yield from objects(part, (*path, key))
    if isinstance(node, list):
        for place, part in enumerate(node):
            yield from objects(part, (*path, place))


def shapes(record):
    """The path of the first object of each shape."""
    first = {}
    for path in objects(record):
        node = at(record, path)
        first.setdefault((node.get("type"), *sorted(node)), path)
    return list(first.values())


def at(record, path):
    for step in path:
        record = record[step]
    return record


def run(path):
    program = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]
    return subprocess.run(  # noqa: S603 - the program of our own page
        [sys.executable, "-I", "-c", program, str(path)], capture_output=True, text=True
    )


def test_the_schema_itself_is_right():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["sent", "in_review", "answered"])
def test_every_version_that_a_flow_freezes_is_what_the_schema_says(stage, request):
    contract = request.getfixturevalue(stage).contract
    assert [faults(version.contract_json) for version in contract.versions.all()] == [
        [] for _version in contract.versions.all()
    ]


def test_a_version_with_every_kind_of_block_is_what_the_schema_says():
    assert {block["type"] for block in RECORD["content"]["body"]} == {
        "heading",
        "clause",
        "definition",
        "text",
        "list",
        "table",
        "field_place",
        "area",
        "signatures",
    }
    assert faults(RECORD) == []


@pytest.mark.parametrize("path", shapes(RECORD), ids=lambda path: "/".join(map(str, path)))
def test_no_key_may_be_added_or_missing_or_have_another_name(path):
    assert faults(RECORD) == []
    for bend in (added, missing, renamed):
        record = copy.deepcopy(RECORD)
        bend(at(record, path))
        assert faults(record), bend.__name__


def added(node):
    node["more"] = None


def missing(node):
    node.pop(next(iter(node)))


def renamed(node):
    key = next(iter(node))
    node[f"{key}_x"] = node.pop(key)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format", "number"), 2),
        (("content", "format"), 2),
        (("frozen_at",), "2026-11-20T09:12:00+01:00"),
        (("previous",), "F" * 64),
        (("content", "parties", 0, "rule", "count"), 1),
        (("content", "values", 0, "value", "amount"), "5300"),
        (("content", "values", 2, "value"), 3),
        (("content", "body", 0, "number"), "1"),
        (("content", "body", 2, "number"), None),
        (("content", "body", 2, "style"), "2."),
        (("content", "body", 2, "start"), 0),
        (("content", "body", 5, "style"), "1."),
        (("content", "body", 0, "level"), 5),
        (("content", "body", 1, "content", 1, "content", 1, "href"), "javascript:alert(1)"),
        (("content", "exhibits"), [{}]),
    ],
)
def test_a_value_of_another_shape_is_refused(path, value):
    record = copy.deepcopy(RECORD)
    at(record, path[:-1])[path[-1]] = value
    assert faults(record)


def test_the_page_explains_every_key():
    named = set(re.findall(r"`([a-z_]+)`", PAGE))
    keys = {key for path in objects(RECORD) for key in at(RECORD, path)}
    assert keys - named == set()


def test_the_program_on_the_page_recomputes_both_digests(tmp_path):
    version = made.version(made.content())
    path = tmp_path / "contract.json"
    path.write_bytes(version.record.encode())
    content = canonical.digest(canonical.CONTRACT_CONTENT, version.contract_json["content"])
    assert run(path).stdout == f"content {content}\nversion {version.digest}\n"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Kunde AS", "Kunden AS", "The content is not what its digest says."),
        ('"own":true', '"own": true', "This file is not in canonical form."),
    ],
)
def test_the_program_on_the_page_refuses_a_changed_file(tmp_path, old, new, says):
    record = made.version(made.content()).record
    assert old in record
    path = tmp_path / "contract.json"
    path.write_bytes(record.replace(old, new).encode())
    answer = run(path)
    assert (answer.returncode, answer.stdout, answer.stderr.strip()) == (1, "", says)
