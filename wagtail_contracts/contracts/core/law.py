"""What the law of a place says about signing some kinds of contract electronically.

A short list that is kept by hand, each entry with its source and the day on which it was compared
with that, if only in a copy on another page. It is no advice, and silence is no permission: it
names what is known to go wrong. What it says is `VOID` makes nothing when it is signed here, so it
is not sent; `WARNS` is said to whoever writes the template. `bars` are capacities, and witnesses,
that can't be used for it.
"""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

VOID, WARNS = "void", "warns"
GUARDIAN, ATTORNEY, WITNESS = "guardian", "attorney", "witness"
PERSONAL = frozenset({GUARDIAN, ATTORNEY})  # nobody does it for somebody else
KINDS = (
    "agreement",
    "employment",
    "guarantee",
    "deed",
    "land",
    "marriage",
    "family",
    "will",
    "lasting_power",
    "court",
)
NORWAY, ENGLAND, USA, EU = "NO", "GB-EAW", "US", "EU"  # as ISO 3166 has them, and the Union
PLACES = (NORWAY, ENGLAND, USA, EU)
READ = date(2026, 11, 27)


class Provision(NamedTuple):
    """What one law says of one kind of contract in one place."""

    kind: str
    place: str
    effect: str
    source: str
    address: str
    bars: frozenset[str] = frozenset()
    read: date = READ


ECOMMERCE = (
    "Directive 2000/31/EC, article 9(2)",
    "https://eur-lex.europa.eu/eli/dir/2000/31/oj",
)
ESIGN = ("15 U.S.C. § 7003", "https://www.law.cornell.edu/uscode/text/15/7003")
PROVISIONS = (
    Provision(
        "will",
        NORWAY,
        VOID,
        "arveloven (LOV-2019-06-14-21) § 42",
        "https://lovdata.no/lov/2019-06-14-21/§42",
        PERSONAL | {WITNESS},
    ),
    Provision(
        "marriage",
        NORWAY,
        VOID,
        "ekteskapsloven (LOV-1991-07-04-47) § 54",
        "https://lovdata.no/lov/1991-07-04-47/§54",
        PERSONAL | {WITNESS},
    ),
    Provision(
        "lasting_power",
        NORWAY,
        VOID,
        "vergemålsloven (LOV-2010-03-26-9) § 81",
        "https://lovdata.no/lov/2010-03-26-9/§81",
        PERSONAL | {WITNESS},
    ),
    Provision(
        "land",
        NORWAY,
        WARNS,
        "tinglysingsloven (LOV-1935-06-07-2), vergemålsloven § 39",
        "https://lovdata.no/lov/1935-06-07-2",
    ),
    Provision(
        "guarantee",
        NORWAY,
        WARNS,
        "vergemålsloven (LOV-2010-03-26-9) § 40",
        "https://lovdata.no/lov/2010-03-26-9/§40",
        frozenset({GUARDIAN}),
    ),
    Provision(
        "will",
        ENGLAND,
        VOID,
        "Wills Act 1837, section 9",
        "https://www.legislation.gov.uk/ukpga/Will4and1Vict/7/26/section/9",
        PERSONAL | {WITNESS},
    ),
    Provision(
        "lasting_power",
        ENGLAND,
        VOID,
        "Mental Capacity Act 2005, schedule 1",
        "https://www.legislation.gov.uk/ukpga/2005/9/schedule/1",
        PERSONAL | {WITNESS},
    ),
    Provision(
        "deed",
        ENGLAND,
        WARNS,
        "Law of Property (Miscellaneous Provisions) Act 1989, section 1; Law Com No 386",
        "https://www.legislation.gov.uk/ukpga/1989/34/section/1",
    ),
    Provision(
        "land",
        ENGLAND,
        WARNS,
        "HM Land Registry, practice guide 82",
        "https://www.gov.uk/government/publications/electronic-signatures-accepted-by-hm-land-registry-pg82",
    ),
    Provision("will", USA, VOID, *ESIGN, PERSONAL | {WITNESS}),
    Provision("marriage", USA, WARNS, *ESIGN),
    Provision("family", USA, WARNS, *ESIGN),
    Provision("court", USA, WARNS, *ESIGN),  # left out of the Act, and not forbidden by it
    Provision("will", EU, WARNS, *ECOMMERCE, PERSONAL),
    Provision("marriage", EU, WARNS, *ECOMMERCE),
    Provision("family", EU, WARNS, *ECOMMERCE),
    Provision("land", EU, WARNS, *ECOMMERCE),
    Provision("guarantee", EU, WARNS, *ECOMMERCE),
    Provision("court", EU, WARNS, *ECOMMERCE),
)
FOUND = {(one.kind, one.place): one for one in PROVISIONS}


def provision(kind: str, place: str) -> Provision | None:
    """What is known of a kind of contract in a place; None where nothing is."""
    return FOUND.get((kind, place))


def is_void(kind: str, place: str) -> bool:
    """Whether such a contract would be nothing, signed electronically."""
    found = provision(kind, place)
    return found is not None and found.effect == VOID


def barred(kind: str, place: str, asked: Collection[str]) -> list[str]:
    """Those of the capacities, and WITNESS, that can't be used there, in a stable order."""
    found = provision(kind, place)
    return sorted(found.bars.intersection(asked)) if found else []
