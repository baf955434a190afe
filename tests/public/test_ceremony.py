"""Review, name typed or drawn, what a consumer is told, receipt, withdrawal: through the doors."""

import subprocess

import pytest

from tests import consumers, mails, tables
from tests.public import markup, visits
from tests.public.visits import page
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.models import Contract, Workspace
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing.core import drawings
from wagtail_contracts.signing.models import Retraction, Signature

DRAWN = "[[[10,20],[300,180]],[[40,50]]]"


@pytest.fixture
def at(sales, sender):
    return consumers.out(sender, consumers.template(sales))


def read(client, name, person):
    return markup.read(client.get(page(name, person)).content)


def words(found):
    return " ".join(found.text.split())


def posted(client, person, **changes):
    """The form of the page of review, as a browser would send it."""
    hidden = {
        field["name"]: field.get("value", "")
        for field in read(client, "sign", person).all("input")
        if field.get("type") == "hidden" and field["name"] != "csrfmiddlewaretoken"
    }
    form = {**hidden, "name": person.name, **changes}
    return client.post(page("sign", person), form)


def sign(client, person, **changes):
    posted(client, person, **changes)
    return client.post(page("code", person), {"code": visits.code()})


def pdf(content):
    """The words of a PDF in one line."""
    told = subprocess.run(
        ["pdftotext", "-", "-"],  # noqa: S607
        input=content,
        capture_output=True,
        check=True,
    )
    return " ".join(told.stdout.decode().split())


def test_the_review_says_what_it_costs_and_a_consumer_is_told_before_the_button(at):
    client = visits.enter(at.kari)
    found = read(client, "sign", at.kari)

    for part in ("Price", "Price: 5,300 NOK", "Term and notice", "Start: 15 January 2027"):
        assert part in words(found)
    for part in ("A contract in electronic form", "within 14 days", "sales@eksempel.example"):
        assert part in words(found)
    assert not [box for box in found.all("input") if box.get("type") == "checkbox"]
    posted(client, at.kari)
    assert "Sign version 2 with obligation to pay" in words(read(client, "code", at.kari))


def test_a_consumer_signs_with_a_drawing_and_has_a_receipt_at_once(at):
    client = visits.enter(at.kari)
    assert sign(client, at.kari, drawing=DRAWN)["Location"] == page("done", at.kari)

    given = Signature.objects.get()
    assert given.drawing == DRAWN
    assert given.disclosures.count() == 4
    done = client.get(page("done", at.kari)).content.decode()
    assert 'd="M10 20L300 180M40 50L40 50"' in done
    paper = client.post(page("receipt", at.kari))
    assert paper["Content-Type"] == "application/pdf"
    said = pdf(paper.content)
    signed, told = (given.consent, given.version.digest), ("Your right to withdraw", "14 days")
    for part in ("Receipt of a signature", *signed, *told):
        assert " ".join(part.split()) in said
    taken = Event.objects.of(at.contract.trail).named(events.DOCUMENT_DOWNLOADED).last()
    assert (taken.data["kind"], taken.actor_key) == ("receipt", at.kari.public_id)


@pytest.mark.parametrize("hostile", ["[[[NaN,1]]]", '[[["<script>",1]]]', "[[[1,9999]]]", "x"])
def test_a_hostile_drawing_is_refused_with_a_clear_word(at, hostile):
    client = visits.enter(at.kari)
    posted(client, at.kari)  # recorded as seen
    with tables.unchanged():
        answer = posted(client, at.kari, drawing=hostile)
    assert answer.status_code == 422
    assert "This drawing can" in answer.content.decode()
    (field,) = [i for i in markup.read(answer.content).all("input") if i.get("name") == "drawing"]
    assert field["value"] == ""
    assert posted(client, at.kari, drawing=DRAWN).status_code == 303


