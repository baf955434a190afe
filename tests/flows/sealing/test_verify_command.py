"""manage.py sealing_verify: a file judged by the roots and the rows of this site."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from tests import bundles
from tests.unit.sealing.pki import Entity
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.flows import pades, verifying
from wagtail_contracts.sealing.rendering.worker import Limits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture(scope="module")
def sealed():
    return sealing.seal(bundles.bundle())


@pytest.fixture
def kept(sealed, own_files, tmp_path):
    """A file that was kept, in somebody's hands."""
    with transaction.atomic():
        subject = bundles.facts()["subject"]
        sealing.keep(subject, sealed, sealing.store(sealed), by=SYSTEM)
    return written(tmp_path / "kept.pdf", sealed.content)


def written(path, content):
    path.write_bytes(content)
    return path


def said(*words):
    """The exit code, and what was said."""
    out = StringIO()
    try:
        call_command("sealing_verify", *map(str, words), stdout=out)
    except CommandError as ended:
        return ended.returncode, out.getvalue()
    return 0, out.getvalue()


def test_what_was_kept_here_is_intact_and_known(kept, sealed):
    code, text = said(kept)
    assert code == 0
    lines = text.splitlines()
    assert lines[:2] == [f"{kept}: intact (B-B)", "  kept here"]
    assert lines[-1] == f"  sha256 {sealed.digest}"
    facts = json.loads(said("--json", kept)[1])
    assert (facts["verdict"], facts["known"], facts["file"]) == ("intact", True, str(kept))


def test_what_this_machine_is_too_busy_to_judge_is_called_nothing_else(kept, monkeypatch):
    monkeypatch.setattr(verifying, "LIMITS", Limits(wall=0.001))
    code, text = said(kept)
    assert code == 5
    assert text.splitlines()[:2] == [f"{kept}: not judged", "  kept here"]
    facts = json.loads(said("--json", kept)[1])
    assert (facts["judged"], facts["known"]) == (False, True)


def test_what_our_seal_holds_and_was_not_kept_is_told(sealed, tmp_path):
    """As by somebody who has stolen the key."""
    code, text = said(written(tmp_path / "other.pdf", sealed.content))
    assert code == 1
    assert text.splitlines()[:2] == [f"{tmp_path}/other.pdf: intact (B-B)", "  NOT kept here"]


@pytest.mark.parametrize(
    ("content", "code", "verdict"),
    [
        (lambda sealed: sealed.content + b" ", 1, "altered"),
        (lambda sealed: stranger("One\nkept.pdf: intact (B-LTA)"), 2, "unknown_signer"),
        (lambda sealed: sealing.render(bundles.bundle()), 4, "unsealed"),
        (lambda sealed: b"no pdf", 5, "unreadable"),
    ],
)
def test_each_verdict_ends_with_its_code_and_of_several_the_worst_counts(
    kept, sealed, tmp_path, content, code, verdict
):
    bad = written(tmp_path / "bad.pdf", content(sealed))
    ended, text = said(kept, bad)
    assert ended == code
    first, second = (line for line in text.splitlines() if not line.startswith("  "))
    assert first == f"{kept}: intact (B-B)"
    assert second.removesuffix(" (B-B)") == f"{bad}: {verdict}"
    assert "NOT kept here" in text


def stranger(name):
    return pades.certify(sealing.render(bundles.bundle()), Entity(name))


def test_a_file_that_is_not_there_is_said(kept, tmp_path):
    with pytest.raises(CommandError, match=r"none\.pdf"):
        call_command("sealing_verify", str(tmp_path / "none.pdf"))
    assert said(kept)[0] == 0
