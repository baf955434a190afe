"""The screens, in the order in which somebody meets them."""

from __future__ import annotations

from tests.pictures.states import (
    changes,
    links,
    mails,
    negotiating,
    owner,
    people,
    reading,
    signing,
    verifying,
)
from tests.pictures.states.table import Section

SECTIONS = (
    Section("The link", links.STATES),
    Section("The contract", reading.STATES),
    Section("Comments and suggestions", negotiating.STATES),
    Section("What changed", changes.STATES),
    Section("Review and sign", signing.REVIEW),
    Section("Who signs", signing.IDENTITY),
    Section("Decline", signing.DECLINE),
    Section("The right person", people.PEOPLE),
    Section("Confidential", people.CONFIDENTIAL),
    Section("Help", people.HELP),
    Section("Check a file", verifying.STATES),
    Section("What the owner sees", owner.STATES),
    Section("Mails", mails.STATES),
    Section("Mails to the owner", owner.MAILS),
)
