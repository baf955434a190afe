"""Postal addresses: lines for the street, postcode, city and country."""

import re
from collections.abc import Mapping
from typing import Any

from wagtail_contracts.contracts.core.fields.kind import Field, Kind, Wrong
from wagtail_contracts.contracts.core.fields.languages import COUNTRIES, countries

PARTS = ("street", "postcode", "city", "country")
MOST_LINES, LONGEST = 4, 100
# Universal Postal Union, "Postal addressing systems". Elsewhere a postcode is taken as it is typed.
POSTCODES = {
    "NO": (re.compile(r"\d{4}"), "0155"),
    "DK": (re.compile(r"\d{4}"), "1577"),
    "SE": (re.compile(r"\d{3} ?\d{2}"), "111 20"),
    "FI": (re.compile(r"\d{5}"), "00100"),
    "DE": (re.compile(r"\d{5}"), "10117"),
    "GB": (re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"), "SW1A 1AA"),
}
AFTER_CITY = {"AU", "CA", "GB", "IE", "IN", "NZ", "US"}  # the same source; elsewhere it comes first


def _address(field: Field, typed: Mapping[str, str]) -> dict[str, Any]:
    lines = [" ".join(line.split()) for line in typed["street"].split("\n") if line.strip()]
    city, country = " ".join(typed["city"].split()), typed["country"]
    _insist(lines, "street")
    _insist(city, "city")
    if country not in COUNTRIES:
        raise Wrong("address_country", part="country")
    if len(lines) > MOST_LINES:
        raise Wrong("address_lines", part="street", most=MOST_LINES)
    for part, text in [*(("street", line) for line in lines), ("city", city)]:
        if len(text) > LONGEST:
            raise Wrong("too_long", part=part, most=LONGEST, has=len(text))
    postcode = _postcode(" ".join(typed["postcode"].upper().split()), country)
    return {"street": lines, "postcode": postcode, "city": city, "country": country}


def _insist(found: Any, part: str) -> None:
    if not found:
        raise Wrong(f"address_{part}", part=part)


def _postcode(text: str, country: str) -> str:
    if country not in POSTCODES:
        if len(text) > 12:
            raise Wrong("too_long", part="postcode", most=12, has=len(text))
        return text
    pattern, example = POSTCODES[country]
    if not pattern.fullmatch(text):
        raise Wrong("address_postcode", part="postcode", example=example)
    return text[:3] + " " + text[-2:] if country == "SE" else text


def _raw_address(field: Field, value: Mapping[str, Any]) -> dict[str, str]:
    return {**value, "street": "\n".join(value["street"])}


def postal(stored: Mapping[str, Any] | None, language: str) -> str:
    """A postal address in one line; "" for none."""
    return shown({}, stored, language) if stored else ""


def shown(field: Field, stored: Mapping[str, Any], language: str) -> str:
    """As people read it, the country by its name in the language."""
    country, place = stored["country"], [stored["postcode"], stored["city"]]
    if country in AFTER_CITY:
        place.reverse()
    town = " ".join(filter(None, place))
    return ", ".join([*stored["street"], town, countries(language)[country]])


KINDS = {"address": Kind(_address, raw=_raw_address, show=shown, parts=PARTS, picked=("country",))}
