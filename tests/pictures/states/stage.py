"""Full data: a contract of thirty clauses between people and organisations with long names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from django.core import mail
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from example_site import contents as made
from tests import approvals, builders, signatures, uploads
from tests.browser.authoring import enter
from tests.browser.delivering import deliver
from tests.journeys import everybody
from tests.public import visits
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing.admin.pages import address

TITLE = (
    "Agreement on operation, support and further development of the intranet and the employees’ "
    "document archive 2027–2031"
)
OURS = "Eksempel Leverandør Drift og Forvaltning av Digitale Tjenester Nord-Norge AS"
THEIRS = "Interkommunalt selskap for arkiv, bibliotek og formidling i Ytre Eksempelfjord IKS"
KARI, OLA = "Kari Margrethe Nordmann-Fjellheim Østensjø", "Ola Johannes Nordmann-Bjerkestrand"
ADDRESS = "kari.margrethe.nordmann-fjellheim@kunde.example"
MESSAGE = "Here is the agreement that we spoke about. Clause 4 is new, and the price is for 2027."
ANNEX = "Times of answer, and how they are measured"
SENTENCE = (
    "The supplier answers within four hours on working days, keeps a list of faults that the "
    "customer can read, and says beforehand when the service will be away for upkeep. "
)
HEADINGS = (
    "Purpose and scope",
    "Availability of the service",
    "Support and times of answer",
    "Changes that the customer asks for",
    "Backup, restore and rehearsals of both",
    "Security and reporting of incidents",
    "Personal data",
    "Confidentiality",
    "Subcontractors",
    "Price, invoices and late payment",
    "Adjustment of the price",
    "Rights to text and pictures",
    "Duration and notice",
    "Handing over at the end",
    "Disputes, law and venue",
)
FIELDS = [
    made.field("money", "price", "Price", "supplier", currency="NOK"),
    made.field("date", "start", "First day of service", "supplier", default="2027-01-15"),
    made.field(
        "choice",
        "support",
        "Support outside office hours",
        "customer",
        options=[
            made.option("office", "Office hours, from 8.00 to 16.00"),
            made.option("extended", "Day and night, with an answer within one hour"),
        ],
    ),
    made.field(
        "text", "contact", "Contact person", "customer", help="Who we may call when something fails"
    ),
    made.field(
        "email",
        "invoice",
        "Address for invoices and for reminders of what is not paid",
        "customer",
        help="An address that is read in July, too",
    ),
    made.field("long_text", "remarks", "Remarks", "customer", required=False),
]
ANSWERS = {
    "support": "extended",
    "contact": KARI,
    "invoice": "faktura@kunde.example",
    "remarks": "",
}
TYPED = {f"a-{key}": value for key, value in ANSWERS.items()}


def _offer() -> Any:
    rows = [
        made.product("Operation of the intranet for up to 500 people", "5300", period="month"),
        made.product("Introduction for editors", "9800"),
        made.product("A test environment", "600", period="month", choice="optional", default=True),
        made.product("A rehearsal of the restore", "400", choice="optional"),
    ]
    return made.products("What is delivered", *rows, role="customer", months=48)


def body() -> list[Any]:
    """Thirty clauses, half of them below another, with an offer, a table, lists and fields."""
    blocks: list[Any] = [made.party_details("The parties")]
    for number, heading in enumerate(HEADINGS):
        policy = "editable" if number % 3 == 1 else "locked"
        blocks.append(made.clause(heading, SENTENCE * 2, policy=policy))
        blocks.append(made.clause("In detail", SENTENCE, level=2, policy=policy))
        blocks += _inside(number)
    return [*blocks, made.area("Additional terms"), made.signatures("Signatures")]


def _inside(number: int) -> list[Any]:
    rows = [("Fault", "Answer", "Mended"), ("All is down", "1 hour", "4 hours")]
    parts = {
        0: [made.text(f"It begins on {made.chip('start')} and costs {made.chip('price')}.")],
        2: [made.table("Times", *rows), made.place("support")],
        5: [made.listing("keeps it secret,", "gives it to nobody.", ordered=True)],
        8: [made.place("contact")],
        9: [_offer(), made.place("invoice"), made.place("remarks")],
    }
    return parts.get(number, [])


@dataclass
class Stage:
    """The site, and a new contract for each state."""

    url: str
    many: int = 0
    made: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def workspace(self) -> Any:
        """Whose contracts they are."""
        return builders.workspace("leverandor", legal_name=OURS, name="Leverandør")

    @cached_property
    def sender(self) -> Any:
        """Who makes and sends them."""
        user = builders.staff("ola", self.workspace)
        user.first_name, user.last_name = OLA.rsplit(" ", 1)
        user.save()
        return user

    @cached_property
    def template(self) -> Any:
        """What they are made from, unless told otherwise."""
        return self._template(body(), FIELDS)

    @cached_property
    def unasking(self) -> Any:
        """One in which the customer fills in nothing."""
        asking = ("field_place", "products")
        blocks = [block for block in body() if block["type"] not in asking]
        return self._template(blocks, FIELDS[:2])

    @cached_property
    def enclosing(self) -> Any:
        """One with an exhibit."""
        return self._template([*body(), uploads.exhibit(self.file(ANNEX), ANNEX)], FIELDS)

    def file(self, *pages: str) -> Any:
        """A PDF that says this, as a block of an exhibit holds it."""
        by = builders.actor(self.sender)
        return uploads.kept("exhibit", uploads.saying(*pages), "times-of-answer.pdf", by)

    @cached_property
    def approved(self) -> Any:
        """One of another workspace, where somebody has to approve first."""
        space = builders.workspace("finans", legal_name=OURS, name="Finans")
        builders.joins(self.sender, space, builders.SENDER)
        who = approvals.approver(space)
        approvals.rule(space, approvals.boss(space), who, **approvals.over("100000"))
        return self._template(body(), FIELDS, space)

    def _template(self, blocks: list[Any], fields: list[Any], space: Any = None) -> Any:
        roles = [made.role("supplier", "Supplier", own=True), made.role("customer", "Customer")]
        more = {"body": blocks, "fields": fields, "roles": roles}
        return builders.template(space or self.workspace, TITLE, **more)

    def draft(self, *, kari_at: int = 1, template: Any = None, phone: str = "") -> Any:
        """A new draft; the customer signs in this place, and with a phone gets an SMS, too."""
        return builders.contract(
            template or self.template,
            self.sender,
            title=TITLE,
            parties=self._parties(kari_at, phone),
            values={"price": "5300"},
        )

    def _parties(self, kari_at: int, phone: str) -> list[contracts.PartyDraft]:
        ours = contracts.PersonDraft(OLA, self.sender.email, user=self.sender)
        by = {"phone": phone, "invited_by": "both"} if phone else {}
        theirs = contracts.PersonDraft(KARI, ADDRESS, capacity="Manager", position=kari_at, **by)
        return [
            contracts.PartyDraft("supplier", OURS, "999999999", [ours]),
            contracts.PartyDraft("customer", THEIRS, "910000004", [theirs]),
        ]

    def sent(self, into: str = "signing", **more: Any) -> SimpleNamespace:
        """A new contract that is out; `more` is of its draft."""
        draft = self.draft(**more)
        by = builders.actor(self.sender)
        contracts.send(draft, builders.shown(draft), into=into, message=MESSAGE, by=by)
        return everybody(draft, self.sender)

    def answered(self) -> SimpleNamespace:
        """The same, with the customer's answers."""
        at = self.sent()
        contracts.answer(at.kari, at.version.digest, ANSWERS, by=builders.guest(at.kari))
        return everybody(at.contract, self.sender)

    def signed(self, *, sealed: bool = False) -> SimpleNamespace:
        """The same, signed by all."""
        at = self.answered()
        signatures.sign_all(at)
        if sealed:
            deliver()
        return everybody(at.contract, self.sender)

    def expire(self, at: SimpleNamespace) -> None:
        """The deadline has passed."""
        with unguarded():
            at.contract.deadline = timezone.now().date() - timedelta(days=3)
            at.contract.save()
        contracts.expire(at.contract, by=at.owner)

    def enter(self, page: Page, at: SimpleNamespace, name: str = "contract") -> None:
        """Come in as the customer does, and open a page."""
        page.goto(f"{self.url}{visits.landing(at.kari)}")
        page.locator("main form button").click()
        page.locator("h1").wait_for()
        if name != "contract":
            self.open(page, at, name)

    def open(self, page: Page, at: SimpleNamespace, name: str = "contract") -> None:
        """Open another page of the customer."""
        page.goto(f"{self.url}{visits.page(name, at.kari)}")

    def oversee(self, page: Page, contract: Any, name: str = "inspect", more: str = "") -> None:
        """Come in as the owner, and open one of the contract's pages in the admin."""
        enter(page, Client(), self.sender, self.url)
        page.goto(f"{self.url}{address(name, contract)}{more}")

    def deliver(self) -> None:
        """Do all that the worker has to do."""
        deliver()

    def posted(self, to: str = ADDRESS) -> list[Any]:
        """The mails that were sent to somebody, to the customer unless told otherwise."""
        return [letter for letter in mail.outbox if to in letter.to]

    def code(self) -> str:
        """That of the newest mail."""
        deliver()
        return visits.code()
