"""Codes by mail and by device."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests import builders, signatures, tables
from tests.announcements import announced
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import StaleVersion, WrongState
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.core.shown import Shown, read
from wagtail_contracts.signing.errors import (
    AlreadySigned,
    CodeExpired,
    CodeWrong,
    NotIdentified,
    TooMany,
)
from wagtail_contracts.signing.models import Challenge, Identification

LIMITS = ("ratewindow",)


def identify(asked, code):
    return signing.identify(asked, code, by=builders.guest(asked.participant))


def refused(error, verb, *, but=LIMITS):
    with tables.unchanged(but=but), pytest.raises(error) as raised:
        verb()
    return raised.value


def ask(stage, who="kari", digest=None, **options):
    person = getattr(stage, who)
    return signing.ask_code(
        person, digest or stage.version.digest, by=builders.guest(person), **options
    )


def test_a_code_is_asked_for_the_version_that_is_shown(answered, sent):
    link = signatures.session(answered.kari)
    refused(StaleVersion, lambda: ask(answered, digest=sent.version.digest, session=link))

    with announced(answered.contract) as heard:
        asked = ask(answered, session=link)
    assert (asked.version, asked.session, asked.code_hash) == (answered.version, link, "")
    assert asked.expires_at - asked.asked_at == timedelta(minutes=10)
    data = {"participant": answered.kari.public_id, "version": 2, "method": "email_code"}
    assert heard.shared == [(events.IDENTIFICATION_BEGUN, data)]
    assert heard.mails == [("code", "kari")]


def test_a_code_is_asked_for_by_who_may_sign(answered):
    link = signatures.session(answered.kari)
    signatures.sign(answered.kari)
    refused(AlreadySigned, lambda: ask(answered, session=link))

    contracts.reopen(answered.contract, "Once more", by=answered.owner)
    refused(WrongState, lambda: ask(answered, "ola"))


def test_the_link_of_another_person_asks_for_no_code(answered):
    theirs = signatures.session(answered.ola)
    refused(NotIdentified, lambda: ask(answered, session=theirs), but=())

    assert ask(answered, session=signatures.session(answered.kari))


def test_a_link_asks_for_three_codes_an_hour_and_a_new_link_begins_anew(answered):
    link = signatures.session(answered.kari)
    for _ in range(3):
        ask(answered, session=link)
    refused(TooMany, lambda: ask(answered, session=link))

    signing.reissue(answered.kari, by=answered.owner)
    assert ask(answered, session=signatures.session(answered.kari))


def test_a_right_code_identifies_for_one_version_once(answered):
    asked = signatures.challenge(answered.kari)
    code = signatures.code(asked)
    with announced(answered.contract) as heard:
        made = identify(asked, f" {code} ")

    assert (made.participant, made.version, made.method) == (
        answered.kari,
        answered.version,
        "email_code",
    )
    shown = Shown(method="email_code", kind="code", contact="kari@customer.example")
    assert (made.session, read(made.evidence)) == (asked.session, shown)
    data = {"participant": answered.kari.public_id, "version": 2, "method": "email_code"}
    told = {**data, "identification": made.pk, "purpose": "signing"}
    assert heard.shared == [(events.IDENTIFICATION_COMPLETED, told)]
    refused(CodeExpired, lambda: identify(asked, code))


def test_a_wrong_code_is_counted_told_and_leaves_four_tries(answered):
    asked = signatures.challenge(answered.kari)
    code = signatures.code(asked)
    with announced(answered.contract) as heard, pytest.raises(CodeWrong) as raised:
        identify(asked, signatures.another(code))

    assert raised.value.left == 4
    data = {"participant": answered.kari.public_id, "method": "email_code"}
    assert heard.shared == [(events.IDENTIFICATION_FAILED, data)]
    assert not Identification.objects.exists()
    assert identify(asked, code)


def test_a_code_is_void_after_five_wrong_ones(answered):
    asked = signatures.challenge(answered.kari)
    code = signatures.code(asked)
    for _ in range(5):
        with pytest.raises(CodeWrong):
            identify(asked, signatures.another(code))

    refused(CodeExpired, lambda: identify(asked, code))


def test_a_link_guesses_fifteen_times_a_day(answered):
    link = signatures.session(answered.kari)
    for _ in range(3):
        asked = signatures.challenge(answered.kari, session=link)
        code = signatures.code(asked)
        for _ in range(5):
            with pytest.raises(CodeWrong):
                identify(asked, signatures.another(code))

    over = refused(TooMany, lambda: identify(asked, code))
    assert (over.seconds, "tomorrow" in str(over)) == (86_400, True)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "\x00" * 6])
def test_what_is_no_code_is_wrong(answered, code):
    asked = signatures.challenge(answered.kari)
    signatures.code(asked)
    with pytest.raises(CodeWrong):
        identify(asked, code)


def test_a_code_that_was_not_mailed_yet_identifies_nobody(answered):
    asked = signatures.challenge(answered.kari)
    refused(CodeExpired, lambda: identify(asked, ""))
    assert Challenge.objects.get().attempts == 0

    assert identify(asked, signatures.code(asked))


def test_a_code_ends_after_its_time(answered):
    asked = signatures.challenge(answered.kari)
    code = signatures.code(asked)
    Challenge.objects.update(expires_at=timezone.now())
    refused(CodeExpired, lambda: identify(asked, code))
    assert signing.make_code(asked, by=SYSTEM) is None

    Challenge.objects.update(expires_at=timezone.now() + timedelta(seconds=60))
    assert identify(asked, code)


def test_a_code_is_bound_to_its_challenge(answered):
    link = signatures.session(answered.kari)
    first, second = (signatures.challenge(answered.kari, session=link) for _ in range(2))
    code = signatures.code(first)
    signatures.code(second)
    Challenge.objects.filter(pk=second.pk).update(
        code_hash=Challenge.objects.get(pk=first.pk).code_hash
    )

    with pytest.raises(CodeWrong):
        identify(second, code)
    assert identify(first, code)


def test_a_code_mailed_again_replaces_the_first_and_resets_no_tries(answered):
    asked = signatures.challenge(answered.kari)
    first = signatures.code(asked)
    with pytest.raises(CodeWrong):
        identify(asked, signatures.another(first))
    second = signatures.code(asked)

    if second != first:
        with pytest.raises(CodeWrong) as raised:
            identify(asked, first)
        assert raised.value.left == 3
    assert identify(asked, second)


def test_a_code_for_a_version_that_is_old_identifies_nobody(answered):
    asked = signatures.challenge(answered.kari)
    code = signatures.code(asked)
    typed = {**builders.ANSWERS, "remarks": "More"}
    by = builders.guest(answered.kari)
    contracts.answer(answered.kari, answered.version.digest, typed, by=by)

    refused(StaleVersion, lambda: identify(asked, code), but=("ratewindow", "challenge"))
    assert signatures.identified(answered.kari).version == Contract.objects.get().current_version


@pytest.fixture
def device(answered):
    return TOTPDevice.objects.create(user=answered.sender, name="phone")


def token(device, drift=0):
    return f"{totp(device.bin_key, drift=drift):06d}"


def by_device(stage, device, code, who="ola", digest=None):
    person = getattr(stage, who)
    digest = digest or stage.version.digest
    return signing.identify_staff(
        person, device.user, device.persistent_id, code, digest, by=stage.owner
    )


def test_staff_identify_by_a_device_whose_code_works_once(answered, device):
    code = token(device)
    with announced(answered.contract) as heard:
        made = by_device(answered, device, code)

    assert (made.participant, made.method, made.session) == (answered.ola, "totp", None)
    data = {"participant": answered.ola.public_id, "version": 2, "method": "totp"}
    told = {**data, "identification": made.pk, "purpose": "signing"}
    assert heard.shared == [(events.IDENTIFICATION_COMPLETED, told)]
    with pytest.raises(CodeWrong):
        by_device(answered, device, code)
    assert signatures.sign(answered.ola, made).level == "simple"


def test_a_wrong_code_of_a_device_is_told(answered, device):
    with announced(answered.contract) as heard, pytest.raises(CodeWrong):
        by_device(answered, device, signatures.another(token(device)))

    data = {"participant": answered.ola.public_id, "method": "totp"}
    assert heard.shared == [(events.IDENTIFICATION_FAILED, data)]
    assert not Identification.objects.exists()


def test_a_device_identifies_its_owner_alone(answered, device):
    code = token(device)
    with pytest.raises(CodeWrong):
        by_device(answered, device, code, who="kari")
    assert not Identification.objects.exists()

    assert by_device(answered, device, code)


def test_a_device_identifies_for_the_version_that_is_shown(answered, sent, device):
    with pytest.raises(StaleVersion):
        by_device(answered, device, token(device), digest=sent.version.digest)

    assert not Identification.objects.exists()
