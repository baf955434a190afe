"""What soon stops to prove anything reaches the people named, the admin and the health address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.flows.audit.conftest import attested
from tests.flows.signing.test_examining import (
    health,
    home,
    later,
    page,
    run,
    rung,
    told,
    watched,
)
from tests.security.test_s18_check import made, whole
from tests.tsa import lab as labs
from tests.unit.sealing.pki import YEAR, Entity
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.sealing.backends import identity

__all__ = ["attested", "made", "watched", "whole"]
pytestmark = pytest.mark.django_db
BEFORE, EARLY = 59, 62  # days before the end: two months before it people are told, no sooner
NEXT_LOOK = 0.2  # hours: beyond ten minutes, which is the cycle of what falls due
EXCHANGE = "Get the next one by sealing_identity create or request"
RENEW = "Set TIMESTAMP in AUDIT"
ANOTHER = "Ask an authority for time whose certificate ends later"


@pytest.fixture
def opened(tmp_path):
    with labs.opened(tmp_path) as lab:
        yield lab


def day(days):
    return (timezone.now() + timedelta(days=days)).date().isoformat()


@pytest.fixture
def retiring(section):
    """The algorithm of the seal retires, on which the sealed file stands, too."""

    def retire(days):
        section("SEALING", RETIRED={"ec-521": day(days), "rsa-16384": day(days)})

    return retire


@pytest.fixture
def ending(section, settings, tmp_path):
    """The site goes on with a seal whose certificate ends; what was sealed before lasts longer."""

    def exchange(days):
        folder = tmp_path / f"ends-{days}"
        identity.make(folder, "Eksempel AS", years=timedelta(days=days) / YEAR)
        trust = [*settings.WAGTAIL_CONTRACTS["SEALING"]["TRUST"], folder / identity.AUTHORITY]
        held = {"path": folder / identity.SEAL, "password_file": folder / identity.PASSWORD}
        section("SEALING", OPTIONS=held, TRUST=trust)

    return exchange


@pytest.fixture
def stamping(section, opened):
    """The newest time-stamp over all trails is by an authority whose certificate ends."""

    def stamp(days):
        until = timezone.now().replace(microsecond=0) + timedelta(days=days)
        short = {"kind": "stamps", "rsa_key": True, "until": until, "lists": opened.tsa.lists}
        opened.server.entity = Entity("Lab Short", opened.root, **short)
        given = opened.settings()
        named = {name: given[name] for name in ("TIMESTAMP", "TIMESTAMP_TRUST", "CALLS")}
        section("AUDIT", **named)
        assert audit.stamp()

    return stamp


AGED = {
    "retiring": {
        "ages_algorithm": ("The algorithm of the seal retires soon", EXCHANGE),
        "ages_files": ("Sealed files soon no longer prove themselves", RENEW),
    },
    "ending": {"ages_seal": ("The certificate of the seal ends soon", EXCHANGE)},
    "stamping": {
        "ages_checkpoints": ("The newest time-stamp over all records ends soon", ANOTHER),
    },
}


@pytest.fixture
def age(request):
    """Lets something end in so many days, and looks again; what is to be told of it."""

    def look(what, days):
        request.getfixturevalue(what)(days)
        with later(hours=NEXT_LOOK):
            run()
        return AGED[what]

    return look


@pytest.mark.parametrize("what", AGED)
def test_what_ends_soon_is_told_by_mail_in_the_admin_and_at_the_health_address(watched, age, what):
    run()
    assert (rung(), told()) == (set(), [])
    assert health()["evidence"] == "pass"

    expected = age(what, BEFORE)

    assert rung() == expected.keys()
    (one,) = told()
    shown = page()
    for words, cure in expected.values():
        assert words in one.body
        assert words in shown
        assert f"What to do: {cure}" in one.body
        assert cure in shown
    assert day(BEFORE) in one.body
    assert health()["evidence"] == "warn"
    assert "What the examination found" in home()

    with later(hours=2 * NEXT_LOOK):
        run()
    assert len(told()) == 1


@pytest.mark.parametrize("what", AGED)
def test_what_ends_later_than_that_rings_nowhere(watched, age, what):
    run()

    age(what, EARLY)

    assert (rung(), told()) == (set(), [])
    assert health()["evidence"] == "pass"
    assert "Nothing is to be settled" in page()
    assert "What the examination found" not in home()
