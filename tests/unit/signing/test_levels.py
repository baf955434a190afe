"""What a signature is worth: the settings lower it, and never raise it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wagtail_contracts.signing.core import levels
from wagtail_contracts.signing.core.levels import ADVANCED, ORDER, QUALIFIED, SIMPLE
from wagtail_contracts.signing.core.shown import AWAY, CODE, DEVICE, HOST, LINK, Shown

KEYS = st.sampled_from(["link", "email_code", "totp", "bankid", "remote"])
SURE = st.sampled_from(["", "low", "high"])
SHOWN = st.builds(
    Shown,
    method=KEYS,
    kind=st.sampled_from([LINK, CODE, DEVICE, HOST, AWAY]),
    acr=SURE,
    answer=st.sampled_from(["", "a.signed.token"]),
    signature=st.sampled_from(["", "MIIB"]),
)
SAID = st.sampled_from(ORDER)
TABLES = st.dictionaries(KEYS, SAID | st.dictionaries(SURE, SAID))
BANKID = Shown(method="bankid", kind=AWAY, acr="high", answer="a.signed.token")
OWN = Shown(method="remote", kind=AWAY, signature="MIIB")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SHOWN, TABLES, SAID)
def test_no_settings_raise_a_level_above_what_was_shown(shown, table, own):
    most = levels.ceiling(shown, own)
    assert not levels.exceeds(levels.level(shown, table, own), most)
    assert most == SIMPLE or shown.kind == AWAY or shown.signature
    assert most != QUALIFIED or (shown.signature and own == QUALIFIED)


@pytest.mark.parametrize("kind", [LINK, CODE, DEVICE, HOST])
def test_a_link_a_code_a_device_and_a_host_are_simple_whatever_the_settings_say(kind):
    shown = Shown(method="it", kind=kind, acr="high", answer="yes")
    assert levels.level(shown, {"it": QUALIFIED}) == SIMPLE


def test_a_provider_that_signs_is_at_most_advanced_and_only_if_the_settings_say_so():
    assert levels.level(BANKID, {"bankid": QUALIFIED}) == ADVANCED
    assert levels.level(BANKID, {"bankid": {"high": ADVANCED}}) == ADVANCED
    assert levels.level(BANKID, {"bankid": {"low": ADVANCED}}) == SIMPLE
    assert levels.level(BANKID, {}) == SIMPLE


def test_a_signature_of_ones_own_is_worth_what_it_proves_unless_the_settings_lower_it():
    for own in ORDER:
        assert levels.level(OWN, {}, own) == own
        assert levels.level(OWN, {"remote": SIMPLE}, own) == SIMPLE
    assert levels.level(OWN, {"remote": QUALIFIED}, ADVANCED) == ADVANCED


def test_a_level_that_nobody_knows_is_above_all():
    assert [levels.exceeds(level, QUALIFIED) for level in (*ORDER, "royal")] == [False] * 3 + [True]
