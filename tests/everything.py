"""Run every test on every engine and count: `make test`.

`python -m tests.everything NAME` runs one part and keeps what came of it; make runs several at
a time. Without a name it sums up what was kept. The journey
on real contracts is `make texts`. A skipped test counts as a failed one: what a test needs and
cannot find, it names.
"""

import json
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from tests import postgres

PYTEST = [sys.executable, "-m", "pytest", "-q"]
FOLDERS = ("admin", "flows", "property", "public", "reliability", "security")


def but(names: Sequence[str]) -> list[str]:
    """The words that leave these files and folders out."""
    return [f"--ignore=tests/{name}" for name in names]


APART = but(("browser", "install", "texts", *FOLDERS))
# What asks no table there says the same on every engine; it takes over a minute.
WITHOUT_TABLES = (
    "flows/sealing/test_identities.py",
    "property/test_approving.py",
    "property/test_canonical_form.py",
    "property/test_cells.py",
    "property/test_chain.py",
    "property/test_content_tree.py",
    "property/test_expressions.py",
    "property/test_locks_of_kinds.py",
    "property/test_locks_posts.py",
    "property/test_merging.py",
    "property/test_product_sums.py",
    "property/test_rebuilding.py",
    "property/test_showing.py",
    "property/test_suggesting.py",
    "security/test_s27_closed_bundle.py",
    "security/test_s28_defects.py",
    "security/test_s29_limits.py",
    "security/wire/test_s30_calls.py",
)
# What a door shows and refuses in detail, and no engine decides. The walk (tests/security/walk)
# and the flows ask PostgreSQL as many questions; `make matrix` has all of these there, too.
DOORS_IN_DETAIL = (
    "admin/test_acts.py",
    "admin/test_affirming.py",
    "admin/test_approving.py",
    "admin/test_area_tables.py",
    "admin/test_arranging.py",
    "admin/test_beginning.py",
    "admin/test_catalogue.py",
    "admin/test_changing_people.py",
    "admin/test_checklist.py",
    "admin/test_choices.py",
    "admin/test_closed.py",
    "admin/test_copying.py",
    "admin/test_factors.py",
    "admin/test_field_sets.py",
    "admin/test_files.py",
    "admin/test_foreign_templates.py",
    "admin/test_four_parties.py",
    "admin/test_fresh_codes.py",
    "admin/test_given_files.py",
    "admin/test_glance.py",
    "admin/test_handing.py",
    "admin/test_incomplete_posts.py",
    "admin/test_library.py",
    "admin/test_linking.py",
    "admin/test_locked_posts.py",
    "admin/test_long_contracts.py",
    "admin/test_looks.py",
    "admin/test_many.py",
    "admin/test_marks.py",
    "admin/test_merging.py",
    "admin/test_merging_oneself.py",
    "admin/test_merging_templates.py",
    "admin/test_notifications.py",
    "admin/test_party_address.py",
    "admin/test_people.py",
    "admin/test_phones.py",
    "admin/test_previews.py",
    "admin/test_rights_groups.py",
    "admin/test_rights_members.py",
    "admin/test_second_language.py",
    "admin/test_sending.py",
    "admin/test_sending_later.py",
    "admin/test_sensitive.py",
    "admin/test_steps.py",
    "admin/test_stepup.py",
    "admin/test_strangers.py",
    "admin/test_suggesting.py",
    "admin/test_taking_along.py",
    "admin/test_talking.py",
    "admin/test_template_findings.py",
    "admin/test_template_pages.py",
    "admin/test_templates.py",
    "admin/test_trying.py",
    "admin/test_unfinished_products.py",
    "admin/test_unlocking.py",
    "admin/test_what_is_away.py",
    "flows/contracts/test_five_hundred.py",
    "admin/test_wizard.py",
    "admin/test_wordings.py",
    "admin/test_workspace_pages.py",
    "admin/test_workspace_settings.py",
    "admin/test_workspaces.py",
    "public/test_affirming.py",
    "public/test_brand.py",
    "public/test_budgets.py",
    "public/test_changing.py",
    "public/test_confidential.py",
    "public/test_contents.py",
    "public/test_declining.py",
    "public/test_files.py",
    "public/test_given_files.py",
    "public/test_handed_on.py",
    "public/test_mine.py",
    "public/test_more_time.py",
    "public/test_nynorsk.py",
    "public/test_one_language.py",
    "public/test_phones.py",
    "public/test_reading.py",
    "public/test_sealed.py",
    "public/test_suggesting.py",
    "public/test_suggesting_boxes.py",
    "public/test_taking_part.py",
    "public/test_talking.py",
    "public/test_verifying.py",
    "security/test_s01_inert.py",
    "security/test_s03_landing.py",
    "security/test_s04_pages.py",
    "security/test_s09_forgery.py",
    "security/test_s24_pages.py",
    "security/test_s25_policy.py",
    "security/test_s29_hostile_files.py",
    "security/test_s33_addresses.py",
    "security/test_s34_headers.py",
    "security/test_s45_uploads.py",
    "security/test_s47_scanner.py",
    "security/test_s58_enumeration.py",
    "security/test_s59_errors.py",
)
# What stands in a text, a sealed file or a mail; that it is kept and leaves once runs on both.
CONTENT_IN_DETAIL = (
    "flows/contracts/test_computed.py",
    "flows/contracts/test_conditions.py",
    "flows/contracts/test_every_kind.py",
    "flows/contracts/test_products.py",
    "flows/contracts/test_wordings.py",
    "flows/sealing/test_own_identity.py",
    "flows/sealing/test_reaching.py",
    "flows/sealing/test_remote_seals.py",
    "flows/sealing/test_token_seals.py",
    "flows/signing/test_by_hand.py",
    "flows/signing/test_mail_logo.py",
    "flows/signing/test_mail_parts.py",
    "flows/signing/test_mails.py",
    "flows/signing/test_means_suite.py",
    "flows/signing/test_scripts.py",
    "flows/signing/test_texting.py",
    "flows/signing/test_thirty_years.py",
    "flows/signing/test_told.py",
    "reliability/test_authorities.py",
)
# Beside each of them stands one that asks the engine the same: it kills at the same statements, or
# makes and drops the same scratch database. They take three quarters of a minute there.
ASKED_BESIDE = (
    "security/test_s13_one_seal.py::test_one_real_seal_wherever_the_worker_dies",
    "reliability/test_selftest.py::test_all_that_is_missing_is_named_at_once",
    "reliability/test_selftest.py::test_an_agreement_of_ones_own_goes_the_same_way",
    "reliability/test_selftest.py::test_a_text_that_becomes_no_template_is_named_with_its_line",
)
# In these a person meets the example site as it runs, with its worker and its mail server.
ON_A_SITE = (
    "browser/test_bursts.py",
    "browser/test_demo.py",
    "browser/test_demo_means.py",
    "browser/test_demo_templates.py",
    "browser/test_revision.py",
    "browser/test_spine.py",
)
KEPT = Path(__file__).parents[1] / ".results"
WITH_TABLES = [
    *(f"tests/{name}" for name in FOLDERS),
    *but((*WITHOUT_TABLES, *DOORS_IN_DETAIL, *CONTENT_IN_DETAIL)),
    *(f"--deselect=tests/{name}" for name in ASKED_BESIDE),
]


