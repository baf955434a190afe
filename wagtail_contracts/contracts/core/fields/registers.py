"""Numbers that somebody else gave, with the check digits that their registers publish."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat
from stdnum import iban
from stdnum.de import handelsregisternummer
from stdnum.dk import cvr
from stdnum.exceptions import ValidationError
from stdnum.fi import ytunnus
from stdnum.no import fodselsnummer
from stdnum.no import orgnr as norwegian
from stdnum.se import orgnr as swedish

from wagtail_contracts.contracts.core.fields.kind import Field, Kind, Wrong

# Companies House, "Company number prefixes": two letters or none; there are no check digits.
BRITISH = re.compile(r"([A-Z]{2}|\d{2})\d{6}")


@dataclass(frozen=True)
class Register:
    """One country's register: what is checked, how its numbers are written, and an example."""

    validate: Callable[[str], str]
    format: Callable[[str], str]
    example: str
    digits: bool = True


def _british(text: str) -> str:
    number = re.sub(r"[\s-]", "", text).upper()
    number = number.zfill(8) if number.isascii() and number.isdecimal() else number
    if not BRITISH.fullmatch(number):
        raise ValidationError
    return number


def _as_it_is(number: str) -> str:
    return number


def _pairs(number: str) -> str:
    return " ".join(number[at : at + 2] for at in range(0, len(number), 2))


REGISTERS = {
    "NO": Register(norwegian.validate, norwegian.format, "974 760 673"),
    "SE": Register(swedish.validate, swedish.format, "556012-5790"),
    "DK": Register(cvr.validate, _pairs, "13 58 56 28"),
    "FI": Register(ytunnus.validate, ytunnus.format, "0112038-9"),
    "GB": Register(_british, _as_it_is, "00445790", digits=False),
    "DE": Register(handelsregisternummer.validate, _as_it_is, "München HRB 42243", digits=False),
}


def _organisation_number(field: Field, text: str) -> str:
    country = field["country"]
    register = REGISTERS[country]
    bare = text[2:].strip() if text[:2].upper() == country and register.digits else text
    if country == "NO":
        bare = re.sub(r"\s*MVA$", "", bare, flags=re.IGNORECASE)
    try:
        return register.validate(bare)
    except ValidationError as error:
        raise Wrong("organisation_number", example=register.example) from error


def _shown_organisation_number(field: Field, stored: str, language: str) -> str:
    return REGISTERS[field["country"]].format(stored).replace(" ", "\u00a0")


def _iban(field: Field, text: str) -> str:
    try:
        return iban.validate(text)
    except ValidationError as error:
        raise Wrong("iban") from error


def _shown_iban(field: Field, stored: str, language: str) -> str:
    return iban.format(stored).replace(" ", "\u00a0")


def _national_id(field: Field, text: str) -> str:
    """Length, check digits and the day of birth; whether it has been is no matter of its form."""
    number = fodselsnummer.compact(text)
    shaped = len(number) == 11 and number.isascii() and number.isdecimal()
    if not shaped or number[-2:] != _check_digits(number):
        raise Wrong("national_id")
    try:
        fodselsnummer.get_birth_date(number)
    except ValidationError as error:
        raise Wrong("national_id") from error
    return number


def _check_digits(number: str) -> str:
    return fodselsnummer.calc_check_digit1(number) + fodselsnummer.calc_check_digit2(number)


def _shown_national_id(field: Field, stored: str, language: str) -> str:
    return fodselsnummer.format(stored).replace(" ", "\u00a0")


def _phone(field: Field, text: str) -> str:
    """As E.164 has it; without a country code it is a number of the field's country."""
    try:
        found = phonenumbers.parse(text, field["country"])
    except NumberParseException as error:
        raise Wrong("phone") from error
    if not phonenumbers.is_valid_number(found) or found.extension:
        raise Wrong("phone")
    return phonenumbers.format_number(found, PhoneNumberFormat.E164)


def _raw_phone(field: Field, value: str) -> str:
    """As people of the country write it, if it is one of theirs."""
    found = phonenumbers.parse(value)
    own = phonenumbers.region_code_for_number(found) == field["country"]
    wanted = PhoneNumberFormat.NATIONAL if own else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(found, wanted)


def _shown_phone(field: Field, stored: str, language: str) -> str:
    """With its country code: the sides may live in different countries."""
    found = phonenumbers.format_number(phonenumbers.parse(stored), PhoneNumberFormat.INTERNATIONAL)
    return found.replace(" ", "\u00a0")


KINDS = {
    "organisation_number": Kind(_organisation_number, show=_shown_organisation_number),
    "iban": Kind(_iban, show=_shown_iban, tail=4),
    "phone": Kind(_phone, raw=_raw_phone, show=_shown_phone, tail=2),
    "national_id": Kind(_national_id, show=_shown_national_id),
}
