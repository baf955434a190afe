"""Sealed files and their rows, both ways; and whether a file is about the version that it names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from wagtail_contracts import canonical
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.errors import ChainBroken
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, ContractVersion
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.errors import StorageFailed
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing.flows.checking.findings import PERSONAL, Finding
from wagtail_contracts.signing.flows.checking.paging import pages
from wagtail_contracts.signing.models import Signature
from wagtail_contracts.signing.rendering import paper, proofs


def of_contract(contract: Contract) -> Iterator[Finding]:
    """The sealed files of all versions, one after the other."""
    versions = dict(contract.versions.values_list("digest", "pk"))
    for kept in SealedFile.objects.filter(subject__in=versions).order_by("pk"):
        version = ContractVersion.objects.get(pk=versions[kept.subject])
        for code, *words in _faults(contract, version, kept):
            yield Finding(code, tuple(words), contract.number, version.number, kept.name)


def exhibits(contract: Contract) -> Iterator[Finding]:
    """The files that the versions name, each looked at once."""
    looked: dict[str, str] = {}
    for version in contract.versions.order_by("number").iterator(chunk_size=10):
        for code, digest in contracts.exhibit_faults(version, looked):
            yield Finding(f"exhibit_{code}", (digest,), contract.number, version.number)


def without_version() -> Iterator[Finding]:
    """Rows about a version that is not there."""
    for page in pages(SealedFile.objects.only("subject", "name")):
        subjects = [kept.subject for kept in page]
        known = ContractVersion.objects.filter(digest__in=subjects)
        there = set(known.values_list("digest", flat=True))
        for kept in page:
            if kept.subject not in there:
                yield Finding("seal_orphan", file=kept.name)


def strays() -> Iterator[Finding]:
    """Files that no row names."""
    try:
        for stray in sealing.strays():
            code = "stray_file" if stray.kind == "foreign" else f"stray_{stray.kind}"
            words = {"foreign": (stray.why,), "sealed": (_subject(stray.subject),), "part": ()}
            yield Finding(code, words[stray.kind], file=stray.name)
    except NotImplementedError:
        yield Finding("storage_unlisted")
    except StorageFailed as away:
        yield Finding("storage_failed", (str(away),))


def _subject(digest: str) -> str:
    version = ContractVersion.objects.defer("record").filter(digest=digest).first()
    if version is None:
        return "a version that is not in this database"
    return f"version {version.number} of {version.contract.number}"


def _faults(
    contract: Contract, version: ContractVersion, kept: SealedFile
) -> Iterator[tuple[str, ...]]:
    found = sealing.inspect(kept)
    if found.fault:
        yield f"file_{found.fault}", *([found.why] if found.why else [])
    yield from _records(contract, version, found.files)


def records(kept: SealedFile, files: Mapping[str, bytes]) -> Iterator[tuple[str, ...]]:
    """Where the records in a file differ from the rows and the trail that are here: a code, why."""
    version = ContractVersion.objects.filter(digest=kept.subject).first()
    if version:
        yield from _records(version.contract, version, files)


def _records(
    contract: Contract, version: ContractVersion, files: Mapping[str, bytes]
) -> Iterator[tuple[str, ...]]:
    if paper.EVIDENCE not in files:
        return
    evidence = canonical.decode(files[paper.EVIDENCE])
    if wrong := _differing(version, files, evidence):
        yield "file_other", ", ".join(wrong)
    if evidence["trail"]["key"] != contract.trail:
        yield "file_trail", "it is another contract's"
        return
    try:
        audit.compare(evidence["trail"])
    except ChainBroken as broken:
        yield "file_trail", str(broken)


def _differing(
    version: ContractVersion, files: Mapping[str, bytes], evidence: Mapping[str, Any]
) -> list[str]:
    given = Signature.objects.filter(version=version).select_related(
        "participant", "identification"
    )
    test = version.contract.workspace.training
    there = [paper.statement(signature, test=test) for signature in given.defer(*PERSONAL)]
    mine = {_who(item): item for item in there}
    told = [proofs.as_told(item, mine.get(_who(item), {})) for item in evidence["statements"]]
    inside = {hashlib.sha256(data).hexdigest() for data in files.values()}
    same = {
        "the digest": evidence["subject"] == version.digest,
        "the text": files.get(paper.CONTRACT) == version.record.encode(errors="surrogatepass"),
        "the files": contracts.sealed_digests(version.content) <= inside,
        "the signatures": sorted(told, key=_who) == sorted(there, key=_who),
    }
    return [name for name, agree in same.items() if not agree]


def _who(statement: Mapping[str, Any]) -> str:
    return str(statement["participant"])
