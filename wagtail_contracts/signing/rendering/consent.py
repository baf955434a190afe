"""The declaration that a signatory affirms, in their own language."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from wagtail_contracts.contracts.models import ContractVersion, Participant
from wagtail_contracts.contracts.rendering.around import spoken


def declaration(version: ContractVersion, participant: Participant, language: str) -> str:
    """The sentence that stands above the button and is stored with the signature."""
    party, person = next(
        (party, person)
        for party in version.content["parties"]
        for person in party["people"]
        if person["id"] == participant.public_id
    )
    words = {
        "number": version.number,
        "title": version.content["title"],
        "party": party["name"],
        "digest": short(version.digest),
    }
    with translation.override(spoken(language)):
        if acts_as := person.get("acts_as", ""):
            return _in_capacity(acts_as) % words
        return _for(party["kind"]) % words


def _for(kind: str) -> str:
    """The sentence of a private person, or of somebody who signs for an organisation."""
    if kind == "person":
        return _("I have read version %(number)s of “%(title)s” (%(digest)s) and agree to it.")
    return _(
        "I have read version %(number)s of “%(title)s” (%(digest)s) and agree to it for %(party)s."
    )


def _in_capacity(acts_as: str) -> str:
    """The same where it is said in whose name somebody signs."""
    return {
        "self": _("I have read version %(number)s of “%(title)s” (%(digest)s) and agree to it."),
        "organisation": _(
            "I have read version %(number)s of “%(title)s” (%(digest)s) and agree to it "
            "for %(party)s."
        ),
        "guardian": _(
            "I have read version %(number)s of “%(title)s” (%(digest)s) and agree to it "
            "for %(party)s, as guardian."
        ),
        "attorney": _(
            "I have read version %(number)s of “%(title)s” (%(digest)s) and agree to it "
            "for %(party)s, by power of attorney."
        ),
    }[acts_as]


def short(digest: str) -> str:
    """The fingerprint that people compare: twelve digits in three groups."""
    return " ".join(digest[at : at + 4] for at in (0, 4, 8)).upper()
