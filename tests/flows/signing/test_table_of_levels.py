"""The table in the settings, at the flow: it lowers what a signature is worth, and raises nothing.

What is stored is what the evidence yields; the check of the evidence agrees beside each.
"""

import pytest

from tests import builders, signatures
from tests.csc.stage import (  # noqa: F401 - fixtures
    first_day,
    kari_with_a_certificate,
    running_servers,
)
from tests.flows.signing.test_hosting import handed, in_person
from tests.flows.signing.test_hosting import sign as sign_in_hand
from tests.flows.signing.test_remote import Way
from tests.security.oidc.configuration import ACR
from tests.security.oidc.fixtures import *  # noqa: F403 - fixtures
from tests.security.oidc.visitor import Visitor
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.rendering.paper import statement

pytestmark = pytest.mark.django_db
ALL = {"link", "email_code", "sms_code", "totp", "in_person", "bankid", "remote"}


@pytest.fixture
def table(settings):
    """Put a table into the settings."""

    def put(said):
        ours = settings.WAGTAIL_CONTRACTS
        settings.WAGTAIL_CONTRACTS = {**ours, "SIGNING": {**ours["SIGNING"], "LEVELS": said}}

    return put


def kept(signature, at):
    """The level of the row, which the statement in the file repeats, and the check finds true."""
    assert statement(signature, test=False)["level"] == signature.level
    assert list(signing.check(at.contract.number)) == []
    return signature.level


@pytest.mark.parametrize("means", ["link", "email_code", "in_person"])
def test_nothing_raises_what_only_we_have_seen(answered, table, means):
    table(dict.fromkeys(ALL, "qualified"))
    kari = signatures.asked_for(answered.kari, signs_by=means)
    if means == "in_person":
        given = sign_in_hand(answered, handed(in_person(answered)))
    elif means == "link":
        session, words = signatures.session(kari), signatures.affirmed(kari)
        digest, by = signatures.digest(kari), builders.guest(kari)
        given = signing.sign_at_once(session, digest, words, by=by)
    else:
        given = signatures.sign(kari)
    assert kept(given, answered) == "simple"


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ({}, "simple"),
        ({"bankid": "simple"}, "simple"),
        ({"bankid": "advanced"}, "advanced"),
        ({"bankid": "qualified"}, "advanced"),
        ({"bankid": {ACR: "qualified"}}, "advanced"),
        ({"bankid": {"another": "advanced"}}, "simple"),
    ],
)
def test_an_answer_of_a_provider_is_advanced_at_most(asked, table, said, level):
    table(said)
    proof = Visitor(asked.kari).sign_in()
    assert kept(signatures.sign(asked.kari, proof), asked) == level


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ({}, "qualified"),
        ({"remote": "qualified"}, "qualified"),
        ({"remote": "advanced"}, "advanced"),
        ({"remote": "simple"}, "simple"),
    ],
)
def test_an_own_signature_is_worth_what_it_proves_or_less(lab, answered, table, said, level):
    signatures.asked_for(answered.kari, signs_by="remote")
    table(said)
    assert kept(Way(lab, answered.kari).signed(), answered) == level


def test_a_table_that_says_qualified_makes_no_plain_certificate_so(lab, answered, table):
    signatures.asked_for(answered.kari, signs_by="remote")
    lab.service.holders["kari-1"] = lab.authority.issue(says=())
    table({"remote": "qualified"})
    assert kept(Way(lab, answered.kari).signed(), answered) == "advanced"
