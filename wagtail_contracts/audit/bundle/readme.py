"""What a proof bundle says of itself."""

import textwrap
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

WIDTH = 78
INDENT = "    "
COMMAND = "python3 -I -S verify.py . --trust roots.pem --key KEY"
WORDS = (
    _(
        "This is a proof of what happened: all records in their order, what was disclosed of "
        "them, and the sealed files that they name. It holds personal data: keep it as you "
        "would the contract."
    ),
    _(
        "It is checked without us, by a small program that needs Python 3.11 and OpenSSL 3 and "
        "that is short enough to be read first:"
    ),
    _(
        "roots.pem: the root certificates of the seal and of the time-stamps, which you get "
        "from those who issued them. KEY: the key of the checkpoints, which the organisation "
        "publishes. This bundle says that it is one of these, and whoever forges a bundle "
        "would say so too:"
    ),
    _(
        "It names whoever sealed each file: compare that with whom you expect. It asks nobody "
        "whether a certificate was revoked, and opens no file: a record names each of them byte "
        "for byte, and a checkpoint covers the record. What came after the checkpoint counts for "
        "nothing."
    ),
    _(
        "The program ends with 0 if all of it holds, with 1 if something is wrong, and with 2 "
        "if something could not be checked, and says which. How a sealed file is checked by "
        "hand stands in verify-by-hand.txt, inside the file."
    ),
)


def readme(keys: Iterable[str]) -> bytes:
    """What it is and how it is checked, in the active language; `keys` are those of the notes."""
    what, program, trust, seals, codes = (textwrap.fill(str(words), WIDTH) for words in WORDS)
    named = "\n".join(f"{INDENT}{key}" for key in keys)
    parts = [what, program, INDENT + COMMAND, trust, named, seals, codes]
    return "\n\n".join(filter(None, parts)).encode() + b"\n"
