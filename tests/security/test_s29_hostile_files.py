"""S-29: a file that is handed in to be judged can't hang the server, fill it, or send it out."""

import resource
import time

import pytest
from django.test import override_settings

from tests import bundles
from tests.unit.sealing import hostile, listening
from tests.unit.sealing.levels import Sealer
from tests.unit.sealing.pki import Entity, Lab
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.flows import verifying
from wagtail_contracts.sealing.rendering.worker import Limits

pytestmark = pytest.mark.django_db
HARMLESS = {"altered", "unreadable", "unsealed"}


@pytest.fixture(scope="module")
def sealed():
    return sealing.seal(bundles.bundle()).content


@pytest.fixture
def small(monkeypatch):
    """A judge that is given little; a site's is given ten seconds and 768 MB."""
    limits = Limits(memory=500 << 20, cpu=2, wall=50.0, file=1 << 20)
    monkeypatch.setattr(verifying, "LIMITS", limits)


@pytest.mark.parametrize("case", hostile.FILES)
def test_a_hostile_file_is_judged_and_the_next_one_too(small, sealed, case):
    data = hostile.FILES[case](sealed)
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    report = sealing.verify(data)

    assert report.verdict in HARMLESS
    assert report.reasons
    assert report.files == {}
    assert time.monotonic() - begun < 150
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 200 << 10  # kilobytes: what the judge may need, this process does not
    assert sealing.verify(sealed).verdict == "intact"


def test_the_way_these_files_are_made_is_not_what_stops_them(small, sealed):
    report = sealing.verify(hostile.plain(sealed))
    assert (report.verdict, report.reasons) == ("unsealed", ["no seal"])


def test_the_limits_of_a_site_are_the_promised_ones():
    limits = verifying.LIMITS
    assert (limits.memory, limits.cpu, limits.wall) == (768 << 20, 10, 30.0)


def test_a_file_larger_than_25_mb_is_not_even_handed_on(monkeypatch, sealed):
    monkeypatch.setattr(verifying.worker, "shared", lambda *limits: pytest.fail("was judged"))
    report = sealing.verify(sealed.ljust((25 << 20) + 1, b"\n"))
    assert (report.verdict, report.reasons) == ("unreadable", ["larger than 25 MB"])


def test_an_address_in_a_certificate_is_not_visited(tmp_path, settings):
    with listening.server() as (address, came):
        lab = Lab()
        issuer = Entity("Lab Web", lab.root, kind="authority", lists=address)
        web = Entity("Eksempel AS seal", issuer, lists=address)
        data = Sealer(lab, "B-T", web).seal(sealing.render(bundles.bundle()))
        (tmp_path / "root.pem").write_bytes(lab.root.pem)
        own = {**settings.WAGTAIL_CONTRACTS["SEALING"], "TRUST": [tmp_path / "root.pem"]}

        assert sealing.verify(data).verdict == "unknown_signer"
        with override_settings(WAGTAIL_CONTRACTS={**settings.WAGTAIL_CONTRACTS, "SEALING": own}):
            assert sealing.verify(data).signer
        assert came == []
