"""Every means in a browser, with script and without, from the link to the sealed file.

What is opened, signed and fetched by goes through them crosswise, so that each row tries three.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect

from tests import builders, signatures
from tests.browser import ways
from tests.browser.authoring import enter
from tests.browser.delivering import deliver
from tests.browser.visiting import shot
from tests.browser.ways import *  # noqa: F403 - fixtures
from tests.browser.ways import Visit, press
from tests.csc.stage import first_day, running_servers  # noqa: F401 - fixtures
from tests.journeys import stage
from tests.public import visits
from tests.security.oidc.fixtures import authority, bankid, op, options, server  # noqa: F401
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.core.reports import Report
from wagtail_contracts.signing.core import drawings
from wagtail_contracts.signing.models import Fetch, Identification, Purpose, Signature

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
PHONE, PASSWORD = "+4790012345", "password"
DESK, HAND = 1280, 375


class Row(NamedTuple):
    """By what one signs, opens and fetches; the level, and how paper and page call the means."""

    signs: str
    opens: str
    fetches: str
    level: str
    printed: str
    named: str
    who: str = "kari"


ROWS = [
    Row(
        *("link", "link", "link", "simple"),
        "Identified by the personal link that was sent.",
        "with a personal link",
    ),
    Row(
        *("email_code", "sms_code", "bankid", "simple"),
        "Identified by a one-time code that was sent by e-mail.",
        "with a code by e-mail",
    ),
    Row(
        *("sms_code", "bankid", "email_code", "simple"),
        "Identified by a one-time code that was sent by SMS.",
        "with a code by SMS",
    ),
    Row(
        *("bankid", "email_code", "sms_code", "advanced"),
        "Identified by: BankID.",
        "with BankID",
    ),
    Row(
        *("remote", "link", "link", "qualified"),
        "Identified by: Lab Sign.",
        "with a personal certificate at Lab Sign",
    ),
    Row(
        *("in_person", "link", "link", "simple"),
        "Identified in person, on a device of the sender.",
        "in person",
    ),
    Row(
        *("totp", "link", "link", "simple"),
        "Identified by a one-time code from an own device.",
        "with a one-time code",
        "ola",
    ),
]


@pytest.mark.usefixtures("bankid", "lab")
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("row", ROWS, ids=[row.signs for row in ROWS])
def test_whoever_shows_who_they_are_signs_and_has_the_sealed_file(
    row: Row, script: bool, going: Any, template: Any, sender: Any, live_server: Any
) -> None:
    at, width = sent(row, template, sender), DESK if row.signs in WAYS else HAND
    page = going(java_script_enabled=script, viewport={"width": width, "height": 800})
    visit = Visit(page, getattr(at, row.who), script, live_server.url)

    file = WAYS.get(row.signs, by_the_link)(visit, row, at)

    report = sealing.verify(file.read_bytes())
    assert report.verdict == "intact"
    stated(report, visit.person, row)
    drawn(report, script=script and row.signs == "link")
    printed(file, row)
    judged(visit, file, row)
    showed(visit.person, row)


def sent(row: Row, template: Any, sender: Any) -> SimpleNamespace:
    """It is out and filled in, and everybody else has signed."""
    ours, theirs = builders.parties(sender)
    theirs.people[0] = contracts.PersonDraft(
        "Kari Nordmann",
        "kari@customer.example",
        phone=PHONE,
        **({} if row.who == "ola" else row_means(row)),
    )
    draft = builders.contract(template, sender, parties=[ours, theirs])
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    at = stage(draft, sender)
    by = builders.guest(at.kari)
    contracts.answer(at.kari, at.version.digest, builders.ANSWERS, by=by)
    signatures.sign(at.kari if row.who == "ola" else at.ola)
    return stage(draft, sender)


def row_means(row: Row) -> dict[str, str]:
    """As the sender chooses them."""
    return {"signs_by": row.signs, "opens_by": row.opens, "fetches_by": row.fetches}


def by_the_link(visit: Visit, row: Row, at: SimpleNamespace) -> Path:
    """Open, sign and fetch on the public pages."""
    page, person = visit.page, visit.person
    page.goto(visits.landing(person))
    press(page, "Open the contract")
    ways.show(visit, row.opens, "Read the contract")
    expect(page.locator("h1")).to_have_text("Hosting 2027")
    press(page, "Review and sign")
    expect(page.locator("h1")).to_have_text("Check before you sign")
    if row.signs == "link":
        draw(visit)
    ways.affirm(visit, row.signs, at.version.number)
    expect(page.locator("h1")).to_have_text("Signed by everyone")
    shot(page, f"means-{row.signs}-{visit.script}", full_page=True)
    if visit.script and row.signs == "link":
        path = drawings.read(Signature.objects.get(participant=person).drawing).path
        expect(page.locator(".wc-drawn path")).to_have_attribute("d", path)
    deliver()
    page.goto(visits.page("contract", person))
    if row.fetches != "link":
        press(page, "Sealed PDF")
        expect(page.locator("h1")).to_have_text("Take the sealed copy")
        ways.show(visit, row.fetches, "Go on")
    return take(page, "Sealed PDF")


def in_person(visit: Visit, row: Row, at: SimpleNamespace) -> Path:
    """The host hands the device over, takes it back, and logs in anew."""
    page, person = visit.page, visit.person
    device = logged_in(visit, at)
    overview = reverse("wagtail_contracts_contract:inspect", args=[at.contract.pk])
    hosting = reverse("wagtail_contracts_contract:sign_in_person", args=[at.contract.pk])
    page.goto(overview)
    page.locator(f'a[href="{hosting}?participant={person.public_id}"]').click()
    page.get_by_role("textbox", name="Code").fill(ways.at_app(device))
    press(page, "Go on")
    press(page, "Log me out and hand over")
    landing = page.url
    for leave in (page.go_back, lambda: page.goto(overview), lambda: page.goto(hosting)):
        leave()
        expect(page.locator("input[name=password]")).to_be_visible()
    page.goto(landing)
    press(page, "I am Kari Nordmann")
    page.goto(visits.page("sign", person))
    ways.affirm(visit, row.signs, at.version.number)
    expect(page.locator("h1")).to_have_text("Signed by everyone")
    deliver()
    page.goto(visits.page("contract", person))
    press(page, "Hand the device back")
    expect(page.locator("h1")).to_have_text("Give the device back to Ola Nordmann")
    page.go_back()
    page.goto(overview)
    page.locator("input[name=username]").fill("ola")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(f"**{overview}")
    return take(page, "Download")


def by_device(visit: Visit, row: Row, at: SimpleNamespace) -> Path:
    """A colleague signs in the admin."""
    page, device = visit.page, logged_in(visit, at)
    overview = reverse("wagtail_contracts_contract:inspect", args=[at.contract.pk])
    page.goto(overview)
    press(page, "Sign for us")
    page.get_by_label("Code").fill(ways.at_app(device))
    press(page, f"I agree – sign version {at.version.number}")
    expect(page.get_by_text("You have signed.")).to_be_visible()
    deliver()
    page.goto(overview)
    return take(page, "Download")


WAYS = {"in_person": in_person, "totp": by_device}


def logged_in(visit: Visit, at: SimpleNamespace) -> TOTPDevice:
    """Ola, in the admin, with a code app."""
    enter(visit.page, Client(), at.sender, visit.site)
    return TOTPDevice.objects.create(user=at.sender, name="phone", confirmed=True)


def draw(visit: Visit) -> None:
    """A line, with the mouse; without script there is nothing to draw on."""
    page, pad = visit.page, visit.page.locator(".wc-draw__pad")
    if not visit.script:
        expect(page.locator("[data-draw]")).to_be_hidden()
        return
    page.get_by_text("Draw your signature").click()
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(box["x"] + 20 + 25 * step, box["y"] + 20 + 10 * (step % 3))
    page.mouse.up()
    shot(page, "drawn", full_page=True)


def take(page: Page, name: str) -> Path:
    """Press the button that hands out the sealed copy."""
    with page.expect_download() as found:
        press(page, name)
    return Path(found.value.path())


def stated(report: Report, person: Participant, row: Row) -> None:
    """The file says by what, what it is worth, and holds the person's own signature."""
    evidence = json.loads(report.files["evidence.json"])
    assert json.loads(report.files["contract.json"])["content"]["title"] == "Hosting 2027"
    [given] = [one for one in evidence["statements"] if one["participant"] == person.public_id]
    assert (given["name"], given["method"], given["level"]) == (person.name, row.signs, row.level)
    assert given.get("host") == ("Ola Nordmann" if row.signs == "in_person" else None)
    assert ("proof" in given) == (row.signs == "remote")
    if own := given.get("proof"):
        assert sealing.signer(report.files[own["file"]]).name == person.name
        assert [note for note in report.notes if "by a qualified certificate" in note]


