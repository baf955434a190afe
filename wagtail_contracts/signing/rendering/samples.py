"""A workspace's mails about an invented contract, to be looked at before they are needed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.defaultfilters import filesizeformat
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wagtail_contracts.contracts.models import Contract, Participant, Workspace
from wagtail_contracts.contracts.rendering.around import spoken
from wagtail_contracts.contracts.rendering.wordings import NAMES
from wagtail_contracts.signing.core import tokens
from wagtail_contracts.signing.rendering import letters, texts
from wagtail_contracts.signing.rendering.letters import Letter, Words
from wagtail_contracts.signing.rendering.mail import mail, public, with_link

DAYS, SIZE = 14, 640 << 10
Own = tuple[str, str]


def ours(workspace: Workspace, kind: str, language: str, user: Any) -> Own:
    """Our own subject and text of a mail, with placeholders, to begin with."""
    with translation.override(spoken(language)):
        places = {name: f"{{{name}}}" for name in NAMES}
        named = {**places, "org": places["organisation"]}
        filled = {**_words(_contract(workspace, user)), **named}
        letter = letters.letter(kind, filled)
        return letter.subject, "\n\n".join(letter.lines[: letter.free])


def sample(
    workspace: Workspace, kind: str, language: str, user: Any, own: Own | None = None
) -> EmailMultiAlternatives:
    """The mail to `user` as it would arrive: in the words `own`, else in those that are stored."""
    with translation.override(spoken(language)):
        contract = _contract(workspace, user)
        filled = _words(contract)
        letter = letters.letter(kind, filled)
        letter = _in_words(letter, workspace, kind, filled, own or language)
        letter = with_link(letter, _placeholder())
        return mail(letter, contract, user.email, identity=f"sample.{tokens.new_code()}")


def _in_words(
    letter: Letter, workspace: Workspace, kind: str, filled: Words, own: Own | str
) -> Letter:
    """In the words `own`; where that is a language, in those that are stored."""
    if isinstance(own, str):
        return texts.own(letter, workspace, kind, filled, own)
    return texts.worded(letter, *own, filled) if own[0] else letter


def _contract(workspace: Workspace, user: Any) -> Contract:
    day = timezone.now().date() + timedelta(days=DAYS)
    return Contract(workspace=workspace, owner=user, title=_("Example agreement"), deadline=day)


def _words(contract: Contract) -> Words:
    reader = Participant(name="Kari Nordmann")
    sealed = {"copy": letters.ATTACHED, "file": "0123 …", "size": filesizeformat(SIZE)}
    return {
        **letters.words(contract, reader),
        "version": 1,
        "signed": "",
        "verify": public("verify"),
        **sealed,
    }


def _placeholder() -> str:
    """The address of a personal link with words for its secret: no secret is as short."""
    return public("landing", "x" * tokens.LENGTH).replace("x" * tokens.LENGTH, _("personal-link"))
