"""Review, code, done: what is agreed to stands there, and one act makes one signature."""

from tests import mails, signatures, tables
from tests.public import markup, stages, visits
from tests.public.visits import page
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing.models import Signature
from wagtail_contracts.signing.rendering.consent import declaration


def text(client, name, participant):
    """What a page says."""
    return " ".join(markup.read(client.get(page(name, participant)).content).text.split())


def test_the_review_names_who_for_whom_what_and_which_version(answered):
    words = text(visits.enter(answered.kari), "sign", answered.kari)
    digest = answered.version.digest

    for part in ("Kari Nordmann", "signs for Customer AS", "Director", "SupportOffice hours"):
        assert part in words
    assert "Invoices topay@customer.example" in words
    assert "Version 2 (your answers)" in words
    assert " ".join([digest[:4], digest[4:8], digest[8:12]]).upper() in words
    assert " ".join(digest[at : at + 8] for at in range(0, 64, 8)) in words
    assert declaration(answered.version, answered.kari, "en") in words
    assert "Closing time" not in words  # stands in an option that was not chosen


def test_the_signature_keeps_the_name_and_the_declaration_that_were_shown(answered):
    client = visits.enter(answered.kari)
    form = {**visits.shown(answered.kari), "name": "  Kari   N. "}
    client.post(page("sign", answered.kari), form)
    shown = text(client, "code", answered.kari)
    code = visits.code()
    client.post(page("code", answered.kari), {"code": f" {code[:3]} {code[3:]} "})  # pasted

    given = Signature.objects.get()
    assert (given.name, given.capacity, given.language) == ("Kari N.", "Director", "en")
    assert given.consent in shown
    assert given.identification.method == "email_code"


def test_a_name_is_needed_and_must_be_printable(answered):
    client = visits.enter(answered.kari)
    for name, sentence in (("  ", "Write your name"), ("李", "can’t be printed: 李")):
        form = {**visits.shown(answered.kari), "name": name}
        with tables.unchanged():
            answer = client.post(page("sign", answered.kari), form)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert visits.agree(client, answered.kari)["Location"] == page("code", answered.kari)


def test_a_wrong_code_says_how_many_tries_are_left(answered):
    client = visits.enter(answered.kari)
    visits.agree(client, answered.kari)
    code = visits.code()
    wrong = client.post(page("code", answered.kari), {"code": signatures.another(code)})

    assert wrong.status_code == 422
    assert "That code is not right. 4 tries left." in wrong.content.decode()
    assert not Signature.objects.exists()
    right = client.post(page("code", answered.kari), {"code": code})
    assert right["Location"] == page("done", answered.kari)


def test_after_five_tries_only_a_new_code_helps(answered):
    client = visits.enter(answered.kari)
    visits.agree(client, answered.kari)
    code = visits.code()
    for _try in range(5):
        last = client.post(page("code", answered.kari), {"code": signatures.another(code)})
    assert "no tries left" in last.content.decode()
    assert b'name="code"' not in last.content

    assert client.post(page("code", answered.kari), {"code": code}).status_code == 422
    again = client.post(page("code", answered.kari), {"do": "again"})
    assert again["Location"] == page("code", answered.kari)
    fresh = client.post(page("code", answered.kari), {"code": visits.code()})
    assert fresh["Location"] == page("done", answered.kari)


def test_the_code_works_in_no_other_browser(answered):
    client = visits.enter(answered.kari)
    visits.agree(client, answered.kari)
    code, elsewhere = visits.code(), visits.enter(answered.kari)

    answer = elsewhere.post(page("code", answered.kari), {"code": code})
    assert answer["Location"] == page("sign", answered.kari)
    assert not Signature.objects.exists()
    client.post(page("code", answered.kari), {"code": code})
    assert Signature.objects.count() == 1


def test_a_new_code_can_be_asked_for_after_a_while(answered):
    client = visits.enter(answered.kari)
    visits.agree(client, answered.kari)
    early = client.get(page("code", answered.kari)).content
    (button,) = [b for b in markup.read(early).all("button") if "wc-quiet--line" in b["class"]]
    assert "hidden" in button
    answered.kari.challenges.update(asked_at="2026-01-01T00:00:00Z")

    later = client.get(page("code", answered.kari)).content
    (button,) = [b for b in markup.read(later).all("button") if "wc-quiet--line" in b["class"]]
    assert "hidden" not in button


def test_two_tabs_and_a_second_click_make_one_signature_and_show_the_same_page(answered):
    client = visits.enter(answered.kari)
    visits.agree(client, answered.kari)
    code = visits.code()
    first = client.post(page("code", answered.kari), {"code": code})

    with tables.unchanged():
        again = [
            client.post(page("code", answered.kari), {"code": code}),
            client.get(page("code", answered.kari)),
            client.get(page("sign", answered.kari)),
            visits.agree(client, answered.kari),
        ]
    assert {answer["Location"] for answer in [first, *again[1:]]} == {page("done", answered.kari)}
    assert client.get(again[0]["Location"])["Location"] == page("done", answered.kari)
    assert Signature.objects.count() == 1


def test_nobody_reviews_what_is_not_filled_in(sent):
    client = visits.enter(sent.kari)
    answer = client.get(page("sign", sent.kari), follow=True)
    assert "Something is not filled in yet" in answer.content.decode()

    with tables.unchanged(but=["_ratewindow"]):
        refused = visits.agree(client, sent.kari)
    assert refused.status_code == 409
    assert "“Support” is not filled in." in refused.content.decode()


def test_the_done_page_says_what_happens_next_and_stays_valid(answered):
    client = visits.enter(answered.kari)
    assert client.get(page("done", answered.kari))["Location"] == page("contract", answered.kari)
    visits.sign(client, answered.kari)
    words = text(client, "done", answered.kari)
    assert "You have signed" in words
    assert "You signed for Customer AS" in words
    assert "with a code by e-mail" in words
    assert "Ola Nordmann, Eksempel ASHas been asked" in words

    stages.revise(answered)
    assert client.get(page("done", answered.kari))["Location"] == page("contract", answered.kari)


def test_the_last_signature_concludes_the_contract(answered):
    signatures.sign(answered.ola)
    client = visits.enter(answered.kari)
    visits.sign(client, answered.kari)

    assert Contract.objects.get(pk=answered.contract.pk).state == "signed"
    assert "Signed by everyone" in text(client, "done", answered.kari)
    assert "Your sealed copy is being prepared" in text(client, "done", answered.kari)
    mails.sent()
    assert "The contract was sealed and sent to everyone" in text(client, "done", answered.kari)
