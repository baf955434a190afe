"""Numbers that an SMS can be sent to."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

# Of many countries nobody can tell by the number which it is.
REACHED = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


def mobile(text: str) -> str:
    """The number as E.164 has it; empty for what is none, or has no country code."""
    said = text.strip()
    said = f"+{said[2:]}" if said.startswith("00") else said
    try:
        found = phonenumbers.parse(said, None)
    except NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(found) or found.extension:
        return ""
    if phonenumbers.number_type(found) not in REACHED:
        return ""
    return phonenumbers.format_number(found, PhoneNumberFormat.E164)
