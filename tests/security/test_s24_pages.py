"""S-24: whatever is written anywhere, the pages of outsiders show it as text."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from example_site import contents as made
from tests import builders, mails, signatures
from tests.journeys import stage
from tests.public import markup, stages, visits
from tests.security.hostile import ALL, CORPUS, SHORT
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Workspace
from wagtail_contracts.signing import flows as signing

PAGES = ("contract", "changes", "sign", "code", "done", "decline")


def escaped(text: str) -> str:
    """As the editor's rich text would hold it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def hostile_fields() -> list:
    """Fields whose labels, helps and options are hostile."""
    options = [made.option("office", escaped(SHORT)), made.option("extended", escaped(ALL))]
    return [
        made.field("money", "price", SHORT, "supplier", currency="NOK"),
        made.field("date", "start", "Start", "supplier", default="2027-01-15", help=SHORT),
        made.field("choice", "support", SHORT, "customer", options=options, help=ALL),
        made.field("text", "until", SHORT, "customer", required=False),
        made.field("email", "invoice", "Invoices to", "customer", help=ALL),
        made.field("long_text", "remarks", SHORT, "customer", required=False),
    ]


def hostile_body() -> list:
    """Text of every kind that is hostile."""
    return [
        made.heading(escaped(SHORT)),
        made.text(escaped(ALL)),
        made.clause(escaped(SHORT), f"{escaped(ALL)} {made.chip('price')} {made.chip('start')}"),
        made.table(SHORT, (escaped(SHORT), "x"), ("y", escaped(ALL))),
        made.listing(escaped(ALL), escaped(SHORT), ordered=True),
        made.place("support"),
        made.text(f"{made.chip('invoice')} {made.chip('remarks')} {made.chip('customer.name')}"),
        made.area(SHORT),
        made.signatures(SHORT),
    ]


@pytest.fixture
def hostile(sales, sender) -> SimpleNamespace:
    """A contract in which every word that somebody could write is hostile; answered."""
    Workspace.objects.filter(pk=sales.pk).update(legal_name=SHORT)
    sender.first_name, sender.last_name = SHORT[:100], "</script>"
    sender.save()
    page = builders.template(sales, body=hostile_body(), fields=hostile_fields())
    ours = contracts.PersonDraft(SHORT, sender.email, user=sender, capacity=SHORT)
    theirs = contracts.PersonDraft(SHORT, "kari@customer.example", capacity=SHORT)
    parties = [
        contracts.PartyDraft("supplier", SHORT, SHORT[:40], [ours]),
        contracts.PartyDraft("customer", SHORT, "", [theirs]),
    ]
    draft = builders.contract(page, sender, title=SHORT, parties=parties)
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    at = stage(draft, sender)
    answers = {**builders.ANSWERS, "until": SHORT, "remarks": ALL}
    contracts.answer(at.kari, at.version.digest, answers, by=builders.guest(at.kari))
    return stage(draft, sender)


def insist(answer, *, says: bool = True) -> None:
    """The page is whole and harmless, and shows the hostile text as text."""
    assert answer.status_code in (200, 409, 422)
    assert markup.faults(answer.content) == []
    page = markup.read(answer.content)
    scripts = page.all("script")
    ours = [one for one in scripts if one.get("src", "").startswith("/static/") and one["nonce"]]
    assert scripts == ours
    assert b"<script>" not in answer.content
    if says:
        assert "<script>alert(1)</script>" in page.text or "onerror=alert(1)" in page.text


def test_every_page_shows_hostile_words_as_words(hostile):
    client = visits.enter(hostile.kari)
    for name in PAGES:
        answer = client.get(visits.page(name, hostile.kari))
        if answer.status_code == 200:
            insist(answer)
    text = markup.read(client.get(visits.page("contract", hostile.kari)).content).text
    for sample in CORPUS:
        assert sample.split()[0] in text


def test_so_does_the_landing(hostile):
    insist(Client().get(visits.landing(hostile.kari)))


def test_so_do_pages_that_give_back_what_was_typed(hostile):
    client, shown = visits.enter(hostile.kari), visits.shown(hostile.kari)
    typed = {f"a-{key}": ALL for key in builders.ANSWERS}

    insist(client.post(visits.page("answers", hostile.kari), {**shown, **typed, "do": "review"}))
    client.post(visits.page("answers", hostile.kari), {**typed, "do": "save"})
    insist(client.get(visits.page("contract", hostile.kari)))
    insist(client.post(visits.page("sign", hostile.kari), {**shown, "name": f"{SHORT}\u4e2d"}))
    insist(client.post(visits.page("decline", hostile.kari), {**shown, "reason": ALL}))
    stages.revise(hostile, title="Calm", reason=ALL)
    insist(client.post(visits.page("answers", hostile.kari), {**shown, **typed, "do": "review"}))
    for view in ("one", "two"):
        insist(client.get(f"{visits.page('changes', hostile.kari)}?from=2&view={view}"))


def test_so_do_the_pages_of_what_has_ended(hostile):
    client = visits.enter(hostile.kari)
    signatures.decline(hostile.kari, kind="other", reason=ALL)

    insist(client.get(visits.page("contract", hostile.kari)))


def test_so_does_the_statement_of_a_withdrawal(hostile):
    client = visits.enter(hostile.kari)
    contracts.withdraw(hostile.contract, ALL, by=hostile.owner)

    insist(client.get(visits.page("contract", hostile.kari)))


def test_so_do_the_page_of_the_signed_and_the_verdict_on_its_file(hostile):
    signatures.sign_all(hostile)
    mails.sent()
    client = visits.enter(hostile.kari)

    insist(client.get(visits.page("done", hostile.kari)))
    _file, content = signing.download(hostile.contract, by=hostile.owner)
    upload = SimpleUploadedFile("x.pdf", content, content_type="application/pdf")
    upload.name = f"{SHORT}.pdf"
    insist(Client().post("/verify/", {"file": upload}))


def test_numbers_in_addresses_are_not_echoed(hostile):
    client = visits.enter(hostile.kari)
    for query in ("?from=<script>alert(1)</script>", "?view=<script>", "?note=<script>"):
        insist(client.get(f"{visits.page('changes', hostile.kari)}{query}"))
        insist(client.get(f"{visits.page('contract', hostile.kari)}{query}"))
