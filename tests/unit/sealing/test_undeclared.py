"""Certificates that name nobody who says whether they were revoked, beside those that do."""

from functools import partial
from io import BytesIO

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext

from tests.unit.sealing import attacks
from tests.unit.sealing.levels import Sealer
from tests.unit.sealing.pki import DAY, LISTS, NOW, YEAR, Entity, HeldStamper
from wagtail_contracts.sealing.core.judging.judge import Trust, judge

SILENT = "a certificate names nobody who says if it was revoked"
ENDS, STAMP_ENDS = NOW + 2 * YEAR, NOW + 15 * YEAR


@pytest.fixture(scope="module")
def root():
    return Entity("Own Root", kind="authority", until=ENDS, lists="")


@pytest.fixture(scope="module")
def seals(lab, root):
    """All end after two years. As `sealing_identity create` makes one, and as CAs do."""
    own = Entity("Eksempel AS seal", root, until=ENDS, lists="")
    changes = Entity("Eksempel AS seal", root, until=ENDS, lists="", changes=LISTS)
    issued = Entity("Eksempel AS seal", root, until=ENDS)
    return {"own": own, "issued": issued, "changes": changes}


@pytest.fixture(scope="module")
def stampers(lab):
    silent = Entity(
        "Silent Time", lab.root, kind="stamps", rsa_key=True, until=STAMP_ENDS, lists=""
    )
    return {"lists": lab.stamper, "none": HeldStamper(silent)}


@pytest.fixture
def made(lab, root, seals, stampers, render):
    """A file at B-LTA, as asked, by a seal and an authority; `lists` are those at hand."""

    def make(seal, stamper, lists):
        context = partial(
            ValidationContext,
            trust_roots=[root.der, lab.root.der],
            allow_fetching=False,
            revocation_mode="soft-fail",
            crls=lists,
        )
        sealer = Sealer(lab, entity=seals[seal], stamper=stampers[stamper], context=context)
        return sealer.seal(render())

    return make


@pytest.fixture
def told(lab, root):
    trust = Trust((root.der,), (lab.root.der,))
    return lambda data, at: judge(data, trust, at)


@pytest.mark.parametrize("stamper", ["lists", "none"])
def test_where_nobody_can_be_asked_a_stamp_carries_the_seal_on_and_it_is_said(
    lab, made, told, stamper
):
    data = made("own", stamper, [lab.root.revocations()])
    for years in (1, 3, 14):
        report = told(data, NOW + years * YEAR)
        assert (report.verdict, report.level, report.ends) == ("intact", "B-LTA", STAMP_ENDS)
        assert report.notes == ["revocation not checked", SILENT]
    assert told(data, NOW + 16 * YEAR).verdict == "undated"


@pytest.mark.parametrize("seal", ["issued", "changes"])
def test_where_somebody_can_be_asked_he_has_to_have_said_it(lab, root, made, told, seal):
    """The list is that of the authority for time; of the seal nothing is said."""
    unasked = made(seal, "lists", [lab.root.revocations()])
    asked = made(seal, "lists", [lab.root.revocations(), root.revocations()])
    for data, ends, after in ((unasked, ENDS, "undated"), (asked, STAMP_ENDS, "intact")):
        before = told(data, NOW + YEAR)
        assert (before.verdict, before.level, before.ends) == ("intact", "B-LTA", ends)
        assert before.notes == ([] if data is asked else ["revocation not checked"])
        assert told(data, NOW + 3 * YEAR).verdict == after


def test_a_store_without_a_word_of_those_that_can_be_asked_reaches_no_level(made, told):
    for seal, level in (("issued", "B-T"), ("changes", "B-T"), ("own", "B-LTA")):
        report = told(made(seal, "none", []), NOW + YEAR)
        assert (report.verdict, report.level) == ("intact", level)


def test_what_is_known_of_a_revocation_counts_whoever_names_nobody(lab, root, seals, made, told):
    """As an archive would, the list is put in afterwards."""
    file = made("own", "none", [])
    for days, expected in ((-1, "revoked"), (1, "intact")):
        writer, output = IncrementalPdfFileWriter(BytesIO(file)), BytesIO()
        revoked = root.revocations(seals["own"], at=NOW + days * DAY)
        DocumentSecurityStore.supply_dss_in_writer(writer, None, crls=[revoked])
        writer.write(output)
        assert told(attacks.stamped(output.getvalue(), lab), NOW + 2 * DAY).verdict == expected
