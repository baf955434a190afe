"""Through the gate of a confidential contract: where one wanted to go, with what one had typed.

And the code that was typed there signs what was read, for ten minutes.
"""

import html
import re
from datetime import timedelta
from urllib.parse import quote, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import builders, tables
from tests.public import markup, visits
from tests.public.test_confidential import (
    ASKS,
    OUTSIDE,
    SAMPLES,
    close,
    identify,
    inside,
    of_a_participant,
    secrets,
)
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import AnswerDraft, Comment, Contract, Suggestion
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.models import Challenge, Identification, Signature

EVIL = "https://evil.example/"
HOSTILE = [
    EVIL,
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "javascript:alert(1)",
    "../../admin/",
    "..%2f..%2fadmin/",
    "/../../../admin/",
    "@evil.example/",
    "changes/@evil.example",
    "changes/../../../admin/",
    "changes/\r\nSet-Cookie: a=b",
    "changes/%0d%0aLocation:%20https://evil.example/",
    "\0changes/",
    "state/",
    "identify/?to=changes/",
    "copy.pdf",
    "sealed.pdf",
    "x" * 5000,
    "changes/?" + "a=b&" * 2000,
    "\N{FULLWIDTH LATIN SMALL LETTER C}hanges/",
    "?to=//evil.example",
    "#//evil.example",
]


@pytest.fixture
def kept_close(sent):
    """Out for signing, to be read by whoever identifies."""
    return close(sent)


@pytest.fixture
def filled(answered):
    """The same, filled in."""
    return close(answered)


def through(client, place, person):
    """Follow the gate from a page to the page that it leads to."""
    gate = client.get(place)["Location"]
    assert client.post(gate, {"do": "send"})["Location"] == gate
    return client.post(gate, {"code": visits.code()})["Location"]


@pytest.mark.parametrize("page", ["contract", "changes", "threads", "sign", "people", "decline"])
def test_the_gate_leads_where_one_wanted_to_go(kept_close, page):
    kari, client = kept_close.kari, visits.enter(kept_close.kari)
    place = visits.page(page, kari)
    assert through(client, place, kari) == place


def test_a_question_in_the_address_goes_along_and_so_does_a_page_of_an_exhibit(kept_close):
    kari, client = kept_close.kari, visits.enter(kept_close.kari)
    place = f"{visits.page('changes', kari)}?from=1&view=two"
    assert through(client, place, kari) == place
    picture = visits.page("leaf", kari)
    assert through(visits.enter(kari), picture, kari) == picture
    thread = f"{visits.page('contract', kari)}?talk={SAMPLES[-1]}"
    assert through(visits.enter(kari), thread, kari) == thread


def test_the_link_of_a_mail_leads_through_the_gate_to_its_page(kept_close):
    kari, client = kept_close.kari, visits.enter(kept_close.kari)
    led = client.post(f"{visits.landing(kari)}?to=changes")["Location"]
    assert through(client, led, kari) == visits.page("changes", kari)


def test_help_is_open_before_the_gate_with_its_places(kept_close):
    client = visits.enter(kept_close.kari)
    page = markup.read(client.get(visits.page("my_help", kept_close.kari)).content)
    assert "lost" in [section["id"] for section in page.all("section")]


@pytest.mark.parametrize("place", HOSTILE)
def test_no_address_leads_away_from_the_pages_of_the_same_person(kept_close, place):
    kari, client = kept_close.kari, visits.enter(kept_close.kari)
    gate = f"{visits.page('identify', kari)}?to={quote(place)}"
    client.post(gate, {"do": "send"})
    led = client.post(gate, {"code": visits.code()})["Location"]
    _own(led, kari)
    _own(client.get(gate)["Location"], kari)


def _own(led, person):
    home, found = visits.page("contract", person), urlsplit(led)
    assert (found.scheme, found.netloc) == ("", "")
    assert found.path in (home, f"{home}changes/")
    assert re.fullmatch(r"[\x21-\x7e]+", led)


def test_the_page_of_another_person_is_no_place_to_go_on_to(kept_close):
    kari, ola = kept_close.kari, kept_close.ola
    client = visits.enter(kari)
    for place in (visits.page("changes", ola), f"../{ola.public_id}/changes/"):
        gate = f"{visits.page('identify', kari)}?to={quote(place)}"
        client.post(gate, {"do": "send"})
        led = client.post(gate, {"code": visits.code()})["Location"]
        assert led == visits.page("contract", kari)


# -- what was typed -------------------------------------------------------------------------------


def carried(answer):
    """What the gate's page carries along, in each of its forms."""
    found = re.findall(r'name="held" value="([^"]*)"', answer.content.decode())
    assert found
    assert len(set(found)) == 1
    return html.unescape(found[0])


def pass_with(client, person, answer):
    """Ask for a code and type it in, without script, on the page that carries what was typed."""
    form = markup.read(answer.content).all("form")[0]
    held = carried(answer)
    asked = client.post(form["action"], {"do": "send", "held": held})
    assert (asked.status_code, carried(asked)) == (200, held)
    return client.post(form["action"], {"code": visits.code(), "held": held})


