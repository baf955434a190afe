"""How to check a sealed file without us: a text that travels inside it."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

NAME = "verify-by-hand.txt"
COMMANDS = Path(__file__).parent / "byhand"
WIDTH = 78
FENCE = "~~~"
TITLE = _("How to check this file by hand")
BEGIN = (
    _(
        "This text is for whoever is to judge the file without trusting the organisation that "
        "sealed it, or its programs. It takes a Unix shell, OpenSSL 3, Python 3 and the tools of "
        "poppler (pdfsig and pdfdetach). What stands between two lines of ~~~ is copied into the "
        "shell as it stands, one part after the other."
    ),
    _(
        "Put the PDF file into an empty folder and call it contract.pdf. Beside it put root.pem, "
        "the root certificate that the seal shall lead to, and time.pem, the root certificate of "
        "the authority for time-stamps, if there are any. Get both from those who issued them, "
        "and not from whoever gave you the file."
    ),
)
STEPS = (
    (
        _("Take the file apart"),
        _(
            "A signature in a PDF file covers all bytes but its own. This writes what was sealed "
            "(sealed.pdf is the whole file as it was then), the seal, and each time-stamp with "
            "what it covers. Whatever was added after the seal can only be time-stamps and what "
            "proves certificates: read and judge sealed.pdf, and nothing else."
        ),
        "apart",
    ),
    (
        _("The seal"),
        _(
            "OpenSSL checks that the seal was made over these very bytes, and that its certificate "
            "leads to the root. It says: CAdES Verification successful. Then see whose certificate "
            "it is, and that it was good at the time that the next step shows."
        ),
        "seal",
    ),
    (
        _("The time"),
        _(
            "Each time-stamp is checked as of the time of the next one, the last as of now. Each "
            "says: Verification: OK. Where nothing is printed there is no time-stamp: when the "
            "file was sealed is then the word of the organisation alone."
        ),
        "time",
    ),
    (
        _("A second opinion"),
        _(
            "Another program finds the signatures by itself and checks the seal: Signature is "
            "Valid. Time-stamps and what was added later it does not judge; that is why only "
            "sealed.pdf counts."
        ),
        "second",
    ),
    (_("Take out what is inside"), _("The files that the PDF file holds."), "out"),
    (
        _("The records"),
        _(
            "evidence.json names the digest of each file; each signature names the digest of the "
            "contract; and of the records of what happened each names the digest of the one "
            "before. A digest is the SHA-256 of a tag, a line break and the bytes of the file, "
            "and where there is no tag, of the file alone."
        ),
        "records",
    ),
)
END = (
    _("What this does not tell"),
    _(
        "Whether a certificate was revoked: ask who issued it. Who the people are: "
        "evidence.json says by what means each was identified. Whether the organisation "
        "keeps another record by now: compare the last line of the records with the number "
        "and the digest in the mails that were sent about this contract, and ask for the "
        "proof bundle, which has signed and time-stamped checkpoints of that record and a "
        "program of its own that checks them."
    ),
)


def by_hand() -> bytes:
    """The text in the active language, the same for every file; what is fenced are commands."""
    title, (rest, words) = str(TITLE), END
    steps = (_step(*told) for told in enumerate(STEPS, start=1))
    parts = [f"{title}\n{'=' * len(title)}", *map(_wrapped, BEGIN), *steps]
    parts += [_titled(str(rest)), _wrapped(words)]
    return ("\n\n".join(parts) + "\n").encode()


def _step(number: int, told: tuple[Any, Any, str]) -> str:
    title, words, name = told
    commands = (COMMANDS / f"{name}.sh").read_text(encoding="utf-8").rstrip()
    fenced = f"{FENCE}\n{commands}\n{FENCE}"
    return "\n\n".join([_titled(f"{number}. {title}"), _wrapped(words), fenced])


def _titled(words: str) -> str:
    return f"{words}\n{'-' * len(words)}"


def _wrapped(words: Any) -> str:
    return textwrap.fill(str(words), WIDTH, break_on_hyphens=False)
