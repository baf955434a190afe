"""Who and what a trial needs before its first step: a workspace, somebody who sends, an index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Page

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.flows.importing import template_type
from wagtail_contracts.contracts.models import TemplateIndexMixin, Workspace
from wagtail_contracts.contracts.models.templates import page_types

OURS, THEIRS = "party_1", "party_2"  # as the importer calls them
STAFF, GUEST = "trial-staff@example.org", "trial-guest@example.org"
RIGHTS = ("view", "create", "edit", "send")


@dataclass(frozen=True)
class Stage:
    """What is there before the first step."""

    user: Any
    workspace: Workspace
    index: Any


@transaction.atomic
def prepare(*, by: Actor) -> Stage:
    """Make a workspace, a member of staff who may send, and an index for templates."""
    workspace = Workspace.objects.create(
        slug="trial",
        name="Trial",
        code="TRIAL",
        legal_name="First Party (trial)",
        contact_email=STAFF,
        language="en",
    )
    user, group = _user(), Group.objects.create(name="Trial")
    user.groups.add(group)
    contracts.grant(group, workspace, dict.fromkeys(RIGHTS, "all"), by=by)
    index = _index_type()(title="Trial", workspace=workspace)
    _root().add_child(instance=index)
    return Stage(user, workspace, index)


def parties(stage: Stage) -> list[contracts.PartyDraft]:
    """Our own side with its member of staff, and a guest for the other one."""
    language = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    ours = contracts.PersonDraft("Trial Staff", STAFF, language=language, user=stage.user)
    theirs = contracts.PersonDraft("Trial Guest", GUEST, language=language, capacity="Director")
    return [
        contracts.PartyDraft(OURS, "First Party (trial)", people=[ours]),
        contracts.PartyDraft(THEIRS, "Second Party (trial)", people=[theirs]),
    ]


def _user() -> Any:
    """Whatever the site's model of users is: its name for logging in is a mail address here."""
    model: Any = get_user_model()
    words = {model.get_email_field_name(): STAFF, model.USERNAME_FIELD: STAFF}
    return model._default_manager.create(**words)


def _root() -> Page:
    """The root of all pages, which a database without Wagtail's migrations lacks."""
    Locale.objects.get_or_create(
        language_code=get_supported_content_language_variant(settings.LANGUAGE_CODE)
    )
    return Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))


def _index_type() -> Any:
    """The type of page that the site's templates live below."""
    kinds = page_types(TemplateIndexMixin)
    return next(kind for kind in kinds if template_type() in kind.allowed_subpage_models())
