"""S-07: a code is used once and cannot be guessed in parallel."""

import inspect

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests import builders, signatures, tables
from tests.reliability import barrier, orders, rivals
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.flows import codes
from wagtail_contracts.signing.models import Challenge, Identification, RateWindow

pytestmark = pytest.mark.django_db(transaction=True)
STARTS = pytest.mark.parametrize("start", [barrier.threads, barrier.processes])


@pytest.fixture
def asked(transactional_db):
    """A challenge for Kari, and its code."""
    stage = rivals.out(*rivals.arena())
    made = signatures.challenge(stage.kari)
    return made, signatures.code(made)


def guess(challenge, code):
    by = builders.guest(challenge.participant)
    fresh = Challenge.objects.get(pk=challenge.pk)
    return rivals.named("identified", lambda: signing.identify(fresh, code, by=by))


@STARTS
def test_twenty_parallel_guesses_are_five_comparisons(asked, start):
    challenge, code = asked
    answers = start([guess(challenge, signatures.another(code)) for _ in range(20)])

    # Fifteen guesses a day pass the limit of the link, five of those the limit of the code.
    assert answers == {"CodeWrong": 5, "CodeExpired": 10, "TooMany": 5}
    challenge.refresh_from_db()
    assert (challenge.attempts, challenge.used_at) == (5, None)
    assert Event.objects.filter(name=events.IDENTIFICATION_FAILED).count() == 5
    assert not Identification.objects.exists()


@STARTS
def test_the_right_code_counts_once_of_twenty(asked, start):
    answers = start([guess(*asked) for _ in range(20)])

    assert answers["identified"] == 1
    assert answers["identified"] + answers["CodeExpired"] + answers["TooMany"] == 20
    assert Identification.objects.count() == 1
    assert Event.objects.filter(name=events.IDENTIFICATION_COMPLETED).count() == 1


LOCK = {"sqlite": "BEGIN", "postgresql": "FOR UPDATE"}


@pytest.mark.parametrize(
    "before", ["UPDATE", 'INSERT INTO "wagtail_contracts_signing_ident', "the lock"]
)
def test_the_right_code_counts_once_in_a_forced_order(asked, before):
    before = LOCK[connection.vendor] if before == "the lock" else before
    answers = orders.overtake(guess(*asked), guess(*asked), before=before)

    assert sorted(answers) == ["CodeExpired", "identified"]
    assert Identification.objects.count() == 1


def test_a_guess_is_counted_before_it_is_compared(asked):
    challenge, code = asked
    answers = orders.overtake(
        guess(challenge, signatures.another(code)),
        guess(challenge, signatures.another(code)),
        before="SELECT",
    )

    assert answers == ("CodeWrong", "CodeWrong")
    challenge.refresh_from_db()
    assert challenge.attempts == 2


def test_a_try_inside_another_transaction_is_refused(asked, monkeypatch):
    """A rollback would give every guess back for nothing."""
    challenge, code = asked
    monkeypatch.setattr(codes, "limit", lambda *words, **options: None)
    with tables.unchanged(), pytest.raises(RuntimeError), transaction.atomic():
        guess(challenge, code)()

    assert guess(challenge, code)() == "identified"


def test_the_code_is_kept_as_a_keyed_hash(asked, settings):
    challenge, code = asked
    challenge.refresh_from_db()
    assert len(challenge.code_hash) == 64

    settings.SECRET_KEY = "another"
    assert guess_outcome(challenge, code) == "CodeWrong"


def guess_outcome(challenge, code):
    return barrier.outcome(guess(challenge, code))


def test_hashes_are_compared_in_constant_time():
    assert "constant_time_compare" in inspect.getsource(codes._compare)


def test_a_code_mailed_again_at_the_same_moment_is_used_at_most_once(asked):
    challenge, code = asked
    answers = orders.overtake(
        guess(challenge, code),
        rivals.named("made", lambda: signing.make_code(challenge, by=SYSTEM)),
        before="SELECT",
    )

    assert answers[1] == "made"
    assert answers[0] in ("identified", "CodeWrong", "CodeExpired")
    assert Identification.objects.count() == (answers[0] == "identified")


def test_the_day_of_a_link_counts_for_all_its_codes(asked):
    challenge, code = asked
    begun = timezone.now()
    for _ in range(2):
        for _ in range(5):
            guess_outcome(challenge, signatures.another(code))
        challenge = signatures.challenge(challenge.participant, session=challenge.session)
        code = signatures.code(challenge)
    counted = RateWindow.objects.get(scope="guess")

    assert counted.count == 10
    assert counted.window <= begun
    assert connection.in_atomic_block is False
