"""`make matrix` calls no row passed that did not run."""

import configparser
import re
from pathlib import Path

from tests.matrix import FAILED, PASSED, UNRUN, outcomes

ROOT = Path(__file__).parents[2]
PYTHON = {"executable": "/usr/bin/python3.11"}


def test_each_row_is_passed_failed_or_unrun():
    report = {
        "testenvs": {
            "good": {"python": PYTHON, "result": {"success": True, "exit_code": 0}},
            "bad": {"python": PYTHON, "result": {"success": False, "exit_code": 1}},
            "absent": {"result": {"success": False, "exit_code": 1}},
            ".pkg": {"python": PYTHON},
        }
    }
    assert outcomes(report) == {"good": PASSED, "bad": FAILED, "absent": UNRUN}


def test_the_rows_are_those_of_the_house_and_a_missing_interpreter_fails():
    tox = configparser.ConfigParser(interpolation=None)
    tox.read(ROOT / "tox.ini")
    assert tox["tox"]["env_list"].split() == [
        "py311-dj52-wt80-{sqlite,postgres}",
        "py312-dj60-wt80-postgres",
        "py313-dj60-wt80-sqlite",
        "py314-dj61-wt80-{sqlite,postgres}",
        "ground",
    ]
    assert tox["tox"]["skip_missing_interpreters"] == "false"
    factors = {"dj52", "dj60", "dj61", "wt80"}
    assert {line.split(":")[0] for line in tox["testenv"]["deps"].split("\n") if line} == factors


def test_the_row_of_all_tests_leaves_out_what_has_a_run_of_its_own():
    ignored = set(re.findall(r"--ignore=tests/(\w+)", (ROOT / "tox.ini").read_text()))
    assert ignored == {"browser", "house", "install", "texts"}
