"""Records that disagree inside a file whose seal is good, made with the real key."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests import bundles
from tests.unit.sealing.levels import Sealer
from wagtail_contracts import canonical, merkle, notes
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.core.names import ATTACHMENT
from wagtail_contracts.sealing.rendering import Attached, identifier

FACTS = bundles.facts()
TRAIL, FILES = FACTS["trail"], FACTS["files"]
RECORDS = TRAIL["records"]
OTHER = "0" * 64


KEY = Ed25519PrivateKey.generate()
ORIGIN = "contracts.example.org/audit"


def point(length=3, *, key=KEY, head=None):
    """A checkpoint over the first records, as the second of three leaves."""
    digest = canonical.digest_bytes(canonical.AUDIT_EVENT, RECORDS[length - 1].encode())
    covered = notes.entry(TRAIL["key"], length, head or digest)
    leaves = [merkle.leaf(b"1"), covered, merkle.leaf(b"2")]
    log = notes.Checkpoint(ORIGIN, len(leaves), merkle.root(leaves))
    return {
        "length": length,
        "index": 1,
        "path": [item.hex() for item in merkle.inclusion(leaves, 1)],
        "note": notes.sign(log, ORIGIN, key),
        "key": str(notes.Verifier(ORIGIN, KEY.public_key())),
    }


COVERED = point()


def told(**changes):
    return {"told": {**FACTS, **changes}}


def trail(**changes):
    return told(trail={**TRAIL, **changes})


def statement(*items):
    return told(statements=[*FACTS["statements"], *items])


SPACED = RECORDS[-1] + " "  # the chain over it is whole
SPACED_HEAD = canonical.digest_bytes(canonical.AUDIT_EVENT, SPACED.encode())
EDITED = RECORDS[2].replace('"n":2', '"n":3')
DISAGREE = {
    "the contract": {"contract": {**bundles.CONTRACT, "title": "Annen avtale"}},
    "the identifier": {"identity": "0" * 32},
    "a file more": {"more": (Attached("extra.txt", b"x", "Supplement", bundles.AT),)},
    "a file that is not listed": told(files=FILES[:1]),
    "a file that is listed twice": told(files=[*FILES, FILES[1]]),
    "a file that is not there": told(files=[*FILES, {**FILES[1], "name": "exhibit-2.txt"}]),
    "evidence that lists itself": told(files=[*FILES, {**FILES[1], "name": "evidence.json"}]),
    "a digest": told(files=[FILES[0], {**FILES[1], "digest": OTHER}]),
    "a tag": told(files=[{**FILES[0], "tag": canonical.EVIDENCE}, FILES[1]]),
    "a tag of what is no record": told(files=[FILES[0], {**FILES[1], "tag": "x/v1"}]),
    "a subject that is no file": told(subject=OTHER),
    "a subject that is no file, and nobody's": told(subject=OTHER, statements=[]),
    "a signature of another version": statement({"kind": "signature", "by": "p3", "digest": OTHER}),
    "a signature of no version": statement({"kind": "signature", "by": "p3"}),
    "a signature that is a word": statement("signed"),
    "the head": trail(head=OTHER),
    "the length": trail(length=5),
    "the trail's key": trail(key="5c" * 16),
    "a record left out": trail(records=RECORDS[1:]),
    "a record cut off": trail(records=RECORDS[:-1]),
    "no record at all": trail(records=[]),
    "a record changed": trail(records=[*RECORDS[:2], EDITED, *RECORDS[3:]]),
    "two records exchanged": trail(records=[RECORDS[1], RECORDS[0], *RECORDS[2:]]),
    "a record twice": trail(records=[*RECORDS, RECORDS[-1]]),
    "a record in another form": trail(records=[*RECORDS[:-1], SPACED], head=SPACED_HEAD),
    "a record that is a number": trail(records=[1]),
    "a record that is no JSON": trail(records=["x"]),
    "a record more than the shape": told(more=1),
    "a field less in the trail": told(trail={"key": TRAIL["key"]}),
    "a field more in a file": told(files=[{**FILES[0], "size": 1}, FILES[1]]),
    "a number for a text": told(subject=1),
    "a list for the trail": told(trail=[]),
    "a text for the checkpoint": told(checkpoint="x"),
    "a checkpoint without a proof": told(checkpoint={"note": "x"}),
    "a checkpoint over no record": told(checkpoint={**COVERED, "length": 0}),
    "a checkpoint over other records": told(checkpoint={**COVERED, "length": 2}),
    "a checkpoint over more records": told(checkpoint={**COVERED, "length": 99}),
    "a checkpoint over another head": told(checkpoint=point(head=OTHER)),
    "a checkpoint elsewhere in the log": told(checkpoint={**COVERED, "index": 0}),
    "a checkpoint before the log": told(checkpoint={**COVERED, "index": -1}),
    "a checkpoint with another path": told(checkpoint={**COVERED, "path": [OTHER, OTHER]}),
    "a checkpoint with a path of words": told(checkpoint={**COVERED, "path": ["x"]}),
    "a checkpoint with a path of numbers": told(checkpoint={**COVERED, "path": [1]}),
    "a checkpoint by another key": told(checkpoint=point(key=Ed25519PrivateKey.generate())),
    "a checkpoint by no key": told(checkpoint={**COVERED, "key": "x"}),
    "a checkpoint that nobody signed": told(checkpoint={**COVERED, "note": "x"}),
    "a later format": told(v=2),
    "yes for a number": told(v=True),
}


def sealed_from(bundle, lab, change=None):
    """Sealed with the real key; `change` may spoil the render before."""
    rendered, output = sealing.render(bundle), BytesIO()
    if change:
        with pikepdf.open(BytesIO(rendered)) as pdf:
            change(pdf)
            pdf.save(output)
        rendered = output.getvalue()
    return Sealer(lab, "B-B").seal(rendered)


@pytest.mark.parametrize("case", DISAGREE)
def test_records_that_disagree(lab, judged, case):
    report = judged(sealed_from(bundles.bundle(**DISAGREE[case]), lab))
    assert (report.verdict, len(report.reasons)) == ("mismatch", 1)
    assert "Error" not in report.reasons[0]


def test_the_same_bundle_with_records_that_agree(lab, judged):
    report = judged(sealed_from(bundles.bundle(**told()), lab))
    assert (report.verdict, report.reasons) == ("intact", [])
    assert set(report.files) == {"contract.json", "evidence.json", "exhibit-1.txt"}


@pytest.mark.parametrize("length", [1, 3, len(RECORDS)])
def test_a_checkpoint_that_covers_the_records_is_told(lab, judged, length):
    report = judged(sealed_from(bundles.bundle(**told(checkpoint=point(length))), lab))
    words = f"a checkpoint of {ORIGIN} covers the first {length} records"
    assert (report.verdict, report.notes[-1]) == ("intact", words)


def attached(without=(), **contents):
    """The usual bundle, with attachments left out or of other content."""
    plain = bundles.bundle()
    kept = [
        replace(item, content=contents.get(item.name.partition(".")[0], item.content))
        for item in plain.attachments
        if item.name not in without
    ]
    record = next((item.content for item in kept if item.name == "evidence.json"), b"")
    return replace(plain, attachments=tuple(kept), identifier=identifier(record))


def test_files_that_are_missing(lab, judged):
    every = ("contract.json", "evidence.json", "exhibit-1.txt")
    for without, reason in (
        (("evidence.json",), "no evidence.json"),
        (("exhibit-1.txt",), "not the listed ones"),
        (every, "no attachments"),
        ((), None),
    ):
        report = judged(sealed_from(attached(without), lab))
        assert report.verdict == ("mismatch" if reason else "intact")
        assert not reason or reason in report.reasons[0]


@pytest.mark.parametrize("spoil", [b"%s ", b" %s", b"[%s", b"%s\n"])
def test_evidence_in_another_form(lab, judged, spoil):
    record = canonical.encode(FACTS)
    report = judged(sealed_from(attached(evidence=spoil % record), lab))
    assert (report.verdict, report.reasons) == ("mismatch", ["evidence.json is not canonical"])


def test_a_contract_in_another_form(lab, judged):
    """Its digest is right: it is that of other bytes which mean the same."""
    spaced = canonical.encode(bundles.CONTRACT) + b" "
    subject = canonical.digest_bytes(canonical.CONTRACT_VERSION, spaced)
    statements = [{**item, "digest": subject} for item in FACTS["statements"]]
    files = [{**FILES[0], "digest": subject}, FILES[1]]
    record = canonical.encode(
        {**FACTS, "subject": subject, "files": files, "statements": statements}
    )
    report = judged(sealed_from(attached(contract=spaced, evidence=record), lab))
    assert (report.verdict, report.reasons) == ("mismatch", ["a record is not canonical"])


def a_tree_of_names(pdf):
    names = pdf.Root.Names.EmbeddedFiles
    child = pdf.make_indirect(pikepdf.Dictionary(Names=names.Names))
    pdf.Root.Names.EmbeddedFiles = pikepdf.Dictionary(Kids=[child], Names=names.Names)


def a_name_twice(pdf):
    names = pdf.Root.Names.EmbeddedFiles.Names
    names.extend([pikepdf.String("other"), names[1]])


def a_name_that_is_a_path(pdf):
    pdf.Root.Names.EmbeddedFiles.Names[1].UF = pikepdf.String("../../contract.json")


def a_file_without_content(pdf):
    del pdf.Root.Names.EmbeddedFiles.Names[1].EF


def a_file_that_is_no_stream(pdf):
    pdf.Root.Names.EmbeddedFiles.Names[1].EF.F = pikepdf.Dictionary()


def no_list_of_names(pdf):
    del pdf.Root.Names.EmbeddedFiles.Names


def nothing(pdf):
    """Written by another tool, with the same facts."""


FORMS = [
    a_tree_of_names,
    a_name_twice,
    a_name_that_is_a_path,
    a_file_without_content,
    a_file_that_is_no_stream,
    no_list_of_names,
]


@pytest.mark.parametrize("change", FORMS)
def test_attachments_in_a_form_of_their_own(lab, verdict, change):
    assert verdict(sealed_from(bundles.bundle(), lab, change)) == "mismatch"


def test_a_path_that_the_evidence_names_too(lab, judged):
    """Whoever takes the files out would write there."""

    def rename(pdf):
        pdf.Root.Names.EmbeddedFiles.Names[5].UF = pikepdf.String("../exhibit.txt")

    with pikepdf.open(BytesIO(sealing.render(bundles.bundle()))) as pdf:
        assert str(pdf.Root.Names.EmbeddedFiles.Names[5].UF) == "exhibit-1.txt"
    named = told(files=[FILES[0], {**FILES[1], "name": "../exhibit.txt"}])
    report = judged(sealed_from(bundles.bundle(**named), lab, rename))
    assert (report.verdict, report.reasons, report.files) == ("mismatch", ["attachment names"], {})


def test_attachments_written_by_another_tool(lab, verdict):
    assert verdict(sealed_from(bundles.bundle(), lab, nothing)) == "intact"


NAMES = ["contract.json", "Vedlegg 1 (kopi).pdf", "Ærlig talt.pdf", "a", "a" * 120]
PATHS = ["", ".", "..", ".profile", "../x", "a/b", "a\\b", "a\nb", "a\0b", "C:x", " x", "a" * 121]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_a_file(name):
    assert ATTACHMENT.fullmatch(name)


@pytest.mark.parametrize("name", [*PATHS, "a\u202eb", "a,b", "~x", "$x"])
def test_a_name_that_is_none(name):
    assert not ATTACHMENT.fullmatch(name)