@dataclass
class Run:
    """One call of pytest, and what came of it."""

    where: str
    command: Sequence[str]
    beside: AbstractContextManager[dict[str, str]] = field(default_factory=lambda: nullcontext({}))
    passed: int = 0
    wrong: list[str] = field(default_factory=list)

    def go(self, folder: Path) -> None:
        """Run it, print what it said, and read what pytest wrote down."""
        found, said = folder / "found.xml", folder / "said.txt"
        found.unlink(missing_ok=True)
        with self.beside as place, said.open("w") as output:
            status = postgres.run([*self.command, f"--junitxml={found}"], output, **place)
        print(f"\n=== {self.where}\n{said.read_text()}", flush=True)  # noqa: T201
        cases = list(ET.parse(found).iter("testcase")) if found.exists() else []  # noqa: S314 - ours
        for case in cases:
            tags = [child.tag for child in case if child.tag in ("failure", "error", "skipped")]
            name = f"{case.get('classname')}::{case.get('name')}"
            self.wrong += [f"{name}: {tag}" for tag in tags[:1]]
        self.passed = len(cases) - len(self.wrong)
        if status and not self.wrong:
            self.wrong.append(f"pytest ended with {status}")


def parts() -> dict[str, Run]:
    """Each by the name that make has for it."""
    return {
        "sqlite": Run("on SQLite", [*PYTEST, *(f"tests/{name}" for name in FOLDERS)]),
        "postgresql": Run("on PostgreSQL", [*PYTEST, *WITH_TABLES], postgres.server()),
        # Apart: Playwright leaves an event loop, in which Django refuses queries.
        "chromium": Run("in Chromium", [*PYTEST, "tests/browser", *but(ON_A_SITE)]),
        "site": Run("on a running site", [*PYTEST, *(f"tests/{name}" for name in ON_A_SITE)]),
        "pieces": Run("piece by piece", [*PYTEST, "tests", *APART]),
        "tutorial": Run("by the tutorial, in an empty environment", [*PYTEST, "tests/install"]),
        "ground": Run("on the ground floor alone, from the wheel", ["tests/ground/run"]),
    }


def keep(name: str, kept: Path = KEPT) -> int:
    """Run one part; what came of it waits for the sum."""
    run, place, begun = parts()[name], kept / f"{name}.json", time.time()
    place.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        run.go(Path(folder))
    kept.mkdir(exist_ok=True)
    place.write_text(json.dumps([begun, run.passed, run.wrong]))
    return 1 if run.wrong else 0


def add_up(kept: Path = KEPT) -> int:
    """Say in one line what came of all parts; a part that left nothing has not passed."""
    done, now = parts(), time.time()
    begun = [now]
    for name, run in done.items():
        place = kept / f"{name}.json"
        if place.exists():
            at, run.passed, run.wrong = json.loads(place.read_text())
            begun.append(at)
            place.unlink()
        else:
            run.wrong = ["did not come to its end"]
    print(f"\n{summary([*done.values()], now - min(begun))}")  # noqa: T201
    return 1 if any(run.wrong for run in done.values()) else 0


def summary(done: Sequence[Run], seconds: float) -> str:
    """One line for people, after the names of what went wrong."""
    lines = [f"  {run.where}: {name}" for run in done for name in run.wrong]
    parts = ", ".join(
        f"{run.passed} {run.where}" + (f" ({len(run.wrong)} NOT)" if run.wrong else "")
        for run in done
    )
    total, (minutes, rest) = sum(run.passed for run in done), divmod(round(seconds), 60)
    word = "NOT EVERYTHING PASSED" if lines else "Everything passed"
    return "\n".join([*lines, f"{word}: {total} tests in {minutes} min {rest} s: {parts}."])


def main(names: list[str]) -> int:
    """Run the part of this name, or sum up."""
    postgres.stop_when_told()
    return keep(*names) if names else add_up()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
