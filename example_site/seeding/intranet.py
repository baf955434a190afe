"""Pages, staff, workspaces and templates."""

from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import GroupPagePermission, Page, PageViewRestriction, Site
from wagtail.users.models import UserProfile

from example_site.contents.templates import templates
from example_site.models import HomePage
from example_site.seeding import offers, papers, shared
from example_site.staff import PASSWORD, STAFF
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import GroupWorkspacePermission, Workspace
from wagtail_contracts.contracts.template_pages.models import ContractTemplate, TemplateIndexPage

SENDER = ("view", "create", "edit", "send")
WORKSPACES: dict[str, tuple[str, str, dict[str, tuple[str, ...]]]] = {
    # slug: (name, code, groups and what they may do)
    "salg": (
        "Salg",
        "SALG",
        {
            "Salg": SENDER,
            "Salgsledelse": ("view", "unlock"),
            "Økonomi": ("view", "approve"),
            "Revisjon": ("view",),
            "Ansatte": ("view",),
        },
    ),
    "personal": ("Personal", "PERS", {"Personal": (*SENDER, "administer")}),
    "eiendom": ("Eiendom", "EIEN", {"Personal": SENDER, "Eiendom": SENDER}),
    "oving": ("Øving", "OVING", {"Salg": SENDER, "Personal": SENDER, "Eiendom": SENDER}),
}
TRAINING = ("oving",)
NAMED = ("Ansatte",)  # may be named to sign, and see nothing but that
EDITORS = {"eiendom": ("Maler", "Eiendom")}  # groups that build its templates


def build() -> None:
    """Everything but contracts."""
    _intranet(templates(**papers.kept()))  # files are judged outside a transaction
    offers.make()


@transaction.atomic
def _intranet(texts: dict[str, list[dict[str, Any]]]) -> None:
    home = _home()
    groups = {name: _group(name) for person in STAFF.values() for name in person.groups}
    for slug, (name, code, rights) in WORKSPACES.items():
        workspace = Workspace.objects.create(
            slug=slug,
            name=name,
            code=code,
            legal_name="Eksempel AS",
            organisation_number="888 888 888",
            contact_email=f"{slug}@eksempel.example",
            language="nb",
            timezone="Europe/Oslo",
            training=slug in TRAINING,
        )
        _grant(workspace, rights, groups)
        _templates(home, workspace, groups, texts[slug])
    _staff(groups)
    _rules(groups)


def _rules(groups: dict[str, Group]) -> None:
    """What is dear needs a yes of those who watch the money."""
    contracts.make_rule(
        Workspace.objects.get(slug="salg"),
        "Store avtaler",
        [("group", groups["Økonomi"])],
        over=Decimal(500_000),
        currency="NOK",
        by=SYSTEM,
    )


def _home() -> HomePage:
    root = Page.get_first_root_node()
    root.get_children().delete()  # Wagtail's own welcome page
    root.refresh_from_db()
    home = root.add_child(
        instance=HomePage(
            title="Eksempel AS",
            slug="eksempel",
            intro="<p>Her lager, sender og signerer vi avtalene våre.</p>",
        )
    )
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "127.0.0.1", "root_page": home, "site_name": "Eksempel AS"},
    )
    return home


def _group(name: str) -> Group:
    group, _new = Group.objects.get_or_create(name=name)
    if name not in NAMED:
        group.permissions.add(Permission.objects.get(codename="access_admin"))
    return group


def _grant(
    workspace: Workspace, rights: dict[str, tuple[str, ...]], groups: dict[str, Group]
) -> None:
    for name, verbs in rights.items():
        for verb in verbs:
            GroupWorkspacePermission.objects.create(
                group=groups[name], workspace=workspace, verb=verb, own=name in NAMED
            )


def _templates(
    home: HomePage, workspace: Workspace, groups: dict[str, Group], texts: list[dict[str, Any]]
) -> None:
    title = f"Maler for {workspace.name}"
    index = home.add_child(
        instance=TemplateIndexPage(title=title, slug=f"maler-{workspace.slug}", workspace=workspace)
    )
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    for name in EDITORS.get(workspace.slug, ("Maler",)):
        _let_build(index, groups[name])
    kept = shared.fill(workspace)
    for text in texts:
        page = index.add_child(instance=ContractTemplate(**kept.placed(text)))
        page.save_revision().publish()
        contracts.use_files(page.body, workspace, in_templates=True, by=SYSTEM)


def _let_build(index: TemplateIndexPage, group: Group) -> None:
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(codename=codename)
        GroupPagePermission.objects.create(group=group, page=index, permission=permission)


def _staff(groups: dict[str, Group]) -> None:
    users = get_user_model().objects
    for name, person in STAFF.items():
        make = users.create_user if person.groups else users.create_superuser
        user = make(
            name,
            f"{name}@eksempel.example",
            PASSWORD,
            first_name=person.first,
            last_name=person.last,
        )
        user.groups.set([groups[group] for group in person.groups])
        UserProfile.objects.create(user=user, preferred_language=person.language)
    ola = users.get(username="ola")
    TOTPDevice.objects.create(user=ola, name="Kodeapp", confirmed=True)
