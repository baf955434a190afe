"""What was typed while a contract became confidential waits while BankID is asked who one is."""

import html
import re

import pytest
from django.db import connection

from tests import builders, tables
from tests.public import markup, visits
from tests.security.oidc import lies
from tests.security.oidc.test_pages import RETURN, brought, left
from wagtail_contracts.contracts.models import AnswerDraft, Comment, Participant
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.models import SignIn, SigningSession

pytestmark = pytest.mark.django_db
WAITS = "What you typed waits for you and was not sent."


@pytest.fixture
def sent(sent, bankid):
    return sent


def close(person):
    with unguarded():
        Participant.objects.filter(pk=person.pk).update(opens_by="bankid")


def too_late(person, page, form):
    """Post a form when the gate has been shut: the browser, and where it posts what, to leave."""
    browser = visits.enter(person)
    form = {**visits.shown(person), **form}
    close(person)
    stopped = browser.post(visits.page(page, person), form)
    assert stopped.status_code == 403
    assert "is kept on this page and was not sent" in stopped.content.decode()
    [held] = re.findall(r'name="held" value="([^"]*)"', stopped.content.decode())
    gate = markup.read(stopped.content).all("form")[0]["action"]
    return browser, gate, {"do": "leave", "held": html.unescape(held)}


def answers_too_late(person):
    return too_late(person, "answers", {**visits.TYPED, "do": "review"})


def test_answers_are_kept_as_a_draft_by_whoever_comes_back(sent):
    browser, gate, leaves = answers_too_late(sent.kari)
    answer = brought(left(browser.post(gate, leaves)))
    assert not AnswerDraft.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT typed FROM wagtail_contracts_signing_signin")
        assert cursor.fetchone()[0].startswith("enc1:")

    back = browser.post(RETURN, answer)

    assert back["Location"] == f"{visits.page('contract', sent.kari)}?note=kept"
    kept = AnswerDraft.objects.get(participant=sent.kari)
    assert kept.values["invoice"] == builders.ANSWERS["invoice"]
    assert builders.ANSWERS["invoice"] in browser.get(back["Location"]).content.decode()
    assert SignIn.objects.get().typed == ""


def test_a_comment_stands_in_its_form_again_and_is_still_to_be_sent(sent):
    words = {"begin": "new", "text-new": "Is this right?", "kind-new": "comment"}
    form = {**words, "shown": sent.version.digest}
    browser, gate, leaves = too_late(sent.kari, "threads", form)
    shown = browser.post(RETURN, brought(left(browser.post(gate, leaves))))

    assert (shown.status_code, markup.faults(shown.content)) == (200, [])
    assert "Is this right?</textarea>" in shown.content.decode()
    assert not Comment.objects.exists()
    assert browser.post(visits.page("threads", sent.kari), form).status_code == 303
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("why", ["cancelled", "somebody else"])
def test_whoever_comes_back_in_vain_has_it_after_the_next_time(sent, op, why):
    browser, gate, leaves = answers_too_late(sent.kari)
    answer = brought(left(browser.post(gate, leaves)))
    if why == "cancelled":
        answer = {**{name: answer[name] for name in ("state", "iss")}, "error": "access_denied"}
    else:
        op.twist = lies.claim(name="Somebody Else")
        answer = brought(left(browser.post(gate, leaves)))
    refused = browser.post(RETURN, answer)
    assert refused.status_code == 422
    assert not AnswerDraft.objects.exists()

    op.twist = None
    again = visits.page("identify", sent.kari)
    assert again in refused.content.decode()
    page = browser.get(again).content.decode()
    assert WAITS in page
    assert builders.ANSWERS["invoice"] not in page
    browser.post(RETURN, brought(left(browser.post(again, {"do": "leave"}))))
    assert AnswerDraft.objects.get().values["invoice"] == builders.ANSWERS["invoice"]
    assert SignIn.objects.exclude(typed="").count() == 0


def test_no_other_session_of_the_same_person_gets_it(sent):
    browser, gate, leaves = answers_too_late(sent.kari)
    answer = brought(left(browser.post(gate, leaves)))
    other, gate = visits.enter(sent.kari), visits.page("identify", sent.kari)
    assert WAITS not in other.get(gate).content.decode()
    other.post(RETURN, brought(left(other.post(gate, {"do": "leave"}))))
    assert not AnswerDraft.objects.exists()

    browser.post(RETURN, answer)
    assert AnswerDraft.objects.exists()


def test_nobody_gets_it_who_may_not_read(sent):
    browser, gate, leaves = answers_too_late(sent.kari)
    browser.post(gate, leaves)
    session, by = SigningSession.objects.get(), builders.guest(sent.kari)
    with tables.unchanged():
        assert signing.take_typed(session, by=by).typed == ""

    with unguarded():
        Participant.objects.filter(pk=sent.kari.pk).update(opens_by="")
    session = SigningSession.objects.get()
    assert builders.ANSWERS["invoice"] in signing.take_typed(session, by=by).typed
