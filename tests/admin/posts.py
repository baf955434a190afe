"""What a browser posts to the admin's pages about contracts."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin import basis
from wagtail_contracts.contracts.admin.viewsets import EDITOR
from wagtail_contracts.contracts.blocks.clauses import INLINE, TEXT
from wagtail_contracts.contracts.models import Contract

NAMESPACE = "wagtail_contracts_contract"
Entry = dict[str, Any]
Post = dict[str, str]


def address(name: str, *args: Any) -> str:
    """The address of one of the pages of contracts."""
    return reverse(f"{NAMESPACE}:{name}", args=args)


def draftail(html: str, features: list[str] = TEXT) -> str:
    """Stored rich text as the editor posts it."""
    return str(rich_text(html, features=features))


def entry(stored: Entry, **changes: Any) -> Entry:
    """A block as the locked editor posts it: inputs for what may be filled in, no more."""
    made: Entry = {"id": stored["id"], "type": stored["type"], "deleted": ""}
    if stored["value"].get("policy") == "editable":
        made |= FILLED[stored["type"]](stored["value"])
    return {**made, **changes}


def clause(value: Entry) -> Entry:
    """The inputs of an editable clause."""
    return {
        "value-heading": draftail(value["heading"], INLINE),
        "value-text": draftail(value["text"]),
    }


def area(value: Entry, terms: tuple[Entry, ...] = ()) -> Entry:
    """The inputs of an open area with these blocks in it."""
    made: Entry = {"value-blocks-count": str(len(terms))}
    for place, term in enumerate(terms):
        made |= {f"value-blocks-{place}-{name}": part for name, part in term.items()}
    return made


def term(id: str, order: int = 0, **changes: Any) -> Entry:
    """One clause in an open area."""
    return {
        "id": id,
        "type": "clause",
        "deleted": "",
        "order": str(order),
        "value-level": "1",
        "value-heading": draftail("Extra", INLINE),
        "value-text": draftail("<p>Free words.</p>"),
        **changes,
    }


FILLED: dict[str, Any] = {"clause": clause, "area": area}


def entries(contract: Contract) -> list[Entry]:
    """Every block of the outline, as it is."""
    return [entry(stored) for stored in contract.outline]


def body(posted: list[Entry]) -> Post:
    """The blocks as one flat post."""
    made: dict[str, Any] = {"body-count": str(len(posted))}
    for place, item in enumerate(posted):
        numbered = {"order": str(place), **item}
        made |= {f"body-{place}-{name}": part for name, part in numbered.items()}
    return {name: part for name, part in made.items() if part is not None}


def management(prefix: str, total: int, initial: int | None = None) -> Post:
    """The hidden inputs of a form set."""
    numbers = {"TOTAL": total, "INITIAL": total if initial is None else initial}
    return {f"{prefix}-{name}_FORMS": str(number) for name, number in numbers.items()} | {
        f"{prefix}-MIN_NUM_FORMS": "0",
        f"{prefix}-MAX_NUM_FORMS": "1000",
    }


def people(contract: Contract) -> Post:
    """The parties of a draft, with their people."""
    parties = list(contract.parties.all())
    made = management("parties", len(parties))
    for place, party in enumerate(parties):
        prefix = f"parties-{place}"
        made |= {
            f"{prefix}-id": str(party.pk),
            f"{prefix}-name": party.name,
            f"{prefix}-organisation_number": party.organisation_number,
        }
        found = list(party.people.all())
        made |= management(f"{prefix}-people", len(found))
        for number, person in enumerate(found):
            made |= one(f"{prefix}-people-{number}", person)
    return made


def one(prefix: str, person: Any) -> Post:
    """The inputs of one person."""
    names = ("name", "email", "capacity", "role", "language", "position")
    made = {f"{prefix}-{name}": str(getattr(person, name)) for name in names}
    return {**made, f"{prefix}-id": str(person.pk), f"{prefix}-user": str(person.user_id or "")}


def edit(contract: Contract, posted: list[Entry] | None = None, **changes: Any) -> Post:
    """The whole form of the editor as it opens now; a change to None leaves an input out."""
    made: dict[str, Any] = {"title": contract.title, basis.BASIS: began(contract, EDITOR)}
    made |= {"value-price": "5300", "value-start": "2027-01-15"}
    made |= body(entries(contract) if posted is None else posted)
    if contract.state == "draft":
        made |= people(contract)
    return {name: part for name, part in {**made, **changes}.items() if part is not None}


def began(working: Any, editor: Any) -> str:
    """What the form of a contract or page says that it began with, if it is opened now."""
    form = editor.bind_to_model(type(working)).get_form_class()
    stored = contracts.stored(type(working)._base_manager.get(pk=working.pk))
    return basis.issue(basis.BASIS, stored, contracts.state_of(stored, form.names_for(stored)))


def page_began(page: Any) -> str:
    """The same for a template."""
    return began(page, page.get_edit_handler())


VERBS = ("view", "create", "edit", "send", "administer", "sensitive", "unlock")
