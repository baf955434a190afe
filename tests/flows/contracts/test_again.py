"""A template whose rows are laid down again is one that was made; on other ground it is made."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page

from example_site.models import HomePage
from tests import again, builders, signatures
from tests.security.walk.world import undone
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.models import Contract, Workspace
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


@pytest.fixture
def upon(db, monkeypatch, request):
    """Asks for a workspace and takes it back; tells how often it was made. Its clock stands."""
    made, moment = [], timezone.now()

    def make():
        made.append(1)
        return builders.workspace()

    def ask(*, later=0):
        now = moment + timedelta(seconds=later)
        monkeypatch.setattr(again, "timezone", SimpleNamespace(now=lambda: now))
        with undone():
            assert again.upon(make, request.node.name).slug == "sales"
            assert Workspace.objects.count() == 1
        return len(made)

    return ask


def test_upon_the_same_ground_it_is_made_twice_and_then_laid_down(upon):
    assert [upon() for _ in range(4)] == [1, 2, 2, 2]


def test_what_is_a_minute_old_is_made_anew(upon):
    assert [upon() for _ in range(3)] == [1, 2, 2]
    assert [upon(later=60) for _ in range(3)] == [3, 4, 4]


def test_with_settings_of_its_own_a_test_has_it_made(upon, settings):
    assert [upon() for _ in range(3)] == [1, 2, 2]
    settings.TIME_ZONE = "Europe/Oslo"
    assert [upon() for _ in range(2)] == [3, 4]


def test_upon_another_ground_it_is_made(upon):
    assert [upon() for _ in range(3)] == [1, 2, 2]
    builders.staff("per")
    assert [upon() for _ in range(3)] == [3, 4, 4]


@pytest.mark.parametrize("time", range(3))  # made, made and kept, laid down
def test_a_contract_that_is_laid_down_has_a_whole_trail_and_is_signed(answered, time):
    signatures.sign_all(answered)
    assert Contract.objects.get().state == "signed"
    audit.verify(answered.contract.trail, deep=True)
    assert Event.objects.of(answered.contract.trail).count() > 5
