"""Whether the seal is on a trust list of the EU: on the page about trust and on the last page.

The certificate has to say that it is one for qualified seals, and QUALIFIED_TRUST that its issuer
may say so.
"""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from tests.csc import listed as listing
from tests.public import stages
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.errors import Refusal
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing import flows as signing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
IS = {"en": "It is a qualified seal, as the site", "nb": "Det er et kvalifisert segl"}
ISNT = {"en": "It is not on a trust list of the EU", "nb": "Det står ikke på noen tillitsliste"}


def trust(language):
    page = Client().get(reverse("wagtail_contracts:trust"), {"language": language})
    return unescape(page.content.decode())


@pytest.fixture
def printed(request, monkeypatch):
    """What is printed of a signed contract, which is never sealed."""
    version, made = stages.build("signed", request).version, []

    def refuse(bundle, *, test):
        made.append(bundle.html)
        raise Refusal

    def print_it():
        monkeypatch.setattr(sealing, "seal", refuse)
        with pytest.raises(Refusal):
            signing.seal(version, by=SYSTEM)
        return unescape(made.pop())

    return print_it


def told(page, language):
    """Which of both sentences stands there, and not the other."""
    found = [IS[language] in page, ISNT[language] in page]
    assert sum(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("says", "trusted", "listed"),
    [
        (listing.QUALIFIED, True, True),
        (listing.QUALIFIED, False, False),  # nobody told the site
        (("qc_compliance", "qc_sscd", "qct_esign"), True, False),  # of a person
    ],
)
def test_page_and_paper_say_what_certificate_and_settings_say(
    section, tmp_path, printed, says, trusted, listed
):
    section("SEALING", **listing.held(tmp_path, says, told=trusted))
    assert told(printed(), "en") is listed
    assert [told(trust(language), language) for language in IS] == [listed] * len(IS)
