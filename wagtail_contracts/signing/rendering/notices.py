"""What staff get by mail: what is told at once, and the mail of the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wagtail_contracts.contracts.models import ApprovalRule, Circular, Notification
from wagtail_contracts.contracts.rendering import notices
from wagtail_contracts.contracts.rendering.addresses import absolute, host
from wagtail_contracts.contracts.rendering.brand import marked
from wagtail_contracts.signing.core.lines import plain
from wagtail_contracts.signing.rendering import letters
from wagtail_contracts.signing.rendering.bounces import reason_of
from wagtail_contracts.signing.rendering.mail import FOLDER, overview

# What there is to do about it; of all else it is enough to open the contract.
BUTTONS = {
    "approval_asked": lambda: _("See what to approve"),
    "approval_asked_back": lambda: _("Answer"),
    "differed": lambda: _("See who it was"),
    "signed_one": lambda: _("See progress"),
    "seal_delayed": lambda: _("See what holds it up"),
    "irregular": lambda: _("See what was found"),
}


# Where that is done, in the admin; nothing of what is over any more.
PAGES = {
    ("approval_asked", ""): "approve",
    ("approval_asked", "answered"): "approve",
    ("approval_asked_back", ""): "answer_approver",
    ("answered", "approval"): "ask_approval",
    ("more_time_asked", ""): "extend",
    ("person_asked", ""): "answer_person",
    ("expired", ""): "extend",
}


def page(note: Notification) -> str:
    """The address of the page where one does what there is to do; else the contract's."""
    name = PAGES.get((note.kind, note.detail))
    if name is None:
        return overview(note.contract)
    return absolute(reverse(f"wagtail_contracts_contract:{name}", args=[note.contract_id]))


def choices() -> str:
    """Where one chooses what to get by mail."""
    return absolute(reverse("wagtailadmin_account"))


def told(note: Notification, **more: Any) -> letters.Letter:
    """The letter of one notification: that of its kind, else its sentence alone."""
    if note.kind in letters.LETTERS and (note.kind, note.detail) not in notices.DETAILED:
        told = {"who": plain(notices.words(note)["who"]), "reason": reason_of(note.detail)}
        more = {**told, **more}
        return letters.letter(note.kind, letters.words(note.contract, note.participant, **more))
    said = plain(notices.sentence(note))
    known = note.kind != "approval_asked" or (note.kind, note.detail) in PAGES
    button = BUTTONS.get(note.kind if known else "", lambda: _("Open the contract"))
    return letters.Letter(said, [f"{said}.", *_asked_for(note)], button())


def _asked_for(note: Notification) -> Iterator[str]:
    """Which contract somebody is to approve, with whom and by which rules; no amount of it."""
    asked = note.contract.approval
    if (note.kind, note.detail) != ("approval_asked", "") or asked is None:
        return
    rules = ApprovalRule.objects.filter(pk__in=[rule.key for rule in asked.plain_rules])
    said = {
        "number": note.contract.number,
        "others": plain(note.contract.counterparties),
        "rules": ", ".join(plain(rule.name) for rule in rules),
    }
    yield _("It is %(number)s, with %(others)s.") % said
    yield _("It needs an approval by these rules: %(rules)s.") % said


def _lines(notes: Sequence[Notification]) -> Iterator[tuple[str, str]]:
    """A sentence and an address for each; one for all that is said alike of a text for many."""
    texts = Circular.objects.of_contracts({note.contract_id for note in notes})
    alike: dict[tuple[str, int, int], list[Notification]] = {}
    for note in notes:
        text = texts.get(note.contract_id) if note.kind in notices.COUNTED else None
        which = (note.kind, text.pk, 0) if text else ("", 0, note.pk)
        alike.setdefault(which, []).append(note)
    for same in alike.values():
        if len(same) == 1:
            space, said, address = (
                same[0].contract.workspace,
                notices.sentence(same[0]),
                page(same[0]),
            )
        else:
            text = texts[same[0].contract_id]
            space, said, address = text.workspace, notices.counted(same, text), _page_of(text)
        yield plain(marked(space, said)), address


def _page_of(text: Circular) -> str:
    return absolute(reverse("wagtail_contracts_circular", args=[text.public_id]))


def digest(
    lines: Sequence[Notification], recipient: str, *, identity: str
) -> EmailMultiAlternatives:
    """The mail of the day: a sentence and an address for each. `identity` as in `mail`."""
    told = list(_lines(lines))
    n = len(told)
    said = ngettext("Contracts: %(n)d piece of news", "Contracts: %(n)d pieces of news", n)
    subject = said % {"n": n}
    context = {
        "subject": subject,
        "lines": told,
        "choices": choices(),
        "language": get_language(),
        "host": host(),
    }
    name = host().partition(":")[0] or "localhost"
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    made = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{FOLDER}/digest.txt", context),
        from_email=address,
        to=[recipient],
        headers={"Message-ID": f"<{identity}@{name}>", "Auto-Submitted": "auto-generated"},
    )
    made.attach_alternative(render_to_string(f"{FOLDER}/digest.html", context), "text/html")
    return made
