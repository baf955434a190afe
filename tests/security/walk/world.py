"""Two workspaces that must not know of each other; every word of the first one is marked.

`Qzxmark` stands in nothing but what belongs to the first workspace, `Qzxmarkc` in its contracts.
What people can search for without writing a marker into the question is `winterdienst`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    Collection,
    Comment,
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    PageViewRestriction,
    Site,
    Workflow,
    WorkflowTask,
)

from example_site import contents as made
from example_site.models import HomePage
from tests import builders, uploads
from tests.security.walk import stages
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.flows.visitors import Visitor
from wagtail_contracts.contracts.models import (
    Circular,
    Contract,
    Folder,
    GroupWorkspacePermission,
    LibraryClause,
    Notification,
    Participant,
    Visit,
    Workspace,
)
from wagtail_contracts.contracts.template_pages.models import TemplateIndexPage
from wagtail_contracts.examining import Fault, ring
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.flows import visiting
from wagtail_contracts.signing.models import Alarm

MARKER = "Qzxmark"
SEARCH = "winterdienst"
STATES = (
    "draft",
    "in_approval",
    "approved",
    "negotiating",
    "signing",
    "signed",
    "declined",
    "expired",
    "withdrawn",
)
INSIDE = STATES[:3]  # nobody outside has a link to one
VERBS = (
    *("view", "create", "edit", "send", "administer", "sensitive", "unlock", "approve"),
    *("insights", "export", "move"),
)
BODY = [
    made.clause("QzxmarkHeading", f"QzxmarkText {made.chip('start')} {SEARCH}."),
    made.clause("QzxmarkPrice", f"It costs {made.chip('price')} a month.", policy="editable"),
    made.place("support"),
    made.text(f"Invoices go to {made.chip('invoice')}. {made.chip('remarks')}"),
    made.area("QzxmarkArea"),
    made.signatures("Signatures"),
]


@dataclass
class World:
    """What the walk walks through: who goes, and what there is."""

    people: dict[str, Any] = field(default_factory=dict)
    contracts: dict[str, Contract] = field(default_factory=dict)
    workspace: Any = None
    index: Any = None
    template: Any = None
    theirs: Any = None  # the other workspace, its template and its contract
    their_template: Any = None
    their_contract: Any = None
    moderation: Any = None  # a second template waits for approval
    digest: str = ""  # of an exhibit of the template, and so of every contract
    message: Any = None  # a mail about a contract of the first workspace that failed
    rest: dict[str, Any] = field(default_factory=dict)  # what has nothing to do with contracts
    links: dict[str, str] = field(default_factory=dict)  # secrets of participants

    def participant(self, state: str = "signing", role: str = "customer") -> Participant:
        """Who takes part in the contract of this state."""
        found = Participant.objects.filter(party__contract=self.contracts[state])
        return found.filter(party__role=role).order_by("pk")[0]

    def open_block(self, state: str = "signing") -> str:
        """The clause that is open to suggestions in the contract of this state."""
        outline = self.contracts[state].outline
        return str(next(one["id"] for one in outline if one["value"]["policy"] == "editable"))

    def guests(self, role: str) -> list[Participant]:
        """Those of whom a browser of this role has the cookie: one for each state, or one."""
        if role == "participant":
            return [self.participant(state) for state in STATES if state not in INSIDE]
        if role == "beside":
            return [self.reader(state) for state in STATES if state not in INSIDE]
        if role == "outsider":
            found = Participant.objects.filter(party__contract=self.their_contract)
            return [found.get(party__role="customer")]
        return []

    def reader(self, state: str) -> Participant:
        """Another participant of the contract of this state, on the customer's side."""
        return Participant.objects.get(party__contract=self.contracts[state], role="reader")


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back; flows that insist on the outermost one may run."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)


def others(world: World) -> None:
    """A site with one workspace, and everybody who has no part in the other."""
    home = builders.root().add_child(instance=HomePage(title="Intranet", slug="intranet"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "root_page": home}
    )
    world.theirs = builders.workspace("legal")
    world.their_template = builders.template(world.theirs, "Other deal")
    everything = builders.staff("elsewhere", world.theirs, VERBS)
    index = _hide(TemplateIndexPage.objects.get(workspace=world.theirs), everything)
    _page_rights(everything, index)
    world.their_contract = builders.contract(world.their_template, everything, title="Mine")
    contracts.send(
        world.their_contract,
        builders.shown(world.their_contract),
        into="signing",
        by=builders.actor(everything),
    )
    world.their_contract.refresh_from_db()
    webmaster = builders.staff("webmaster")
    webmaster.user_permissions.set(Permission.objects.all())
    _page_rights(webmaster, home)
    world.rest = _rest(home)
    world.rest |= stages.offered(world.theirs, everything, "Course")
    visitor = Visitor(name="Vera", email="vera@visitor.example", language="en")
    visiting.ask_visit(world.rest["open"], visitor, "192.0.2.1", by=SYSTEM)
    root = get_user_model().objects.create_superuser("root", "root@example.com", "x")
    world.people = {
        "stranger": builders.staff("stranger"),
        "elsewhere": everything,
        "webmaster": webmaster,
        "superuser": root,
    }


def _rest(home: Page) -> dict[str, Any]:
    image = get_image_model().objects.create(title="A picture", file=get_test_image_file())
    document = get_document_model().objects.create(title="A file", file=ContentFile(b"x", "x.txt"))
    return {
        "site": Site.objects.get(),
        "redirect": Redirect.objects.create(old_path="/old", redirect_page=home),
        "collection": Collection.get_first_root_node().add_child(name="Pictures"),
        "restriction": PageViewRestriction.objects.create(
            page=home, restriction_type="password", password="open"
        ),
        "image": image,
        "document": document,
    }


