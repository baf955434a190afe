"""`make test` counts what passed, and calls nothing passed that did not."""

import ast
import re
import sys
from pathlib import Path

import pytest

from tests import everything, wheel
from tests.engines import (
    ASKED_BESIDE,
    ASKED_THERE,
    DOORS,
    FLOWS,
    FOUND_BY_IT,
    POSTGRESQL_ALONE,
    SQLITE_ALONE,
    beside_doors,
    on_postgresql,
)
from tests.everything import (
    AT_WORST,
    ON_A_SITE,
    ON_POSTGRESQL,
    Run,
    summary,
)

GREEN = "def test_a(): assert 1\ndef test_b(): assert 1\n"
PYTEST = [sys.executable, "-m", "pytest", "-q"]


@pytest.fixture
def gone(tmp_path, capfd, monkeypatch):
    """Run a file of tests with this text, and hand back what came of it."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")

    def go(text):
        (tmp_path / "pytest.ini").write_text("[pytest]\n")
        (tmp_path / "test_it.py").write_text(text)
        run = Run("here", [*PYTEST, "--rootdir", str(tmp_path), str(tmp_path / "test_it.py")])
        run.go(tmp_path)
        return run

    return go


def test_passed_tests_are_counted(gone):
    run = gone(GREEN)

    assert (run.passed, run.wrong) == (2, [])
    assert summary([run, run], 61) == ("Everything passed: 4 tests in 1 min 1 s: 2 here, 2 here.")


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ("def test_c(): assert 0", "failure"),
        ("import pytest\n@pytest.fixture\ndef x(): 1 / 0\ndef test_c(x): pass", "error"),
        ("import pytest\ndef test_c(): pytest.{}('no')".format("sk" + "ip"), "skipped"),
        ("import pytest\n@pytest.mark.{}\ndef test_c(): assert 0".format("xf" + "ail"), "skipped"),
    ],
)
def test_what_did_not_pass_is_named(gone, more, word):
    run = gone(f"{GREEN}{more}\n")

    assert run.passed == 2
    assert run.wrong == [f"test_it::test_c: {word}"]
    assert summary([run], 5).splitlines() == [
        f"  here: test_it::test_c: {word}",
        "NOT EVERYTHING PASSED: 2 tests in 0 min 5 s: 2 here (1 NOT).",
    ]


@pytest.mark.parametrize("text", ["", "import no_such_thing\n", "def test_a(:\n"])
def test_a_run_without_tests_has_not_passed(gone, text):
    run = gone(text)

    assert run.passed == 0
    assert len(run.wrong) == 1


def files(names):
    """Those below the folders and files of these names."""
    places = [wheel.ROOT / "tests" / name for name in names]
    return {
        path.relative_to(wheel.ROOT / "tests").as_posix()
        for place in places
        for path in (place.rglob("test_*.py") if place.is_dir() else [place])
    }


def test_every_file_runs_on_an_engine_and_what_the_engine_decides_on_both():
    here, there = files((*DOORS, *beside_doors())), files(on_postgresql()) - {*SQLITE_ALONE}
    assert here | there == files((FLOWS, *DOORS))
    both = here & there
    assert len(both) >= 70
    assert here - there >= {*SQLITE_ALONE}
    assert there - here >= {*POSTGRESQL_ALONE}
    for name in (here ^ there) - {*SQLITE_ALONE, *POSTGRESQL_ALONE}:
        text = (wheel.ROOT / "tests" / name).read_text()
        assert not re.search(r"transaction=True|transactional_db|vendor|triggers", text), name
    assert files(["reliability"]) - both <= {"reliability/test_authorities.py"}
    assert both > set(FOUND_BY_IT)
    left_out = {f"--ignore=tests/{name}" for name in SQLITE_ALONE}
    assert left_out <= {*ON_POSTGRESQL}


@pytest.mark.parametrize("name", [*ASKED_BESIDE, *ASKED_THERE])
def test_what_is_asked_on_one_engine_is_one_test_of_a_file_that_runs_on_both(name):
    path, test = name.split("::")
    text = (wheel.ROOT / "tests" / path).read_text()
    assert text.count(f"def {test}(") == 1
    assert text.count("def test_") > 5
    left_out = f"--deselect=tests/{name}"
    assert (left_out in ON_POSTGRESQL) == (name in ASKED_BESIDE) != (left_out in AT_WORST)
    assert path in files(DOORS) & files(on_postgresql())


BESIDE = re.compile(r"\w[\w/]*/test_\w+\.py::test_\w+")


def named_by_long_tests():
    """Each test that stands beside a long one, with the file in which the long one is."""
    for path in sorted((wheel.ROOT / "tests").rglob("test_*.py")):
        if "mark.long(" in (text := path.read_text()) and path != Path(__file__):
            said = [node.value for node in ast.walk(ast.parse(text)) if hasattr(node, "value")]
            yield from ((path.name, name) for name in said if BESIDE.fullmatch(str(name)))


def test_beside_each_long_test_stands_one_that_make_test_asks():
    found = list(named_by_long_tests())
    assert len({name for name, _ in found}) >= 10
    for where, name in found:
        path, test = name.split("::")
        text = (wheel.ROOT / "tests" / path).read_text()
        assert text.count(f"def {test}(") == 1, (where, name)
        before = text[: text.index(f"def {test}(")].rpartition("\n\n")[2]
        assert "@pytest.mark.long" not in before, (where, name)
        assert "@LONG" not in before, (where, name)


def test_make_test_asks_no_long_one_and_make_long_no_other():
    asked = [run.command for run in everything.parts().values() if run.command[0] == sys.executable]
    assert [command[4:6] for command in asked] == [["-m", "not long"]] * 7
    left = [run.command for run in everything.long_parts().values()]
    assert [command[4:6] for command in left] == [["-m", "long"]] * 5
    names = {word for command in left for word in command if word.startswith("tests")}
    assert {word for command in asked for word in command if word.startswith("tests")} - names == {
        "tests/install"
    }


def test_what_meets_a_running_site_is_known():
    """Whatever asks for the site, or for somebody who visits it."""
    asks = re.compile(r"\b(site: Site|visitor: Visitor)\b|\brunning\(")
    files = (wheel.ROOT / "tests/browser").glob("test_*.py")
    found = [f"browser/{path.name}" for path in files if asks.search(path.read_text())]
    assert sorted(found) == list(ON_A_SITE)


@pytest.fixture
def two_parts(tmp_path, monkeypatch):
    """A green part and a part that nobody has run yet; both are kept in a folder of their own."""
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_it.py").write_text(GREEN)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    words = [*PYTEST, "--rootdir", str(tmp_path), str(tmp_path / "test_it.py")]
    found = {"one": "here", "two": "there"}
    monkeypatch.setattr(
        everything, "parts", lambda: {name: Run(where, words) for name, where in found.items()}
    )
    return tmp_path / "kept"


def test_the_sum_is_of_all_parts(two_parts, capfd):
    assert [everything.keep(name, two_parts) for name in ("one", "two")] == [0, 0]

    assert everything.add_up(two_parts) == 0
    assert "\nEverything passed: 4 tests in " in capfd.readouterr().out


def test_a_part_that_left_nothing_has_not_passed_and_none_is_counted_twice(two_parts, capfd):
    everything.keep("one", two_parts)

    assert everything.add_up(two_parts) == 1
    said = capfd.readouterr().out
    assert "  there: did not come to its end\nNOT EVERYTHING PASSED: 2 tests in " in said
    assert everything.add_up(two_parts) == 1
    assert "NOT EVERYTHING PASSED: 0 tests" in capfd.readouterr().out


def test_make_runs_every_part():
    named = re.search(r"^parts := (.*)$", (wheel.ROOT / "Makefile").read_text(), re.MULTILINE)
    assert named
    assert named[1].split() == list(everything.parts())
