"""Values that are typed into every free input of a page, and where they are found afterwards."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.contrib.sessions.models import Session
from django.test import Client

from tests.security import dumped
from wagtail_contracts.signing.public.self_service import TRAP

EMAIL, PHONE, NATIONAL_ID = "qzx.planted@kunde.example", "+4791234567", "15108695088"
# What is typed where contact data are asked for, by how such an input is called: it stands nowhere.
ASKED_FOR = {
    "email": "qzy.kontakt@privat.example",
    "phone": "+4798765432",
    "national_id": "21038504093",
}
CONTACT = {f"contact {kind}": value for kind, value in ASKED_FOR.items()}
ANSWER, SUBJECT = "QzxProviderAnswer", "QzxProviderSubject"
TYPED = {"e-mail": EMAIL, "phone": PHONE, "national id": NATIONAL_ID}
SHOWN = {"provider answer": ANSWER, "provider subject": SUBJECT}
FREE = {"text", "email", "tel", "search", "url", ""}
# Some inputs take no address, others no digits: the first that a form takes is what it was given.
WAYS = (f"{EMAIL} {PHONE} {NATIONAL_ID}", f"{PHONE} {NATIONAL_ID}", "Kari Planted")
NUMBERED = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=-)(?:\d+|__prefix__)(?=-)|(?<=^text-)[\w-]{22}$"
)
NEITHER = re.compile(r"[^0-9a-z]+")
INDEX = "_fts"  # of SQLite: it shows the columns that it is over
LOGGERS = ("wagtail_contracts", "django", "wagtail")
COPIED = "quote"  # takes words of the clause alone
INPUTS = Path(__file__).with_name("inputs.txt")
LISTED = Path(__file__).with_name("planted.txt")
BY_BROWSER = Path(__file__).with_name("planted_by_browser.txt")


@dataclass
class Form:
    """A form of a page; `free` are the names of inputs that take what somebody types."""

    method: str
    action: str
    given: dict[str, str] = field(default_factory=dict)
    free: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    stands: dict[str, str] = field(default_factory=dict)  # what is in a text area already

    def posts(self) -> Iterator[list[dict[str, str]]]:
        """By button, what a browser posts once words were typed into every free input."""
        for button in self.buttons or [("", "")]:
            pressed = dict([button]) if button[0] else {}
            yield [self.given | self._typed(words) | pressed for words in WAYS]

    def _typed(self, words: str) -> dict[str, str]:
        by_type = {"email": f"new.{EMAIL}", "tel": PHONE}
        typed = {name: by_type.get(kind, words) for name, kind in self.free.items()}
        return {name: f"{self.stands.get(name, '')} {said}".strip() for name, said in typed.items()}


class Forms(HTMLParser):
    """The forms of a page that post something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take up a form, and what stands in it."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form(said.get("method", "get").lower(), said.get("action", "")))
        elif self.found and "disabled" not in said:
            self._within(self.found[-1], tag, said)

    def handle_endtag(self, tag: str) -> None:
        """A text area ends."""
        self.area = "" if tag == "textarea" else self.area

    def handle_data(self, data: str) -> None:
        """Keep what stands in a text area."""
        if self.area:
            stands = self.found[-1].stands
            stands[self.area] = stands.get(self.area, "") + data

    def _within(self, form: Form, tag: str, said: dict[str, str]) -> None:
        name, kind, value = said.get("name", ""), said.get("type", ""), said.get("value", "")
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select and value:
            form.given.setdefault(self.select, value)
        elif not name:
            return
        elif name.startswith(COPIED):
            form.given[name] = ""
        elif tag == "textarea" or (tag == "input" and kind in FREE):
            form.free[name] = kind
            self.area = name if tag == "textarea" else ""
        elif tag == "button":
            form.buttons.append((name, value))
        elif kind in ("hidden", "radio", "checkbox"):
            form.given.setdefault(name, value or "on")


