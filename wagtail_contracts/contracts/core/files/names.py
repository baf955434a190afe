"""Names of files as people gave them: shown and offered, never used on a disk."""

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

LONGEST = 80
PLAIN = re.compile(r"[^\w .()-]+")
UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}  # controls, overrides of direction, no letters


def cleaned(name: str, ending: str) -> str:
    """One plain line without a path, control or override, that ends in `ending` (".pdf").

    A name inside a PDF becomes one on a disk when somebody takes it out.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(
        " " if unicodedata.category(character) in UNSEEN else character for character in last
    )
    stem = " ".join(PLAIN.sub(" ", PurePosixPath(seen).stem).split()).strip(" .-()_")
    return (stem[: LONGEST - len(ending)].strip() or "file") + ending


def disposition(name: str) -> str:
    """The header that offers a file under a name (RFC 6266; its second form is RFC 5987's)."""
    plain = re.sub(r"[^A-Za-z0-9 ._()-]", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
