"""What consumers are told before they sign, in their language: ours, or what a workspace wrote.

Sources: 15 U.S.C. § 7001(c) (electronic form), Directive 2011/83/EU art. 6, 8 and 11, Directive
(EU) 2023/2673 (withdrawing online). `NUMBER` grows whenever a wording of ours changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from wagtail_contracts.contracts.models import ConsumerText, Contract, ContractVersion
from wagtail_contracts.contracts.rendering.around import spoken
from wagtail_contracts.contracts.rendering.wordings import filled
from wagtail_contracts.signing.models import Disclosed

NUMBER = 1
OURS, WORKSPACE, TEMPLATE = "ours", "workspace", "template"
ELECTRONIC, BEFORE, WITHDRAWAL = (kind.value for kind in ConsumerText.Kind)
BUTTON = "button"


@dataclass(frozen=True)
class Told:
    """One disclosure as it is shown; `number` is the version of its wording at its `source`."""

    kind: str
    source: str
    number: int
    language: str
    text: str

    @property
    def heading(self) -> str:
        """What it is about, in the active language."""
        return {
            ELECTRONIC: _("A contract in electronic form"),
            BEFORE: _("Before you sign"),
            WITHDRAWAL: _("Your right to withdraw"),
        }[self.kind]

    @property
    def fields(self) -> dict[str, Any]:
        """As it is kept, and as digests are made of it."""
        return asdict(self)


def kinds(contract: Contract) -> list[str]:
    """Which texts a consumer gets for this contract."""
    return [ELECTRONIC, BEFORE, *([WITHDRAWAL] if contract.withdrawal_days else [])]


def told(kind: str, version: ContractVersion, own: ConsumerText | None, language: str) -> Told:
    """A disclosure in the words that count: `own` ones, or ours."""
    with translation.override(spoken(language)):
        words = _meant(version)
        text = filled(own.text if own else ours(kind), words)
    if own is None:
        return Told(kind, OURS, NUMBER, spoken(language), text)
    source = TEMPLATE if own.template else WORKSPACE
    return Told(kind, source, own.number, own.language, text)


def kept(row: Disclosed) -> Told:
    """What was shown before a signature, as it was."""
    return Told(row.kind, row.source, row.number, row.language, row.text)


def button(version: ContractVersion, language: str) -> Told:
    """The words of the button where signing obliges to pay."""
    with translation.override(spoken(language)):
        words = _("Sign version %(number)s with obligation to pay") % {"number": version.number}
    return Told(BUTTON, OURS, NUMBER, spoken(language), words)


def ours(kind: str) -> str:
    """Our words in the active language; {names} stand for what the contract says."""
    return {ELECTRONIC: _electronic, BEFORE: _before, WITHDRAWAL: _withdrawal}[kind]()


def _meant(version: ContractVersion) -> Mapping[str, str]:
    contract = version.contract
    return {
        "organisation": contract.workspace.legal_name,
        "contact": contract.workspace.contact_email,
        "title": version.content["title"],
        "number": contract.number,
        "days": str(contract.withdrawal_days),
    }


def _electronic() -> str:
    return "\n\n".join(
        [
            _(
                "You make this contract in electronic form: you read and sign it on this page, and "
                "get it as a PDF. By signing you agree to that, for this contract alone."
            ),
            _("You can have it on paper: write to {contact}. The first paper copy costs nothing."),
            _(
                "Until you sign you can change your mind: press “Not now” or “Decline”, and ask "
                "{contact} for a contract on paper instead. After that you can write there that "
                "you want no more messages in electronic form. What was signed stays valid. "
                "Tell {contact}, too, if your e-mail address changes."
            ),
            _(
                "You need a web browser from recent years, an e-mail address, and a program that "
                "shows PDF files. That you read this page shows that your browser will do."
            ),
        ]
    )


def _before() -> str:
    return "\n\n".join(
        [
            _("You make this contract with {organisation}. You reach them at {contact}."),
            _(
                "What you get, what it costs in all, how long it lasts and how it ends stands in "
                "the contract; the main points stand above. Until you sign you can correct what "
                "you filled in: press “Change” beside it."
            ),
            _(
                "{organisation} keeps the contract, number {number}. You get it as a sealed PDF, "
                "which you can keep, and read it on this page with your link. "
                "The law gives consumers rights if something is wrong with what they get: no "
                "contract takes those away. Complain to {contact}."
            ),
        ]
    )


def _withdrawal() -> str:
    return "\n\n".join(
        [
            _(
                "You can withdraw from this contract within {days} days, without saying why. The "
                "first day is the day after everyone has signed. A time that ends on a Saturday, "
                "a Sunday or a public holiday goes on to the next working day."
            ),
            _(
                "Press “Withdraw from the contract here” on the page of the contract, or write to "
                "{organisation}, {contact}, that you withdraw. It is enough that you send that "
                "before the time is over."
            ),
            _(
                "Then {organisation} pays back all that you have paid, within 14 days of hearing "
                "from you and in the way you paid. Have you asked for a service to begin before "
                "the time is over, you pay for what you got until you withdrew."
            ),
            _(
                "You may use this form: To {organisation}, {contact}. I withdraw from my contract "
                "“{title}”, number {number}, of (date). Name and address of the consumer. "
                "Signature, if this is sent on paper. Date."
            ),
        ]
    )
