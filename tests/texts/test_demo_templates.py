"""Each template of the example site becomes a contract that two sides sign, and its sealed file."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from example_site.contents import offer, people, premises, sales, secrecy
from example_site.seeding import papers
from tests import builders, signatures
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import ContractVersion, Participant
from wagtail_contracts.contracts.template_pages.models import ContractTemplate, TemplateIndexPage
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing import flows as signing

ADDRESS = {"street": "Storgata 1", "postcode": "0155", "city": "Oslo", "country": "NO"}
ACCOUNT = "NO93 8601 1117 947"


class Case(NamedTuple):
    """What our side fills in, what the other side answers, and words that must follow from it."""

    text: Any
    ours: dict[str, Any]
    theirs: dict[str, Any]
    words: tuple[str, ...]
    absent: tuple[str, ...] = ()
    blanks: int = 0  # answers that nobody needs to give


CASES = {
    "service": Case(
        lambda files: sales.SERVICE,
        {"price": "5300", "start": "2027-01-15"},
        {
            "support": "always",
            "phone": "22 22 22 22",
            "contact": "Kari",
            "invoice": "f@kunde.example",
        },
        ("5 300 NOK per måned", "15. januar 2027", "telefon 22 22 22 22"),
        blanks=1,
    ),
    "proposal": Case(
        lambda files: offer.PROPOSAL,
        {"start": "2027-01-31"},
        {
            "personal_data": "no",
            "contact": "Kari",
            "phone": "22 22 22 22",
            "invoice": "f@kunde.example",
            "site": "",
        },
        ("tar 4 måneder og er ferdig 31. mai 2027", "126 380,00 NOK"),
        ("databehandleravtale", "Sikkerhetsgjennomgang"),
        blanks=1,
    ),
    "secrecy": Case(
        lambda files: sales.CONFIDENTIALITY,
        {},
        {"contact": "Kari", "advisers": "no"},
        ("for 3 years from the last signature",),
    ),
    "mutual": Case(
        lambda files: secrecy.MUTUAL,
        {},
        {"contact": "Kari"},
        ("last for 3 years from", "gjelder i 3 år fra", "the text in English governs"),
    ),
    "employment": Case(
        lambda files: people.EMPLOYMENT,
        {
            "position": "utvikler",
            "first_day": "2027-08-31",
            "salary": "700000",
            "home": "no",
            "benefits": "no",
        },
        {"account": ACCOUNT, "address": ADDRESS, "number": "01018510002"},
        ("som slutter 29. februar 2028", "Storgata 1", "700 000 NOK"),
        ("hjemmefra", "Arbeidstaker får"),
    ),
    "lease": Case(
        lambda files: premises.lease(**files),
        {"premises": ADDRESS, "area": "82,5", "rate": "2400", "start": "2027-02-01"}
        | {"parking": "yes", "spaces": "2"},
        {"use": "kontor", "sign": "no", "contact": "Kari", "phone": "22 22 22 22"}
        | {"account": ACCOUNT},
        (
            "198 000 NOK per år",
            "16 500 NOK forskuddsvis",
            "49 500 NOK",
            "slutter 1. februar 2030",
            "leier 2 parkeringsplasser for 950 NOK",
            "etter punkt 3 innen",
        ),
        ("samtykker i dette skiltet",),
    ),
}


@pytest.fixture
def files(db: None) -> dict[str, Any]:
    """The example's own files."""
    return papers.kept()


def made(case: Case, files: Any, space: Any, sender: Any) -> Any:
    """A contract that is out, with every field of our side filled in."""
    type(space).objects.filter(pk=space.pk).update(language="nb")
    space.refresh_from_db()
    index = builders.root().add_child(
        instance=TemplateIndexPage(title="Templates", workspace=space)
    )
    page = index.add_child(instance=ContractTemplate(**case.text(files)))
    page.save_revision().publish()
    page = ContractTemplate.objects.get(pk=page.pk)
    parties = [party(role.value, sender) for role in page.roles]
    contract = builders.contract(page, sender, parties=parties, values=case.ours)
    content = contracts.compose(contract)
    assert contracts.missing(contract, content) == []
    contracts.send(contract, builders.shown(contract), into="signing", by=builders.actor(sender))
    return contract


def party(role: Any, sender: Any) -> contracts.PartyDraft:
    if role["own"]:
        person = contracts.PersonDraft(sender.get_full_name(), sender.email, user=sender)
        return contracts.PartyDraft(role["key"], "Eksempel AS", "999999999", [person])
    kari = contracts.PersonDraft("Kari Nordmann", "kari@customer.example")
    more = {"kind": "person"} if role["kind"] == "either" else {}
    return contracts.PartyDraft(role["key"], "Kari Nordmann", "", [kari], **more)


@pytest.mark.parametrize("name", CASES)
def test_a_template_of_the_example_goes_all_the_way(name, files, sales, sender):
    case = CASES[name]
    contract = made(case, files, sales, sender)
    everybody = Participant.objects.filter(party__contract=contract)
    [kari], [ola] = everybody.filter(user=None), everybody.exclude(user=None)
    digest = contract.versions.latest().digest

    contracts.answer(kari, digest, case.theirs, by=builders.guest(kari))
    for person in (kari, ola):
        signatures.sign(person, signatures.identified(person))
    sealed = signing.seal(ContractVersion.objects.latest("number"), by=SYSTEM)

    report = sealing.verify(sealing.content(sealed))
    assert report.verdict == "intact"
    said = " ".join(report.files["contract.txt"].decode().split()).replace("\u00a0", " ")
    assert [words for words in case.words if words not in said] == []
    assert [words for words in case.absent if words in said] == []
    assert said.count("…") == case.blanks
