"""A confidential contract: nothing of it before one has shown who one is; no file, or a marked one.

The gate is asked of every page of a participant by what the addresses say, so that a page that is
added has it too.
"""

import re
import subprocess
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests import builders, mails, signatures, tables
from tests.flows.contracts.test_exhibits import (  # noqa: F401
    PLAN,
    filed,
    sent_files,
    videos,
)
from tests.public import visits
from tests.public.test_files import address
from tests.security.test_s23_asides import words
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing.models import Device
from wagtail_contracts.signing.public.page import ParticipantPage
from wagtail_contracts.signing.urls import urlpatterns

SAMPLES = ("A" * 22, "ab" * 32, "7", "a-word", str(uuid4()))
# The gate; help and privacy, which say nothing of a contract; a list that names what it keeps close
# by no title, whose steps lead on to each gate; and handing back a device, which nobody did here.
OUTSIDE = {"identify", "my_help", "my_privacy", "package", "package_step", "back"}
ASKS = ("challenge", "ratewindow", "_event", "_trail", "_disclosure", "_listing", "_message")


def close(at, way="identify"):
    """The contract, kept close in this way by its owner."""
    contracts.keep_close(at.contract, way, by=at.owner)
    return at


@pytest.fixture
def kept_close(sent):
    """Out for signing, to be read by whoever identifies."""
    return close(sent)


@pytest.fixture
def marked(sent):
    """The same, with a copy that bears its reader's name."""
    return close(sent, "marked")


def identify(client, person):
    """Ask for a code and type it in."""
    gate = visits.page("identify", person)
    client.post(gate, {"do": "send"})
    return client.post(gate, {"code": visits.code()})


def inside(person, **options):
    """A browser that has passed the gate."""
    client = visits.enter(person, **options)
    assert identify(client, person).status_code == 303
    return client


def addressed(pattern, public_id):
    """An address that a pattern knows."""
    made = pattern.pattern.regex.pattern.replace("^", "/", 1).rstrip("$").replace("\\.", ".")
    made = re.sub(r"\(\?P<public_id>[^)]*\)", public_id, made)
    while found := re.search(r"\(\?P<\w+>((?:[^()]|\([^()]*\))*)\)", made):
        fits = next(one for one in SAMPLES if re.fullmatch(found[1], one))
        made = made.replace(found[0], fits)
    assert pattern.pattern.regex.match(made[1:]), made
    return made


def of_a_participant():
    """Each page of a participant by its name, with an address; the list of one's own is another."""
    mine = [one for one in urlpatterns if "public_id" in one.pattern.regex.groupindex]
    assert [one.name for one in mine if not _is_gated(one)] == ["mine_open"]
    return [one for one in mine if _is_gated(one)]


def _is_gated(pattern):
    return issubclass(pattern.callback.view_class, ParticipantPage)


def secrets(at):
    """Words of the contract that nobody gets before the gate."""
    content = at.version.content
    customer = next(party["name"] for party in content["parties"] if not party["own"])
    return [content["title"], customer, at.version.digest, at.version.digest[:4].upper()]


def test_every_page_of_a_participant_is_behind_the_gate_and_says_nothing(kept_close):
    kari, client = kept_close.kari, visits.enter(kept_close.kari)
    gate, asked = visits.page("identify", kari), 0
    for pattern in of_a_participant():
        place, is_open = addressed(pattern, kari.public_id), pattern.name in OUTSIDE
        for method in ("get", "post", "head", "put"):
            with tables.unchanged(but=ASKS if pattern.name == "identify" else ()):
                answer = getattr(client, method)(place)
            said = answer.content.decode() + repr(answer.headers)
            led = answer.headers.get("Location", "").partition("?to=")[0]
            assert is_open or (answer.status_code, led) == (303, gate), place
            assert [one for one in secrets(kept_close) if one in said] == [], place
            asked += 1
    assert asked >= 4 * 18


def test_whoever_identifies_reads_it(kept_close):
    kari, client = kept_close.kari, visits.enter(kept_close.kari)
    assert not Event.objects.named("contract.viewed").exists()

    opened = identify(client, kari)

    place = visits.page("contract", kari)
    assert (opened.status_code, opened["Location"]) == (303, place)
    said = client.get(place).content.decode()
    assert [one for one in secrets(kept_close) if one not in said] == []
    assert "whoever reads it can photograph the screen" in said
    assert Event.objects.named("contract.viewed").count() == 1
    assert client.get(visits.page("identify", kari))["Location"] == place


def test_a_contract_that_is_not_confidential_has_no_gate(sent):
    client = visits.enter(sent.kari)
    page = client.get(visits.page("contract", sent.kari))
    assert (page.status_code, b"photograph" in page.content) == (200, False)
    with tables.unchanged():
        assert client.post(visits.page("identify", sent.kari)).status_code == 303


def test_a_wrong_code_opens_nothing_and_another_browser_has_its_own_gate(kept_close):
    kari, client = kept_close.kari, visits.enter(kept_close.kari)
    gate = visits.page("identify", kari)
    client.post(gate, {"do": "send"})
    right = visits.code()
    wrong = client.post(gate, {"code": f"{(int(right) + 1) % 1_000_000:06d}"})
    assert (wrong.status_code, "4 tries left." in wrong.content.decode()) == (422, True)
    assert client.get(visits.page("contract", kari)).status_code == 303

    assert client.post(gate, {"code": right}).status_code == 303
    assert client.get(visits.page("contract", kari)).status_code == 200
    other = visits.enter(kari)
    assert other.get(visits.page("contract", kari))["Location"] == gate


