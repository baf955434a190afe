"""`contracts_selftest`, as a command of a real site: what it proves, names and leaves."""

from __future__ import annotations

import json
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from tests.browser.site import until
from tests.reliability.installation import LEFT, ROOT, SCRATCH, Installation, installed
from tests.reliability.lacks import FURTHER, LACKS, Lack, renamed, replaced
from wagtail_contracts.sealing.core.judging.judge import Trust, judge
from wagtail_contracts.sealing.core.judging.roots import certificates

pytestmark = pytest.mark.django_db  # so that there is a migrated database to copy
STEPS = [
    *("settings", "tables", "seal", "fonts", "storage", "worker", "scratch database"),
    *("template", "contract", "send", "answer", "sign, first party", "sign, second party"),
    *("seal", "verify", "clean up", "worker, again"),
]
# All migrations once; on the other engine all tests begin with them.
FULLY = {"MIGRATED": "1"} if connection.vendor == "sqlite" else {}
# Of what is missing only the tables are another thing there.
MISSING = LACKS if connection.vendor == "sqlite" else ["migration"]
LINE = re.compile(r"^(\S.*?) +(ok|MISSING) +(\d+\.\d\d) s", re.MULTILINE)


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """A site with its worker."""
    home = tmp_path_factory.mktemp("installed")
    with django_db_blocker.unblock(), installed(home) as made:  # type: ignore[attr-defined]
        made.watch()
        yield made


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code as a wheel would lay it down, so that a piece can be taken out of it."""
    place = tmp_path_factory.mktemp("copied")
    for package in ("wagtail_contracts", "example_site"):
        ignored = shutil.ignore_patterns("__pycache__", "var")
        shutil.copytree(ROOT / package, place / package, ignore=ignored)
    return place


def steps(said: str) -> list[tuple[str, str]]:
    return [(name, word) for name, word, _seconds in LINE.findall(said)]


def all_well(said: str) -> bool:
    return steps(said) == [(name, "ok") for name in STEPS]


def test_an_installation_is_proved_and_nothing_is_left(site, tmp_path):
    before = site.dump()

    status, said = site.selftest("--out", str(tmp_path / "kept.pdf"), **FULLY)

    assert status == 0, said
    assert all_well(said), said
    assert said.splitlines()[-1].startswith("Ready:")
    assert site.dump() == before
    sealed = (tmp_path / "kept.pdf").read_bytes()
    trust = Trust(tuple(certificates((site.var / "authority.pem").read_bytes())))
    report = judge(sealed, trust, timezone.now())
    assert report.intact
    assert json.loads(report.files["contract.json"])["content"]["title"].startswith("Agreement on")
    assert [path.name for path in tmp_path.iterdir()] == ["kept.pdf"]


def lacking(site: Installation, copied: Path, lack: Lack) -> str:
    """What is said while it is away; nothing that could remain differs."""
    away, step, what, cure = lack
    with away(site, copied):
        before = site.dump()
        status, said = site.selftest()
        assert site.dump() == before
    assert status == 1, said
    assert [name for name, word in steps(said) if word == "MISSING"] == [step], said
    found = re.search(r"MISSING .*\n    (.*)\n    Mend it: (.*)", said)
    assert found, said
    assert what in found[1], said
    assert cure in found[2], said
    assert "Not ready: 1 missing" in said
    return said


@pytest.mark.parametrize("name", MISSING)
def test_what_is_missing_is_named_with_its_cure(name, site, copied):
    said = lacking(site, copied, LACKS[name])

    assert "scratch database" not in said  # nothing is tried that can't succeed


@pytest.mark.parametrize("name", FURTHER)
def test_what_only_the_trial_or_the_worker_lacks_is_named_too(name, site, copied):
    said = lacking(site, copied, FURTHER[name])

    assert "scratch database" in dict(steps(said))


def test_all_that_is_missing_is_named_at_once(site):
    with renamed(site.var / "keys.txt"), replaced(site.var / "private", ""):
        status, said = site.selftest("--json", EXAMPLE_BASE_URL="")

    assert status == 1
    found = json.loads(said.splitlines()[0])
    assert found["ready"] is False
    assert [len(step["missing"]) for step in found["steps"]] == [2, 0, 0, 0, 1, 0, 0]
    assert "Not ready: 3 missing" in said


def test_an_agreement_of_ones_own_goes_the_same_way(site, tmp_path):
    texts = [str(ROOT / "tests/data" / name) for name in ("lease-coverpage.md", "lease.md")]
    (tmp_path / "kept.pdf").write_bytes(b"%PDF-1.7 of an earlier call")
    before = site.dump()

    status, said = site.selftest("--from", *texts, "--out", str(tmp_path / "kept.pdf"), "--json")

    assert status == 0, said
    found = json.loads(said)
    assert found["ready"] is True
    assert [step["name"] for step in found["steps"]] == STEPS
    told = {step["name"]: step["told"] for step in found["steps"]}
    title = Path(texts[0]).read_text().splitlines()[0].removeprefix("# ")
    assert title in told["template"]
    assert "fields: 3" in told["answer"]
    assert len((tmp_path / "kept.pdf").read_bytes()) > 10_000
    assert site.dump() == before


def test_a_text_that_becomes_no_template_is_named_with_its_line(site, tmp_path):
    (tmp_path / "terms.md").write_text("Only words.\n")
    before = site.dump()

    status, said = site.selftest("--from", str(tmp_path / "terms.md"))

    assert status == 1
    assert dict(steps(said))["template"] == "MISSING"
    assert f"{tmp_path}/terms.md:1: no heading of level 1" in said
    assert "see the guide on importing from Markdown" in said
    assert site.dump() == before


def killed_after(site: Installation, step: str) -> None:
    """A call that gets SIGKILL as soon as it has told of a step."""
    process = site.start("contracts_selftest", PYTHONUNBUFFERED="1")
    assert process.stdout
    for line in process.stdout:
        if line.startswith(step.ljust(20)):
            process.kill()
            break
    assert process.wait(180) == -signal.SIGKILL, step
    process.stdout.close()


def without(dump: dict, left: list[str]) -> dict:
    """A dump without what a killed call left among temporary things."""
    files = {
        name: found
        for name, found in dump["files"].items()
        if not any(name.startswith(f"tmp/{one}") for one in left)
    }
    return {**dump, "files": files, "databases": sorted({*dump["databases"]} - {*left})}


def processes(place: Path) -> list[str]:
    """Those that were begun with their temporary files in a place."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"TMPDIR={place}/{LEFT}".encode() in path.read_bytes():
                found.append(path.parent.name)
        except OSError:
            continue
    return found


