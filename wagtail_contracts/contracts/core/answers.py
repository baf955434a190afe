"""From what somebody typed to the canonical value of a data field.

Values: text, long_text, email and choice (the option's key) are str; number is a str with four
decimals; money {"amount": two decimals, "currency"}; date YYYY-MM-DD; yes_no bool; None is no
answer.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from wagtail_contracts.canonical import decimal
from wagtail_contracts.contracts.core.text import normal

Field = Mapping[str, Any]
PLACES = 4
NUMBER = re.compile(r"[+-]?\d{1,14}(\.\d{0,4})?")
AMOUNT = re.compile(r"\d{1,14}(\.\d{0,2})?")
EMAIL = re.compile(r"[^\s@<>\"',;:()\[\]\\]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
LOCAL_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
DEFAULT_LENGTH = {"text": 200, "long_text": 2000}


class Wrong(ValueError):
    """An answer that does not fit; `code` names why, `words` fill the sentence."""

    def __init__(self, code: str, **words: Any) -> None:
        super().__init__(code)
        self.code, self.words = code, words


def read(field: Field, raw: Any) -> Any:
    """The canonical value of what was typed, None for nothing. Raises Wrong."""
    if isinstance(raw, bool):
        raw = "yes" if raw else "no"
    if isinstance(raw, Mapping):
        raw = raw.get("amount")
    if raw is not None and not isinstance(raw, str | int | Decimal | date):
        raise Wrong("unreadable")
    text = normal(raw).strip()
    if CONTROL.search(text.replace("\n", "").replace("\t", "")):
        raise Wrong("characters")
    return READERS[field["kind"]](field, text) if text else None


def raw(field: Field, value: Any) -> str:
    """What stands in an input for a canonical value, such that `read` gives the value again."""
    if value is None:
        return ""
    if field["kind"] == "yes_no":
        return "yes" if value else "no"
    if field["kind"] == "money":
        return str(value["amount"])
    if field["kind"] == "number":
        return format(Decimal(value).normalize(), "f")
    return str(value)


def _text(field: Field, text: str) -> str:
    text = " ".join(text.split())
    return _short_enough(field, text)


def _long_text(field: Field, text: str) -> str:
    lines = [line.rstrip() for line in text.split("\n")]
    return _short_enough(field, "\n".join(lines))


def _short_enough(field: Field, text: str) -> str:
    most = field["max_length"] or DEFAULT_LENGTH[field["kind"]]
    if len(text) > most:
        raise Wrong("too_long", most=most, has=len(text))
    return text


def _plain(text: str) -> str:
    """Digits as people group them: 5 300,50 is 5300.50."""
    return re.sub(r"[ \u00a0\u202f\u2009]", "", text).replace("\u2212", "-").replace(",", ".")


def _number(field: Field, text: str) -> str:
    plain = _plain(text)
    if not NUMBER.fullmatch(plain):
        raise Wrong("number")
    return decimal(Decimal(plain), PLACES)


def _money(field: Field, text: str) -> dict[str, str]:
    plain = _plain(text.removesuffix(field["currency"]).strip())
    if not AMOUNT.fullmatch(plain):
        raise Wrong("amount", currency=field["currency"])
    return {"amount": decimal(Decimal(plain), 2), "currency": field["currency"]}


def _date(field: Field, text: str) -> str:
    if found := DAY.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := LOCAL_DAY.fullmatch(text):
        day, month, year = map(int, found.groups())
    else:
        raise Wrong("date")
    try:
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise Wrong("date") from error


def _email(field: Field, text: str) -> str:
    if len(text) > 254 or not EMAIL.fullmatch(text):
        raise Wrong("email")
    return text


def _choice(field: Field, text: str) -> str:
    if text not in {option["key"] for option in field["options"]}:
        raise Wrong("choice")
    return text


def _yes_no(field: Field, text: str) -> bool:
    if text not in ("yes", "no"):
        raise Wrong("yes_no")
    return text == "yes"


READERS: dict[str, Callable[[Field, str], Any]] = {
    "text": _text,
    "long_text": _long_text,
    "number": _number,
    "money": _money,
    "date": _date,
    "email": _email,
    "choice": _choice,
    "yes_no": _yes_no,
}