def test_becoming_confidential_shuts_the_page_that_is_open(sent):
    client = visits.enter(sent.kari)
    place = visits.page("contract", sent.kari)
    assert client.get(place).status_code == 200
    close(sent)
    assert client.get(place)["Location"] == visits.page("identify", sent.kari)


def test_four_codes_an_hour_are_too_many(kept_close):
    client, gate = visits.enter(kept_close.kari), visits.page("identify", kept_close.kari)
    answers = [client.post(gate, {"do": "send"}).status_code for _ in range(4)]
    assert answers == [303, 303, 303, 429]


def test_the_mails_outside_name_it_by_its_number(kept_close):
    title = kept_close.version.content["title"]
    told = [letter for letter in mails.sent() if letter.to == [kept_close.kari.email]]
    assert [letter.subject for letter in told if kept_close.contract.number in letter.subject]
    assert not [letter for letter in told if title in words(letter)]


def test_a_new_device_is_told_to_the_owner_once(kept_close):
    kari, first = kept_close.kari, inside(kept_close.kari)
    visits.enter(kari, first)
    identify(first, kari)
    assert Device.objects.count() == Event.objects.named("device.seen").count() == 1
    assert not _told(kept_close)

    inside(kari)
    assert Device.objects.count() == Event.objects.named("device.seen").count() == 2
    assert [event.data["device"] for event in Event.objects.named("device.seen")] == [1, 2]
    assert len(_told(kept_close)) == 1
    shared = Event.objects.of(kept_close.contract.trail)
    assert not shared.named("device.seen").exists()


def _told(at):
    return Message.objects.filter(keys__kind="new_device", keys__user=at.sender.pk)


def test_no_cookie_of_a_device_opens_anything_and_only_its_hash_is_kept(kept_close):
    kari, client = kept_close.kari, inside(kept_close.kari)
    [name] = [name for name in client.cookies if name.endswith("-device")]
    cookie = client.cookies[name]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert cookie.value not in tables.texts()
    stranger = visits.enter(kari)
    stranger.cookies[name] = cookie.value
    assert stranger.get(visits.page("contract", kari)).status_code == 303


@pytest.mark.parametrize("way", ["identify", "marked"])
def test_nothing_is_taken_along_before_all_have_signed(sent_files, way):  # noqa: F811
    client, place = visits.enter(sent_files.kari), address(sent_files, "plan.pdf")
    assert client.post(place).content == PLAN
    close(sent_files, way)
    identify(client, sent_files.kari)
    with tables.unchanged():
        assert client.post(place).status_code == 404
    assert client.get(f"{place}1.jpg").status_code == 200  # it is read in place
    said = client.get(visits.page("contract", sent_files.kari)).content.decode()
    assert "taken along when everyone has signed" in said
    assert f'formaction="{place}"' not in said


def words_of(pdf, folder):
    """The words of each page of a PDF."""
    path = folder / "copy.pdf"
    path.write_bytes(pdf)
    told = subprocess.run(  # noqa: S603 - poppler, on a file of our own
        ["pdftotext", "-layout", str(path), "-"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    return [" ".join(page.split()) for page in told.stdout.split("\f") if page.strip()]


def test_a_marked_copy_names_its_reader_and_the_time_on_every_page(marked, tmp_path):
    client, before = inside(marked.kari), timezone.now()
    answer = client.post(visits.page("copy", marked.kari))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"

    [event] = Event.objects.of(marked.contract.trail).named("document.downloaded")
    assert event.actor_key == marked.kari.public_id
    assert (event.data["kind"], event.data["version"]) == ("marked copy", 1)
    pages = words_of(answer.content, tmp_path)
    assert len(pages) >= 2
    zone = ZoneInfo(marked.contract.workspace.timezone)
    found = [re.search(r"copy for Kari Nordmann, ([^:]+:\d\d)", page) for page in pages]
    assert all(found)
    [time] = {hit[1] for hit in found}
    told = datetime.strptime(time, "%d %B %Y, %H:%M").replace(tzinfo=zone)
    assert before - timedelta(minutes=1) < told <= event.at
    assert marked.version.content["title"] in pages[0]


@pytest.mark.parametrize("way", ["", "identify"])
def test_no_copy_is_given_of_any_other_contract(sent, way):
    close(sent, way)
    client = inside(sent.kari) if way else visits.enter(sent.kari)
    with tables.unchanged():
        refused = client.post(visits.page("copy", sent.kari))
    assert refused["Location"] == visits.page("contract", sent.kari)


def test_no_marked_copy_is_given_when_all_have_signed(marked):
    client = inside(marked.kari)
    contracts.answer(
        marked.kari, marked.version.digest, builders.ANSWERS, by=builders.guest(marked.kari)
    )
    marked.contract = Contract.objects.get()
    signatures.sign_all(marked)
    with tables.unchanged():
        assert client.post(visits.page("copy", marked.kari)).status_code == 303
