"""What a trail tells of a contract's rows, and what the rows themselves tell: both are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Agreement, Answer, Contract
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing.core import drawings
from wagtail_contracts.signing.flows.checking.findings import PERSONAL, Finding
from wagtail_contracts.signing.flows.consumers import digest_kept
from wagtail_contracts.signing.models import (
    Attestation,
    Decline,
    Identification,
    Retraction,
    Signature,
)

CHUNK = 1000
SEAL = ("version", "digest", "file", "level")
# What each event says of the row that was written with it, the version first.
TELLS = {
    events.VERSION_CREATED: ("version", ("version", "digest", "content_digest", "kind")),
    events.SIGNATURE_GIVEN: (
        "signature",
        ("version", "participant", "digest", "method", "level"),
    ),
    events.WITNESS_ATTESTED: ("attestation", ("version", "participant", "digest", "place")),
    events.IDENTIFICATION_COMPLETED: ("identification", ("version", "participant", "method")),
    events.AGREEMENT_GIVEN: ("agreement", ("version", "participant", "digest")),
    events.CONTRACT_RETRACTED: ("retraction", ("version", "participant", "digest")),
    events.CONTRACT_DECLINED: ("decline", ("version", "digest", "kind")),
    events.DOCUMENT_SEALED: ("seal", SEAL),
    events.DOCUMENT_COMPLETED: ("seal", SEAL),
    events.DOCUMENT_RENEWED: ("seal", SEAL),
}
Facts = dict[str, Counter[tuple[Any, ...]]]


@dataclass
class Story:
    """A trail in short: how the contract stands, since when it is signed, which rows it wants."""

    stand: contracts.Stand = field(default_factory=contracts.Stand)
    signed_at: str = ""
    rows: Facts = field(default_factory=dict)

    def add(self, kind: str, told: tuple[Any, ...]) -> None:
        """Count one row of a kind."""
        self.rows.setdefault(kind, Counter())[told] += 1


class Given(NamedTuple):
    """A signature without what is personal in it; `method` is empty without an identification."""

    participant: int
    person: str
    version: int
    number: int
    digest: str
    level: str
    identification: int
    method: str


def story(contract: Contract) -> Story:
    """Walk a whole trail that verifies."""
    told = Story()
    found = Event.objects.of(contract.trail).only("record")
    for event in found.iterator(chunk_size=CHUNK):
        name, data = event.content["name"], event.data
        told.stand = contracts.stand_after(told.stand, name, data)
        if name == events.CONTRACT_SIGNED:
            told.signed_at = event.content["at"]
        if name in TELLS:
            kind, keys = TELLS[name]
            told.add(kind, tuple(data[key] for key in keys))
        if name == events.SIGNATURE_GIVEN and ("told" in data or "drawing" in data):
            told.add("shown", _shown(data, data.get("told", ""), data.get("drawing", "")))
        if name == events.ANSWERS_GIVEN:
            for key in data["fields"]:
                told.add("answer", (data["version"], key))
    return told


def _shown(data: Mapping[str, Any], told: str, drawing: str) -> tuple[Any, ...]:
    """What a consumer was shown before a signature, and what was drawn, by their digests."""
    return data["version"], data["participant"], told, drawing


def _all_shown(contract: Contract) -> Iterator[tuple[Any, ...]]:
    """The same of what is kept, for signatures with any of it."""
    found = Signature.objects.filter(version__contract=contract)
    for item in found.select_related("participant", "version").defer(*PERSONAL):
        data = {"version": item.version.number, "participant": item.participant.public_id}
        told, drawing = digest_kept(item), drawings.digest(item.drawing)
        if told or drawing:
            yield _shown(data, told, drawing)


def rows(contract: Contract, given: list[Given]) -> Facts:
    """The same of the rows that are there."""
    mine = {"version__contract": contract}
    identified = Identification.objects.filter(**mine)
    declined = Decline.objects.filter(**mine)
    named = ("version__number", "participant__public_id", "version__digest")
    return {
        "version": _counted(contract.versions, "number", "digest", "content_digest", "kind"),
        "signature": Counter((g.number, g.person, g.digest, g.method, g.level) for g in given),
        "identification": _counted(
            identified, "version__number", "participant__public_id", "method"
        ),
        "attestation": _attested(contract),
        "agreement": _counted(Agreement.objects.filter(**mine), *named),
        "shown": Counter(_all_shown(contract)),
        "retraction": _counted(Retraction.objects.filter(**mine), *named),
        "decline": _counted(declined, "version__number", "version__digest", "kind"),
        "seal": _sealed(contract),
        "answer": _counted(Answer.objects.filter(**mine), "version__number", "key"),
    }


def _attested(contract: Contract) -> Counter[tuple[Any, ...]]:
    return _counted(
        Attestation.objects.filter(signature__version__contract=contract),
        "signature__version__number",
        "signature__participant__public_id",
        "signature__digest",
        "place",
    )


def _sealed(contract: Contract) -> Counter[tuple[Any, ...]]:
    numbers = dict(contract.versions.values_list("digest", "number"))
    files = SealedFile.objects.filter(subject__in=numbers)
    found = files.values_list("subject", "digest", "level")
    return Counter((numbers[subject], subject, digest, level) for subject, digest, level in found)


def given(contract: Contract) -> list[Given]:
    """The signatures on all versions of a contract, also where their identification is gone."""
    methods = dict(
        Identification.objects.filter(version__contract=contract).values_list("pk", "method")
    )
    found = (
        Signature.objects.filter(version__contract=contract)
        .order_by("pk")
        .values_list(
            "participant_id",
            "participant__public_id",
            "version_id",
            "version__number",
            "digest",
            "level",
            "identification_id",
        )
    )
    return [Given(*row, method=methods.get(row[-1], "")) for row in found]


def compare(contract: Contract, told: Facts, there: Facts) -> Iterator[Finding]:
    """Name what stands in one of the two alone."""
    for kind, found in there.items():
        wanted = told.get(kind, Counter())
        for fault, rest in (("missing", wanted - found), ("unrecorded", found - wanted)):
            for row in rest:
                words = (" ".join(str(part) for part in row[1:]),)
                yield Finding(f"{kind}_{fault}", words, contract.number, row[0])


def _counted(found: Any, *columns: str) -> Counter[tuple[Any, ...]]:
    return Counter(found.order_by("pk").values_list(*columns))
