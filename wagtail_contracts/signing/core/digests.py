"""A SHA-256 as people paste it: in groups, or as a program prints it beside a name."""

import re

LONGEST = 400  # characters that are looked at
ALONE = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
BETWEEN = re.compile(r"[\s:\u2011-]+")


def read(text: str) -> str:
    """Its 64 digits in lower case; empty where there is not exactly one."""
    told = text[:LONGEST].lower()
    found = set(ALONE.findall(told)) or set(ALONE.findall(BETWEEN.sub("", told)))
    return found.pop() if len(found) == 1 else ""