def test_answers_that_were_posted_too_late_are_kept_as_a_draft(sent):
    client = visits.enter(sent.kari)
    form = {**visits.shown(sent.kari), **visits.TYPED, "do": "review"}
    close(sent)
    with tables.unchanged():
        stopped = client.post(visits.page("answers", sent.kari), form)
    assert stopped.status_code == 403
    words = stopped.content.decode()
    assert [one for one in secrets(sent)[:2] if one in words] == []
    assert "is kept on this page and was not sent" in words

    opened = pass_with(client, sent.kari, stopped)

    assert opened["Location"] == f"{visits.page('contract', sent.kari)}?note=kept"
    kept = AnswerDraft.objects.get(participant=sent.kari)
    assert kept.values["invoice"] == builders.ANSWERS["invoice"]
    assert Contract.objects.get().current_version == sent.version
    said = client.get(opened["Location"]).content.decode()
    assert builders.ANSWERS["invoice"] in said


def test_a_comment_that_was_posted_too_late_stands_in_its_form_again(in_review):
    client, kari = visits.enter(in_review.kari), in_review.kari
    form = {"begin": "new", "text-new": "Is <b>this</b> right?", "kind-new": "comment"}
    form |= {"shown": in_review.version.digest}
    close(in_review)
    with tables.unchanged():
        stopped = client.post(visits.page("threads", kari), form)
    shown = pass_with(client, kari, stopped)

    page = markup.read(shown.content)
    assert (shown.status_code, markup.faults(shown.content)) == (200, [])
    assert "Is &lt;b&gt;this&lt;/b&gt; right?</textarea>" in shown.content.decode()
    assert "This is not sent yet." in shown.content.decode()
    assert not Comment.objects.exists()
    (write,) = [form for form in page.all("form") if form.get("id") == "write"]
    assert write["action"] == visits.page("threads", kari)
    assert client.post(write["action"], form).status_code == 303
    assert Comment.objects.count() == 1


def test_a_reason_that_was_posted_too_late_declines_nothing_and_is_there_again(sent):
    client = visits.enter(sent.kari)
    form = {**visits.shown(sent.kari), "kind": "other", "reason": "We have moved."}
    close(sent)
    place = visits.page("decline", sent.kari)
    shown = pass_with(client, sent.kari, client.post(place, form)).content.decode()
    assert ("We have moved." in shown, f'action="{place}"' in shown) == (True, True)
    assert Contract.objects.get().state == "signing"


def test_who_was_named_too_late_is_let_in_nowhere_and_is_there_again(sent):
    client = visits.enter(sent.kari)
    form = {**visits.shown(sent.kari), "todo": "read", "name": "Per", "email": "per@kunde.example"}
    close(sent)
    place = visits.page("forward", sent.kari)
    with tables.unchanged():
        stopped = client.post(place, form)
    shown = pass_with(client, sent.kari, stopped).content.decode()
    assert ('value="per@kunde.example"' in shown, f'action="{place}"' in shown) == (True, True)


def test_a_wrong_code_and_too_many_codes_lose_nothing_either(sent):
    client = visits.enter(sent.kari)
    form = {**visits.shown(sent.kari), **visits.TYPED, "do": "review"}
    close(sent)
    stopped = client.post(visits.page("answers", sent.kari), form)
    gate, held = markup.read(stopped.content).all("form")[0]["action"], carried(stopped)
    sends = [client.post(gate, {"do": "send", "held": held}) for _turn in range(4)]
    assert [one.status_code for one in sends] == [200, 200, 200, 429]
    wrong = client.post(gate, {"code": "1", "held": held})
    assert wrong.status_code == 422
    assert {carried(one) for one in (*sends, wrong)} == {held}


@pytest.mark.parametrize("carried", ["{", "[1]", '[["a"]]', "null", "7", '{"a": 1}', "[[]]"])
def test_what_is_no_form_is_carried_nowhere(kept_close, carried):
    client, kari = visits.enter(kept_close.kari), kept_close.kari
    gate = f"{visits.page('identify', kari)}?to=answers/"
    client.post(gate, {"do": "send"})
    led = client.post(gate, {"code": visits.code(), "held": carried})
    assert (led.status_code, AnswerDraft.objects.count()) == (303, 0)


def test_only_pages_with_a_form_of_their_own_carry_what_is_posted(kept_close):
    client, kari = visits.enter(kept_close.kari), kept_close.kari
    seen = set()
    for pattern in of_a_participant():
        if pattern.name in OUTSIDE:
            continue
        form = {"digest": "x", "text": "typed"}
        with tables.unchanged(but=ASKS):
            answer = client.post(visits.page(pattern.name, kari), form)
        assert answer.status_code in (303, 403)
        if answer.status_code == 403:
            seen.add(pattern.name)
    assert seen == {"answers", "threads", "suggest", "decline", "forward"}


# -- signing with what was shown -------------------------------------------------------------------


def at_once(client, person):
    """Press the button that signs at once."""
    form = {**visits.shown(person), **visits.NAME, "do": "sign"}
    return client.post(visits.page("sign", person), form)


