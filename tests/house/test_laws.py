"""The package keeps the laws that import-linter cannot see."""

from collections.abc import Callable, Sequence

import pytest
from django.apps import apps

from tests.house import laws
from tests.house.laws import HOUSE, Module

MODULES = laws.modules()
SCRIPTS = sorted(HOUSE.rglob("static/**/*.js"))
EXAMPLE = laws.modules(HOUSE.parent / "example_site")
GROUND = ["wagtail_contracts_audit", "wagtail_contracts_outbox", "wagtail_contracts_sealing"]


def over(
    modules: Sequence[Module], least: int
) -> Callable[[Callable[[Module], object]], Callable[[], None]]:
    """A test that says what each of these modules has that it may not have."""

    def test_of(law: Callable[[Module], object]) -> Callable[[], None]:
        def test() -> None:
            assert len(modules) >= least
            found = {str(module): law(module) for module in modules}
            assert {name: what for name, what in found.items() if what} == {}

        return test

    return test_of


@over(MODULES, 900)
def test_no_file_is_longer_than_300_lines_and_no_function_than_25(module):
    return laws.too_long(module)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_script_is_longer_than_300_lines(script):
    assert len(script.read_text().splitlines()) <= 300


@over(EXAMPLE, 30)
def test_the_example_site_is_written_as_the_house_is(module):
    return laws.too_long(module) + laws.hiding_names(module) + laws.raw_markup(module)


@over([module for module in MODULES if module.is_door], 100)
def test_doors_do_not_write(module):
    return laws.writes(module)


@over([module for module in MODULES if module.is_door_for_people], 100)
def test_doors_for_people_start_from_what_the_person_may_see(module):
    return laws.asks_for_all(module)


@over([module for module in MODULES if not module.may_open_transactions], 100)
def test_only_flows_open_transactions(module):
    return laws.transactions(module)


@over([module for module in MODULES if str(module) != laws.GUARDS], 100)
def test_every_verb_that_writes_says_who_did_it(module):
    return laws.nameless_verbs(module)


@over(MODULES, 900)
def test_no_name_hides_its_job(module):
    return laws.hiding_names(module)


@over(MODULES, 900)
def test_markup_is_made_by_templates(module):
    return laws.raw_markup(module)


@over(MODULES, 900)
def test_each_library_stays_in_its_home(module):
    return laws.away_from_home(module)


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
