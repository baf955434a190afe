"""S-59: where a part fails, a flow leaves no half of itself in any table."""

from unittest import mock

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from tests import builders, mails, signatures, tables
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.flows import appending
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message, MessageQuerySet
from wagtail_contracts.sealing.errors import RenderingLimit, SealRefused
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.models import Signature

pytestmark = pytest.mark.django_db


class Broken(RuntimeError):
    """Something that nobody expects."""


def revise(stage):
    contracts.revise(stage.contract, builders.shown(stage.contract), "Why", by=stage.owner)


def sign(stage):
    words, by = signatures.affirmed(stage.kari), builders.guest(stage.kari)
    signing.sign(stage.kari, stage.version.digest, stage.proof, words, by=by)


def answer(stage):
    typed = {**builders.ANSWERS, "remarks": "More"}
    by = builders.guest(stage.kari)
    contracts.answer(stage.kari, stage.version.digest, typed, by=by)


def expire(stage):
    contracts.expire(stage.contract, by=SYSTEM)


VERBS = {
    "create": lambda stage: builders.contract(stage.contract.template.specific, stage.sender),
    "send": lambda stage: contracts.send(
        stage.draft, builders.shown(stage.draft), into="signing", by=stage.owner
    ),
    "revise": revise,
    "answer": answer,
    "sign": sign,
    "decline": lambda stage: signatures.decline(stage.kari),
    "withdraw": lambda stage: contracts.withdraw(stage.contract, "Why", by=stage.owner),
    "reopen": lambda stage: contracts.reopen(stage.contract, "Why", by=stage.owner),
    "remind": lambda stage: contracts.remind(stage.kari, by=stage.owner),
    "expire": expire,
    "invite": lambda stage: signing.invite(stage.kari, by=SYSTEM),
    "reissue": lambda stage: signing.reissue(stage.kari, by=stage.owner),
}


@pytest.fixture
def stage(answered, template):
    """A contract that only Kari's signature is missing from, overdue for `expire` alone."""
    answered.draft = builders.contract(template, answered.sender)
    signatures.sign(answered.ola)
    answered.proof = signatures.identified(answered.kari)
    edited = Contract.objects.get(pk=answered.contract.pk)
    edited.title = "Hosting 2028"
    edited.save()
    return answered


@pytest.fixture(params=VERBS)
def verb(request, stage):
    """The verb, ready to go."""
    if request.param == "expire":
        with unguarded():
            Contract.objects.filter(pk=stage.contract.pk).update(deadline="2026-01-01")
    return lambda: VERBS[request.param](stage)


def breaking(place, name):
    return mock.patch.object(place, name, side_effect=Broken("secret words"))


# The last things that a verb writes, and what a broken key would stop.
PARTS = {
    "the event": lambda: breaking(appending, "append"),
    "the disclosure": lambda: breaking(appending, "keep"),
    "the message": lambda: breaking(MessageQuerySet, "bulk_create"),
}


def test_a_verb_that_breaks_leaves_nothing_and_works_once_all_is_well(verb):
    broke = [name for name in PARTS if breaks(verb, PARTS[name])]
    assert "the event" in broke

    verb()


def breaks(verb, without):
    """Whether the verb needs this part; if so, nothing was written."""
    with tables.unchanged(), without():
        try:
            with transaction.atomic():
                verb()
                transaction.set_rollback(True)
        except Broken:
            return True
    return False


@pytest.fixture
def signed(answered):
    signatures.sign_all(answered)
    mails.forget()
    return Contract.objects.get()


def failing_seal(error):
    return mock.patch("wagtail_contracts.sealing.flows.seal", side_effect=error)


@pytest.mark.parametrize(
    ("error", "code"),
    [(SealRefused("no key"), "seal_refused"), (OSError("disk full"), "storage")],
)
def test_a_seal_that_fails_is_told_to_our_side_alone_and_tried_again(signed, error, code):
    trail = Event.objects.of(signed.trail).count()
    with failing_seal(error), pytest.raises(type(error)):
        signing.seal(signed.current_version, by=SYSTEM)

    (event,) = Event.objects.of(signed.own_trail)
    assert (event.name, event.data) == ("sealing.failed", {"code": code})
    assert Event.objects.of(signed.trail).count() == trail
    assert not SealedFile.objects.exists()
    assert not Message.objects.exists()
    assert signing.seal(signed.current_version, by=SYSTEM)


def test_a_limit_of_rendering_is_named_by_its_code(signed):
    with failing_seal(RenderingLimit("too long")), pytest.raises(RenderingLimit):
        signing.seal(signed.current_version, by=SYSTEM)

    assert Event.objects.of(signed.own_trail).get().data == {"code": RenderingLimit.code}


def test_a_mail_that_can_t_be_sent_keeps_what_it_tells_and_names_no_address(answered):
    mails.forget()
    with transaction.atomic():
        contracts.tell([answered.kari], "reminder")
    words = OSError("550 kari@customer.example unknown")
    with mock.patch.object(EmailMultiAlternatives, "send", side_effect=words):
        assert outbox.deliver() == 0

    waiting = Message.objects.get()
    assert waiting.last_error == "OSError: 550 ***@*** unknown"
    assert (waiting.done_at, Signature.objects.count()) == (None, 0)
