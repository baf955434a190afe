"""The contract's page on a slow phone: when it is painted, what blocks, how fast it answers."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.first_visit import served
from tests.bench.timing import Row
from tests.chromium import PATIENCE, launch

PART = "The page in the hand"
PAINT, BLOCKED, ANSWER, SERVER = 1800.0, 50.0, 100.0, 150.0  # milliseconds
SLOWER, BYTES_A_SECOND, AWAY = 4, 1.6e6 / 8, 150
WATCH = """window.seen = { paint: 0, blocked: 0, event: 0 };
const watch = (type, tell, more) =>
  new PerformanceObserver((list) => list.getEntries().forEach(tell))
    .observe({ type, buffered: true, ...more });
watch("largest-contentful-paint", (entry) => { seen.paint = entry.startTime; });
watch("longtask", (entry) => { seen.blocked += Math.max(0, entry.duration - 50); });
watch("event", (entry) => { seen.event = Math.max(seen.event, entry.duration); },
  { durationThreshold: 16 });"""


def rows(*, tiny: bool) -> Iterator[Row]:
    """The median of some visits to a contract of twelve clauses; then the server's time for 60."""
    from tests.bench import agreements

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright leaves an event loop in this thread
    at = agreements.sent(12)
    with served() as site, sync_playwright() as playwright:
        browser = launch(playwright)
        times = range(1 if tiny else 5)
        visits = [_visit(browser, site, at.kari) for _time in times]
        plain = [_visit(browser, site, at.kari, scripts=False) for _time in times]
        browser.close()
    found = {name: statistics.median(visit[name] for visit in visits) for name in visits[0]}
    bare = statistics.median(visit["blocked"] for visit in plain)
    yield _row("largest contentful paint", found["paint"], PAINT)
    yield _row("blocked by scripts", max(0.0, found["blocked"] - bare), BLOCKED)
    yield _row("interaction to next paint", found["event"], ANSWER)
    yield _row("60 clauses, on the server", _server(agreements, 3 if tiny else 15), SERVER)


def _row(what: str, found: float, most: float) -> Row:
    return Row(PART, what, f"{found:.0f} ms", f"{most:.0f} ms", found / most, 1.0)


def _visit(browser: Browser, site: str, kari: object, *, scripts: bool = True) -> dict[str, float]:
    """Come in by a link on a slow phone, fill in, and open what can be opened."""
    from tests.public import visits

    context = browser.new_context(viewport={"width": 375, "height": 667}, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{site}{visits.landing(kari)}")  # type: ignore[arg-type]
    _slow(page)
    page.add_init_script(WATCH)
    if not scripts:
        page.route("**/*.js", lambda route: route.abort())
    page.get_by_role("button").first.click()
    page.wait_for_load_state("networkidle")
    loaded: dict[str, float] = page.evaluate("({ ...seen })")
    page.evaluate("seen.event = 0")
    page.get_by_text("Office hours").first.click()
    page.get_by_label("Invoices to").press_sequentially("pay@customer.example")
    page.locator(".wc-document summary").first.click()
    page.wait_for_timeout(500)
    answered: float = page.evaluate("seen.event")
    context.close()
    return {**loaded, "event": answered}


def _slow(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.send("Network.enable")
    speed = {"downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND}
    session.send("Network.emulateNetworkConditions", {"offline": False, "latency": AWAY, **speed})


def _server(agreements: object, times: int) -> float:
    """The middle one of so many answers, in milliseconds, once the first one has warmed it."""
    from django.urls import reverse

    from tests.bench.pages import getter

    at = agreements.sent(60)  # type: ignore[attr-defined]
    get = getter(reverse("wagtail_contracts:contract", args=[at.kari.public_id]), at.kari)
    get()
    found = []
    for _time in range(times):
        begun = time.perf_counter()
        get()
        found.append(1000 * (time.perf_counter() - begun))
    return statistics.median(found)
