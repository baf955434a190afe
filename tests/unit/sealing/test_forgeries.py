"""Forgeries by hand, by rewriting, by tools that ask no questions, and by shadow tricks."""

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name as name
from pyhanko.sign import fields
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from tests import bundles
from tests.unit.sealing import attacks, bits, forgeries
from tests.unit.sealing.levels import LEVELS, Sealer
from tests.unit.sealing.pki import Entity, Lab
from wagtail_contracts.sealing import flows as sealing

PARTLY = SignatureCoverageLevel.CONTIGUOUS_BLOCK_FROM_START
DAMAGED = ("altered", "unreadable")


@pytest.mark.parametrize("level", LEVELS)
def test_bytes_after_the_end(lab, sealed, verdict, level):
    for more in (b"\n", b"\n% x\n", b"\0", sealed(level)):
        assert verdict(sealed(level) + more) == "altered"
    assert verdict(attacks.stamped(sealed(level) + b"\n% x\n", lab)) == "intact"
    assert verdict(sealed(level)) == "intact"


@pytest.mark.parametrize("cut", [1, 2, 5, 10, 200, 5000, "half"])
@pytest.mark.parametrize("level", LEVELS)
def test_a_cut_file_is_never_intact(sealed, verdict, level, cut):
    file = sealed(level)
    kept = len(file) // 2 if cut == "half" else len(file) - cut
    assert verdict(file[:kept]) in DAMAGED
    assert verdict(file) == "intact"


@pytest.mark.parametrize("level", LEVELS)
def test_an_attachment_replaced_by_rewriting_the_file(lab, sealed, verdict, level):
    for change in (forgeries.attachment_replaced, forgeries.nothing):
        changed = forgeries.rewritten(sealed(level), change)
        assert verdict(changed) == "altered"
        assert verdict(attacks.stamped(changed, lab)) == "altered"


@pytest.mark.parametrize("level", LEVELS)
def test_a_seal_that_was_removed_is_no_seal(sealed, render, verdict, level):
    assert verdict(forgeries.rewritten(sealed(level), forgeries.seal_removed)) == "unsealed"
    assert verdict(sealed(level)[: len(render())]) == "unsealed"


def test_a_seal_removed_and_a_timestamp_added(lab, render, verdict):
    assert verdict(attacks.stamped(render(), lab)) == "altered"


def test_a_file_resealed_by_a_look_alike_is_by_an_unknown_signer(lab, sealed, render, verdict):
    bare = forgeries.rewritten(sealed(), forgeries.seal_removed)
    alike = Entity("Lab Issuing", Entity("Lab Root", kind="authority"), kind="authority")
    for signer in (Entity("Eksempel AS seal"), Entity("Eksempel AS seal", alike), Lab().seal):
        assert verdict(Sealer(lab, "B-B", signer).seal(bare)) == "unknown_signer"
        resealed = attacks.stamped(Sealer(lab, "B-B", signer).seal(render()), lab)
        assert verdict(resealed) == "unknown_signer"


@pytest.mark.parametrize("level", LEVELS)
def test_a_seal_pasted_from_another_file(lab, sealed, verdict, level):
    other = Sealer(lab, level).seal(sealing.render(bundles.bundle(extra="<p>Annet</p>")))
    pasted = forgeries.signature_of_another_file(sealed(level), other)

    assert verdict(other) == "intact"
    assert len(pasted) == len(sealed(level))
    assert verdict(pasted) == "altered"
    assert verdict(attacks.stamped(pasted, lab)) == "altered"


def test_a_timestamp_pasted_from_another_file(sealed, judged):
    """Genuine, by an authority that we know, and of something else."""
    data, other = sealed("B-LTA"), sealed("B-LTA", 2)
    start, end, own = bits.containers(data)[1]
    pasted = bits.written(data, start, end, bits.containers(other)[1][2])

    report = judged(pasted)
    assert (report.verdict, report.reasons) == ("altered", ["a document timestamp does not fit"])
    assert judged(bits.written(data, start, end, own)).verdict == "intact"


