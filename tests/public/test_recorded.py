"""What the foot of a page says is recorded of its reader is all that is."""

import pytest

from tests import mails, signatures, tables
from tests.public import markup, visits
from tests.public.visits import page
from wagtail_contracts.audit.models import Event

pytestmark = pytest.mark.django_db
ADDRESS = "198.51.100.77"
TOLD = "Qzxmarked"  # in all that a browser tells of itself without being asked
BROWSER = {
    "user-agent": f"{TOLD}/7.0 (X11)",
    "accept-language": f"en, {TOLD};q=0.1",
    "accept": f"text/html, application/{TOLD}",
    "accept-encoding": TOLD,
    "referer": f"http://testserver/{TOLD}",
    "sec-ch-ua": TOLD,
    "sec-ch-ua-platform": TOLD,
    "sec-fetch-dest": TOLD,
    "dnt": TOLD,
    "viewport-width": TOLD,
    "downlink": TOLD,
}
# What is recorded of a reader, by the words of the page that say so.
SAYS = {
    "when and from which network address you open the contract": ("contract.viewed",),
    "which files you fetch": ("document.downloaded", "exhibit.downloaded"),
    "what you send in": (
        *("answers.given", "version.created", "agreement.given", "signature.given"),
        *("identification.begun", "identification.failed", "identification.completed"),
    ),
    "what you write for everyone": ("thread.begun", "comment.made"),
}
READ = ("contract", "changes", "threads", "people", "state", "my_help", "forward", "decline")


def browser(person):
    return visits.enter(person, headers=BROWSER, REMOTE_ADDR=ADDRESS)


def take_part(client, at):
    """All the way: read, keep, fill in, write, miss the code, sign, fetch the file."""
    kari = at.kari
    for name in READ:
        assert client.get(page(name, kari)).status_code == 200, name
    client.post(page("answers", kari), {**visits.TYPED, "do": "keep"})
    said = {"begin": "new", "text-new": "Why?", "kind-new": "comment", **visits.shown(kari)}
    assert client.post(page("threads", kari), said).status_code == 303
    visits.answer(client, kari)
    visits.agree(client, kari)
    client.post(page("code", kari), {"code": signatures.another(visits.code())})
    client.post(page("code", kari), {"code": visits.code()})
    signatures.sign(at.ola)
    mails.sent()
    assert client.post(page("sealed", kari)).status_code == 200


def test_nothing_that_a_browser_tells_of_itself_is_kept(sent):
    take_part(browser(sent.kari), sent)

    kept = tables.texts()
    assert TOLD not in kept
    assert ADDRESS in kept


def test_the_foot_of_the_page_names_all_that_is_recorded_of_its_reader(sent):
    client = browser(sent.kari)
    foot = " ".join(markup.read(client.get(page("contract", sent.kari)).content).text.split())
    take_part(client, sent)

    mine = Event.objects.filter(actor_key=sent.kari.public_id)
    named = {name for names in SAYS.values() for name in names}
    found = set(mine.values_list("name", flat=True))
    assert found - named == set()
    for words, names in SAYS.items():
        assert words in foot
        assert found & set(names), words


def test_who_only_reads_and_waits_leaves_nothing_but_that_it_was_opened(sent):
    client = browser(sent.kari)
    assert Event.objects.filter(actor_key=sent.kari.public_id).count() == 1
    with tables.unchanged():
        for name in READ * 2:
            assert client.get(page(name, sent.kari)).status_code == 200
