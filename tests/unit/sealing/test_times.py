"""Times that cannot be true date nothing, nor do certificates that are for something else."""

import asyncio
import hashlib
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID as Use

from tests.unit.sealing import attacks
from tests.unit.sealing.conftest import AT
from tests.unit.sealing.levels import Sealer
from tests.unit.sealing.pki import DAY, NOW, YEAR, Entity, HeldStamper
from wagtail_contracts.sealing.backends.identity import USES
from wagtail_contracts.wire import tokens

MINUTE = timedelta(minutes=1)
ALONE = [Use.TIME_STAMPING]
BAD = {
    "not critical": (ALONE, False),
    "for servers, too": ([*ALONE, Use.SERVER_AUTH], True),
    "for anything": ([Use.ANY_EXTENDED_KEY_USAGE], True),
    "for nothing in particular": ([], False),
}


class Made(Entity):
    """A certificate with these extensions alone."""

    def __init__(self, issuer, *extensions, **differs):
        self.extensions = [*extensions]
        super().__init__("Eksempel AS", issuer, **differs)

    def _extensions(self, kind):
        return self.extensions


def usage(*uses):
    return x509.KeyUsage(**{use: use in uses for use in USES}), True


def authority(lab, uses, critical):
    special = [(x509.ExtendedKeyUsage(uses), critical)] if uses else []
    key = usage("digital_signature")
    return HeldStamper(Made(lab.root, key, *special, kind="stamps", rsa_key=True))


@pytest.fixture
def dated(lab, sealed):
    """A file at B-LT with document time-stamps of these moments, in this order."""

    def stamp(*moments, level="B-LT"):
        data = sealed(level)
        for moment in moments:
            data = attacks.stamped(data, lab, HeldStamper(lab.tsa, fixed_dt=moment))
        return data

    return stamp


def test_a_seal_is_not_dated_later_than_it_is_judged(lab, render, judged):
    tomorrow = HeldStamper(lab.tsa, fixed_dt=AT + YEAR)
    data = Sealer(lab, "B-T", stamper=tomorrow).seal(render())

    report = judged(data)
    assert (report.verdict, "later than it can" in report.reasons[0]) == ("undated", True)
    assert judged(data, AT + YEAR).verdict == judged(data, AT + YEAR + DAY).verdict == "intact"


@pytest.mark.parametrize(("minutes", "expected"), [(59, "intact"), (61, "undated")])
def test_clocks_may_differ_by_an_hour(lab, render, dated, verdict, minutes, expected):
    ahead = HeldStamper(lab.tsa, fixed_dt=AT + minutes * MINUTE)

    assert verdict(Sealer(lab, "B-T", stamper=ahead).seal(render())) == expected
    assert verdict(dated(AT + minutes * MINUTE)) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((5 * 365,), "undated"),
        ((-100,), "undated"),
        ((5 * 365, 0), "undated"),
        ((0, -100), "undated"),
        ((0,), "intact"),
        ((0, 0), "intact"),
    ],
)
def test_document_timestamps_follow_each_other_and_the_seal(dated, verdict, days, expected):
    assert verdict(dated(*(NOW + many * DAY for many in days))) == expected


@pytest.mark.parametrize("level", ["B-B", "B-T", "B-LT", "B-LTA"])
def test_what_was_renewed_later_holds_as_of_its_newest_timestamp(dated, verdict, level):
    later = [NOW + days * DAY for days in (100, 200)]

    assert verdict(dated(*later, level=level), later[-1]) == "intact"
    assert verdict(dated(*later, level=level), later[0]) == "undated"


def test_what_clocks_differ_by_does_not_add_up(dated, verdict):
    assert verdict(dated(AT + 100 * MINUTE, AT + 50 * MINUTE)) == "undated"
    assert verdict(dated(AT + 50 * MINUTE, AT + 50 * MINUTE)) == "intact"


@pytest.mark.parametrize("kind", BAD)
def test_a_certificate_for_something_else_dates_no_file(lab, render, sealed, verdict, kind):
    """RFC 3161, section 2.3: the extended key usage is critical, and for time-stamps alone."""
    bad, good = authority(lab, *BAD[kind]), authority(lab, ALONE, critical=True)

    for stamper, expected in ((bad, "undated"), (good, "intact")):
        assert verdict(Sealer(lab, "B-T", stamper=stamper).seal(render())) == expected
        assert verdict(attacks.stamped(sealed("B-LT"), lab, stamper)) == expected


@pytest.mark.parametrize("kind", BAD)
def test_a_certificate_for_something_else_proves_no_time_beside_a_file(lab, kind):
    bad, good = authority(lab, *BAD[kind]), authority(lab, ALONE, critical=True)

    assert tokens.proved(token(good), b"data", [lab.root.der], at=AT) >= NOW
    with pytest.raises(tokens.NoTime, match=r"not for time-stamps alone|not known"):
        tokens.proved(token(bad), b"data", [lab.root.der], at=AT)


def token(stamper):
    digest = hashlib.sha256(b"data").digest()
    return asyncio.run(stamper.async_timestamp(digest, "sha256")).dump()


@pytest.mark.parametrize(("issues", "expected"), [(True, "unknown_signer"), (False, "intact")])
def test_a_certificate_that_issues_others_seals_nothing(lab, render, verdict, issues, expected):
    constraints = (x509.BasicConstraints(issues, None), True)
    uses = usage("digital_signature", "content_commitment", *["key_cert_sign"] * issues)
    seal = Made(lab.issuer, constraints, uses)

    assert verdict(Sealer(lab, "B-B", seal).seal(render())) == expected