@pytest.mark.parametrize(("number", "reason"), [(0, "the seal"), (1, "a document timestamp")])
def test_a_signature_that_does_not_cover_its_revision(sealed, judged, monkeypatch, number, reason):
    """Viewers would show more than was signed."""
    evaluate = EmbeddedPdfSignature.evaluate_signature_coverage

    def less(signature):
        is_seal = signature.field_name == "Seal"
        return PARTLY if is_seal == (number == 0) else evaluate(signature)

    monkeypatch.setattr(EmbeddedPdfSignature, "evaluate_signature_coverage", less)
    report = judged(sealed("B-LTA"))
    assert (report.verdict, report.reasons[0].startswith(reason)) == ("altered", True)


@pytest.mark.parametrize("level", LEVELS)
def test_an_object_that_was_freed(lab, sealed, judged, level):
    assert judged(forgeries.object_freed(sealed(level))).verdict in DAMAGED
    freed = forgeries.object_freed_as_writers_do(sealed(level))
    for report in (judged(freed), judged(attacks.stamped(freed, lab))):
        assert (report.verdict, report.reasons) == (
            "altered",
            ["changed after sealing: object removed"],
        )


@pytest.mark.parametrize("level", LEVELS)
def test_a_second_table_that_only_some_readers_follow(lab, sealed, verdict, level):
    changed = forgeries.second_table_beside(sealed(level))
    assert verdict(changed) == verdict(attacks.stamped(changed, lab)) == "altered"


def test_a_hidden_page_that_was_signed_and_is_shown_later(lab, render, verdict):
    prepared = Sealer(lab, "B-B").seal(forgeries.with_a_hidden_page(render()))
    sprung = forgeries.hidden_page_shown(prepared)

    assert verdict(prepared) == "intact"
    assert verdict(sprung) == "altered"
    assert verdict(attacks.stamped(sprung, lab)) == "altered"


def large(field):
    field[name("/Rect")] = attacks.numbers(0, 0, 500, 700)


def acting(field):
    field[name("/A")] = generic.DictionaryObject({name("/S"): name("/JavaScript")})


def other_kind(field):
    field[name("/Subtype")] = name("/FreeText")


@pytest.mark.parametrize("change", [large, acting, other_kind])
def test_a_timestamp_that_shows_or_does_something(lab, sealed, judged, change):
    def spoil(writer):
        change(writer.root["/AcroForm"]["/Fields"][-1])

    report = judged(forgeries.stamped_in_own_field(sealed(), lab, spoil))
    assert report.verdict == "altered"
    assert report.reasons == ["changed after sealing: new field is not a document timestamp"]


@pytest.mark.parametrize(
    ("called", "reasons"),
    [("Seal", ["changed after sealing: a new field has the name of another"]), ("Seal2", [])],
)
def test_a_timestamp_by_the_name_of_the_seal(lab, sealed, judged, monkeypatch, called, reasons):
    """Viewers take fields of one name for one field."""
    file = sealed("B-LTA")
    monkeypatch.setattr(fields, "pdf_string", lambda text: generic.pdf_string(called))
    report = judged(attacks.stamped(file, lab))
    assert (report.verdict, report.reasons) == ("altered" if reasons else "intact", reasons)


def test_a_field_that_only_looks_like_a_timestamp(lab, sealed, judged):
    """For text, with a genuine timestamp as its value: viewers would let it be filled in."""

    def add(writer):
        form = writer.root["/AcroForm"]
        field = generic.DictionaryObject(form["/Fields"][-1])
        field[name("/FT")], field[name("/T")] = name("/Tx"), generic.pdf_string("Other")
        form["/Fields"].append(writer.add_object(field))
        writer.update_container(form)

    changed = attacks.appended(attacks.stamped(sealed(), lab), add)
    report = judged(attacks.stamped(changed, lab))
    assert report.verdict == "altered"
    assert report.reasons == ["changed after sealing: new field is not a document timestamp"]
    assert judged(attacks.stamped(sealed(), lab)).verdict == "intact"


@pytest.mark.parametrize("level", LEVELS)
def test_a_timestamp_with_a_picture_or_a_voice(lab, sealed, verdict, level):
    data = sealed(level)
    large = forgeries.stamped_in_own_field(data, lab, box=(0, 0, 500, 700))
    aloud = forgeries.stamped_in_own_field(data, lab, readable_field_name="Paid in full")

    assert verdict(large) == verdict(aloud) == "altered"
    assert verdict(forgeries.stamped_in_own_field(data, lab)) == "intact"


