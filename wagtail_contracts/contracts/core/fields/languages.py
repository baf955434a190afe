"""What babel knows by language, for sites that use languages which it does not know."""

from collections.abc import Callable
from functools import lru_cache

from babel.core import Locale, UnknownLocaleError
from babel.lists import format_list

MARK = "\0"


def local(show: Callable[[str], str], language: str) -> str:
    """Try the language, its base, English: a site may use one that babel does not know."""
    for locale in (language.replace("-", "_"), language.split("-")[0]):
        try:
            return show(locale)
        except (UnknownLocaleError, ValueError):
            continue
    return show("en")


@lru_cache(maxsize=32)
def countries(language: str) -> dict[str, str]:
    """The names of the countries of ISO 3166 by their two letters, by name."""
    known = Locale.parse(local(lambda name: str(Locale.parse(name)), language)).territories
    names = {code: known.get(code, code) for code in COUNTRIES}
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))


def called(code: str, language: str) -> str:
    """The name of a language in another one; its code if nobody knows a name."""
    try:
        known = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return code
    return local(lambda locale: known.get_display_name(locale) or code, language)


@lru_cache(maxsize=64)
def direction(language: str) -> str:
    """Which way a language is written: "ltr", or "rtl" for right to left."""
    return local(lambda locale: Locale.parse(locale).text_direction, language)


def between(count: int, language: str) -> list[str]:
    """What stands between the entries of a list in a sentence: a comma, and at last "and"."""
    joined = local(lambda locale: format_list([MARK] * count, locale=locale), language)
    return joined.split(MARK)[1:-1]


# ISO 3166-1 as of 2026; the names come from CLDR. That has regions besides which are no countries.
ISO_3166 = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR "
    "BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ "
    "EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW "
    "GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY "
    "KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV "
    "MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY "
    "QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG "
    "TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM "
    "ZW"
)
COUNTRIES = frozenset(ISO_3166.split())
