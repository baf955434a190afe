"""Who walks: a browser for each role, what it is answered, and what it must not have been told."""

from __future__ import annotations

from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.test import Client
from wagtail.models import APIToken

from tests.public import visits
from tests.security.walk import table
from tests.security.walk.world import MARKER, World

SECRETS = MARKER.lower()
OF_CONTRACTS = f"{SECRETS}c"


@dataclass(frozen=True)
class Answer:
    """A status, everything that came with it in small letters, and why it crashed if it did."""

    status: int
    words: str
    location: str
    crash: str

    @property
    def marked(self) -> bool:
        """Whether a word of the marked workspace is in it."""
        return SECRETS in self.words


class Visitor:
    """Somebody with a browser that forgets what it was given after each question."""

    def __init__(self, role: str, world: World) -> None:
        self.role, self.world = role, world
        self.client = Client(raise_request_exception=False)
        if role in world.people:
            self.client.force_login(world.people[role])
            _row, plain = APIToken.create_token(user=world.people[role], name="walk")
            self.client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {plain}"
        for person in world.guests(role):
            visits.enter(person, self.client)

    def ask(self, method: str, url: str, body: Any = None) -> Answer:
        """One request."""
        kept = SimpleCookie({name: morsel.value for name, morsel in self.client.cookies.items()})
        call = getattr(self.client, method.lower())
        response = call(url, body) if method in ("GET", "POST") else call(url)
        told = words(response)
        crash = getattr(response, "exc_info", None)
        where, why = response.get("Location", ""), repr(crash[1]) if crash else ""
        answer = Answer(response.status_code, told, where, why)
        self.client.cookies = kept
        return answer

    def unknown(self, answer: Answer) -> bool:
        """Whether the answer holds nothing that this role may not know, wherever it was got."""
        if self.role == "author":
            return OF_CONTRACTS not in answer.words
        return self.role in KNOWS or not answer.marked


KNOWS = frozenset(role for role in table.ROLES if table.sees(role)) | {"participant", "beside"}


def words(response: Any) -> str:
    """Body, headers, and the messages that the next page would show."""
    content = b"".join(response) if response.streaming else response.content
    queue = getattr(getattr(response, "wsgi_request", None), "_messages", None)
    told = [str(message) for message in getattr(queue, "_queued_messages", ())]
    headers = [f"{name}: {value}" for name, value in response.items()]
    return "\n".join([content.decode(errors="replace"), *headers, *told]).lower()
