"""The table of mutants speaks of the code and the tests as they are."""

import ast
from collections import Counter

import pytest

from tests.mutants.mutant import ROOT, Mutant
from tests.mutants.table import MUTANTS


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.guard} ({mutant.on})")
def test_its_guard_stands_once_and_its_tests_exist(mutant):
    changed = mutant.applied_to((ROOT / mutant.file).read_text())

    ast.parse(changed)
    assert mutant.old != mutant.new
    assert mutant.tests
    for test in mutant.tests:
        path, name = test.split("::")
        assert f"def {name}(" in (ROOT / path).read_text()


def test_no_two_have_one_name():
    names = Counter((mutant.guard, mutant.on) for mutant in MUTANTS)
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("text", ["", "if a:\n    go()\n" * 2])
def test_a_guard_that_is_not_found_once_is_an_error(text):
    mutant = Mutant("a guard", "x.py", "if a:\n", "if True:\n", ())
    assert mutant.applied_to("if a:\n    go()\n") == "if True:\n    go()\n"
    with pytest.raises(LookupError, match="times in"):
        mutant.applied_to(text)


def test_a_case_of_a_test_counts_for_the_test():
    mutant = Mutant("a guard", "x.py", "a", "b", ("tests/flows/test_x.py::test_it",))
    assert mutant.covers("tests.flows.test_x", "test_it[postgresql]") == set(mutant.tests)
    assert mutant.covers("tests.flows.test_x", "test_it_not") == set()
    assert mutant.covers("tests.flows.test_y", "test_it") == set()
