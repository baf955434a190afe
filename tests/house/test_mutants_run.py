"""The runner of mutants catches a guard that is missed, and says so of one that is not."""

import pytest

from tests.mutants.__main__ import Bench, choose, judge, without_mutants
from tests.mutants.mutant import Mutant
from tests.mutants.table import MUTANTS

CODE = "def allowed(age):\n    if age < 18:\n        return False\n    return True\n"
TESTS = """
from guard import allowed
def test_the_young_are_refused(): assert not allowed(17)
def test_the_old_are_not(): assert allowed(18)
"""
GUARD = ("guard.py", "    if age < 18:\n        return False\n", "")


@pytest.fixture
def bench(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "guard.py").write_text(CODE)
    (tmp_path / "test_guard.py").write_text(TESTS)
    return Bench(tmp_path, {})


def mutant(*tests, old=GUARD[1], new=GUARD[2]):
    return Mutant("age", GUARD[0], old, new, tuple(f"test_guard.py::{test}" for test in tests))


def test_a_guard_that_is_missed_is_caught_and_put_back(bench):
    assert judge(bench, mutant("test_the_young_are_refused")) == ""
    assert (bench.folder / "guard.py").read_text() == CODE


def test_a_guard_that_nobody_misses_is_not_caught(bench):
    both = mutant("test_the_young_are_refused", "test_the_old_are_not")
    assert judge(bench, both) == "test_guard.py::test_the_old_are_not passes without it"


def test_a_guard_that_is_gone_is_an_error(bench):
    assert "0 times" in judge(bench, mutant("test_the_young_are_refused", old="if age < 21:"))


def test_code_that_does_not_run_is_not_caught(bench):
    broken = mutant("test_the_young_are_refused", new="    if\n")
    assert "does not run" in judge(bench, broken)


def test_what_fails_before_is_named(bench):
    chosen = [mutant("test_the_young_are_refused")]
    assert without_mutants(bench, chosen) == []

    (bench.folder / "guard.py").write_text("def allowed(age):\n    return True\n")
    assert without_mutants(bench, chosen) == ["test_guard::test_the_young_are_refused on SQLite"]


def test_words_choose_by_guard_and_file_and_none_chosen_is_an_error(capsys):
    assert choose([]) == MUTANTS
    chosen = choose(["core/locks"])
    assert chosen == [mutant for mutant in MUTANTS if "core/locks" in mutant.file] != []

    with pytest.raises(SystemExit, match="2"):
        choose(["no such guard"])
    assert "no guard has no such guard" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="0"):
        choose(["--help"])
    assert "words" in capsys.readouterr().out
