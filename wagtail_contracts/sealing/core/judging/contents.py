"""The records inside a sealed file, recomputed. Knows nothing of contracts."""

import hashlib
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from wagtail_contracts import canonical, chain
from wagtail_contracts.sealing.core.judging import covering
from wagtail_contracts.sealing.core.names import ATTACHMENT, EVIDENCE
from wagtail_contracts.sealing.core.reports import mismatch

NULL = type(None)
SHAPE = {
    "v": int,
    "subject": str,
    "files": list,
    "statements": list,
    "trail": dict,
    "checkpoint": (dict, NULL),
}
FILE = {"name": str, "tag": (str, NULL), "digest": str}
TRAIL = {"key": str, "length": int, "head": str, "records": list}


def read(reader: PdfFileReader) -> dict[str, bytes]:
    """The attachments by name, each with one entry in the name tree."""
    try:
        names = reader.root["/Names"]["/EmbeddedFiles"]
    except KeyError as error:
        raise mismatch("no attachments") from error
    if "/Kids" in names:
        raise mismatch("attachments in an unexpected form")
    files: dict[str, bytes] = {}
    for place in range(1, len(names["/Names"]), 2):
        specification = names["/Names"][place]
        name, stream = str(specification["/UF"]), specification["/EF"]["/F"]
        plain = ATTACHMENT.fullmatch(name) and isinstance(stream, generic.StreamObject)
        if name in files or not plain:
            raise mismatch("attachment names")
        files[name] = stream.data
    return files


def name(reader: PdfFileReader) -> str:
    """The first half of the PDF's /ID, as the renderer writes it."""
    identifier = reader.trailer["/ID"][0]
    return identifier.decode() if isinstance(identifier, bytes) else str(identifier)


def check(files: dict[str, bytes], identifier: str) -> list[str]:
    """Raise the fault mismatch unless everything inside agrees; returns notes."""
    if EVIDENCE not in files:
        raise mismatch("no evidence.json")
    try:
        evidence = canonical.decode(files[EVIDENCE])
    except canonical.NotCanonical as error:
        raise mismatch("evidence.json is not canonical") from error
    _shape(evidence, SHAPE, "evidence")
    if evidence["v"] != 1:
        raise mismatch("evidence.json is of a later version of the format")
    if canonical.digest_bytes(canonical.EVIDENCE, files[EVIDENCE])[:32] != identifier:
        raise mismatch("the file's identifier is not that of its evidence")
    _check_files(evidence, files)
    _check_statements(evidence)
    _check_trail(evidence["trail"])
    checkpoint = evidence["checkpoint"]
    if checkpoint is None:
        return []
    _shape(checkpoint, covering.SHAPE, "checkpoint")
    return [covering.check(checkpoint, evidence["trail"])]


def _check_files(evidence: dict[str, Any], files: dict[str, bytes]) -> None:
    for item in evidence["files"]:
        _shape(item, FILE, "file")
    listed = [item["name"] for item in evidence["files"]]
    if sorted(listed) != sorted(files.keys() - {EVIDENCE}):
        raise mismatch("the attachments are not the listed ones")
    for item in evidence["files"]:
        if _digest(item["tag"], files[item["name"]]) != item["digest"]:
            raise mismatch(f"{item['name']} is not what the evidence says")
    if [item["digest"] for item in evidence["files"]].count(evidence["subject"]) != 1:
        raise mismatch("the subject is not one of the files")


def _digest(tag: str | None, data: bytes) -> str:
    if tag is None:
        return hashlib.sha256(data).hexdigest()
    try:
        canonical.decode(data)
    except canonical.NotCanonical as error:
        raise mismatch("a record is not canonical") from error
    return canonical.digest_bytes(tag, data)


def _check_statements(evidence: dict[str, Any]) -> None:
    for statement in evidence["statements"]:
        if type(statement) is not dict or statement.get("digest") != evidence["subject"]:
            raise mismatch("a signature names another version")


def _check_trail(trail: dict[str, Any]) -> None:
    _shape(trail, TRAIL, "trail")
    try:
        head = chain.replay(trail["key"], trail["records"], deep=True)
    except (chain.Broken, canonical.NotCanonical, AttributeError) as error:
        raise mismatch("the chain of events is broken") from error
    if head != (trail["length"], trail["head"]):
        raise mismatch("the chain of events leads to another head")


def _shape(value: Any, shape: dict[str, Any], what: str) -> None:
    if type(value) is not dict or value.keys() != shape.keys():
        raise mismatch(f"{what}: unexpected fields")
    for key, kind in shape.items():
        if type(value[key]) not in (kind if isinstance(kind, tuple) else (kind,)):
            raise mismatch(f"{what}: {key}")
