"""Who holds two checkpoints and a proof of consistency compares them, without our database."""

from types import SimpleNamespace

import pytest

from tests.flows.audit.conftest import run
from wagtail_contracts import notes
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.backends import keys
from wagtail_contracts.audit.errors import LogBroken
from wagtail_contracts.audit.models import Checkpoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(attested, grow, section, tmp_path):
    """What left the house: checkpoints over three, five and six entries, and what proves growth."""
    for count in (3, 2, 1):
        for _trail in range(count):
            grow()
        audit.checkpoint()
    of_3, of_5, of_6 = Checkpoint.objects.order_by("size").values_list("note", flat=True)
    proof = run("audit_checkpoint", "--since", "3")[1]
    section("AUDIT", KEY="", EARLIER=[str(audit.verifiers()[0])])  # whoever compares has no more
    return SimpleNamespace(of_3=of_3, of_5=of_5, of_6=of_6, proof=proof, key=keys.load(attested))


@pytest.fixture
def compare(tmp_path, django_assert_num_queries):
    """The command over three files; it asks no database."""

    def verdict(*texts):
        paths = [tmp_path / name for name in ("old.txt", "new.txt", "proof.txt")]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text)
        with django_assert_num_queries(0):
            return run("audit_verify", "--between", *map(str, paths))

    return verdict


def another(key):
    """A log of six, the first of which are others."""
    told = notes.Checkpoint("contracts.example.org/audit", 6, bytes(32))
    return notes.sign(told, told.origin, key)


def test_a_log_that_was_only_added_to_is_shown_to_be_so(held, compare):
    assert compare(held.of_3, held.of_6, held.proof) == (
        0,
        "The newer log begins with the older one.\n",
    )


def test_nothing_else_is(held, compare, attested):
    _first, *rest = held.proof.split()
    stranger = keys.make(attested.parent / "stranger.pem")
    shown, one = "proof.txt: Log of trails, entry", "txt: It takes one checkpoint in each file"
    for texts, words in (
        ((held.of_3, another(held.key), held.proof), shown),
        ((held.of_3, another(stranger), held.proof), "new.txt: signed by no known key"),
        ((another(stranger), held.of_6, held.proof), "old.txt: signed by no known key"),
        ((held.of_3, held.of_5, held.proof), shown),
        ((held.of_5, held.of_6, held.proof), shown),
        ((held.of_6, held.of_3, held.proof), "old.txt: the first is the newer one"),
        ((held.of_3, held.of_6, "\n".join(["0" * 64, *rest])), shown),
        ((held.of_3, held.of_6, "\n".join(rest)), shown),
        ((held.of_3, held.of_6, ""), shown),
        ((held.of_3, held.of_6, "no hexadecimal"), shown),
        ((held.of_3, held.of_3.replace("\n3\n", "\n6\n"), held.proof), "new.txt: bad signature"),
        ((f"{held.of_3}\n{held.of_5}", held.of_6, held.proof), f"old.{one}"),
        ((held.of_3, "no checkpoint", held.proof), f"new.{one}"),
    ):
        code, said = compare(*texts)
        assert (code, words in said, "1 of 1 broken" in said) == (1, True, True), (texts, said)
        assert ("nothing shows" in said) == (words == shown)


@pytest.mark.parametrize("words", [["0" * 32], ["--deep"], ["--anchor", "a"], ["--head", "a:1:b"]])
def test_nothing_else_is_looked_at_beside_it(held, tmp_path, words):
    paths = [tmp_path / name for name in ("old.txt", "new.txt", "proof.txt")]
    for path, text in zip(paths, (held.of_3, held.of_6, held.proof), strict=True):
        path.write_text(text)
    code, said = run("audit_verify", *words, "--between", *map(str, paths))
    assert (code, said) == (1, "--between compares three files alone.")


def test_logs_of_other_names_are_not_compared(held, section):
    """Each is by a key that is known."""
    told = notes.opened(held.of_6, audit.verifiers())
    other = notes.Checkpoint("other.example/audit", told.size, told.root)
    theirs = notes.Verifier(other.origin, held.key.public_key())
    section("AUDIT", EARLIER=[*map(str, audit.verifiers()), str(theirs)])
    path = held.proof.split()

    assert audit.verify_growth(held.of_3, held.of_6, path)[1] == told
    with pytest.raises(LogBroken):
        audit.verify_growth(held.of_3, notes.sign(other, other.origin, held.key), path)
