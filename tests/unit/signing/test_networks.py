"""Limits for strangers hang on a network: nobody has another one for each request."""

import pytest

from wagtail_contracts.signing.core.networks import coarse, network


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:DB8:1:2:0::1", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("192.0.2.7", "::ffff:192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("unknown", "unknown", True),
        ("unknown", "", False),
    ],
)
def test_addresses_of_one_hand_are_one(one, other, same):
    assert (network(one) == network(other)) is same


@pytest.mark.parametrize(
    ("whole", "kept"),
    [
        ("203.0.113.77", "203.0.113.0"),
        ("::ffff:203.0.113.77", "203.0.113.0"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::"),
        ("kari@customer.example", ""),
        ("", ""),
    ],
)
def test_of_who_looks_a_network_is_kept(whole, kept):
    assert coarse(whole) == kept
