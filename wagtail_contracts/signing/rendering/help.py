"""Help for signers: what everybody asks about such a page, in our words or a workspace's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.utils.translation import gettext as _

from wagtail_contracts.contracts.models import Workspace, WorkspaceText
from wagtail_contracts.contracts.rendering.addresses import host
from wagtail_contracts.contracts.rendering.wordings import paragraphs

Kind = WorkspaceText.Kind
NOTICE = Kind.HELP_PRIVACY  # has a page of its own
PARTS = [kind for kind in Kind if kind.helps and kind is not NOTICE]


class Part(NamedTuple):
    """One question with its answer; `anchor` is its place on the page."""

    anchor: str
    title: str
    paragraphs: list[str]


def parts(workspace: Workspace | None = None, language: str = "") -> list[Part]:
    """The whole help in the active language; the workspace's words where it wrote some.

    `language` is the reader's, in which a workspace may write though we do not.
    """
    return _made(PARTS, workspace, language)


def notice(workspace: Workspace | None = None, language: str = "") -> Part:
    """What the privacy notice says beside the register, in the same languages."""
    return _made([NOTICE], workspace, language)[0]


def _made(kinds: list[Kind], workspace: Workspace | None, language: str) -> list[Part]:
    own = {
        (row.kind, row.language): row
        for row in (workspace.texts.all() if workspace else ())
        if Kind(row.kind).helps
    }
    made = []
    for kind in kinds:
        row = own.get((kind, language)) or own.get((kind, language.partition("-")[0]))
        made.append(part(kind, row.subject, row.body) if row else ours(kind))
    return made


def part(kind: str, title: str, body: str) -> Part:
    """A part in these words."""
    return Part(kind.removeprefix("help_"), title, paragraphs(body))


def ours(kind: str) -> Part:
    """A part in our words."""
    return Part(kind.removeprefix("help_"), str(Kind(kind).label), WORDS[Kind(kind)]())


def _genuine() -> list[str]:
    return [
        _(
            "The invitation names the organisation and the person who sent it. You know neither? "
            "Call them on a number that you find yourself, not on one from the mail."
        ),
        _(
            "The address of every page begins with %(host)s. We never ask for a password or a card "
            "number."
        )
        % {"host": host()},
        _("Anybody can check a sealed PDF on the page “Check a signed PDF”."),
    ]


def _binding() -> list[str]:
    return [
        _(
            "You agree when you sign, to exactly the version that you were shown. Opening, reading "
            "and filling in bind nobody."
        ),
        _(
            "Most agreements can be made electronically. A signature with a code by e-mail is a "
            "simple electronic signature in the sense of eIDAS; the law asks more of some "
            "agreements. Are you unsure? Ask before you sign."
        ),
        _(
            "Is the contract changed after you signed? Then your signature no longer counts, and "
            "you are asked again."
        ),
    ]


def _lost() -> list[str]:
    return [
        _(
            "Your link stands in the newest mail about the contract; look among unwanted mail too. "
            "An older link may have been replaced."
        ),
        _("We can send a new one, but only to the address that the sender entered."),
    ]


def _wrong() -> list[str]:
    return [
        _(
            "Does somebody else in your organisation decide? Use “Forward” on the page of the "
            "contract, or tell the sender. Do not forward the mail: its link is for you alone."
        ),
        _("Have you nothing to do with it? Tell the sender, and delete the mail. Nothing happens."),
    ]


def _stored() -> list[str]:
    return [
        _(
            "The contract with all its versions, what you fill in and write, and a record of what "
            "happened: when you were shown a version, filled in, declined or signed, with your "
            "name and network address."
        ),
        _(
            "With a signature: your name, what you declared, the time, and how you showed who you "
            "are."
        ),
        _(
            "The pages set only cookies that they need, and load nothing from elsewhere unless you "
            "start a video."
        ),
        _(
            "The sender decides how long it is kept. Ask the sender to see what is stored about "
            "you, or to have it corrected or erased."
        ),
    ]


def _privacy() -> list[str]:
    return [
        _(
            "You were invited to an agreement, so the organisation handles data about you. It is "
            "responsible for them. Nothing is sold, nothing is used for advertising, and no "
            "decision about you is made by a machine."
        ),
        _(
            "You may ask to see what is kept about you, to have it corrected or erased, to have "
            "its use restricted, to get it in a form that a machine reads, and you may object. "
            "What proves a signature is kept for as long as it may be needed for legal claims, "
            "also if you ask to have it erased."
        ),
        _(
            "Write to the address that the contract names. You may also complain to the data "
            "protection authority of your country."
        ),
    ]


WORDS: dict[Kind, Callable[[], list[str]]] = {
    Kind.HELP_GENUINE: _genuine,
    Kind.HELP_BINDING: _binding,
    Kind.HELP_LOST: _lost,
    Kind.HELP_WRONG: _wrong,
    Kind.HELP_STORED: _stored,
    Kind.HELP_PRIVACY: _privacy,
}