def marked(world: World) -> None:
    """The workspace of which nobody else may learn anything."""
    world.workspace = space = builders.workspace(
        "qzxmarkspace",
        name="QzxmarkSpace",
        code="QZXMARKC",
        legal_name="QzxmarkLegal AS",
        contact_email="qzxmark@qzxmarklegal.example",
    )
    owner = _staff("owner", space, VERBS)
    plan = uploads.saying("QzxmarkPlan")
    file = uploads.kept("exhibit", plan, "qzxmark.pdf", builders.actor(owner))
    world.digest = file["digest"]
    clause = LibraryClause(workspace=space, name="QzxmarkRule", heading="QzxmarkLaw")
    clause = contracts.write_clause(clause, by=builders.actor(owner))
    place = {"policy": "locked", "level": "1", "style": "", "start": None}
    shared = builders.made.entry("library", **place, clause=clause.pk, taken=f"{clause.pk}:1")
    world.rest |= {"clause": clause, "shared": shared["id"]}
    body = [*BODY, uploads.exhibit(file, "QzxmarkExhibit"), shared]
    world.template = builders.template(space, f"QzxmarkTemplate {SEARCH}", body=body)
    for verb in VERBS:
        world.people[verb] = _staff(verb, space, tuple({"view", verb}))
    world.people["blind"] = _staff("blind", space, VERBS[1:])
    world.people["owner"] = owner
    author = world.people["author"] = _staff("author", space, ())
    world.index = _hide(TemplateIndexPage.objects.get(workspace=space), owner, author)
    _page_rights(author, world.index)
    _remark(world.template, author)
    who = [("person", world.people["approve"])]
    vetted = {"party": stages.VETTED, "by": SYSTEM}
    world.rest["rule"] = contracts.make_rule(space, "QzxmarkVetting", who, **vetted)
    for state in STATES:
        world.contracts[state] = stages.in_state(world, state)
        if state not in INSIDE:
            world.links[state] = signing.invite(world.participant(state), by=SYSTEM)
    world.links["visit"] = visiting.visit_secret(Visit.objects.get(), by=SYSTEM) or ""
    world.message = _failed(world.contracts["withdrawn"])
    world.rest["alarm"] = _alarm(world.contracts["withdrawn"])
    world.rest["told"] = Notification.objects.visible_to(owner)[0]
    world.moderation = _moderated(world, author)
    item = {"name": "QzxmarkItem", "price": 1, "currency": "NOK"}
    world.rest["item"] = space.catalogue.create(sku="QZXMARK-1", **item)
    defined = [builders.made.field("text", "common", "QzxmarkLabel", "customer")]
    contracts.put_into(world.contracts["signing"], "QzxmarkFolder", by=builders.actor(owner))
    world.rest["folder"] = Folder.objects.get(workspace=space)
    world.rest["circular"] = _circular(space, owner)
    world.rest["service"] = stages.offered(space, owner, "QzxmarkLessons")["open"]
    world.rest["set"] = space.field_sets.create(name="QzxmarkSet", fields=defined)
    world.rest |= {"user": world.people["blind"], "group": world.people["blind"].groups.get()}


def _circular(space: Workspace, owner: Any) -> Circular:
    """A text for many whose one member was sent nothing yet."""
    group = Group.objects.create(name="Everybody")
    made = Circular.objects.create(
        workspace=space, group=group, title="QzxmarkcConduct", owner=owner
    )
    begun = {"begun_by": owner, "begun_at": timezone.now(), "deadline": timezone.now().date()}
    first = made.rounds.create(number=1, template_digest="ab" * 32, **begun)
    first.members.create(user=owner, problem="QzxmarkcNo address")
    return made


def _staff(name: str, space: Workspace, verbs: tuple[str, ...]) -> Any:
    """Colleagues are no secret: whoever edits users sees them."""
    return builders.staff(name, space, verbs)


def _failed(contract: Contract) -> Message:
    mine = signing.deliveries(Contract.objects.filter(pk=contract.pk))
    found = mine.filter(done_at=None).order_by("pk")[0]
    found.dead_at, found.last_error, found.attempts = timezone.now(), "QzxmarkcError", 9
    found.save()
    return found


def _alarm(contract: Contract) -> Alarm:
    """What the examination found about a contract."""
    alarm, _new = ring(Alarm, Fault("copy_altered", contract.trail, "QzxmarkcWhy"))
    row: Alarm = alarm
    return row


def _moderated(world: World, author: Any) -> Any:
    second = builders.template(world.workspace, f"QzxmarkSecond {SEARCH}", body=BODY)
    task = GroupApprovalTask.objects.create(name="Look at it")
    task.groups.set(author.groups.all())
    workflow = Workflow.objects.create(name="Four eyes")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    second.save_revision(user=author)
    return workflow.start(second, author)


def _hide(index: Page, *users: Any) -> Page:
    hidden = PageViewRestriction.objects.create(page=index, restriction_type="groups")
    hidden.groups.set(Group.objects.filter(user__in=users))
    return index


def _page_rights(user: Any, page: Page) -> None:
    names = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
    for codename in names:
        GroupPagePermission.objects.create(
            group=user.groups.get(), page=page, permission=Permission.objects.get(codename=codename)
        )


def _remark(template: Page, author: Any) -> None:
    """A comment in the margin, and a revision that was never published."""
    Comment.objects.create(page=template, user=author, text="QzxmarkRemark", contentpath="title")
    template.title = f"QzxmarkDrafted {SEARCH}"
    template.save_revision(user=author, log_action=True)


def workspace_right(user: Any, space: Workspace, verb: str) -> None:
    """Give one more right."""
    GroupWorkspacePermission.objects.create(group=user.groups.get(), workspace=space, verb=verb)
