"""Signing by OpenID Connect in a real browser, with a real provider on another port."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import signatories as do
from tests.chromium import PATIENCE, STILL
from tests.public import visits
from tests.security.oidc import lies
from tests.security.oidc.fixtures import *  # noqa: F403 - fixtures
from wagtail_contracts.signing.models import Signature

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def page(browser, live_server, op, settings):
    """A page that may leave for the provider, which knows where this site is."""
    ours = settings.WAGTAIL_CONTRACTS
    here = {**ours["CONTRACTS"], "PUBLIC_BASE_URL": live_server.url}
    settings.WAGTAIL_CONTRACTS = {**ours, "CONTRACTS": here}
    op.op.context.cdb["contracts"]["redirect_uris"] = [(f"{live_server.url}/c/return/bankid/", {})]
    contexts = []

    def new(**options):
        contexts.append(browser.new_context(base_url=live_server.url, **STILL, **options))
        contexts[-1].set_default_timeout(PATIENCE)
        return contexts[-1].new_page()

    yield new
    for context in contexts:
        context.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_whoever_agrees_comes_back_and_has_signed(page, asked, op, script):
    """Two activations from the page of review with script, one more without."""
    kari = page(java_script_enabled=script, viewport={"width": 375, "height": 800})
    kari.goto(f"{visits.landing(asked.kari)}?to=sign")
    kari.get_by_role("button", name="Open the contract").click()
    op.twist = lies.claim(name="Somebody Else")
    kari.get_by_role("button", name="I agree – sign with BankID").click()
    if not script:
        kari.get_by_role("button", name="Sign version 2").click()
    expect(kari.get_by_text("BankID says you are Somebody Else")).to_be_visible()
    do.sound(kari)

    op.twist = None
    kari.get_by_role("link", name="Begin again").click()
    kari.get_by_role("button", name="I agree – sign with BankID").click()
    if not script:
        expect(kari.locator("h1")).to_have_text("You are back from BankID")
        do.sound(kari)
        kari.get_by_role("button", name="Sign version 2").click()
    expect(kari.locator("h1")).to_have_text("You have signed")
    assert Signature.objects.get().identification.method == "bankid"
