"""S-08: limits hold under load, need no cache, and lock no victim out."""

import pytest
from django.conf import settings as site
from django.db import transaction

from tests import builders, signatures
from tests.reliability import barrier, rivals
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import CodeWrong, NotIdentified, TooMany, UnknownLink
from wagtail_contracts.signing.flows import limiting
from wagtail_contracts.signing.models import RateWindow

pytestmark = pytest.mark.django_db(transaction=True)
STARTS = pytest.mark.parametrize("start", [barrier.threads, barrier.processes])


def use(scope="test", key="link 1", **options):
    limit = {"most": 5, "by": SYSTEM, **options}
    return rivals.named("passed", lambda: signing.limit(scope, key, **limit))


@STARTS
def test_a_window_of_five_lets_five_of_twenty_pass(start):
    assert start([use()] * 20) == {"passed": 5, "TooMany": 15}
    assert RateWindow.objects.get().count == 5


def test_another_key_another_scope_and_the_next_window_are_free(monkeypatch):
    for _ in range(5):
        use()()
    with pytest.raises(TooMany):
        use()()
    assert use(key="link 2")() == use(scope="other")() == "passed"

    clock = rivals.NextMonth
    monkeypatch.setattr(limiting, "timezone", clock)
    assert use()() == "passed"


def test_a_limit_inside_another_transaction_is_refused():
    """A rollback would give the use back for nothing."""
    with pytest.raises(RuntimeError), transaction.atomic():
        use()()

    assert not RateWindow.objects.exists()
    assert use()() == "passed"


def test_no_cache_is_asked(monkeypatch):
    monkeypatch.setattr(site, "CACHES", {"default": {"BACKEND": "no.such.cache"}})

    assert use()() == "passed"


def test_keys_are_kept_as_hashes():
    use(key="invitation 7")()

    assert "invitation" not in RateWindow.objects.get().key_hash
    assert len(RateWindow.objects.get().key_hash) == 64


@pytest.fixture
def stage(transactional_db):
    return rivals.out(*rivals.arena())


@STARTS
def test_three_codes_an_hour_also_when_twenty_are_asked_for_at_once(stage, start):
    link = signatures.session(stage.kari)
    ask = rivals.named("asked", lambda: signatures.challenge(stage.kari, session=link))

    assert start([ask] * 20) == {"asked": 3, "TooMany": 17}


def exhaust(verb):
    for _ in range(30):
        try:
            verb()
        except (TooMany, NotIdentified, CodeWrong, UnknownLink):
            continue


def test_nobody_without_the_link_uses_up_what_its_holder_has(stage):
    """An attacker knows everything but the victim's secrets, and has a link of their own."""
    link = signatures.session(stage.kari)
    foreign = signatures.session(stage.ola)
    exhaust(lambda: signatures.challenge(stage.kari, session=foreign))
    exhaust(lambda: signatures.challenge(stage.ola, session=foreign))
    exhaust(lambda: signing.admit("A" * 43, by=SYSTEM))
    exhaust(lambda: signing.ask_link("A" * 43, by=SYSTEM))

    asked = signatures.challenge(stage.kari, session=link)
    code = signatures.code(asked)
    by = builders.guest(stage.kari)
    for _ in range(4):
        with pytest.raises(CodeWrong):
            signing.identify(asked, signatures.another(code), by=by)
    assert signing.identify(asked, code, by=by)


def test_who_holds_one_link_does_not_use_up_another_link_of_the_same_person(stage):
    forwarded, own = signatures.session(stage.kari), signatures.session(stage.kari)
    exhaust(lambda: signatures.challenge(stage.kari, session=forwarded))

    assert signatures.challenge(stage.kari, session=own)
