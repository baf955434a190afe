"""Sessions of staff are those of the site, and end with the password that they began with."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders

pytestmark = pytest.mark.django_db
PLACES = ("wagtail_contracts_contract:list", "wagtail_contracts:mine")


@pytest.mark.parametrize("changed", [True, False])
def test_a_new_password_ends_the_sessions_of_staff_in_the_admin_and_outside(sales, changed):
    ola, browser = builders.staff("ola", sales), Client()
    browser.force_login(ola)
    if changed:
        ola.set_password("another")
    ola.save()

    answers = [browser.get(reverse(place)).status_code for place in PLACES]
    assert answers == ([302, 302] if changed else [200, 200])
