"""Text, and the addresses that are one line of text."""

import re
from urllib.parse import urlsplit

from wagtail_contracts.contracts.core.fields.kind import Field, Kind, Wrong

DEFAULT_LENGTH = {"text": 200, "long_text": 2000}
EMAIL = re.compile(r"[^\s@<>\"',;:()\[\]\\]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
HOST = re.compile(r"([\w-]{1,63}\.)+[^\W\d_][\w-]{0,61}[^\W_]\.?")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(//|(?!\d))")
LONGEST_ADDRESS = 1000


def _text(field: Field, text: str) -> str:
    return _short_enough(field, " ".join(text.split()))


def _long_text(field: Field, text: str) -> str:
    lines = [line.rstrip() for line in text.split("\n")]
    return _short_enough(field, "\n".join(lines))


def _short_enough(field: Field, text: str) -> str:
    most = field["max_length"] or DEFAULT_LENGTH[field["kind"]]
    if len(text) > most:
        raise Wrong("too_long", most=most, has=len(text))
    return text


def _email(field: Field, text: str) -> str:
    if len(text) > 254 or not EMAIL.fullmatch(text):
        raise Wrong("email")
    return text


def _url(field: Field, text: str) -> str:
    """The address as RFC 3986 has it; without a scheme people mean https."""
    address = text if SCHEME.match(text) else f"https://{text}"
    try:
        found = urlsplit(address)
        port = found.port
    except ValueError as error:
        raise Wrong("url") from error
    named = found.netloc.rpartition(":")[0] if port is not None else found.netloc
    if found.scheme not in ("http", "https") or not HOST.fullmatch(named):
        raise Wrong("url")
    if len(address) > LONGEST_ADDRESS or re.search(r"[\s<>\"\\^`{|}]", address):
        raise Wrong("url")
    return f"{found.scheme}{address[len(found.scheme) :]}"


KINDS = {
    "text": Kind(_text),
    "long_text": Kind(_long_text),
    "email": Kind(_email),
    "url": Kind(_url),
}
