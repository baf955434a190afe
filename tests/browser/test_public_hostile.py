"""S-24 and S-25 in a browser: hostile words open no dialog, ask for nothing and break no policy."""

from __future__ import annotations

import pytest

from tests.chromium import PATIENCE
from tests.public import stages, visits
from tests.security.hostile import ALL
from tests.security.test_s24_pages import hostile  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
MARKUP = (
    """document.querySelector('main').insertAdjacentHTML(
      'beforeend', '<img src="x" onerror="alert(1)">')""",
    """() => {
      const script = document.createElement('script');
      script.textContent = 'alert(2)';
      document.querySelector('main').append(script);
    }""",
)


def test_hostile_words_do_nothing(hostile, open_page):  # noqa: F811 - the fixture
    page, dialogs = open_page(), []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(visits.landing(hostile.kari))
    page.get_by_role("button").click()
    for key in ("until", "remarks"):
        page.locator(f"[name=a-{key}]").evaluate("(field, text) => { field.value = text; }", ALL)
    page.get_by_role("button", name="Save and finish later").click()
    page.get_by_text("Saved. Only you can see it").wait_for()
    for name in ("sign", "decline"):
        page.goto(visits.page(name, hostile.kari))
        page.wait_for_timeout(200)
    stages.revise(hostile, title="Calm", reason=ALL)
    for view in ("one", "two"):
        page.goto(f"{visits.page('changes', hostile.kari)}?view={view}")
        page.wait_for_timeout(200)

    assert dialogs == []
    assert page.locator("img, iframe, base, style").count() == 0


def test_the_policy_would_stop_what_slipped_through(sent, browser, live_server):
    """The second wall, seen to hold: markup that a fault of ours might let in does not run."""
    page, dialogs = browser.new_page(base_url=live_server.url), []
    page.set_default_timeout(PATIENCE)
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(visits.landing(sent.kari))
    for markup in MARKUP:
        with page.expect_console_message(lambda said: "Content Security Policy" in said.text):
            page.evaluate(markup)
    page.wait_for_timeout(300)
    page.close()

    assert dialogs == []
