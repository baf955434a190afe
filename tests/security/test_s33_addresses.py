"""S-33: addresses in mails come from the settings, never from a request."""

from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client

from tests import mails
from tests.public import visits
from wagtail_contracts.outbox.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_to_all(settings):
    """What a careless site does."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.USE_X_FORWARDED_HOST = True
    return settings


def with_base(settings, base):
    told = {**settings.WAGTAIL_CONTRACTS, "CONTRACTS": {"PUBLIC_BASE_URL": base}}
    settings.WAGTAIL_CONTRACTS = told


def hosts(letter):
    text = letter.body + mails.html(letter)
    return {urlsplit(link).netloc for link in mails.ADDRESS.findall(text)}


@pytest.mark.parametrize(
    "base", ["https://contracts.eksempel.example", "https://contracts.eksempel.example/"]
)
def test_every_link_begins_with_the_configured_address(answered, settings, base):
    with_base(settings, base)

    letter = mails.one(answered.kari, "invitation")
    assert hosts(letter) == {"contracts.eksempel.example"}
    assert mails.links(letter)[0].startswith("https://contracts.eksempel.example/c/")
    assert "contracts.eksempel.example" in letter.body.split("begin with ")[1]
    ours = mails.one(answered.ola, "invitation")
    assert mails.links(ours)[0].startswith("https://contracts.eksempel.example/admin/")


def test_a_request_with_another_host_changes_no_mail(answered, open_to_all):
    with_base(open_to_all, "https://contracts.eksempel.example")
    client = Client(headers={"host": "evil.example", "x-forwarded-host": "evil.example"})
    visits.enter(answered.kari, client)
    mails.forget()
    visits.agree(client, answered.kari)
    assert Message.objects.about(kind="code").exists()
    visits.code()

    everything = "".join(
        letter.subject + letter.body + mails.html(letter) + str(letter.extra_headers)
        for letter in mail.outbox
    )
    assert "evil" not in everything
    assert mail.outbox[-1].extra_headers["Message-ID"].endswith("@contracts.eksempel.example>")
