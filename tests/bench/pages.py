"""The public page against the same text on a plain Wagtail page, and what it asks the database."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from io import BytesIO
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Site

from tests import builders
from tests.bench import agreements, timing
from tests.bench.plain import stream
from tests.bench.plain.models import PlainPage
from tests.bench.timing import Row
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.core import shown
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.conf import signing as configured

PART = "The public page"
MOST = 1.5
CLAUSES = (12, 50, 200)
Get = Callable[[], str]


def rows(*, tiny: bool) -> Iterator[Row]:
    """A row for each length, before and after answers; then the queries."""
    counts = []
    for clauses in CLAUSES[:1] if tiny else CLAUSES:
        at = agreements.sent(clauses)
        ours = getter(reverse("wagtail_contracts:contract", args=[at.kari.public_id]), at.kari)
        bare = getter(_plain(f"plain-{clauses}", at.version.content))
        words = _words(at.version.content)
        sides = {"ours": (ours, words), "bare": (bare, words)}
        found = timing.interleaved(
            {name: timing.spent(get, _holding(words)) for name, (get, words) in sides.items()},
            0 if tiny else 11,
        )
        yield timing.compared(
            PART, f"{clauses} clauses, four fields to fill in", found["ours"], found["bare"], MOST
        )
        counts.append((clauses, _queries(ours), _queries(bare)))
    yield constant(PART, "queries at {} clauses", counts)


def getter(path: str, participant: Any = None) -> Get:
    """Asks the site as a web server does, with the cookie of somebody whom a link let in."""
    application = get_wsgi_application()
    cookie = ""
    if participant:
        _session, secret = signing.admit(signing.invite(participant, by=SYSTEM), by=SYSTEM)
        stem = configured().cookie.removeprefix("__Host-")
        cookie = f"{stem}-{participant.public_id}={secret}"

    def get() -> str:
        said: list[str] = []
        environ = {**ENVIRON, "PATH_INFO": path, "HTTP_COOKIE": cookie, "wsgi.input": BytesIO()}
        answer = application(environ, lambda status, _headers: said.append(status))
        body = b"".join(answer).decode()
        answer.close()
        assert said == ["200 OK"], (said, path)
        return body

    return get


ENVIRON = {
    "REQUEST_METHOD": "GET",
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "80",
    "HTTP_HOST": "localhost",
    "REMOTE_ADDR": "127.0.0.1",
    "wsgi.url_scheme": "http",
}


def _plain(slug: str, content: Any) -> str:
    """The address of a live plain page with the same text."""
    root = builders.root()
    Site.objects.get_or_create(is_default_site=True, hostname="localhost", root_page=root)
    page = PlainPage(title=content["title"], slug=slug, body=stream.blocks(content))
    root.add_child(instance=page)
    return f"/{slug}/"


def _words(content: Any) -> list[str]:
    """What a reader finds on both: every paragraph that has nothing to fill in."""
    texts = [value["text"] for kind, value in stream.blocks(content) if kind == "clause"]
    found = [unescape(text) for text in re.findall(r"<p>(.*?)</p>", " ".join(texts))]
    whole = [text for text in found if shown.BLANK not in text]
    assert len(whole) > 12
    return whole


def _holding(words: list[str]) -> Callable[[object], None]:
    def check(page: object) -> None:
        text = _bare(str(page))
        for sentence in words:
            assert _bare(sentence) in text, sentence

    return check


def _bare(page: str) -> str:
    """Without tags and spaces, which differ."""
    return "".join(unescape(re.sub(r"<[^>]+>", "", page)).split())


def _queries(get: Get) -> int:
    with CaptureQueriesContext(connection) as queries:
        get()
    return len(queries)


def constant(part: str, what: str, counts: list[tuple[int, int, int]]) -> Row:
    """As many for the longest text as for the shortest."""
    ours, bare = [one[1] for one in counts], [one[2] for one in counts]
    lengths = ", ".join(str(one[0]) for one in counts)
    return Row(
        part,
        what.format(lengths),
        ", ".join(map(str, ours)),
        ", ".join(map(str, bare)),
        max(ours) / min(ours),
        1.0,
    )
