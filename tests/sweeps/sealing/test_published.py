"""The published attacks: poppler shows what they forged, others believe some, our judge none.

What others say stands in docs/explanation/attacks-on-pdf-signatures.md, and is computed here.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.unit.sealing import attacks
from tests.unit.sealing.levels import Sealer
from tests.unit.sealing.published import others, table
from tests.unit.sealing.published.attack import ATTACKS, unchanged
from tests.unit.sealing.published.properties import SILENT

ROOT = Path(__file__).resolve().parents[3]
DOCUMENT = ROOT / "docs/explanation/attacks-on-pdf-signatures.md"
REFUSED = {"altered", "unreadable", "unsealed", "unknown_signer"}


@pytest.fixture(scope="module")
def twin(lab, render):
    """The genuine file, raised and renewed, that has been prepared so before it was sealed."""
    return cache(lambda prepare: table.twin(lab, render(), prepare))


@pytest.fixture(scope="module")
def documented():
    return DOCUMENT.read_text(encoding="utf-8")


def said(report):
    return re.sub(r" \d+", "", "; ".join(report.reasons))


def test_none_is_left_out(documented):
    families = {attack.family.partition(":")[0] for attack in ATTACKS}
    assert families >= {
        "universal forgery",
        "incremental saving",
        "signature wrapping",
        "shadow",
        "evil annotation",
        "sneaky signature",
    }
    assert len(ATTACKS) >= 40
    _, _, rows = documented.partition(f"{table.HEAD}\n{table.LINE}\n")
    rows, _, _ = rows.partition("\n\n")
    assert rows.count("\n| ") == len(ATTACKS)  # the genuine file stands before them


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_it_is_seen_in_poppler_and_refused_by_ours(lab, twin, judged, documented, attack):
    genuine = twin(attack.prepare)
    row = table.row(attack, genuine, lab)

    assert attack.shown(row.forged)
    assert not attack.shown(genuine)
    report = judged(row.forged)
    assert report.verdict in REFUSED
    assert re.search(attack.found, said(report))
    if row.stamped:
        assert attack.shown(row.stamped)
        assert judged(row.stamped).verdict in REFUSED
        assert judged(row.stamped).reasons
    kept = judged(genuine if attack.lasting else twin(unchanged))
    assert (kept.verdict, kept.level, kept.reasons) == ("intact", "B-LTA", [])
    assert (judged(genuine).verdict == "intact") == attack.lasting
    assert row.line(lab) in documented


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_it_is_refused_at_the_lowest_level_too(lab, lowest, judged, attack):
    genuine = lowest(attack.prepare)
    changed = attack.forge(genuine)

    assert judged(changed).verdict in REFUSED
    assert re.search(attack.found, said(judged(changed)))
    if attack.whole:
        assert judged(attacks.stamped(changed, lab)).verdict in REFUSED
    assert judged(genuine).verdict == "intact"


@pytest.fixture(scope="module")
def lowest(lab, render):
    """The same at B-B."""
    return cache(lambda prepare: Sealer(lab, "B-B").seal(prepare(render())))


def test_what_others_say_of_the_genuine_file(lab, twin, documented):
    row = table.row(table.GENUINE, twin(unchanged), lab)
    assert row.line(lab) in documented


@pytest.mark.parametrize("change", SILENT, ids=lambda change: change.__name__)
def test_what_shows_nothing_new_is_told_apart_too(lab, twin, judged, documented, change):
    genuine = twin(unchanged)
    changed = change(genuine)
    report = judged(changed, digest=judged(genuine).sha256)

    assert report.known is False
    assert report.verdict == ("altered" if SILENT[change] else "intact")
    assert re.search(SILENT[change], said(report))
    line = f"| {change.__name__.replace('_', ' ')} | {others.pdfsig(changed)} |"
    assert f"{line} {others.pyhanko(changed, lab)} | {report.verdict} |" in documented
