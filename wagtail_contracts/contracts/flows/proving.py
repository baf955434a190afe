"""Whether the rows of a contract are what was frozen, and what its trail says of its state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from wagtail_contracts import canonical, events
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.flows.composing import digest_of
from wagtail_contracts.contracts.flows.versioning import FORMAT
from wagtail_contracts.contracts.models import Contract, ContractVersion

CHUNK = 10  # versions in memory at once
FIELDS = {"format", "number", "version", "previous", "frozen_at", "content_digest", "content"}


class VersionFault(NamedTuple):
    """What is wrong with a version: gap, text, form, row, previous, content, offer, or current."""

    version: int
    fault: str


class Stand(NamedTuple):
    """The columns of a contract that follow from its events; the deadline as in ISO 8601."""

    state: str = states.DRAFT
    expired_from: str = ""
    deadline: str = ""


def version_faults(contract: Contract) -> Iterator[VersionFault]:
    """Recompute every version from its stored text, in order; writes nothing."""
    expected = 1
    previous: ContractVersion | None = None
    for version in contract.versions.order_by("number").iterator(chunk_size=CHUNK):
        if version.number == expected:
            follows = previous.digest if previous else None
            found = _faults(contract, version, follows)
        else:
            yield VersionFault(expected, "gap")
            found = _faults(contract, version, ...)
        yield from (VersionFault(version.number, fault) for fault in found)
        expected, previous = version.number + 1, version
    newest = previous.pk if previous else None
    if contract.current_version_id != newest:
        yield VersionFault(expected - 1, "current")


def stand_after(stand: Stand, name: str, data: Mapping[str, Any]) -> Stand:
    """How a contract stands after one more event."""
    moves = {
        events.SIGNING_OPENED: states.SIGNING,
        events.SIGNING_REOPENED: states.NEGOTIATING,
        events.CONTRACT_SIGNED: states.SIGNED,
        events.CONTRACT_DECLINED: states.DECLINED,
        events.CONTRACT_WITHDRAWN: states.WITHDRAWN,
    }
    if name in moves:
        return stand._replace(state=moves[name], expired_from="")
    if name == events.CONTRACT_SENT:
        return Stand(data["into"], "", data["deadline"])
    if name == events.CONTRACT_EXPIRED:
        return stand._replace(state=states.EXPIRED, expired_from=data["was"])
    if name == events.CONTRACT_EXTENDED:
        state = stand.expired_from if stand.state == states.EXPIRED else stand.state
        return Stand(state, "", data["deadline"])
    return stand


def stand(contract: Contract) -> Stand:
    """How a contract stands by its row; approvals are none of the others' business."""
    deadline = str(contract.deadline) if contract.deadline else ""
    state = states.DRAFT if contract.state in states.INSIDE else contract.state
    return Stand(state, contract.expired_from, deadline)


def _faults(contract: Contract, version: ContractVersion, follows: Any) -> Iterator[str]:
    """`follows` is the digest of the version before, `...` where that one is not there."""
    text = version.record.encode(errors="surrogatepass")
    if canonical.digest_bytes(canonical.CONTRACT_VERSION, text) != version.digest:
        yield "text"
        return
    told = _published(text)
    if told is None:
        yield "form"
        return
    at = canonical.moment(version.frozen_at)
    if (told["number"], told["version"], told["frozen_at"]) != (
        contract.number,
        version.number,
        at,
    ):
        yield "row"
    if follows is not ... and told["previous"] != follows:
        yield "previous"
    if {told["content_digest"], version.content_digest} != {digest_of(told["content"])}:
        yield "content"
    offer = version.offer.encode(errors="surrogatepass")
    if canonical.digest_bytes(canonical.CONTRACT_OFFER, offer) != told["content"]["offer"]:
        yield "offer"


def _published(text: bytes) -> dict[str, Any] | None:
    """contract.json, if it is one."""
    try:
        told = canonical.decode(text)
    except canonical.NotCanonical:
        return None
    whole = type(told) is dict and told.keys() == FIELDS and type(told["format"]) is dict
    return told if whole and told["format"].get("name") == FORMAT["name"] else None