def test_the_largest_drawing_fits_into_what_the_browser_remembers(at):
    client = visits.enter(at.kari)
    points = [[[(7919 * n) % 601, (104729 * n) % 201] for n in range(drawings.MOST_POINTS)]]
    posted(client, at.kari, drawing=str(points), name="Ø" * 120)
    kept = [morsel for name, morsel in client.cookies.items() if name.endswith("-act")]
    assert len(kept[0].output()) < 4096


def test_a_consumer_who_was_shown_other_words_reads_them_first(at):
    client = visits.enter(at.kari)
    posted(client, at.kari)
    with tables.unchanged():
        answer = posted(client, at.kari, told="ab" * 32)
    assert answer.status_code == 422
    assert "has changed. Read it again" in answer.content.decode()
    assert sign(client, at.kari)["Location"] == page("done", at.kari)


def test_a_box_for_electronic_form_is_there_where_the_workspace_demands_it(at, sales):
    Workspace.objects.filter(pk=sales.pk).update(asks_consent=True)
    client = visits.enter(at.kari)
    (box,) = [b for b in read(client, "sign", at.kari).all("input") if b.get("type") == "checkbox"]
    assert "checked" not in box

    answer = posted(client, at.kari)
    assert answer.status_code == 422
    assert "Say that you agree to a contract in electronic form" in answer.content.decode()
    assert sign(client, at.kari, agreed="yes")["Location"] == page("done", at.kari)
    assert Signature.objects.get().disclosures.filter(agreed=True).count() == 1


def test_a_receipt_is_for_whoever_has_signed(at):
    consumers.sign(at.ola)
    client = visits.enter(at.kari)
    with tables.unchanged():
        assert client.post(page("receipt", at.kari))["Location"] == page("contract", at.kari)
    sign(client, at.kari)
    assert client.post(page("receipt", at.kari)).status_code == 200


def test_a_consumer_withdraws_here_confirms_and_has_a_receipt(at):
    consumers.sign_all(at)
    client = visits.enter(at.kari)
    assert "Withdraw from the contract here" in words(read(client, "contract", at.kari))
    with tables.unchanged():
        said = words(read(client, "retract", at.kari))
    statement = "To Eksempel AS: I, Kari Nordmann, withdraw from contract "
    assert statement in said
    assert "Confirm withdrawal" in said

    mails.forget()
    client.post(page("retract", at.kari), visits.shown(at.kari))
    made = Retraction.objects.get()
    receipt = words(read(client, "retract", at.kari))
    assert statement in receipt
    assert "You have withdrawn from the contract" in receipt
    assert made.contract_id == at.contract.pk
    shown = words(read(client, "contract", at.kari))
    assert "Kari Nordmann withdrew from it on" in shown
    assert "Signed by everyone" not in shown
    assert "Withdraw from the contract here" not in shown
    assert statement in next(m for m in mails.sent() if m.to == [at.kari.email]).body


def test_nobody_else_is_offered_to_withdraw(at):
    consumers.sign_all(at)
    client = visits.enter(at.ola)
    assert "Withdraw from the contract here" not in words(read(client, "contract", at.ola))
    with tables.unchanged():
        client.get(page("retract", at.ola))
        client.post(page("retract", at.ola), visits.shown(at.ola))


@pytest.mark.parametrize(("way", "attached"), [("attached", 1), ("behind", 0)])
def test_the_sealed_copy_is_mailed_or_fetched_as_the_template_says(at, way, attached):
    with unguarded():
        Contract.objects.filter(pk=at.contract.pk).update(sealed_copy=way)
    consumers.sign_all(at)
    (letter,) = [m for m in mails.sent() if m.to == [at.kari.email] and "Signed:" in m.subject]
    assert len([a for a in letter.attachments if a[0].endswith(".pdf")]) == attached
    assert ("where you show who you are" in letter.body.replace("\n", " ")) != bool(attached)

    client = visits.enter(at.kari)
    answer = client.post(page("sealed", at.kari))
    assert (answer.status_code == 200) == bool(attached)
