"""The package keeps the laws that import-linter cannot see."""

from collections.abc import Callable

import pytest
from django.apps import apps

from tests.house import laws
from tests.house.laws import HOUSE, Module

MODULES = laws.modules()
SCRIPTS = sorted(HOUSE.rglob("static/**/*.js"))
EXAMPLE = laws.modules(HOUSE.parent / "example_site")
GROUND = ["wagtail_contracts_audit", "wagtail_contracts_outbox", "wagtail_contracts_sealing"]


def over(which: Callable[[Module], object] = lambda module: True) -> pytest.MarkDecorator:
    """One test for each module that the law is about."""
    return pytest.mark.parametrize("module", list(filter(which, MODULES)), ids=str)


@over()
def test_no_file_is_longer_than_300_lines_and_no_function_than_25(module):
    assert laws.too_long(module) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_script_is_longer_than_300_lines(script):
    assert len(script.read_text().splitlines()) <= 300


@pytest.mark.parametrize("module", EXAMPLE, ids=str)
def test_the_example_site_is_written_as_the_house_is(module):
    assert laws.too_long(module) == []
    assert laws.hiding_names(module) == []
    assert laws.raw_markup(module) == []


@over(lambda module: module.is_door)
def test_doors_do_not_write(module):
    assert laws.writes(module) == []


@over(lambda module: module.is_door_for_people)
def test_doors_for_people_start_from_what_the_person_may_see(module):
    assert laws.asks_for_all(module) == []


@over(lambda module: not module.may_open_transactions)
def test_only_flows_open_transactions(module):
    assert laws.transactions(module) == []


@over(lambda module: str(module) != laws.GUARDS)
def test_every_verb_that_writes_says_who_did_it(module):
    assert laws.nameless_verbs(module) == []


@over()
def test_no_name_hides_its_job(module):
    assert laws.hiding_names(module) == []


@over()
def test_markup_is_made_by_templates(module):
    assert laws.raw_markup(module) == []


@over()
def test_each_library_stays_in_its_home(module):
    assert laws.away_from_home(module) == []


def test_outsiders_enter_only_through_signing():
    assert {path.parent.name for path in HOUSE.rglob("public") if path.is_dir()} == {"signing"}


@pytest.mark.parametrize("label", GROUND)
def test_ground_tables_point_at_nothing_above(label):
    related = {
        field.related_model._meta.app_label
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
    }
    assert related <= {label}
