"""S-19: `check --deploy` refuses seals, roots, fonts and storages that will not do."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from django.core.checks import run_checks
from django.core.files.storage import storages

from tests import identity
from tests.unit.sealing.pki import NOW, Entity
from wagtail_contracts.sealing.backends.identity import AUTHORITY, PASSWORD, SEAL
from wagtail_contracts.sealing.core.scripts import SCRIPTS

pytestmark = pytest.mark.django_db
OURS = {f"wagtail_contracts.{name}" for name in ("E020", "E021", "E022", "E023", "E024", "E025")}
OURS |= {f"wagtail_contracts.{name}" for name in ("E026", "E027", "W020", "W021", "W029")}


def found():
    """The checks of sealing that complain, and what they say."""
    messages = run_checks(include_deployment_checks=True)
    return {item.id.partition(".")[2]: item.msg for item in messages if item.id in OURS}


@pytest.fixture
def sealing(settings):
    """Changes the section; what is not named stays as it is."""

    def change(**changes):
        section = {**settings.WAGTAIL_CONTRACTS["SEALING"], **changes}
        settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SEALING": section}

    return change


def certificate(folder, *, days, kind="seal"):
    """A seal whose certificate ends after so many days; its file."""
    lasts = {"until": NOW + timedelta(days=days), "since": NOW - timedelta(days=9)}
    entity = Entity("Eksempel AS", kind=kind, **lasts)
    path = folder / f"{days}.p12"
    path.touch(mode=0o600)
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"seal", entity.key, entity.signed, None, NoEncryption()
        )
    )
    return path


def test_the_settings_of_the_tests_pass():
    assert found() == {}


WRONG = {
    "no backend": {"BACKEND": ""},
    "a backend that is not there": {"BACKEND": "wagtail_contracts.sealing.backends.None"},
    "a file that is not there": {"OPTIONS": {"path": "/nowhere/seal.p12"}},
    "an option that is none": {"OPTIONS": {"file": "/nowhere/seal.p12"}},
    "no options": {"OPTIONS": {}},
    "a wrong password": {"OPTIONS": {"path": identity.folder() / SEAL, "password_env": "PATH"}},
    "no password": {"OPTIONS": {"path": identity.folder() / SEAL}},
    "a key that is none of ours": {"BACKENDS": "x"},
    "one path for a list": {"TRUST": "/nowhere/authority.pem"},
}


@pytest.mark.parametrize("case", WRONG)
def test_e020_nothing_seals(sealing, case):
    sealing(**WRONG[case])
    assert set(found()) == {"E020"}


def test_e021_the_key_is_open_to_others(sealing):
    for name in (SEAL, PASSWORD):
        path = identity.folder() / name
        path.chmod(0o604)
        try:
            assert found().keys() == {"E021"}
            assert str(path) in found()["E021"]
        finally:
            path.chmod(0o600)
        assert found() == {}


@pytest.mark.parametrize(("days", "says"), [(-1, {"E022"}), (59, {"W020"}), (61, set())])
def test_e022_and_w020_the_certificate_ends(sealing, tmp_path, days, says):
    sealing(OPTIONS={"path": certificate(tmp_path, days=days), "password_env": None})
    assert set(found()) == says


@pytest.mark.parametrize(("kind", "says"), [("stamps", {"E027"}), ("seal", set())])
def test_e027_the_certificate_is_for_something_else(sealing, tmp_path, kind, says):
    sealing(OPTIONS={"path": certificate(tmp_path, days=100, kind=kind), "password_env": None})
    assert set(found()) == says


@pytest.mark.parametrize(("days", "says"), [(-1, {"W021"}), (59, {"W021"}), (61, set())])
def test_w021_the_algorithm_of_the_seal_retires(sealing, days, says):
    sealing(RETIRED={"ec-256": (NOW + timedelta(days=days)).date().isoformat()})
    assert set(found()) == says


def test_e023_no_root_is_trusted(sealing, tmp_path):
    (tmp_path / "empty.pem").touch()
    wrong = ([], [tmp_path / "absent.pem"], [tmp_path / "empty.pem"], [identity.folder() / SEAL])
    for trust in wrong:
        sealing(TRUST=trust)
        assert set(found()) == {"E023"}
    sealing(TRUST=[str(identity.folder() / AUTHORITY)])
    assert found() == {}


def test_e024_a_folder_without_fonts(sealing, tmp_path):
    for folder in (tmp_path, tmp_path / "absent"):
        sealing(FONTS=[folder])
        assert set(found()) == {"E024"}
        assert str(folder) in found()["E024"]
    (tmp_path / "house.ttf").touch()
    sealing(FONTS=[tmp_path])
    assert found() == {}


def test_w029_a_script_of_the_site_without_a_font(sealing, settings):
    settings.LANGUAGES = [("en", "English"), ("he", "Hebrew")]
    assert set(found()) == {"W029"}
    assert "Hebrew (Hebr)" in found()["W029"]
    sealing(FONTS=SCRIPTS["Hebr"].files)
    assert found() == {}
    sealing(FONTS=SCRIPTS["Hebr"].files, SCRIPTS=["Kore"])
    assert "Korean (Kore)" in found()["W029"]
    sealing(FONTS=[*SCRIPTS["Hebr"].files, *SCRIPTS["Kore"].files], SCRIPTS=["Kore"])
    assert found() == {}
    sealing(SCRIPTS="Kore")
    assert set(found()) == {"E020"}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=lambda script: script.code)
def test_the_fonts_that_the_check_asks_for_have_the_script(sealing, script):
    sealing(SCRIPTS=[script.code])
    assert set(found()) == {"W029"}
    sealing(SCRIPTS=[script.code], FONTS=script.files)
    assert found() == {}


def test_e025_no_storage(sealing, settings):
    sealing(STORAGE="nowhere")
    assert set(found()) == {"E025"}
    sealing(STORAGE="wagtail_contracts")
    assert found() == {}


FILES = "django.core.files.storage.FileSystemStorage"
MEMORY = "django.core.files.storage.InMemoryStorage"


@pytest.fixture
def place(settings):
    """Where the storages write."""

    def put(backend=FILES, default=None, **options):
        own = {**settings.STORAGES, "wagtail_contracts": {"BACKEND": backend, "OPTIONS": options}}
        settings.STORAGES = {**own, "default": default or own["default"]}
        storages._storages.clear()

    return put


def test_e026_a_storage_that_is_public(place, settings, tmp_path):
    for name in ("MEDIA_ROOT", "STATIC_ROOT"):
        setattr(settings, name, str(tmp_path / name))
        for inside in ("", "private"):
            place(location=tmp_path / name / inside)
            assert set(found()) == {"E026"}
    place(location=tmp_path / "private")
    assert found() == {}
    place(backend=MEMORY)
    assert found() == {}


def test_e026_a_way_into_the_media_by_another_name(place, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    (tmp_path / "media").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "media")
    place(location=tmp_path / "link" / "private")
    assert set(found()) == {"E026"}
    place(location=tmp_path / "media-of-contracts")
    assert found() == {}


def test_e026_the_storage_of_everybody(place, sealing, tmp_path):
    default = {"BACKEND": FILES, "OPTIONS": {"location": tmp_path / "shared"}}
    place(location=tmp_path / "shared" / "private", default=default)
    assert set(found()) == {"E026"}
    place(location=tmp_path / "private", default=default)
    assert found() == {}
    place(location=tmp_path / "private", default={"BACKEND": MEMORY})
    sealing(STORAGE="default")
    assert set(found()) == {"E026"}
