"""What makes a page type a template, and a page the index of a workspace's templates."""

from __future__ import annotations

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import get_active_log_context
from wagtail.models import get_page_models

from wagtail_contracts.contracts.blocks import ContractStream, RoleStream, TemplateFieldStream
from wagtail_contracts.contracts.models.confidential import CONFIDENTIAL
from wagtail_contracts.contracts.models.consumer_rules import ConsumerRulesMixin
from wagtail_contracts.contracts.models.fields import StableStreamField
from wagtail_contracts.contracts.models.lawful import LawfulMixin
from wagtail_contracts.contracts.models.openings import OpenedMixin
from wagtail_contracts.contracts.models.page_rights import HiddenPageTester, TemplateIndexTester
from wagtail_contracts.contracts.models.people_rules import PeopleRulesMixin
from wagtail_contracts.contracts.models.workspaces import Verb, Workspace, rights

GOVERNING = [
    ("", _("Both texts are equally valid")),
    ("first", _("The first language")),
    ("second", _("The second language")),
]


class HiddenPageMixin(models.Model):
    """A page for its editor, revisions and place in the tree; it has no address on the site."""

    class Meta:
        abstract = True

    looked_up_by: Any = None  # the user of the admin in whose request it was read

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Any:
        """Keep whose request it is: most pages are rendered when Wagtail has forgotten that."""
        page = super().from_db(*args, **kwargs)
        page.looked_up_by = get_active_log_context().user
        return page

    def is_known_to(self, user: Any) -> bool:
        """Say whether `user` may learn of it: by a page permission, or a part in the workspace."""
        page: Any = self
        if user.is_superuser or page.permissions_for_user(user).permissions:
            return True
        place = next((pk for path, pk in _places(user) if page.path.startswith(path)), 0)
        return Verb.VIEW in rights(user).get(place, ())

    def permissions_for_user(self, user: Any) -> Any:
        """What Wagtail's doors ask."""
        return HiddenPageTester(user, self)

    def get_admin_display_title(self) -> str:
        """The title; to a user of the admin who may not learn of the page only what it is.

        Wagtail's chooser, its reports and its page about a move name pages to all who use them.
        """
        page: Any = self
        user = get_active_log_context().user or self.looked_up_by
        if user is None or self.is_known_to(user):
            return str(super().get_admin_display_title())  # type: ignore[misc]
        return str(page._meta.verbose_name)

    def get_url_parts(self, request: Any = None) -> Any:
        """Its site, and no address: without a site Wagtail's editors are asked to set one up."""
        found = super().get_url_parts(request)  # type: ignore[misc]
        return (found[0], None, None) if found else None

    def get_sitemap_urls(self, request: Any = None) -> list[Any]:
        """Nothing for search engines."""
        return []

    def route(self, request: Any, path_components: Any) -> Any:
        """Say that there is nothing, before a view restriction says that there is something."""
        raise Http404

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Say that there is nothing here."""
        raise Http404


class TemplateIndexMixin(HiddenPageMixin):
    """The page below which the templates of one workspace live."""

    workspace = models.OneToOneField(Workspace, models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> Any:
        """What Wagtail's doors ask."""
        return TemplateIndexTester(user, self)


class ContractTemplateMixin(
    PeopleRulesMixin, ConsumerRulesMixin, LawfulMixin, OpenedMixin, HiddenPageMixin
):
    """Mix into a page type of your own to make contracts from its pages.

    A new field here is a change in the tables of every site that uses the mixin.
    """

    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        help_text=_("Of the text, for example “en” or “nb”. Left empty: the workspace's."),
    )
    second_language = models.CharField(
        _("second language"),
        max_length=10,
        blank=True,
        help_text=_("Of clauses in two languages. Left empty: there is one language."),
    )
    governing = models.CharField(
        _("which language governs"),
        max_length=8,
        blank=True,
        choices=GOVERNING,
        help_text=_("Said at the beginning of contracts in two languages."),
    )
    deadline_days = models.PositiveSmallIntegerField(
        _("days to answer"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Suggested when a contract is sent. Left empty: the workspace's."),
    )
    confidential = models.CharField(
        _("confidential offer"),
        max_length=16,
        blank=True,
        choices=CONFIDENTIAL,
        help_text=_("Can be changed in each contract before it is sent."),
    )
    roles = StableStreamField(RoleStream(), blank=True, default=list, verbose_name=_("parties"))
    fields = StableStreamField(
        TemplateFieldStream(), blank=True, default=list, verbose_name=_("data fields")
    )
    body = StableStreamField(ContractStream(), blank=True, verbose_name=_("text"))

    class Meta:
        abstract = True

    @cached_property
    def workspace(self) -> Workspace | None:
        """The workspace of the index page that this template lives below."""
        for page in self.get_ancestors().specific():  # type: ignore[attr-defined]
            if isinstance(page, TemplateIndexMixin):
                return page.workspace
        return None

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """What stands where a data field is, in the preview beside the editor."""
        return [("", _("Example values")), ("names", _("Names of the data fields"))]

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return f"wagtail_contracts/contracts/admin/template_{mode_name or 'example'}.html"


def page_types(mixin: Any) -> list[Any]:
    """The page types of this site that are made with one of the mixins."""
    return [kind for kind in get_page_models() if issubclass(kind, mixin)]


def indexes() -> list[Any]:
    """The pages below which templates live."""
    return [index for kind in page_types(TemplateIndexMixin) for index in kind.objects.all()]


def edits(user: Any, index: Any) -> bool:
    """Say whether `user` may edit the templates below an index."""
    asked = index.permissions_for_user(user)
    return bool(asked.can_edit() or asked.can_add_subpage())


def writes(user: Any, workspace: int) -> bool:
    """Say whether `user` may edit the templates of a workspace, and so know what they share."""
    return any(edits(user, index) for index in indexes() if index.workspace_id == workspace)


def _places(user: Any) -> list[tuple[str, int]]:
    """(path, workspace) of every index; lists name many pages, so kept with the request's user."""
    kept: list[tuple[str, int]] | None = getattr(user, "_wagtail_contracts_places", None)
    if kept is None:
        kept = sorted((index.path, index.workspace_id) for index in indexes())
        user._wagtail_contracts_places = kept
    return kept
