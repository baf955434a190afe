"""S-58: unknown, wrong and foreign are one answer: same status, same bytes, same work."""

import re
import statistics
import time

import pytest
from django.conf import settings
from django.db import connection
from django.shortcuts import resolve_url
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import builders, mails
from tests.journeys import stage
from tests.public import visits
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.models import Invitation
from wagtail_contracts.signing.urls import urlpatterns

PUBLIC, LOGGED_IN = (
    (
        "landing",
        "verify",
        "health",
        "help",
        "privacy",
        "lost",
        "report",
        "return",
        "report_link",
        "trust",
        "certificate",
    ),
    ("mine", "mine_open"),
)
OFFERED = ("self_service", "visit", "self_service_file", "self_service_leaf")
NAMES = [str(p.name) for p in urlpatterns if p.name not in (*PUBLIC, *LOGGED_IN, *OFFERED)]
NOBODY = "N" * 22
PASSING = re.compile(r'(value|nonce)="[\w+/=-]{20,}"')  # what differs at every request


@pytest.fixture
def foreign(template, sender):
    """Somebody of another contract."""
    draft = builders.contract(template, sender, title="Support 2027")
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    return stage(draft, sender).kari


def own(name, public_id):
    return reverse(f"wagtail_contracts:{name}", args=[public_id, *visits.FILES.get(name, ())])


@pytest.mark.parametrize("verb", ["get", "post"])
@pytest.mark.parametrize("name", NAMES)
def test_unknown_wrong_and_foreign_have_the_same_answer(sent, foreign, name, verb):
    client = visits.enter(sent.kari)
    client.cookies[f"c-{foreign.public_id}"] = "W" * 43

    answers = [
        getattr(client, verb)(own(name, NOBODY)),
        getattr(client, verb)(own(name, foreign.public_id)),
        getattr(Client(), verb)(own(name, sent.kari.public_id)),
        getattr(client, verb)(f"/c/{'x' * 43}/"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert len({answer.content for answer in answers}) == 1
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1


def test_who_is_logged_in_learns_no_more_of_a_part_that_is_not_theirs(sent, foreign):
    """To nobody every part is behind the login; to a member of staff theirs alone is one."""
    somebody, login = Client(), resolve_url(settings.LOGIN_URL)
    somebody.force_login(sent.sender)

    def answers(client):
        ids = (NOBODY, foreign.public_id, sent.kari.public_id)
        return [client.post(own("mine_open", public_id)) for public_id in ids]

    assert {(one.status_code, one["Location"]) for one in answers(Client())} == {
        (302, f"{login}?next={reverse('wagtail_contracts:mine')}")
    }
    assert [one.status_code for one in answers(somebody)] == [404] * 3
    assert len({one.content for one in answers(somebody)}) == 1
    assert len({str(sorted(one.headers.items())) for one in answers(somebody)}) == 1
    assert somebody.post(own("mine_open", sent.ola.public_id)).status_code == 303


def test_a_link_that_was_replaced_is_like_one_that_never_was(sent):
    link = visits.landing(sent.kari)
    assert Client().get(link).status_code == 200
    signing.reissue(sent.kari, by=SYSTEM)

    for verb in ("get", "post"):
        replaced, unknown = (
            getattr(Client(), verb)(link),
            getattr(Client(), verb)(f"/c/{'x' * 43}/"),
        )
        assert replaced.status_code == unknown.status_code == 404
        assert replaced.content == unknown.content


def test_a_page_not_found_says_nothing_in_the_language_of_whose_it_would_be(sent, foreign):
    with unguarded():
        foreign.language = "nb"
        foreign.save()

    answer = Client().get(own("contract", foreign.public_id))
    assert answer["Content-Language"] == "en"


def test_they_cost_the_same_queries(sent, foreign):
    client = visits.enter(sent.kari)
    counts = set()
    for public_id in (NOBODY, foreign.public_id):
        client.cookies[f"c-{public_id}"] = "W" * 43
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(own("contract", public_id))
        counts.add(len(queries))
    assert len(counts) == 1


def test_they_take_the_same_time(sent, foreign):
    """Medians of 200 each, by turns; a busy machine may disturb a run, not six in a row."""
    client = visits.enter(sent.kari)
    ids = (NOBODY, foreign.public_id)
    for public_id in ids:
        client.cookies[f"c-{public_id}"] = "W" * 43

    differences = []
    for _run in range(6):
        times = {public_id: [] for public_id in ids}
        for _turn in range(200):
            for public_id in ids:
                begun = time.perf_counter()
                client.get(own("contract", public_id))
                times[public_id].append(time.perf_counter() - begun)
        first, second = (statistics.median(times[public_id]) for public_id in ids)
        differences.append(abs(first - second) / max(first, second))
        if differences[-1] < 0.1:
            return
    pytest.fail(f"medians differ by {differences}")


def test_asking_for_a_new_link_has_one_answer_and_sends_three_mails_an_hour(sent):
    link = visits.landing(sent.kari)
    Invitation.objects.update(expires_at=timezone.now())
    mails.forget()
    assert "This link has expired" in Client().get(link).content.decode()

    pages = {PASSING.sub("", Client().post(link).content.decode()) for _time in range(20)}

    (page,) = pages
    assert [letter.to for letter in mails.sent()] == [["kari@customer.example"]] * 3
    assert not [word for word in ("kari@", "Kari", "k•••") if word in page]