def forms_of(client: Client, address: str) -> list[Form]:
    """The forms of a page that take what somebody types, and post it."""
    page = client.get(address)
    if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
        return []
    forms = Forms()
    forms.feed(page.content.decode())
    return [form for form in forms.found if form.method == "post" and form.free]


def type_into(client: Client, address: str) -> int:
    """Type into every form of a page, and send each by each button; how many were taken."""
    taken = 0
    for form in forms_of(client, address):
        for ways in form.posts():
            taken += any(_sent(client, form.action or address, body) for body in ways)
    return taken


def _sent(client: Client, address: str, body: dict[str, str]) -> bool:
    return client.post(address, body).status_code < 400


def places(planted: dict[str, str], folder: Path) -> set[tuple[str, str]]:
    """Where each value stands in clear in a dump: table and column, and which."""
    found = set()
    for table, column, text in dumped.cells(folder):
        place = f"{table.removesuffix(INDEX)}.{column}"
        found |= {(place, kind) for kind in _in(text, planted)}
    for session in Session.objects.all():
        found |= {("sessions", kind) for kind in _in(session.get_decoded(), planted)}
    return found


def listen(caplog: Any) -> None:
    """Hear all that we and Django log, and of others what a site would keep."""
    caplog.set_level(logging.INFO)
    for name in LOGGERS:
        caplog.set_level(logging.DEBUG, name)
    # Of a name that a template lacks Django tells all that the template was given, at DEBUG alone.
    caplog.set_level(logging.INFO, "django.template")


def logged(caplog: Any, planted: dict[str, str]) -> set[tuple[str, str]]:
    """Who logged which of the values."""
    form = logging.Formatter()  # with what was raised
    told = [(record.name, form.format(record)) for record in caplog.records]
    return {(name, kind) for name, text in told for kind in _in(text, planted)}


def in_files(folder: Path, planted: dict[str, str]) -> set[str]:
    """Which of the values stand in a file, or in the name of one."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    texts = [f"{path}{path.read_bytes()!r}" for path in files]
    return {kind for text in texts for kind in _in(text, planted)}


def known_as(name: str) -> str:
    """What an input is called, whichever row or block it is of."""
    return NUMBERED.sub("*", name)


def wanted(name: str) -> bool:
    """Whether anything may be typed there: some take words of the text alone, or digits."""
    digits = ("code", "digest")
    return bool(name) and not name.startswith((COPIED, "csrf")) and name not in (*digits, TRAP)


def inputs() -> dict[str, set[str]]:
    """What each page takes that somebody types, by its door: the committed list."""
    found = _rows(": ")
    return found | {door: found[other] for door, other in same_forms().items()}


def same_forms() -> dict[str, str]:
    """Doors that show the form of another once more."""
    return {door: other for door, [other] in _rows(" = ").items()}


def forms_of_all() -> dict[str, set[str]]:
    """Each form that there is once, by the door that it is typed into at: with those of `~`."""
    found, further = _rows(": "), _rows(" ~ ")
    return {door: found.get(door, set()) | further.get(door, set()) for door in found | further}


def _rows(sign: str) -> dict[str, set[str]]:
    """The rows of the list of inputs that have this sign behind the door."""
    lines = [line for line in INPUTS.read_text().splitlines() if line[0] != "#" and sign in line]
    cut = [line.partition(sign) for line in lines]
    return {door: set(names.split()) for door, _sign, names in cut}


def plain(text: str) -> str:
    """Letters and digits alone, so that no way to write a value hides it."""
    return NEITHER.sub("", text.lower())


def _in(value: Any, planted: dict[str, str]) -> Iterator[str]:
    text = plain(unquote(str(value)))  # an address in a query has another sign for its @
    yield from (kind for kind, word in planted.items() if plain(word) in text)


def listed(there: Path = LISTED) -> dict[tuple[str, str], str]:
    """Where a value may stand in clear, with the reason: a committed list."""
    lines: Iterable[str] = there.read_text().splitlines()
    rows = [re.split(r"\s*\|\s*", line) for line in lines if line and not line.startswith("#")]
    return {(place, kind): reason for place, kind, reason in rows}
