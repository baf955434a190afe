"""The contract on paper: bundles that sealing turns into archival PDFs.

Everything is made from a frozen version, or from content that may be frozen; no table is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from wagtail_contracts import canonical
from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.rendering import days
from wagtail_contracts.contracts.rendering.around import spoken
from wagtail_contracts.contracts.rendering.brand import Paper
from wagtail_contracts.contracts.rendering.parts import Parts
from wagtail_contracts.sealing.rendering import Attached, Bundle, identifier

TEMPLATES = "wagtail_contracts/contracts/print"
RESOURCES = ("print.css", "chosen.svg", "open.svg")
CONTRACT, EVIDENCE = "contract.json", "evidence.json"
PLAIN = Paper()


class Enclosed(NamedTuple):
    """Files of a printed text: `pictures` that it shows, by name in the bundle, and those inside.

    `inside` has a name and the bytes of each file that travels in the PDF.
    """

    pictures: dict[str, bytes]
    inside: list[tuple[str, bytes]]


class Version(Protocol):
    """What is read of a version: its canonical text and what follows from it."""

    record: str
    digest: str

    @property
    def contract_json(self) -> dict[str, Any]:
        """The record, read."""


def bundle(  # noqa: PLR0913 - one for each thing that is printed
    version: Version,
    *,
    evidence: bytes,
    signatures: Sequence[Mapping[str, Any]],
    trail: Mapping[str, Any],
    at: datetime,
    look: Paper = PLAIN,
    enclosed: Enclosed | None = None,
    asked: Mapping[str, str] | None = None,
) -> Bundle:
    """The bundle of a signed version, with contract.json, evidence.json and its files inside.

    Each signature has party, label, name, capacity, consent, language, method, level, at (in the
    zone that is to be printed) and digest (short). `trail` has length and head; `at` is the time
    that the files inside bear. `asked` may say how far the seal is to go (`wanted`), where it is
    told how far it did (`verify`), and whether a trust list names it (`listed`). The same input
    gives the same bundle.
    """
    record, files = version.contract_json, enclosed or Enclosed({}, [])
    told = {"signatures": signatures, "trail": trail, "look": look, **(asked or {})}
    context = {**_facts(version, files), **told}
    html = _page(record["content"], context)
    with translation.override(spoken(record["content"]["language"])):
        records = _records(version, evidence, at)
    inside = [Attached(name, content, "Supplement", at) for name, content in files.inside]
    shown = _resources(look) | files.pictures
    return Bundle(html, identifier(evidence), shown, (*records, *inside))


def draft_bundle(
    content: trees.Content,
    number: str,
    look: Paper = PLAIN,
    *,
    pictures: Mapping[str, bytes] | None = None,
) -> Bundle:
    """The bundle of content that nobody has signed: to see whether and how it prints."""
    digest = canonical.digest(canonical.CONTRACT_CONTENT, content)
    context = {"number": number, "look": look}
    shown = _resources(look) | dict(pictures or {})
    return Bundle(_page(content, context), digest[:32], shown)


@dataclass(frozen=True)
class Reader:
    """Whom a copy is made for, and when, in the zone that is printed."""

    name: str
    at: datetime
    zone: ZoneInfo

    @property
    def moment(self) -> str:
        """The time in words, in the active language."""
        return days.moment(self.at, self.zone)


def copy_bundle(
    version: Version, reader: Reader, look: Paper = PLAIN, *, pictures: Mapping[str, bytes]
) -> Bundle:
    """The bundle of a copy for reading: each page says for whom it was made, and when."""
    record = version.contract_json
    context = {**_facts(version, Enclosed({}, [])), "look": look, "copy": reader}
    shown = _resources(look) | {"above.css": _resource("above.css", look)} | dict(pictures)
    made_for = f"{version.digest} {reader.name} {reader.at.isoformat()}"
    return Bundle(_page(record["content"], context), identifier(made_for.encode()), shown)


def sheet(html: str, made_for: str, look: Paper, *, pictures: Mapping[str, bytes]) -> Bundle:
    """The bundle of a paper that is no contract and looks like one; `made_for` names it."""
    return Bundle(html, identifier(made_for.encode()), _resources(look) | dict(pictures))


def _facts(version: Version, files: Enclosed) -> dict[str, Any]:
    return {
        "number": version.contract_json["number"],
        "version": version.contract_json["version"],
        "digest": version.digest,
        "fingerprint": fingerprint(version.digest),
        "files": [CONTRACT, EVIDENCE, *(name for name, _content in files.inside)],
    }


def _records(version: Version, evidence: bytes, at: datetime) -> tuple[Attached, Attached]:
    return (
        Attached(CONTRACT, version.record.encode(), "Source", at, _("The contract, for machines")),
        Attached(EVIDENCE, evidence, "Data", at, _("The evidence, for machines")),
    )


def fingerprint(digest: str) -> str:
    """The digest as people compare it: twelve digits in three groups."""
    return " ".join(digest[at : at + 4] for at in (0, 4, 8)).upper()


def _page(content: trees.Content, context: Mapping[str, Any]) -> str:
    with translation.override(spoken(content["language"])):
        filled = {
            **context,
            "content": content,
            "parts": Parts(content, {}, {}).whole(),
            "mark": f"{TEMPLATES}/_mark.html",
            "linked": True,
            "own": next((party for party in content["parties"] if party["own"]), None),
        }
        return render_to_string(f"{TEMPLATES}/contract.html", filled)


def _resources(look: Paper) -> dict[str, bytes]:
    names = [*RESOURCES, *(["brand.css"] if look.accent else []), *(["above.css"] * look.test)]
    logo = {look.logo: look.picture} if look.logo else {}
    return {name: _resource(name, look) for name in names} | logo


def _resource(name: str, look: Paper) -> bytes:
    return render_to_string(f"{TEMPLATES}/{name}", {"look": look}).encode()
