"""The demo's own signing service: anybody signs there as somebody who is made up."""

from __future__ import annotations

from playwright.sync_api import expect

from example_site.means import MADE
from tests.browser import axe
from tests.browser.site import Site, link
from tests.browser.visiting import Visitor, shot
from tests.browser.ways import press

KARI, HER_OWN = "kari@kunde.example", "Demo signature service"


def test_kari_signs_with_a_certificate_of_her_own_and_per_does_not(
    site: Site, visitor: Visitor
) -> None:
    [way] = [way for way in MADE if way.signs_by == "demo_signature"]
    page = visitor(375)
    page.goto(link(site.mail(KARI, way.title)))
    press(page, "Åpne kontrakten")
    press(page, "Se over og signer")
    for person in ("Per Prøve", "Kari Nordmann"):
        press(page, f"Jeg godtar – signer med {HER_OWN}")
        expect(page.locator("h1")).to_have_text(HER_OWN)
        shot(page, "demo-signature-who", full_page=True)
        press(page, person)
        page.wait_for_url("**credentialID**")
        assert axe.faults(page) == []
        shot(page, "demo-signature", full_page=True)
        press(page, f"Sign as {person}")
        if person == "Per Prøve":
            expect(page.locator("main")).to_contain_text(person)
            shot(page, "demo-signature-differs", full_page=True)
            press(page, "Begynn på nytt")

    expect(page.locator("h1")).to_have_text("Du har signert")
    told = page.locator("main")
    expect(told).to_contain_text(f"med et personlig sertifikat hos {HER_OWN}")
    expect(told).to_contain_text("avansert elektronisk signatur")
    shot(page, "demo-signature-done", full_page=True)
