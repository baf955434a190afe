"""Whatever is posted about the blocks of a contract: what is locked stays as it is."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import builders
from wagtail_contracts.contracts.admin.locked import LockedBlockField
from wagtail_contracts.contracts.blocks import ContractStream
from wagtail_contracts.contracts.core import locks

BLOCK = ContractStream()
OUTLINE = [
    {**item, "id": f"{place:08d}-0000-4000-8000-000000000000"}
    for place, item in enumerate(builders.BODY)
]
IDS = [item["id"] for item in OUTLINE]
KINDS = sorted(BLOCK.child_blocks)
TEXT = st.sampled_from(["", "x", "[]", "{}", '{"blocks": [], "entityMap": {}}', "<p>Forged</p>"])
NUMBER = st.sampled_from(["0", "1", "2", "5", "11", "12", "13", "-1", "", "x", "99999999999"])
PARTS = {
    "id": st.sampled_from([*IDS, "", "x", "00000000-0000-4000-8000-000000000001"]),
    "type": st.sampled_from([*KINDS, "raw_html", ""]),
    "order": NUMBER,
    "deleted": st.sampled_from(["", "1", "on"]),
    "value-text": TEXT,
    "value-heading": TEXT,
    "value-policy": st.sampled_from(["editable", "optional", "locked", ""]),
    "value-blocks-count": NUMBER,
    "value-blocks-0-id": st.sampled_from([*IDS, "", "00000000-0000-4000-8000-000000000002"]),
    "value-blocks-0-type": st.sampled_from([*KINDS, ""]),
    "value-blocks-0-order": NUMBER,
    "value-blocks-0-deleted": st.sampled_from(["", "1"]),
    "value-blocks-0-value-text": TEXT,
}
CHANGE = st.tuples(st.integers(0, len(OUTLINE)), st.sampled_from(sorted(PARTS)))


def honest() -> dict[str, str]:
    made = {"body-count": str(len(OUTLINE))}
    for place, item in enumerate(OUTLINE):
        head = {"id": item["id"], "type": item["type"], "order": str(place), "deleted": ""}
        made |= {f"body-{place}-{name}": value for name, value in head.items()}
    return made


def read(post: dict[str, str]) -> tuple[Any, list[str]]:
    data = QueryDict(mutable=True)
    data.update(post)
    field = LockedBlockField(BLOCK, OUTLINE, BLOCK.to_python(OUTLINE))
    value = field.widget.value_from_datadict(data, {}, "body")
    return value, value.problems


def insist_on_locks(value: Any) -> None:
    """Locked blocks are all there, in order, word for word; optional ones are whole or gone."""
    stored = value.get_prep_value()
    by_id = {item["id"]: item for item in OUTLINE}
    ids = [item["id"] for item in stored]
    assert ids == [id for id in IDS if id in ids]
    for item in OUTLINE:
        if locks.policy_of(item) != locks.OPTIONAL:
            assert item["id"] in ids
    for item in stored:
        outline = by_id[item["id"]]
        assert item["type"] == outline["type"]
        assert item["value"]["policy"] == outline["value"]["policy"]
        if locks.policy_of(outline) != locks.EDITABLE:
            assert item["value"] == {"condition": None, **outline["value"]}


@given(changes=st.lists(CHANGE, max_size=12), values=st.data())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_change_of_an_honest_post_moves_a_lock(changes, values):
    post = honest()
    for place, part in changes:
        post[f"body-{place}-{part}"] = values.draw(PARTS[part])
    value, _problems = read(post)
    insist_on_locks(value)


@given(
    count=NUMBER,
    posted=st.lists(st.fixed_dictionaries({}, optional=PARTS), max_size=14),
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_post_at_all_moves_a_lock(count, posted):
    post = {"body-count": count}
    for place, parts in enumerate(posted):
        post |= {f"body-{place}-{name}": value for name, value in parts.items()}
    value, problems = read(post)
    insist_on_locks(value)
    complete = {post.get(f"body-{place}-id") for place in range(len(OUTLINE))} == set(IDS)
    assert problems or complete


@given(drop=st.sampled_from(sorted(honest())))
def test_a_post_with_an_input_missing_is_refused(drop):
    post = {name: value for name, value in honest().items() if name != drop}
    _value, problems = read(post)
    assert problems
