"""A template whose rows are laid down again is one that was made; on other ground it is made."""

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from example_site.models import HomePage
from tests import again, builders
from tests.security.walk.world import undone
from wagtail_contracts.contracts.models import Workspace
from wagtail_contracts.contracts.template_pages.models import ContractTemplate

SOUND = ([],) * 5


def left(make):
    """How many rows of each table this leaves, and the state of the tree; all is taken back."""
    with undone():
        make()
        assert Page.find_problems() == SOUND
        assert [page.title for page in Page.objects.search("Service")] == ["Service agreement"]
        return {model: len(rows) for model, rows in again._tables().items()}


def test_what_is_laid_down_is_what_is_made(db):
    def made():
        space = builders.workspace()
        return builders.template(space)

    def laid():
        return again.made(made, "here", ContentType.objects.count())

    first, second, third = left(made), left(laid), left(laid)

    assert first == second == third
    assert first[ContractTemplate] == first[Workspace] == 1


@pytest.fixture
def something_before(db):
    """A page and a workspace, so that keys and places in the tree may be taken."""
    builders.root().add_child(instance=HomePage(title="Before", slug="before"))
    return builders.workspace("before")


def test_what_a_test_made_before_stays_and_nothing_is_laid_upon_it(something_before, template):
    assert Page.find_problems() == SOUND
    assert template.get_parent().specific.workspace != something_before
    assert Page.objects.get(slug="before").live
    assert Workspace.objects.count() == 2
