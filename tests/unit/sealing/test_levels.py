"""Who sealed, how far, and how long that lasts."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from tests.unit.sealing import attacks
from tests.unit.sealing.conftest import AT
from tests.unit.sealing.levels import LEVELS, Sealer
from tests.unit.sealing.pki import NOW, YEAR, Entity, HeldStamper, Lab
from wagtail_contracts.sealing.core.judging.judge import Trust, judge

REVISIONS = {"B-B": 2, "B-T": 2, "B-LT": 2, "B-LTA": 3}


@pytest.mark.parametrize("level", LEVELS)
def test_a_sealed_file_is_intact_at_its_level(sealed, judged, level):
    report = judged(sealed(level, 2))

    assert (report.verdict, report.level, report.reasons) == ("intact", level, [])
    assert set(report.files) == {"contract.json", "evidence.json", "exhibit-1.txt"}
    assert ("time as claimed by the signer" in report.notes) == (level == "B-B")
    assert ("revocation not checked" in report.notes) == (level in ("B-B", "B-T"))


def test_the_report_says_who_and_when(lab, sealed, judged):
    report, now = judged(sealed("B-LTA")), datetime.now(UTC)

    assert "Eksempel AS seal" in report.signer
    assert report.fingerprint == lab.seal.der.sha256.hex()
    assert NOW <= report.claimed_at <= now
    assert NOW <= report.sealed_at <= report.stamped_at
    plain = judged(sealed())
    assert (plain.sealed_at, plain.stamped_at) == (None, None)


@pytest.mark.parametrize("level", LEVELS)
def test_the_render_is_a_prefix_and_the_last_signature_covers_all(sealed, render, level):
    data = sealed(level)
    reader = PdfFileReader(BytesIO(data), strict=True)

    assert data.startswith(render())
    assert reader.xrefs.total_revisions == REVISIONS[level]
    assert reader.embedded_signatures[-1].evaluate_signature_coverage().name == "ENTIRE_FILE"


@pytest.mark.parametrize("level", LEVELS)
def test_pyhanko_with_its_own_rules_agrees(lab, sealed, level):
    def context():
        return ValidationContext([lab.root.der], other_certs=[lab.issuer.der], allow_fetching=False)

    seal = PdfFileReader(BytesIO(sealed(level))).embedded_signatures[0]
    assert validate_pdf_signature(seal, context(), context()).bottom_line


@pytest.mark.parametrize("level", LEVELS)
def test_a_key_of_the_other_kind_seals_too(lab, render, verdict, level):
    assert verdict(Sealer(lab, level, lab.seal_rsa).seal(render())) == "intact"


def test_completed_and_renewed_files_stay_intact_and_keep_their_bytes(lab, sealed, judged):
    sealer, file = Sealer(lab), sealed("B-T")
    for step in (sealer.complete, sealer.renew, sealer.renew, sealer.renew):
        longer = step(file)
        report = judged(longer)

        assert longer.startswith(file)
        assert (report.verdict, report.level, report.reasons) == ("intact", "B-LTA", [])
        file = longer


@pytest.mark.parametrize("level", LEVELS)
def test_a_timestamp_by_anybody_is_a_renewal(lab, sealed, verdict, level):
    assert verdict(attacks.stamped(sealed(level), lab)) == "intact"


LASTS = [
    ("B-B", 1.5, "intact"),
    ("B-B", 3, "undated"),
    ("B-B", -2, "undated"),
    ("B-T", 1.5, "intact"),
    ("B-T", 3, "undated"),
    ("B-LT", 1.5, "intact"),
    ("B-LT", 3, "undated"),
    ("B-LTA", 1.5, "intact"),
    ("B-LTA", 3, "intact"),
    ("B-LTA", 14, "intact"),
    ("B-LTA", 16, "undated"),
]


@pytest.mark.parametrize(("level", "years", "expected"), LASTS)
def test_how_long_a_level_lasts(sealed, verdict, level, years, expected):
    assert verdict(sealed(level), NOW + years * YEAR) == expected


def test_renewal_in_time_carries_a_file_past_its_first_authority(lab, sealed, verdict):
    younger = Entity("Time 2", lab.root, kind="stamps", rsa_key=True, until=NOW + 35 * YEAR)
    renewed = Sealer(lab, stamper=HeldStamper(younger)).renew(sealed("B-LTA"))

    assert verdict(sealed("B-LTA"), NOW + 20 * YEAR) == "undated"
    assert verdict(renewed, NOW + 20 * YEAR) == "intact"


def test_a_stamp_made_after_the_certificate_ended_proves_nothing(lab, sealed, verdict):
    late = HeldStamper(lab.tsa, fixed_dt=NOW + 3 * YEAR)
    stamped_late = attacks.stamped(sealed("B-LT"), lab, late)

    assert verdict(attacks.stamped(sealed("B-LT"), lab), NOW + 4 * YEAR) == "intact"
    assert verdict(stamped_late, NOW + 4 * YEAR) == "undated"


def test_data_that_no_stamp_covers_prove_nothing(lab, sealed, verdict):
    """A stamp over the seal alone, then the revocation data: they may be of any time."""
    stamped = attacks.stamped(sealed("B-T"), lab)
    late = Sealer(lab, stamper=HeldStamper(lab.tsa, fixed_dt=NOW + 3 * YEAR)).complete(stamped)

    assert verdict(Sealer(lab).complete(sealed("B-T")), NOW + 4 * YEAR) == "intact"
    assert verdict(late, NOW + 4 * YEAR) == "undated"


def test_a_look_alike_is_an_unknown_signer(lab, render, verdict):
    alone = Entity("Eksempel AS seal")

    assert verdict(Sealer(Lab(), "B-B").seal(render())) == "unknown_signer"
    assert verdict(Sealer(lab, "B-B", alone).seal(render())) == "unknown_signer"
    assert verdict(Sealer(lab, "B-B").seal(render())) == "intact"


def test_roots_for_timestamps_are_no_roots_for_seals(lab, sealed):
    only = Trust((), (lab.root.der,))
    assert judge(sealed("B-T"), only, AT).verdict == "unknown_signer"


def test_an_unknown_timestamp_authority_leaves_the_file_undated(lab, sealed, verdict):
    assert judge(sealed("B-T"), Trust((lab.root.der,)), AT).verdict == "undated"
    stamped = attacks.stamped(sealed("B-B"), lab)
    assert judge(stamped, Trust((lab.root.der,)), AT).verdict == "undated"
    assert verdict(sealed("B-T")) == verdict(stamped) == "intact"


@pytest.mark.parametrize("level", LEVELS)
def test_a_stamp_by_an_authority_that_nobody_knows_is_no_change(lab, sealed, judged, level):
    report = judged(attacks.stamped(sealed(level), lab, Lab().stamper))
    assert (report.verdict, "not known" in report.reasons[0]) == ("undated", True)
    assert judged(attacks.stamped(sealed(level), lab)).verdict == "intact"


def test_an_earlier_state_is_genuine_and_the_digest_tells(sealed, judged):
    file = sealed("B-LTA")
    covered = PdfFileReader(BytesIO(file)).embedded_signatures[0].sig_object["/ByteRange"]
    earlier = file[: int(covered[2]) + int(covered[3])]

    report = judged(earlier, digest=judged(file).sha256)
    assert (report.verdict, report.level, report.known) == ("intact", "B-LT", False)
    assert judged(earlier, digest=report.sha256.upper()).known is True
    assert judged(earlier).known is None
