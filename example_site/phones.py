"""Everybody's phone, for a demo without any: each SMS becomes one file in `var/sms`."""

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings


class DemoSms:
    """Keeps each SMS; the mailbox shows them."""

    stays_here = True

    def send(self, number: str, text: str, *, identity: str) -> None:
        """Write a file; the same SMS once more replaces it."""
        folder().mkdir(parents=True, exist_ok=True)
        part = folder() / f"{identity}.part"
        part.write_text(json.dumps({"number": number, "text": text, "at": time.time()}))
        part.rename(folder() / f"{identity}.json")


@dataclass(frozen=True)
class Sms:
    """One received SMS."""

    number: str
    text: str
    moment: datetime


def folder() -> Path:
    """Where they are."""
    return Path(settings.VAR) / "sms"


def received() -> list[Sms]:
    """All, the newest first."""
    found = [json.loads(path.read_text()) for path in folder().glob("*.json")]
    found.sort(key=lambda said: said["at"], reverse=True)
    return [Sms(s["number"], s["text"], datetime.fromtimestamp(s["at"], UTC)) for s in found]
