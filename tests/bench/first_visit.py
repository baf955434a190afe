"""What a first visit costs a browser that knows nothing yet: requests, and bytes as they travel."""

from __future__ import annotations

import gzip
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.timing import Row
from tests.chromium import PATIENCE, launch

PART = "The first visit"
REQUESTS, BYTES = 6, 100 << 10
TEXTUAL = ("text/", "application/javascript", "application/json", "image/svg")


@dataclass(frozen=True)
class Visit:
    """From opening the link in the mail until the contract stands there."""

    requests: list[str]
    received: int


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@contextmanager
def served() -> Iterator[str]:
    """The site at a port of its own, compressed as the proxy of a site does."""
    application = compressed(StaticFilesHandler(get_wsgi_application()))
    server = make_server("127.0.0.1", 0, application, _Server, _Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def compressed(application: Callable[..., Any]) -> Callable[..., Any]:
    """The same answers, texts packed by gzip."""

    def packing(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        said: list[Any] = []
        answer = application(environ, lambda *words: said.append(words))
        try:
            body = b"".join(answer)
        finally:
            answer.close()
            connections.close_all()
        status, headers = said[0][0], [item for item in said[0][1] if item[0] != "Content-Length"]
        kind = dict(headers).get("Content-Type", "")
        if body and kind.startswith(TEXTUAL) and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            body = gzip.compress(body)
            headers.append(("Content-Encoding", "gzip"))
        start(status, [*headers, ("Content-Length", str(len(body)))])
        return [body]

    return packing


class _Watch:
    """Listens to what the browser asks for over the network."""

    def __init__(self, page: Page) -> None:
        self.asked: list[tuple[str, str]] = []
        self.kept: set[str] = set()
        self.received = 0
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.requestServedFromCache", lambda said: self.kept.add(said["requestId"]))
        session.on("Network.loadingFinished", self._received)
        session.send("Network.enable")

    @property
    def requests(self) -> list[str]:
        """Method and address; what came from the cache of this very visit was not asked for."""
        return [words for number, words in self.asked if number not in self.kept]

    def _asked(self, said: dict[str, Any]) -> None:
        address = said["request"]["url"]
        if address.startswith("http"):
            self.asked.append((said["requestId"], f"{said['request']['method']} {address}"))
        self._received(said.get("redirectResponse", {}))

    def _received(self, said: dict[str, Any]) -> None:
        self.received += int(said.get("encodedDataLength", 0))


def visit(browser: Browser, address: str, sentence: str) -> Visit:
    """Follow a personal link with a cold cache, press its button, read up to `sentence`."""
    context = browser.new_context()
    try:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        watch = _Watch(page)
        page.goto(address)
        page.get_by_role("button").first.click()
        page.get_by_text(sentence).first.wait_for()
        page.wait_for_load_state("networkidle")
        return Visit(watch.requests, watch.received)
    finally:
        context.close()


def rows(*, tiny: bool) -> Iterator[Row]:
    """One contract of twelve clauses."""
    from tests.bench import agreements
    from tests.public import visits

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright leaves an event loop in this thread
    at = agreements.sent(12)
    link = visits.landing(at.kari)
    with served() as site, sync_playwright() as playwright:
        browser = launch(playwright)
        found = visit(browser, f"{site}{link}", agreements.SENTENCE.strip())
        browser.close()
    many, weight = len(found.requests), found.received
    yield Row(PART, "12 clauses: requests", str(many), str(REQUESTS), many / REQUESTS, 1.0)
    words = f"{weight / 1024:.1f} KB", f"{BYTES >> 10} KB"
    yield Row(PART, "12 clauses: received, compressed", *words, weight / BYTES, 1.0)
