"""From a template to versions, by the flows."""

from types import SimpleNamespace

from wagtail_contracts import canonical
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.core import trees


def names(sent: SimpleNamespace) -> list[str]:
    return [event.name for event in Event.objects.of(sent.contract.trail)]


def test_sending_freezes_version_1_and_records_it(sent):
    version = sent.version

    assert version.number == 1
    assert sent.contract.state == "signing"
    record = canonical.decode(version.record.encode())
    assert record["content_digest"] == canonical.digest(
        canonical.CONTRACT_CONTENT, record["content"]
    )
    assert version.digest == canonical.digest(canonical.CONTRACT_VERSION, record)
    assert names(sent) == ["contract.created", "version.created", "contract.sent"]
    assert audit.verify(sent.contract.trail, deep=True).length == 3


def test_an_answer_makes_the_next_version_from_the_current_one(answered, sent):
    assert answered.version.number == 2
    values = trees.values_by_key(answered.version.content)
    assert values["invoice"] == "pay@customer.example"
    assert values["until"] is None
    before, after = sent.version.content, answered.version.content
    filled_in = {"values": None, "offer": None}
    assert before | filled_in == after | filled_in
    assert answered.version.contract_json["previous"] == sent.version.digest
