"""S-19: `check --deploy` refuses what makes evidence or delivery unsafe."""

import pytest
from cryptography.fernet import Fernet
from django.core.checks import run_checks
from django.db import connection

from wagtail_contracts.audit.backends.keys import make

pytestmark = pytest.mark.django_db


def found():
    return {message.id for message in run_checks(include_deployment_checks=True)}


def test_the_settings_of_the_tests_pass_all_checks_of_the_ground():
    assert not found() & {f"wagtail_contracts.{name}" for name in ("E001", "E002", "E003", "W002")}


@pytest.mark.parametrize("keys", [None, [], ["not a key"]])
def test_missing_or_wrong_keys_are_refused(settings, keys):
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "KEYS": keys}
    assert "wagtail_contracts.E002" in found()


def test_sqlite_that_does_not_wait_is_refused_and_postgresql_is_not(monkeypatch):
    options = {**connection.settings_dict["OPTIONS"]}
    options.pop("transaction_mode", None)
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)
    assert ("wagtail_contracts.E003" in found()) == (connection.vendor == "sqlite")


@pytest.mark.parametrize("seconds", [None, 60, 300])
def test_a_mail_server_that_may_hang_longer_than_a_lease_is_warned_of(settings, seconds):
    settings.EMAIL_TIMEOUT = seconds
    assert "wagtail_contracts.W002" in found()


@pytest.mark.parametrize("more", ["the same again", "the secret key", "another"])
def test_a_key_that_stands_twice_or_is_the_secret_key_is_refused(settings, more):
    first = settings.WAGTAIL_CONTRACTS["KEYS"][0]
    other = Fernet.generate_key().decode()
    added = {"the same again": first, "the secret key": settings.SECRET_KEY, "another": other}
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "KEYS": [first, added[more]]}

    assert ("wagtail_contracts.E005" in found()) == (more != "another")


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"ORIGIN": "log.example/audit", "KEY": "key.pem"}, []),
        ({}, []),
        ({"ORIGIN": "log.example/audit"}, ["E006"]),
        ({"KEY": "key.pem"}, ["E006"]),
        ({"ORIGIN": "two words", "KEY": "key.pem"}, ["E006"]),
        ({"ANCHOR": {}}, ["E006"]),
        ({"ORIGIN": "log.example/audit", "KEY": "none.pem"}, ["E007"]),
    ],
)
def test_checkpoints_that_can_not_be_signed_are_refused(section, tmp_path, given, missing):
    make(tmp_path / "key.pem")
    here = {name: tmp_path / value if name == "KEY" else value for name, value in given.items()}
    section("AUDIT", **here)
    ours = {f"wagtail_contracts.{name}" for name in ("E006", "E007", "E015")}
    assert sorted(found() & ours) == [f"wagtail_contracts.{name}" for name in missing]
