"""Certificates that end, or are revoked, above the signer's as well as the signer's own."""

from io import BytesIO

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.validation.dss import DocumentSecurityStore

from tests.unit.sealing import attacks
from tests.unit.sealing.levels import LEVELS, Sealer
from tests.unit.sealing.pki import DAY, NOW, YEAR, Entity, HeldStamper


def with_data(data, lab, revoked=(), at=NOW - DAY):
    """Revocation lists are put in afterwards, as an archive would: sealing itself refuses."""
    lists = [lab.root.revocations(), lab.issuer.revocations(*revoked, at=at)]
    writer, output = IncrementalPdfFileWriter(BytesIO(data)), BytesIO()
    DocumentSecurityStore.supply_dss_in_writer(writer, None, crls=lists, certs=[lab.issuer.der])
    writer.write(output)
    return attacks.stamped(output.getvalue(), lab)


@pytest.mark.parametrize("level", ["B-B", "B-T"])
def test_a_seal_by_a_revoked_certificate(lab, sealed, judged, level):
    assert judged(with_data(sealed(level), lab, [lab.seal])).verdict == "revoked"
    untouched = judged(with_data(sealed(level), lab))
    assert (untouched.verdict, untouched.notes) in (
        ("intact", []),
        ("intact", ["time as claimed by the signer"]),
    )


@pytest.mark.parametrize("level", ["B-B", "B-T"])
def test_a_certificate_that_was_revoked_after_the_seal(lab, sealed, verdict, level):
    later = with_data(sealed(level), lab, [lab.seal], at=NOW + DAY)
    assert verdict(later, NOW + 2 * DAY) == "intact"


def test_data_that_do_not_reach_the_seal_are_not_called_checked(lab, sealed, judged):
    writer, output = IncrementalPdfFileWriter(BytesIO(sealed("B-T"))), BytesIO()
    lists = [lab.root.revocations()]  # none by the issuer
    DocumentSecurityStore.supply_dss_in_writer(writer, None, crls=lists, certs=[lab.issuer.der])
    writer.write(output)

    stamped = attacks.stamped(output.getvalue(), lab)
    report = judged(stamped)
    assert (report.verdict, report.notes) == ("intact", ["revocation not checked"])
    assert judged(sealed("B-LT")).notes == []
    # Nor do they carry the seal over the end of its certificate.
    assert judged(stamped, NOW + 4 * YEAR).verdict == "undated"
    assert judged(with_data(sealed("B-T"), lab), NOW + 4 * YEAR).verdict == "intact"


@pytest.fixture(scope="module")
def brief(lab):
    """A seal that is good for two years under an issuer that is good for one."""
    issuer = Entity("Lab Brief", lab.root, kind="authority", until=NOW + YEAR)
    seal = Entity("Eksempel AS seal", issuer, until=NOW + 2 * YEAR)
    lists = [lab.root.revocations(), issuer.revocations()]

    def sealer(level, stamper=None):
        def context():
            made = lab.context(lists)
            made.certificate_registry.register(issuer.der)
            return made

        return Sealer(lab, level, seal, context=context, stamper=stamper)

    return sealer


@pytest.mark.parametrize("level", LEVELS)
def test_an_issuer_that_is_over_leaves_the_signer_known(brief, render, verdict, level):
    data = brief(level).seal(render())

    assert verdict(data, NOW + 0.5 * YEAR) == "intact"
    over = "intact" if level == "B-LTA" else "undated"
    assert verdict(data, NOW + 1.5 * YEAR) == verdict(data, NOW + 3 * YEAR) == over


def test_a_stamp_after_the_issuer_ended_proves_nothing(lab, brief, render, verdict):
    data = brief("B-LT").seal(render())
    late = HeldStamper(lab.tsa, fixed_dt=NOW + 1.5 * YEAR)

    assert verdict(attacks.stamped(data, lab), NOW + 3 * YEAR) == "intact"
    assert verdict(attacks.stamped(data, lab, late), NOW + 3 * YEAR) == "undated"


def test_a_certificate_that_has_not_begun_is_undated(lab, render, verdict):
    early = Entity("Eksempel AS seal", lab.issuer, since=NOW + YEAR, until=NOW + 2 * YEAR)
    data = Sealer(lab, "B-B", early).seal(render())

    assert verdict(data) == "undated"
    assert verdict(data, NOW + 1.5 * YEAR) == "intact"


@pytest.mark.parametrize("kind", ["seal", "stamps"])
def test_who_may_not_issue_has_issued_nothing(lab, render, verdict, kind):
    """A leaf under our root that signs another certificate makes nobody known, ever."""
    leaf = Entity("Eksempel AS", lab.root, kind=kind, until=NOW + YEAR)
    below = Entity("Eksempel AS seal", leaf, until=NOW + YEAR)
    data = Sealer(lab, "B-B", below).seal(render())

    assert verdict(data) == verdict(data, NOW + 3 * YEAR) == "unknown_signer"
    assert verdict(Sealer(lab, "B-B", lab.seal).seal(render())) == "intact"
