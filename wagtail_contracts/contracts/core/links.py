"""Addresses in a plain text that mail programs make links of.

Source: what Gmail, Outlook and Apple Mail link by themselves: whatever has a scheme, begins with
“www.”, or is a host name under a domain that there is, with or without a path. Two letters are
always such a domain; of the longer ones those in common use are known here, so that “e.g.” and
“f.eks.” are words.
"""

import re
from collections.abc import Iterator

COMMON = (
    "com net org info biz name pro app dev page site online shop store top xyz club live link "
    "click icu vip work works zip mov cloud tech space website fun life world today agency digital "
    "email support help services solutions group media news blog art edu gov mil int mobi travel "
    "company finance bank credit loan money cash design studio network systems example"
)
DOMAINS = frozenset(COMMON.split())
SCHEME = re.compile(r"\w:/?/|^www\.", re.IGNORECASE)
HOST = re.compile(
    r"(?:[\w-]+\.)+(xn--[a-z0-9-]+|[^\W\d_]{2,})\.?(?::\d+)?(?:[/?#].*)?", re.IGNORECASE
)
AROUND = "\"'“”«»‘’()[]{}<>,;:!?…"  # noqa: RUF001


def found(text: str, ours: str = "") -> Iterator[str]:
    """The links in a text, but for those that begin with `ours`. A mail address is none."""
    for word in text.split():
        said = word.strip(AROUND)
        if _is_link(said) and not (ours and said.startswith(f"{ours.rstrip('/')}/")):
            yield said


def _is_link(word: str) -> bool:
    if SCHEME.search(word):
        return True
    host = HOST.fullmatch(word.rstrip("."))
    if host is None:
        return False
    domain = host[1].lower()
    return len(domain) == 2 or domain in DOMAINS or domain.startswith("xn--") or "/" in word
