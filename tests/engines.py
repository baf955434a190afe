"""Which engine a test asks. `make matrix` asks both engines everything.

Flows run on PostgreSQL, which refuses most, and doors on SQLite. On both runs what the engine
itself decides: races and crashes, triggers, its clock, lists and searches.
"""

import re
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent
FLOWS = "flows"
# SQLite is asked in two parts of like length, so that neither is left when all have ended.
EVERYDAY, WORST = ("admin", "property", "public"), ("reliability", "security")
DOORS = (*EVERYDAY, *WORST)
# Commits of its own, the two kinds of triggers, statements by hand, what differs by engine.
DECIDED_BY_IT = re.compile(r"vendor|transaction=True|transactional_db|triggers|database\.|Now\(")
# The engine cuts words, sorts and counts.
FOUND_BY_IT = (
    "admin/test_home.py",
    "admin/test_listing.py",
    "admin/test_lists.py",
    "admin/test_searching.py",
    "flows/contracts/test_searching.py",
    "property/test_anchors.py",
    "property/test_content_locks.py",
)
# SQLite alone is asked these. The damages that the check names are planted by hand, and read back
# by Django; what somebody may be told is decided by Python. The five hundred are a thousand
# contracts in one transaction: PostgreSQL, which analyses no table before its end, plans as for an
# empty one, and takes a quarter of an hour.
SQLITE_ALONE = (
    "flows/contracts/test_five_hundred.py",
    "security/test_s18_check.py",
    "security/walk/test_s23_planted.py",
)
# PostgreSQL alone is asked these: triggers are in the way of what they damage, and nothing more.
POSTGRESQL_ALONE = (
    "flows/signing/test_completing.py",
    "flows/signing/test_examining.py",
    "flows/signing/test_given_up.py",
    "flows/signing/test_remote.py",
)
# Beside each of them stands one that asks PostgreSQL the same: it kills at the same statements, or
# makes and drops the same scratch database. They take minutes there.
ASKED_BESIDE = (
    "security/test_s13_one_seal.py::test_one_real_seal_wherever_the_worker_dies",
    "reliability/test_selftest.py::test_all_that_is_missing_is_named_at_once",
    "reliability/test_selftest.py::test_an_agreement_of_ones_own_goes_the_same_way",
    "reliability/test_selftest.py::test_a_text_that_becomes_no_template_is_named_with_its_line",
    "reliability/test_selftest.py::test_what_only_the_trial_or_the_worker_lacks_is_named_too",
    "reliability/test_selftest.py::test_the_dumps_see_what_a_site_does",
)
# The other way round: on PostgreSQL a killed call leaves a database, beside a folder.
ASKED_THERE = (
    "reliability/test_selftest.py::"
    "test_a_call_that_is_killed_touches_nothing_and_the_next_one_removes_its_rest",
)


def on_both(folder: str) -> Iterator[str]:
    """The files below a folder of tests that both engines are asked."""
    for path in sorted((TESTS / folder).rglob("test_*.py")):
        name = path.relative_to(TESTS).as_posix()
        if name in FOUND_BY_IT or DECIDED_BY_IT.search(path.read_text()):
            yield name


def beside_doors() -> list[str]:
    """What SQLite is asked of the flows: what both are, and what it is asked alone."""
    alone = [name for name in SQLITE_ALONE if name.startswith(FLOWS)]
    return [*alone, *(name for name in on_both(FLOWS) if name not in POSTGRESQL_ALONE)]


def on_postgresql() -> list[str]:
    """All flows, and of the doors what is asked of both; `SQLITE_ALONE` stays to be left out."""
    doors = (name for folder in DOORS for name in on_both(folder))
    return [FLOWS, *(name for name in doors if name not in SQLITE_ALONE)]
