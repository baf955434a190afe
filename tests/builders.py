"""Plain data for tests, one function per noun."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import Locale, Page

from example_site import contents as made
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import (
    Contract,
    GroupWorkspacePermission,
    Participant,
    Workspace,
)
from wagtail_contracts.contracts.template_pages.models import ContractTemplate, TemplateIndexPage

SENDER = ("view", "create", "edit", "send")
ROLES = [made.role("supplier", "Supplier", own=True), made.role("customer", "Customer")]
FIELDS = [
    made.field("money", "price", "Price", "supplier", currency="NOK"),
    made.field("date", "start", "Start", "supplier", default="2027-01-15"),
    made.field(
        "choice",
        "support",
        "Support",
        "customer",
        options=[
            made.option("office", "Office hours"),
            made.option("extended", f"Until {made.chip('until')}"),
        ],
    ),
    made.field("text", "until", "Closing time", "customer"),
    made.field("email", "invoice", "Invoices to", "customer"),
    made.field("long_text", "remarks", "Remarks", "customer", required=False),
]
BODY = [
    made.heading("Parties"),
    made.text(f"{made.chip('supplier.name')} delivers to {made.chip('customer.name')}."),
    made.clause("Service", f"From {made.chip('start')} the service runs."),
    made.clause("Availability", "It is up 99 % of the time.", level=2),
    made.clause("Price", f"It costs {made.chip('price')} a month.", policy="editable"),
    made.clause("Reference", "The supplier may name the customer.", policy="optional"),
    made.table("Times", ("Fault", "Answer"), ("Down", "1 hour")),
    made.listing("keeps it secret,", "gives it to nobody.", ordered=True),
    made.place("support"),
    made.text(f"Invoices go to {made.chip('invoice')}. {made.chip('remarks')}"),
    made.area("More terms"),
    made.signatures("Signatures"),
]
ANSWERS = {"support": "office", "until": "", "invoice": "pay@customer.example", "remarks": ""}


def workspace(slug: str = "sales", **more: Any) -> Workspace:
    """A workspace."""
    return Workspace.objects.create(
        **{
            "slug": slug,
            "name": slug.title(),
            "code": slug.upper(),
            "legal_name": "Eksempel AS",
            "contact_email": f"{slug}@eksempel.example",
            "timezone": "Europe/Oslo",
            **more,
        }
    )


def root() -> Page:
    """The root of all pages; a test that commits leaves nothing of the migrations behind."""
    Locale.objects.get_or_create(language_code="en")
    return Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))


def template(
    space: Workspace,
    title: str = "Service agreement",
    *,
    body: Any = BODY,
    fields: Any = FIELDS,
    roles: Any = ROLES,
) -> ContractTemplate:
    """A live template page of a workspace."""
    index = TemplateIndexPage.objects.filter(workspace=space).first()
    if index is None:
        index = root().add_child(
            instance=TemplateIndexPage(title=f"Templates of {space.name}", workspace=space)
        )
    page = ContractTemplate(title=title, body=body, fields=fields, roles=roles)
    index.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def staff(name: str, space: Workspace | None = None, verbs: tuple[str, ...] = SENDER) -> Any:
    """A member of staff who may do `verbs` in a workspace."""
    user = get_user_model().objects.create_user(
        name,
        f"{name}@eksempel.example",
        "password",
        first_name=name.title(),
        last_name="Nordmann",
    )
    group = Group.objects.create(name=f"group of {name}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    if space:
        joins(user, space, verbs)
    return user


def joins(user: Any, space: Workspace, verbs: tuple[str, ...]) -> None:
    """Let somebody whom `staff` made do `verbs` in a workspace, too."""
    group = user.groups.get()
    for verb in verbs:
        GroupWorkspacePermission.objects.create(group=group, workspace=space, verb=verb)


def actor(user: Any) -> Actor:
    """The actor behind a user."""
    return Actor("user", str(user.pk), user.get_full_name(), user.email)


def guest(participant: Participant) -> Actor:
    """The actor behind a participant."""
    return Actor("participant", participant.public_id, participant.name, participant.email)


def parties(user: Any) -> list[contracts.PartyDraft]:
    """Our own side with `user`, and a customer with one signatory."""
    ours = contracts.PersonDraft(user.get_full_name(), user.email, user=user)
    theirs = contracts.PersonDraft("Kari Nordmann", "kari@customer.example", capacity="Director")
    return [
        contracts.PartyDraft("supplier", "Eksempel AS", "999999999", [ours]),
        contracts.PartyDraft("customer", "Customer AS", "", [theirs]),
    ]


def contract(page: Any, user: Any, **more: Any) -> Contract:
    """A draft from a template, ready to send; whoever may make none there may make this one."""
    words = {
        "title": "Hosting 2027",
        "parties": parties(user),
        "values": {"price": "5300"},
        "owner": user,
        "by": actor(user),
        **more,
    }
    with _making(user, page.workspace):
        return contracts.create(page, **words)


@contextmanager
def _making(user: Any, space: Workspace | None) -> Iterator[None]:
    """The right to make contracts, taken back afterwards."""
    if space is None or permissions.whole(user, ["add"]).filter(pk=space.pk).exists():
        yield
        return
    group = Group.objects.create(name=f"makers with {user.pk}")
    for verb in ("view", "create"):
        GroupWorkspacePermission.objects.create(group=group, workspace=space, verb=verb)
    user.groups.add(group)
    try:
        yield
    finally:
        group.delete()


def recipients(contract: Contract) -> str:
    """What the send page says of who gets it."""
    return contracts.recipients_digest(contract)


def shown(contract: Contract) -> str:
    """The content digest that the send page would show."""
    return contracts.digest_of(contracts.compose(Contract.objects.get(pk=contract.pk)))
