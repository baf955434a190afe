"""What the list of contents, the rail and the notice tell a reader of one contract."""

from dataclasses import replace

from wagtail.rich_text import RichText

from tests import builders
from tests.journeys import stage
from tests.public import stages, visits
from tests.public.markup import read
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import AnswerDraft
from wagtail_contracts.signing.public.contents import Marks, Text
from wagtail_contracts.signing.public.facts import Progress

MESSAGE = "Here is what we spoke about."


def plain(content):
    """Its words, with one space between them."""
    return " ".join(read(content).text.split())


def page(client, at):
    return client.get(visits.page("contract", at.kari)).content.decode()


def keep(client, at, **typed):
    form = {**visits.shown(at.kari), **{f"a-{key}": said for key, said in typed.items()}}
    return client.post(visits.page("answers", at.kari), {**form, "do": "keep"})


def test_the_contents_say_where_something_is_to_be_filled_in(sent):
    client = visits.enter(sent.kari)
    before = page(client, sent)
    answer = keep(client, sent, support="office", invoice="pay@customer.example")
    after = page(client, sent)

    assert before.count("data-marks") == 2  # both open fields stand below one heading; two lists
    assert "<span>2</span> to fill in" in before
    assert (answer.status_code, answer.content) == (204, b"")
    assert "data-marks" not in after
    assert AnswerDraft.objects.get().values["support"] == "office"


def test_what_is_left_is_listed_with_links_to_the_fields(sent):
    client = visits.enter(sent.kari)

    assert 'href="#a-support">Support<' in page(client, sent)
    keep(client, sent, support="office")
    assert "data-left" not in page(client, sent)  # the next one is named anyway


def test_a_clause_that_changed_is_marked_until_the_version_was_looked_at(sent):
    client = visits.enter(sent.kari)
    assert "wc-marks__changed" not in page(client, sent)
    contract = sent.contract
    contract.body[4].value["heading"] = RichText("The price")
    contract.save()
    contracts.revise(contract, builders.shown(contract), "Clearer", by=sent.owner)

    marked = [line for line in page(client, sent).split("<li>") if "wc-marks__changed" in line]
    assert [plain(line.split("</a>")[0]) for line in marked] == ["2 The price Changed"] * 2
    client.post(visits.page("contract", sent.kari), visits.shown(sent.kari))
    assert "wc-marks__changed" not in page(client, sent)


def test_marks_are_told_apart_by_block(sent):
    content = sent.version.content
    blocks = [block["id"] for block in content["body"] if block["type"] == "clause"]
    text = Text(sent.version.digest, "en", content)
    talk = {blocks[0]: 1, blocks[1]: 2, blocks[2]: 4}  # the second one is below the first

    assert text.marks([], talk=talk) == (
        Marks(f"b-{blocks[0]}", talk=3),
        Marks(f"b-{blocks[2]}", talk=4),
    )
    assert text.marks([], talk={"gone": 1}) == text.marks([]) == ()
    assert text == replace(text, content={})  # by its digest alone
    assert Progress({}, content).left == []


def test_the_sender_s_words_welcome_who_has_nothing_else_to_be_told(draft, sender):
    by = builders.actor(sender)
    contracts.send(draft, builders.shown(draft), into="signing", message=MESSAGE, by=by)
    at = stage(draft, sender)
    client = visits.enter(at.kari)

    assert MESSAGE in page(client, at)
    stages.revise(at)
    assert MESSAGE not in page(client, at)


def test_the_sender_s_words_stand_below_the_word_that_signing_is_not_open(draft, sender):
    by = builders.actor(sender)
    contracts.send(draft, builders.shown(draft), into="negotiating", message=MESSAGE, by=by)
    at = stage(draft, sender)

    said = plain(page(visits.enter(at.kari), at))
    assert said.index("signing is not open yet") < said.index(MESSAGE)
    assert "Sign, once signing is open Everyone gets the sealed PDF" in said


def test_the_page_says_who_sent_it_first_and_by_what_that_can_be_checked(sent):
    said = plain(page(visits.enter(sent.kari), sent))
    sender = "Organisation Eksempel AS Organisation number 999999999 Contact Ola Nordmann"

    seen = said.partition("Skip to your next step")[2]
    assert seen.index("Eksempel AS") < seen.index("Hosting 2027") < seen.index("the service runs")
    assert f"{sender} ola@eksempel.example Address of this page 127.0.0.1:8000" in said
    assert "The address in your browser has to begin with 127.0.0.1:8000." in said
    assert "proves no more than that the sender uses this address" in said


def test_no_number_stands_beside_a_sender_that_is_no_party(sent, sales):
    other = "Eksempel Holding AS"
    type(sales).objects.filter(pk=sales.pk).update(legal_name=other)
    said = plain(page(visits.enter(sent.kari), sent))
    assert f"Organisation {other} Contact Ola Nordmann" in said
