"""What a site says about a file that somebody hands in, and the command for its own identity."""

import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from tests import bundles, identity
from tests.unit.sealing import attacks
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.backends.file import Pkcs12Seal
from wagtail_contracts.sealing.backends.identity import make
from wagtail_contracts.sealing.conf import sealing as configured
from wagtail_contracts.sealing.core.judging import jobs, judge, roots
from wagtail_contracts.sealing.core.reports import Report, Verdict
from wagtail_contracts.sealing.errors import SealRefused

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def sealed():
    return sealing.seal(bundles.bundle())


def test_an_altered_file_is_altered_and_gives_nothing_away(sealed):
    changed = attacks.appended(sealed.content, attacks.page_added)
    report = sealing.verify(changed)
    assert (report.verdict, report.known, report.files) == ("altered", False, {})
    assert report.sha256 == bundles.sha256(changed)
    assert sealing.verify(sealed.content).intact


def test_the_child_says_what_the_judge_says(sealed):
    at = datetime(2026, 12, 1, tzinfo=UTC)
    for data in (sealed.content, sealed.content + b"x", b"hello"):
        direct = judge.judge(data, sealing.trust(), at)
        assert jobs.answer(jobs.job(jobs.ask(data, sealing.trust(), at))) == direct
        assert json.dumps(direct.facts())


def test_files_by_an_earlier_root_stay_known(section, sealed, tmp_path):
    """A site that changes its identity keeps the old root in the list."""
    make(tmp_path, "Eksempel AS")
    options = {"path": tmp_path / "seal.p12", "password_file": tmp_path / "seal.password"}
    section("SEALING", OPTIONS=options, TRUST=[tmp_path / "authority.pem"])
    assert sealing.verify(sealed.content).verdict == "unknown_signer"

    section("SEALING", OPTIONS=options, TRUST=[tmp_path / "authority.pem", identity.authority()])
    assert sealing.verify(sealed.content).verdict == "intact"
    assert sealing.seal(bundles.bundle()).fingerprint != sealed.fingerprint


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff\xfe"])
def test_a_root_that_is_none_is_an_error_of_the_settings(section, tmp_path, content):
    (tmp_path / "root.pem").write_bytes(content)
    section("SEALING", TRUST=[tmp_path / "root.pem"])
    with pytest.raises(ImproperlyConfigured, match="TRUST"):
        sealing.trust()
    section("SEALING", TRUST=str(identity.authority()))
    with pytest.raises(ImproperlyConfigured, match="list of paths"):
        sealing.trust()


def test_a_file_of_roots_may_hold_several():
    one = identity.authority().read_bytes()
    assert len(roots.certificates(one + b"\n" + one)) == 2
    with pytest.raises(ValueError, match="not a PEM file"):
        roots.certificates(one.replace(b"CERTIFICATE", b"PUBLIC KEY"))


class Broken:
    """A backend whose token fell out."""

    def __init__(self, reason=None, retries=3):
        self.reason, self.retries = reason, retries

    def certificate(self):
        return Pkcs12Seal(**identity.settings()["OPTIONS"]).certificate()

    def chain(self):
        return []

    def sign(self, data, algorithm):
        raise RuntimeError(f"{self.reason!r} after {self.retries!r}")


def test_a_key_that_fails_is_a_refusal_and_options_stay_what_they_are(section):
    dotted = f"{__name__}.Broken"
    section("SEALING", BACKEND=dotted, OPTIONS={"reason": None, "retries": 3})
    with pytest.raises(SealRefused, match="None after 3"):
        sealing.seal(bundles.bundle())
    section("SEALING", BACKEND=dotted, OPTIONS={"reason": ["a", "list"]})
    with pytest.raises(SealRefused, match=r"'a', 'list'"):
        sealing.seal(bundles.bundle())


def test_the_key_is_held_until_the_settings_name_another(section):
    first = sealing.identity()
    assert sealing.identity() is first
    section("SEALING", OPTIONS={**configured().options, "password_env": None})
    assert sealing.identity() is not first


def test_a_report_of_any_verdict_can_be_written_as_json():
    for verdict in Verdict:
        said = json.loads(json.dumps(Report("0" * 64, verdict).facts()))
        assert said["verdict"] == verdict.value


def told(*arguments, **options):
    output = StringIO()
    call_command("sealing_identity", *arguments, stdout=output, **options)
    return output.getvalue()


def test_the_command_makes_shows_and_tries_an_identity(section, tmp_path):
    made = told("create", folder=tmp_path / "mine", name="Ærlig AS")
    assert f'"TRUST": ["{tmp_path}/mine/authority.pem"]' in made
    section(
        "SEALING",
        OPTIONS={
            "path": tmp_path / "mine/seal.p12",
            "password_file": tmp_path / "mine/seal.password",
        },
        TRUST=[tmp_path / "mine/authority.pem"],
    )
    assert "Ærlig AS seal" in told("show")
    assert "judged intact" in told("check")
    with pytest.raises(CommandError, match="nothing was written"):
        told("create", folder=tmp_path / "mine", name="Ærlig AS")


def test_the_command_says_what_is_missing(section, tmp_path):
    with pytest.raises(CommandError, match="--folder and --name"):
        told("create", name="Ærlig AS")
    section("SEALING", TRUST=[])
    with pytest.raises(CommandError, match="leads to no root in TRUST"):
        told("check")
    section("SEALING", BACKEND="")
    for action in ("show", "check"):
        with pytest.raises(CommandError, match="BACKEND"):
            told(action)
