"""docs/reference/register.md, made from the code: `python -m tests.register_page > docs/…`."""

from __future__ import annotations

import os
import sys

import django

HEAD = """# The register of what is kept

Made from `wagtail_contracts.signing.rendering.register`, which the privacy notice shows and the
worker carries out. It is a start for a site's record of processing (GDPR article 30), which also
names who is responsible and whom data go to. A workspace says for how long its signed contracts
are kept; here stands what is so without a word of it.
"""
ROW = "| {key} | {data} | {purpose} | {basis} | {period}; {action} | {tables} |"


def page() -> str:
    """The whole page."""
    from wagtail_contracts.signing.rendering import register

    kept = register.kept(register.SIGNED, register.SIGNED)
    rows = [
        ROW.format(**row._asdict(), tables=", ".join(f"`{name}`" for name in entry.tables))
        for row, entry in zip(kept, register.REGISTER, strict=True)
    ]
    heads = ["| key | data | what for | basis | how long | tables |", "|---|---|---|---|---|---|"]
    return "\n".join([HEAD, *heads, *rows]) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    sys.stdout.write(page())