@pytest.mark.parametrize("level", LEVELS)
def test_a_second_signature_even_by_the_same_key(lab, sealed, judged, level):
    second = forgeries.signed(sealed(level), lab.seal)
    for data in (second, attacks.stamped(second, lab)):
        assert (judged(data).verdict, judged(data).reasons) == (
            "altered",
            ["a signature that is neither the seal nor a document timestamp"],
        )


LOOSE = {"certify": True, "docmdp_permissions": MDPPerm.FILL_FORMS}
STRICT = {"certify": True, "docmdp_permissions": MDPPerm.NO_CHANGES}


@pytest.mark.parametrize("options", [{}, LOOSE])
def test_a_signature_that_lets_changes_through_is_no_seal(lab, render, verdict, options):
    assert verdict(forgeries.signed(render(), lab.seal, "Seal", **options)) == "altered"
    assert verdict(forgeries.signed(render(), lab.seal, "Seal", **STRICT)) == "intact"


def test_a_seal_with_another_digest_algorithm(lab, render, judged):
    """One of the digests could be weaker than what we have looked at."""
    other = forgeries.signed(render(), lab.seal, "Seal", **STRICT, md_algorithm="sha512")
    assert (judged(other).verdict, judged(other).reasons) == ("altered", ["digest algorithm"])


def test_a_seal_over_something_that_was_not_rendered_in_one_go(lab, render, verdict):
    """A revision between render and seal could be told from neither."""
    between = attacks.appended(render(), lambda writer: writer.update_root())
    assert verdict(Sealer(lab, "B-B").seal(between)) == "altered"


EMPTY = generic.ByteStringObject(b"")
OVERRIDES = [
    ("/Contents", None),
    ("/Contents", generic.NullObject()),
    ("/Contents", EMPTY),
    ("/Contents", generic.ByteStringObject(bytes(2000))),
    ("/Contents", generic.NumberObject(0)),
    ("/ByteRange", None),
    ("/ByteRange", generic.NullObject()),
    ("/ByteRange", generic.ArrayObject()),
    ("/ByteRange", attacks.numbers(0, 0, 0, 0)),
    ("/ByteRange", attacks.numbers(0, 10, -20, 10)),
    ("/ByteRange", attacks.numbers(0, 10**9, 10**9, 10**9)),
    ("/SubFilter", name("/adbe.x509.rsa_sha1")),
    ("/Type", name("/DocTimeStamp")),
    ("/Reference", None),
]


@pytest.mark.parametrize(("key", "value"), OVERRIDES)
def test_a_seal_whose_dictionary_is_overridden(lab, sealed, verdict, key, value):
    for level in ("B-B", "B-LTA"):
        changed = forgeries.seal_dictionary(key, value)(sealed(level))
        assert verdict(changed) in (*DAMAGED, "unsealed")
        assert verdict(sealed(level)) == "intact"


def test_a_copy_of_the_seal_that_looks_newest(lab, sealed, verdict):
    copied = attacks.appended(sealed(), forgeries.seal_copied)
    assert verdict(copied) == "altered"
    assert verdict(attacks.stamped(copied, lab)) == "altered"


def test_a_signed_part_that_was_moved(lab, sealed, verdict):
    moved = forgeries.wrapped(sealed())
    assert moved != sealed()
    assert verdict(moved) in DAMAGED


BODY = b"\n%d 0 obj\n<</Length 3>>\nstream\nq Q\nendstream\nendobj\n"


@pytest.mark.parametrize("tail", [b"", b"trailer\n<</Size 1>>\n", b"startxref\n0\n%%EOF\n"])
def test_an_update_without_a_proper_table(sealed, verdict, tail):
    """Incremental saving: viewers repair such a file, and show what was appended."""
    body = BODY % forgeries.content_number(sealed())
    assert verdict(sealed() + body + tail) in DAMAGED


def test_no_seal_and_no_pdf(sealed, render, verdict):
    assert verdict(render()) == "unsealed"
    nonsense = (b"", b"%PDF-1.7\n", b"hello", b" " + sealed(), b"%PDF-1.7" + bytes(26 << 20))
    assert [verdict(data) for data in nonsense] == ["unreadable"] * len(nonsense)
