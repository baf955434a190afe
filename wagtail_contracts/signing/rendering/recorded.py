"""What is recorded when somebody signs, as it is listed before: every column, and every event's.

A test compares it with what a signature in fact leaves behind.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

# What a person reads, and the columns and disclosed kinds that it stands for.
RECORDED: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (
        gettext_lazy("Your name as you write it, and who you take part as"),
        ("Signature.name", "Signature.participant", "Identification.participant", "label"),
    ),
    (
        gettext_lazy("For whom you sign, and in which capacity"),
        ("Signature.capacity", "Signature.acts_as"),
    ),
    (
        gettext_lazy("The version that you sign, and its fingerprint"),
        ("Signature.version", "Signature.digest", "Identification.version"),
    ),
    (
        gettext_lazy("What you declare, word for word, and in which language"),
        ("Signature.consent", "Signature.language"),
    ),
    (gettext_lazy("Your signature, if you draw one"), ("Signature.drawing",)),
    (
        gettext_lazy("When you showed who you are, and when you signed"),
        ("Signature.at", "Identification.at"),
    ),
    (
        gettext_lazy(
            "How you showed who you are: the means, and what it says of you, which may be your "
            "name and national identity number; encrypted"
        ),
        (
            *("Signature.identification", "Identification.session", "Identification.method"),
            *("Identification.purpose", "Identification.commitment", "evidence"),
            "Identification.source",
        ),
    ),
    (gettext_lazy("Who of the staff was there, if you sign in person"), ("Identification.host",)),
    (gettext_lazy("How sure the law takes that to be"), ("Signature.level",)),
    (
        gettext_lazy("A cryptographic signature of your own, if your means makes one"),
        ("Signature.proof",),
    ),
    (gettext_lazy("The network address that you sign from"), ("address",)),
)


def lines() -> list[str]:
    """The list in the active language."""
    return [str(words) for words, _stands_for in RECORDED]
