"""What staff say of an act at too great a length is refused, and stays where they typed it."""

from datetime import timedelta

import pytest

from tests import tables
from tests.admin import posts
from tests.flows.signing.test_reasons import LONG, PER, SENTENCE, TOO_LONG
from wagtail_contracts.contracts import flows as contracts


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("withdraw", {}),
        ("reopen", {}),
        ("extend", {"deadline": ""}),
        ("replace_person", {"name": PER.name, "email": PER.email, "participant": ""}),
        ("revoke_access", {"participant": ""}),
    ],
)
def test_staff_keep_what_they_typed_at_length(admin, sent, name, more):
    if name == "revoke_access":
        reader = contracts.add_person(sent.kari.party, PER, "reader", by=sent.owner)
        more = {"participant": reader.public_id}
    elif "participant" in more:
        more = {**more, "participant": sent.kari.public_id}
    elif "deadline" in more:
        more = {"deadline": str(sent.contract.deadline + timedelta(days=1))}
    place = posts.address(name, sent.contract.pk)
    with tables.unchanged():
        answer = admin.post(place, {**more, "reason": TOO_LONG})
    assert answer.status_code == 200
    assert SENTENCE in answer.content.decode()
    assert f"{TOO_LONG}</textarea>" in answer.content.decode()
    assert admin.post(place, {**more, "reason": LONG}).status_code == 302
