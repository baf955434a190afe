"""Whoever has a link and means harm: in what they say and suggest, and in whom they name."""

import pytest
from django.urls import reverse

from tests import builders, mails, suggestions, tables
from tests.journeys import stage
from tests.public import visits
from tests.security.hostile import ALL, CORPUS, SHORT
from tests.security.test_s24_pages import hostile, insist  # noqa: F401 - a fixture
from tests.security.test_s34_headers import HOSTILE
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import PersonRefused
from wagtail_contracts.contracts.models import Thread
from wagtail_contracts.signing import flows as signing

pytestmark = pytest.mark.django_db
ASKS = ("ratewindow",)
NUL = "x\0y"


@pytest.fixture
def staff(client, sender):
    """The browser of whoever sent it."""
    client.force_login(sender)
    return client


def test_what_people_say_is_shown_as_words_on_both_sides(hostile, staff):  # noqa: F811
    kari = visits.enter(hostile.kari)
    place = visits.page("threads", hostile.kari)
    shown = {"shown": visits.current(hostile.kari).digest}
    for text in (ALL, SHORT):
        said = {**shown, "begin": "new", "text-new": text, "block-new": ""}
        assert kari.post(place, said).status_code == 303
    new = {**shown, "begin": "new"}
    turned = kari.post(place, {**new, "text-new": f"{ALL}\u202e"})
    assert turned.status_code == 422

    insist(kari.get(place))
    block = visits.current(hostile.kari).content["body"][1]["id"]
    insist(kari.post(place, {**new, "text-new": ALL, "quote-new": ALL, "block-new": block}))
    insist(kari.get(f"{place}?ask=<script>&block=<script>&show=<script>"))
    for name in ("contract", "people", "forward"):
        insist(kari.get(visits.page(name, hostile.kari)))
    for name in ("inspect", "threads"):
        said = staff.get(reverse(f"wagtail_contracts_contract:{name}", args=[hostile.contract.pk]))
        assert said.status_code == 200
        assert not [one for one in CORPUS[:5] if one.encode() in said.content]
        assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in said.content


@pytest.fixture
def open_text(sales, sender):
    """A contract with clauses that are open to suggestions, in review."""
    values = {"price": {"amount": "5300.00", "currency": "NOK"}, "start": "2027-01-15"}
    page = builders.template(sales, "Seats", body=suggestions.BODY)
    draft = builders.contract(page, sender, values=values)
    by = builders.actor(sender)
    contracts.send(draft, builders.shown(draft), into="negotiating", by=by)
    return stage(draft, sender)


def test_a_hostile_suggestion_is_words_until_and_after_it_is_accepted(open_text, staff):
    kari = visits.enter(open_text.kari)
    block = suggestions.block(open_text.version, "Price")["id"]
    place = reverse("wagtail_contracts:suggest", args=[open_text.kari.public_id, block])
    form = {**visits.shown(open_text.kari), "kind": "wording", "heading": SHORT}
    form |= {"content": f"{ALL} {{Price}}", "reason": ALL}
    insist(kari.post(place, {**form, "do": "look"}))
    sent = kari.post(place, {**form, "do": "send"})
    assert sent.status_code in (303, 422)
    if sent.status_code == 422:  # a mark that would print as a place is refused, and named
        form["content"] = f"{SHORT} {{Price}}"
        assert kari.post(place, {**form, "do": "send"}).status_code == 303

    insist(kari.get(visits.page("contract", open_text.kari)))
    thread = Thread.objects.get()
    page = reverse("wagtail_contracts_contract:suggestion", args=[open_text.contract.pk])
    said = staff.get(f"{page}?thread={thread.public_id}")
    assert said.status_code == 200
    assert b"<script>alert(1)</script>" not in said.content
    assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in said.content
    suggestions.accept(thread.suggestion, open_text.owner)
    insist(kari.get(visits.page("contract", open_text.kari)))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_name_of_a_person_that_is_named_does_harm_in_a_mail(in_review, text):
    person = contracts.NewPerson(text, "per@customer.example")
    mails.forget()
    by = builders.guest(in_review.kari)
    try:
        signing.forward(in_review.kari, in_review.version.digest, person, "read", by=by)
    except PersonRefused:
        return
    letters = mails.sent()
    assert letters
    for letter in letters:
        letter.message()
        assert len(letter.recipients()) == 1
        assert not set(letter.subject) & set("\r\n\0\u2028\x85\u202e\u2066")


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("threads", {"reply": NUL}),
        ("threads", {"resolve": NUL}),
        ("threads", {"begin": "new", "text-new": NUL, "shown": NUL, "block-new": NUL}),
        ("people", {"person": NUL, "reason": NUL}),
        ("forward", {"todo": "read", "name": NUL, "email": NUL, "digest": NUL}),
        ("agree", {"digest": NUL}),
        ("answers", {"digest": NUL, "a-remarks": NUL, "do": "review"}),
        ("decline", {"digest": NUL, "kind": NUL}),
        ("identify", {"code": NUL}),
    ],
)
def test_a_character_that_no_database_takes_breaks_no_page(in_review, name, form):
    kari = visits.enter(in_review.kari)
    with tables.unchanged(but=ASKS):
        answer = kari.post(visits.page(name, in_review.kari), form)
    assert answer.status_code in (303, 404, 409, 422)


def test_a_thread_of_another_contract_or_side_is_not_there(in_review, template, sender):
    other = builders.contract(template, sender)
    contracts.send(other, builders.shown(other), into="negotiating", by=in_review.owner)
    theirs = stage(other, sender)
    inside = contracts.Matter(side=in_review.ola.party)
    by = in_review.owner
    own = contracts.begin_thread(in_review.contract, None, "Ours alone.", inside, by=by)
    far = contracts.begin_thread(theirs.contract, None, "Theirs.", contracts.Matter(), by=by)
    near = contracts.begin_thread(in_review.contract, None, "For all.", contracts.Matter(), by=by)

    kari, place = visits.enter(in_review.kari), visits.page("threads", in_review.kari)
    for thread in (own, far):
        for act in ("reply", "resolve", "reopen"):
            form = {act: thread.public_id, f"text-{thread.public_id}": "Mine."}
            with tables.unchanged(but=ASKS):
                assert kari.post(place, form).status_code == 404
    form = {"reply": near.public_id, f"text-{near.public_id}": "Mine."}
    assert kari.post(place, form).status_code == 303


@pytest.mark.parametrize("at", ["9" * 5000, "1000", "-1", "\u0663", "x", NUL, "1"])
def test_no_place_in_a_list_breaks_the_page_of_a_suggestion(open_text, at):
    kari = visits.enter(open_text.kari)
    block = suggestions.block(open_text.version, "Price")["id"]
    place = reverse("wagtail_contracts:suggest", args=[open_text.kari.public_id, block])
    with tables.unchanged():
        answer = kari.post(place, {**visits.shown(open_text.kari), "kind": "wording", "add": at})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "held", ['[["text-new", "\\ud800"]]', "[" * 100_000, "1" * 5000, '{"a": 1}', "[[1]]", "null"]
)
def test_nothing_that_is_carried_through_the_gate_breaks_it(in_review, held):
    contracts.keep_close(in_review.contract, "identify", by=in_review.owner)
    kari, gate = visits.enter(in_review.kari), visits.page("identify", in_review.kari)
    assert kari.post(gate, {"held": held}).status_code < 400
    place = f"{gate}?to=threads/"
    assert kari.post(place, {"held": held, "code": visits.code()}).status_code == 303
    assert kari.get(visits.page("contract", in_review.kari)).status_code == 200
