"""Managing templates is not deciding about the page below which a workspace's templates live."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from tests import builders, tables
from tests.admin.test_approving import browser
from tests.admin.test_rights_groups import managing, page_rights
from tests.admin.test_templates import save_index
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Workspace
from wagtail_contracts.contracts.template_pages.models import TemplateIndexPage

PAGES = ("wagtailcore_page", "wagtailcore_pageviewrestriction", "wagtailcore_grouppagepermission")


@pytest.fixture
def index(template: Any) -> TemplateIndexPage:
    """The page of a workspace's templates, which not everybody may read."""
    page = TemplateIndexPage.objects.get()
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    return page


def editor(name: str, *rights: tuple[Workspace, tuple[str, ...]]) -> Any:
    """Somebody whose group manages the templates of workspaces, and more."""
    user = builders.staff(name)
    for space, verbs in rights:
        reaches = dict.fromkeys(("templates", *verbs), "all")
        contracts.grant(user.groups.get(), space, reaches, by=SYSTEM)
    return user


def rows() -> list[Any]:
    """Everything in the tables of pages that somebody could change."""
    return [tables.rows(name) for name in PAGES]


def emptied(index: TemplateIndexPage) -> TemplateIndexPage:
    """Without templates: Wagtail lets people delete such a page."""
    index.get_children().delete()
    return TemplateIndexPage.objects.get()


def test_who_administers_decides_who_may_read_the_titles_of_templates(sales, index, template):
    tina = editor("tina", (sales, ()))
    boss = editor("bodil", (sales, ("administer",)))
    body = {"restriction_type": "none"}
    for page in (index, template):
        url = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
        before = rows()
        for asked in (browser(tina).get(url), browser(tina).post(url, body)):
            assert asked.status_code == 302
        assert rows() == before
    assert browser(boss).post(url.replace(str(template.pk), str(index.pk)), body).status_code == 200
    assert not PageViewRestriction.objects.exists()


@pytest.mark.parametrize("act", ["delete", "unpublish", "move", "copy"])
def test_who_writes_templates_does_not_take_their_page_away(sales, index, act):
    index = emptied(index)
    tina = browser(editor("tina", (sales, ())))
    url = reverse(f"wagtailadmin_pages:{act}", args=[index.pk])
    before = rows()
    for answer in (tina.get(url), tina.post(url, {"new_title": "Mine", "new_slug": "mine"})):
        assert answer.status_code == 302
    assert rows() == before
    boss = browser(editor("bodil", (sales, ("administer",))))
    if act == "copy":  # a workspace has one
        assert boss.get(url).status_code == 302
    else:
        assert boss.get(url).status_code == 200


def test_who_administers_here_and_there_gives_the_page_to_another_workspace(sales, index):
    legal = builders.workspace("legal")
    tina = editor("tina", (sales, ()))
    builders.joins(tina, legal, ("view", "administer"))
    before = [tables.rows("wagtail_contracts_template_pages_templateindexpage"), rows()[2]]
    save_index(browser(tina), index, workspace=str(legal.pk), title="Tried")
    after = [tables.rows("wagtail_contracts_template_pages_templateindexpage"), rows()[2]]
    assert before == after
    assert Page.objects.get(pk=index.pk).title == "Tried"  # all else of the page is hers to change

    builders.joins(tina, sales, ("administer",))
    save_index(browser(tina), index, workspace=str(legal.pk))
    assert TemplateIndexPage.objects.get().workspace == legal


def test_the_rights_on_the_page_follow_it_to_another_workspace(sales, index):
    legal, space = builders.workspace("legal"), managing(sales)
    old = editor("ola2", (sales, ())).groups.get()
    new = editor("liv", (legal, ())).groups.get()
    both = editor("per", (sales, ()), (legal, ())).groups.get()
    by_hand = builders.staff("eve").groups.get()
    by_hand.page_permissions.create(page=index, permission_type="change")
    own = [space[1]]
    assert [page_rights(group) for group in (old, new, both, by_hand)] == [space, [], space, own]

    index.workspace = legal
    index.save_revision().publish()
    assert [page_rights(group) for group in (old, new, both, by_hand)] == [[], space, space, own]