def drawn(report: Report, *, script: bool) -> None:
    """One line of several points, where there was something to draw on."""
    statements = json.loads(report.files["evidence.json"])["statements"]
    found = [drawings.read(one["drawing"]) for one in statements if "drawing" in one]
    assert [len(one.strokes) for one in found if one] == [1] * script
    assert all(len(stroke) > 4 for one in found if one for stroke in one.strokes)


def printed(file: Path, row: Row) -> None:
    """The signature page calls means and level by their names; a drawn name is no picture."""
    words = " ".join(run("pdftotext", str(file), "-").split())
    assert row.printed in words
    assert f"{row.level} electronic signature in the sense of eIDAS." in words
    assert len(run("pdfimages", "-list", str(file)).splitlines()) == 2  # the heading


def run(*command: str) -> str:
    """What poppler says."""
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout


def judged(visit: Visit, file: Path, row: Row) -> None:
    """Anybody who has the file learns the same."""
    page = visit.page
    page.goto("/verify/")
    page.set_input_files("input[type=file]", file)
    press(page, "Check the file")
    expect(page.locator("h1")).to_have_text("This is the sealed contract. It is unchanged.")
    told = page.locator(".wc-signers li").filter(has_text=visit.person.name)
    expect(told).to_contain_text(row.named)
    expect(told).to_contain_text(f"{row.level} electronic signature in the sense of eIDAS.")


def showed(person: Participant, row: Row) -> None:
    """Each purpose has an identification of its own, and the copy is accounted for."""
    found = Identification.objects.filter(participant=person).values_list("purpose", "method")
    first = Purpose.OPENING if row.signs == "in_person" else Purpose.SIGNING
    wanted = {(first, row.signs)}  # the host vouches before anything is read
    wanted |= {(Purpose.OPENING, row.opens)} if row.opens != "link" else set()
    wanted |= {(Purpose.FETCHING, row.fetches)} if row.fetches != "link" else set()
    assert set(found) == wanted
    assert Fetch.objects.count() == (row.fetches != "link")
    assert Signature.objects.get(participant=person).identification.method == row.signs
    assert Contract.objects.get(pk=person.party.contract_id).state == "signed"