@pytest.mark.long("reliability/test_selftest.py::test_one_that_is_told_to_stop_cleans_up")
def test_a_call_that_is_killed_touches_nothing_and_the_next_one_removes_its_rest(site):
    before = site.dump()
    for step in ("worker", "answer", "sign, second party"):
        killed_after(site, step)
        left = site.left()
        assert all(name.startswith((LEFT, SCRATCH)) for name in left), left
        assert without(site.dump(), left) == before, step
    kept = [name for name in site.left() if name.startswith(SCRATCH)]
    assert len(kept) == (connection.vendor == "postgresql")
    assert len(site.left()) == len(kept) + 1  # the others' rests went with each next call
    until(lambda: not processes(site.tmp), "the end of those that draw", 180)

    # Two at once: neither takes for a rest what the other one is using.
    both = [site.start("contracts_selftest") for _ in range(2)]
    said = [process.communicate(timeout=600)[0] for process in both]

    assert [process.returncode for process in both] == [0, 0], said
    assert all(map(all_well, said)), said
    assert site.left() == []
    assert site.dump() == before


def test_one_that_is_told_to_stop_cleans_up(site):
    before = site.dump()
    process = site.start("contracts_selftest", PYTHONUNBUFFERED="1")
    assert process.stdout
    next(line for line in process.stdout if line.startswith("scratch database"))

    process.terminate()

    assert process.wait(180) == 128 + signal.SIGTERM
    process.stdout.close()
    assert site.dump() == before


def test_the_dumps_see_what_a_site_does(site):
    """Mail, cache and the app beside ours: what the selftest keeps still is heard otherwise."""
    before = site.dump()
    words = (
        "from django.core.cache import cache; cache.set('a', 1)",
        "from django.core.mail import send_mail; send_mail('a', 'b', None, ['c@d.example'])",
        "from wagtail_contracts.contracts.signals import contract_sent; contract_sent.send(None)",
        "from wagtail_contracts.outbox import topics",
        "print(topics.subscribers('contract.signed'))",
    )

    status, said = site.call("shell", "-c", "; ".join(words))

    assert status == 0, said
    assert "neighbour.hear" in said
    after = site.dump()
    assert len(after["mails"]) == len(before["mails"]) + 1
    new = after["files"].keys() - before["files"].keys()
    assert "var/heard.txt" in new
    assert [name for name in new if name.startswith("var/cache/")]