def test_whoever_identified_to_read_signs_without_a_second_code(filled):
    kari, client = filled.kari, inside(filled.kari)
    page = client.get(visits.page("sign", kari)).content.decode()
    assert ("Sign version 2" in page, "send me a code" in page) == (True, False)
    before = Challenge.objects.count()

    done = at_once(client, kari)

    assert done["Location"] == visits.page("done", kari)
    given = Signature.objects.get()
    assert given.identification == Identification.objects.get()
    assert given.consent in " ".join(page.split())
    assert Challenge.objects.count() == before
    assert client.get(done["Location"]).status_code == 200


def _later(monkeypatch):
    moment = timezone.now() + timedelta(minutes=10, seconds=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def test_after_ten_minutes_a_code_is_asked_for_again(filled, monkeypatch):
    kari, client = filled.kari, inside(filled.kari)
    _later(monkeypatch)
    page = client.get(visits.page("sign", kari)).content.decode()
    assert ("Sign version 2" in page, "send me a code" in page) == (False, True)
    assert at_once(client, kari)["Location"] == visits.page("code", kari)
    assert not Signature.objects.exists()


def test_another_browser_is_asked_for_a_code_of_its_own(filled):
    kari, _first = filled.kari, inside(filled.kari)
    other = visits.enter(kari)
    assert at_once(other, kari)["Location"].startswith(visits.page("identify", kari))
    identify(other, kari)
    assert at_once(other, kari)["Location"] == visits.page("done", kari)


def test_a_new_version_asks_for_a_code_of_its_own(filled):
    kari, client = filled.kari, inside(filled.kari)
    typed = {**builders.ANSWERS, "remarks": "More"}
    contracts.answer(kari, filled.version.digest, typed, by=builders.guest(kari))
    assert "send me a code" in client.get(visits.page("sign", kari)).content.decode()
    assert at_once(client, kari)["Location"] == visits.page("code", kari)
    assert not Signature.objects.exists()


def test_a_button_that_promises_a_code_signs_nothing_at_once(filled):
    kari, client = filled.kari, inside(filled.kari)
    assert visits.agree(client, kari)["Location"] == visits.page("code", kari)
    assert not Signature.objects.exists()


def test_where_nothing_is_confidential_a_code_is_asked_for_to_sign(answered):
    client = visits.enter(answered.kari)
    assert at_once(client, answered.kari)["Location"] == visits.page("code", answered.kari)


def test_a_new_link_takes_what_was_shown_by_the_old_one(filled):
    kari, client = filled.kari, inside(filled.kari)
    signing.reissue(kari, by=filled.owner)
    assert at_once(client, kari).status_code == 404
    assert at_once(inside(kari), kari)["Location"] == visits.page("done", kari)


def test_a_suggestion_that_was_posted_too_late_is_there_again(in_review):
    client, kari = visits.enter(in_review.kari), in_review.kari
    blocks = [block["id"] for block in in_review.version.content["body"]]
    places = [reverse("wagtail_contracts:suggest", args=[kari.public_id, one]) for one in blocks]
    place = next(one for one in places if client.get(one).status_code == 200)
    page = markup.read(client.get(place).content)
    kinds = [box["value"] for box in page.all("input") if box.get("name") == "kind"]
    form = {"kind": kinds[0], "content": "Other words entirely.", "do": "send"}
    form |= visits.shown(kari)
    close(in_review)
    stopped = client.post(place, form)
    shown = pass_with(client, kari, stopped).content.decode()
    assert f'action="{place}"' in shown
    assert not Suggestion.objects.exists()
    if kinds[0] == "wording":
        assert "Other words entirely." in shown


# -- without script --------------------------------------------------------------------------------


def form_with(answer, name):
    """The address of the form with a control of this name, and all that the form would send."""
    found, action = {}, ""
    for tag, attributes in markup.read(answer.content).elements:
        if tag == "form":
            if name in found:
                break
            found, action = {}, attributes.get("action", "")
        elif tag in ("input", "textarea") and attributes.get("name"):
            found[attributes["name"]] = attributes.get("value", "")
    assert name in found
    return action or answer.wsgi_request.get_full_path(), found


def press(client, answer, name, **typed):
    """Send that form with what is typed into it, and follow where it leads."""
    action, fields = form_with(answer, name)
    return client.post(action, {**fields, **typed}, follow=True)


def test_a_confidential_contract_is_read_and_signed_by_forms_alone(filled):
    kari, client = filled.kari, visits.enter(filled.kari)
    gate = client.get(f"{visits.page('sign', kari)}", follow=True)
    asked = press(client, gate, "do")
    review = press(client, asked, "code", code=visits.code())
    assert review.redirect_chain[-1][0] == visits.page("sign", kari)
    for name in ("contract", "changes", "threads", "people", "forward", "decline", "my_help"):
        page = client.get(visits.page(name, kari))
        assert (page.status_code, markup.faults(page.content)) == (200, []), name
    done = press(client, review, "name")
    assert done.redirect_chain[-1][0] == visits.page("done", kari)
    assert Signature.objects.count() == 1
