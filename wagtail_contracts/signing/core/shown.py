"""What a means of identification showed of somebody: one form for all of them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

LINK, CODE, DEVICE, HOST, AWAY = "link", "code", "device", "host", "away"


@dataclass(frozen=True)
class Shown:
    """What was shown; it is kept encrypted, as evidence of an identification.

    `method` is the key in the settings, `kind` one of LINK, CODE, DEVICE, HOST, AWAY. `contact` is
    where a code went or which device made it, `issuer` who says so and `subject` their name for
    the person; `name` and `national_id` as they have them, `acr` how sure they are (OpenID Connect
    Core 1.0, section 2). `host` is who was present. `answer` is what came, word for word;
    `signature` a signature of the person over the version, in base64.
    """

    method: str
    kind: str
    contact: str = ""
    issuer: str = ""
    subject: str = ""
    name: str = ""
    national_id: str = ""
    acr: str = ""
    host: str = ""
    answer: str = ""
    signature: str = ""

    def written(self) -> str:
        """The same as JSON, to be kept."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def read(text: str) -> Shown | None:
    """What `written` made; None where it was erased."""
    if not text:
        return None
    kept = json.loads(text)
    return Shown(**{field.name: kept[field.name] for field in fields(Shown) if field.name in kept})
