"""S-43: what the provider is asked for, and that a sign-in there is no log-in here."""

import pytest
from django.contrib.auth import SESSION_KEY, get_user_model

from tests import signatures, tables
from tests.public import visits
from tests.security.oidc import test_pages, visitor
from tests.security.oidc.test_pages import browser  # noqa: F401 - a fixture
from tests.security.oidc.visitor import Visitor
from wagtail_contracts.signing.errors import NotIdentified
from wagtail_contracts.signing.models import Signature

pytestmark = pytest.mark.django_db
HIGH = "urn:bankid:bid;LOA=4"


def test_whoever_is_logged_in_there_has_to_log_in_once_more(kari, op, bankid):
    op.said = {"pushed_authorization_request_endpoint": ""}
    plain = visitor.asked(kari.leave())
    assert (plain["prompt"], plain["response_mode"]) == ("login", "query")
    assert "acr_values" not in plain

    bankid(ask=[HIGH, "low"])
    assert visitor.asked(kari.leave())["acr_values"] == f"{HIGH} low"


def test_who_comes_back_is_logged_in_nowhere_and_no_account_changes(browser, asked):  # noqa: F811
    """Kari has an account of her own here, by the same name and address."""
    users = get_user_model().objects
    users.create_user("kari", asked.kari.email, first_name="Kari", last_name="Nordmann")
    before = list(users.order_by("pk").values())
    answer = test_pages.agree(browser, asked.kari)
    assert browser.post(test_pages.RETURN, answer).status_code == 303

    assert Signature.objects.get().identification.host_id is None
    assert SESSION_KEY not in browser.session
    assert list(users.order_by("pk").values()) == before
    assert browser.get(visits.page("done", asked.kari)).status_code == 200


def test_the_same_person_in_two_places_shows_it_for_each(asked, bankid):
    """One name stands for both sides; what was shown for the one signs nothing for the other."""
    namesake = signatures.asked_for(asked.ola, signs_by="bankid", name="Kari Nordmann")
    for_them, for_us = Visitor(asked.kari).sign_in(), Visitor(namesake).sign_in()
    for person, other in ((asked.kari, for_us), (namesake, for_them)):
        with tables.unchanged(), pytest.raises(NotIdentified):
            signatures.sign(person, other)

    for person, own in ((namesake, for_us), (asked.kari, for_them)):
        assert signatures.sign(person, own).identification == own
