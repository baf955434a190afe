"""S-29: a file that is handed in to be judged can't hang the server, fill it, or send it out."""

import resource
import time
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from tests import bundles
from tests.unit.sealing import crowded, guarded, hostile, listening
from tests.unit.sealing.doors import DOORS
from tests.unit.sealing.levels import Sealer
from tests.unit.sealing.pki import Entity, Lab
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.core.reports import TOO_MUCH
from wagtail_contracts.sealing.flows import verifying
from wagtail_contracts.sealing.rendering import typefaces, worker
from wagtail_contracts.sealing.rendering.worker import JobRefused, Limits

pytestmark = pytest.mark.django_db
HARMLESS = {"altered", "unreadable", "unsealed"}
WATCHED = "tests.unit.sealing.guarded:job"
CROWDS = (crowded.a_crowd_of_certificates, crowded.a_chain_of_namesakes)


@pytest.fixture(scope="module")
def sealed():
    return sealing.seal(bundles.bundle()).content


@pytest.fixture
def watched(monkeypatch):
    """The judge as it runs for the page, in a child that tells when it tried to get out."""
    monkeypatch.setattr(verifying, "JOB", WATCHED)


@pytest.fixture
def small(watched, monkeypatch):
    """A judge that is given little; a site's is given ten seconds and 768 MB."""
    limits = Limits(memory=500 << 20, cpu=2, wall=50.0, file=1 << 20)
    monkeypatch.setattr(verifying, "LIMITS", limits)


def judged(data):
    """The report, in bounded time, and without this process growing with what the judge needs."""
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    report = sealing.verify(data)

    assert time.monotonic() - begun < 150
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 200 << 10  # kilobytes
    assert "Tried" not in report.reasons
    return report


def test_there_are_more_and_more_of_them():
    assert len(hostile.FILES) + len(CROWDS) + len(DOORS) >= 40


@pytest.mark.parametrize("case", hostile.FILES)
def test_a_hostile_file_is_judged_and_the_next_one_too(small, sealed, case):
    report = judged(hostile.FILES[case](sealed))

    assert report.verdict in HARMLESS
    assert report.reasons
    assert report.files == {}
    assert sealing.verify(sealed).verdict == "intact"


@pytest.mark.parametrize("crowd", CROWDS)
def test_a_seal_under_many_certificates_ends_at_the_limit(small, sealed, crowd):
    report = judged(crowd(sealing.render(bundles.bundle())))
    assert (report.verdict, report.reasons) == ("unreadable", [TOO_MUCH])
    assert sealing.verify(sealed).verdict == "intact"


@pytest.mark.parametrize("place", ["localhost", "/etc/passwd"])
def test_a_judge_that_tries_to_get_out_is_seen(place):
    run = worker.shared(WATCHED, verifying.LIMITS, (typefaces.BUNDLED,))
    with pytest.raises(JobRefused) as refused:
        run(guarded.TRY + place.encode())
    assert refused.value.kind == "Tried"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A lab, and the settings of a site that trusts it."""
    lab, path = Lab(), tmp_path_factory.mktemp("site") / "root.pem"
    path.write_bytes(lab.root.pem)
    return lab, {"TRUST": [path], "TIMESTAMP_TRUST": [path]}


@pytest.mark.parametrize("door", DOORS)
def test_a_file_that_wants_to_go_somewhere_goes_nowhere(watched, settings, site, door):
    """Sealed with it, so that nothing stops the judge before the end; and changed afterwards."""
    lab, trusted = site
    render = sealing.render(bundles.bundle())
    ours = settings.WAGTAIL_CONTRACTS
    own = {**ours, "SEALING": {**ours["SEALING"], **trusted}}
    with listening.server() as (address, came), override_settings(WAGTAIL_CONTRACTS=own):
        inside = judged(Sealer(lab, "B-T").seal(changed(render, door, address)))
        after = judged(changed(Sealer(lab, "B-T").seal(render), door, address))

        assert (inside.verdict, after.verdict) == ("intact", "altered")
        assert came == []


def changed(data, door, address):
    output = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        DOORS[door](pdf, address)
        pdf.save(output, static_id=True)
    return output.getvalue()


def test_the_page_says_in_a_clear_word_that_it_cannot_read_such_a_file(small, sealed):
    bomb = hostile.FILES["fields_of_fields"](sealed)
    upload = SimpleUploadedFile("bomb.pdf", bomb, content_type="application/pdf")
    answer = Client().post("/verify/", {"file": upload})
    assert answer.status_code == 200
    assert "This file can’t be read" in answer.content.decode()


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
