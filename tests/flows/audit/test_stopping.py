"""`audit_checkpoint` where one step can't be done: the others are, and then it is told."""

import pytest

from tests.database import triggers_lifted
from tests.flows.audit.conftest import run
from tests.tsa import lab as labs
from wagtail_contracts import notes
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Anchored, Checkpoint, CheckpointToken

pytestmark = pytest.mark.django_db
FILE = "wagtail_contracts.audit.backends.anchors.FileAnchor"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with labs.opened(tmp_path_factory.mktemp("time")) as lab:
        yield lab


@pytest.fixture
def filed(lab, attested, section, tmp_path):
    """An authority that can be asked, and a file that keeps notes; the file."""
    path, ours = tmp_path / "notes.txt", lab.settings()
    section("AUDIT", **{name: ours[name] for name in ("TIMESTAMP", "TIMESTAMP_TRUST", "CALLS")})
    section("AUDIT", ANCHORS={"disk": {"BACKEND": FILE, "OPTIONS": {"path": path}}})
    return path


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ({}, ""),
        ({"TIMESTAMP_TRUST": ["gone.pem"]}, "ImproperlyConfigured: WAGTAIL_CONTRACTS"),
        ({"CALLS": {"dedline": 5}}, "TypeError: "),
        ({"TIMESTAMP": "no address"}, "The checkpoint has no time-stamp yet"),
    ],
)
def test_an_authority_that_is_wrongly_named_keeps_no_anchor_from_its_turn(
    filed, grow, section, broken, words
):
    section("AUDIT", **broken)
    grow()

    code, said = run("audit_checkpoint")

    assert (code, words in said, "disk: placed" in said) == (int(bool(broken)), True, True)
    assert notes.found(filed.read_text()) == [Checkpoint.objects.get().note]
    assert CheckpointToken.objects.exists() == (not broken)


def test_a_log_that_is_broken_is_placed_as_it_is_and_said_to_be_so(filed, grow):
    """Whoever keeps the notes elsewhere is to have this one, too."""
    grow()
    point = audit.checkpoint()
    audit.stamp()
    with triggers_lifted():
        CheckpointToken.objects.update(content="AAAA")

    code, said = run("audit_checkpoint")

    assert (code, "no time-stamp" in said, "disk: placed" in said) == (1, True, True)
    assert notes.found(filed.read_text()) == [point.note]


def test_a_key_that_is_gone_keeps_the_last_one_from_no_anchor(filed, grow, attested):
    grow()
    point = audit.checkpoint()
    grow()
    attested.unlink()

    code, said = run("audit_checkpoint")

    assert (code, said.count("can't be read"), "disk: placed" in said) == (1, 1, True)
    assert Anchored.objects.get().checkpoint == point
