"""How far seals go, with an authority for time and an issuer that tests stop and make lie."""

from datetime import timedelta

import pytest
from asn1crypto import tsp
from django.core.exceptions import ImproperlyConfigured

from tests import bundles, identity
from tests.tsa import answers
from tests.tsa import lab as labs
from tests.unit.sealing.pki import NOW, Entity
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.core.pades import Level
from wagtail_contracts.sealing.errors import SealRefused
from wagtail_contracts.sealing.flows import pades

pytestmark = pytest.mark.django_db
LEVELS = list(Level)


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with labs.opened(tmp_path_factory.mktemp("time")) as lab:
        yield lab


@pytest.fixture
def lab(opened, settings):
    opened.server.recover()
    opened.server.entity, opened.server.at = opened.tsa, None
    opened.publish()
    labs.configure(settings, opened)
    return opened


def at(level, lab, settings):
    labs.configure(settings, lab, level)
    return sealing.seal(bundles.bundle())


def lie(change):
    """An answer with one thing changed in what was signed, or around it."""

    def twist(asked, answer):
        change(asked, answer)
        return answer.dump()

    return twist


@pytest.mark.parametrize("level", LEVELS)
def test_a_seal_goes_as_far_as_the_settings_say(lab, settings, level):
    sealed = at(level, lab, settings)

    report = sealing.verify(sealed.content)
    assert (sealed.level, sealed.lacks) == (report.level, "") == (level, "")
    assert (report.verdict, report.reasons) == ("intact", [])
    assert ("time as claimed by the signer" in report.notes) == (level == "B-B")
    assert ("revocation not checked" in report.notes) == (not level.lasting)


@pytest.mark.parametrize("level", ["B-T", "B-LT", "B-LTA"])
@pytest.mark.parametrize("code", [500, 404, 302])
def test_without_a_time_stamp_it_is_sealed_without_and_says_so(lab, settings, level, code):
    lab.server.code = code
    sealed = at(level, lab, settings)

    assert (sealed.level, sealed.lacks) == ("B-B", "time")
    assert sealing.verify(sealed.content).verdict == "intact"


def nonce(asked, answer):
    asked["nonce"] = 1


@pytest.mark.parametrize(
    "twist",
    [
        lambda asked, answer: b"",
        lambda asked, answer: b"<html>",
        lambda asked, answer: answer.dump()[:-20],
        lambda asked, answer: tsp.TimeStampResp({"status": {"status": "rejection"}}).dump(),
        lambda asked, answer: answer.dump().replace(
            asked["message_imprint"]["hashed_message"].native, bytes(32)
        ),
        lambda asked, answer: bytes(answer.dump()) + bytes(1 << 20),
        answers.bringing(Entity("Cross", Entity("Other Root", kind="authority"), kind="authority")),
    ],
    ids=["nothing", "a page", "cut off", "a refusal", "over something else", "endless", "a stray"],
)
def test_an_authority_that_says_nonsense_gives_no_time(lab, settings, twist):
    lab.server.twist = twist
    sealed = at("B-T", lab, settings)
    assert (sealed.level, sealed.lacks) == ("B-B", "time")
    lab.server.recover()
    assert at("B-T", lab, settings).level == "B-T"


def test_an_authority_that_waits_too_long_gives_no_time(lab, settings):
    lab.server.gate.clear()
    sealed = at("B-T", lab, settings)
    lab.server.gate.set()
    assert (sealed.level, sealed.lacks) == ("B-B", "time")


def test_an_authority_that_nobody_knows_gives_no_time(lab, settings):
    """A token by a stranger never gets into a file as if it proved anything."""
    stranger = Entity("Strange Root", kind="authority")
    lab.server.entity = Entity("Strange Time", stranger, kind="stamps", rsa_key=True)
    for level in ("B-T", "B-LTA"):
        sealed = at(level, lab, settings)
        assert (sealed.level, sealed.lacks) == ("B-B", "time")


@pytest.mark.parametrize("level", ["B-LT", "B-LTA"])
def test_without_word_on_revocation_it_has_a_time_and_says_what_it_lacks(lab, settings, level):
    lab.server.code_of_lists = 500
    sealed = at(level, lab, settings)

    report = sealing.verify(sealed.content)
    assert (sealed.level, sealed.lacks) == ("B-T", "revocation")
    assert (report.verdict, "revocation not checked" in report.notes) == ("intact", True)


def test_a_seal_whose_certificate_was_revoked_seals_nothing(lab, settings):
    lab.publish(lab.seal)
    with pytest.raises(SealRefused, match="revoked"):
        at("B-LTA", lab, settings)
    lab.publish()
    assert at("B-LTA", lab, settings).level == "B-LTA"


def test_an_authority_whose_certificate_was_revoked_gives_no_time(lab, settings):
    lab.publish(lab.tsa)
    sealed = at("B-LTA", lab, settings)
    assert (sealed.level, sealed.lacks) == ("B-B", "time")
    lab.publish()
    assert sealing.raise_level(sealed.content, sealed.level).level == "B-LTA"


def of_a_stranger(lab):
    return pades.certify(sealing.render(bundles.bundle()), Entity("Eksempel AS seal"))


def of_nobody(lab):
    return sealing.render(bundles.bundle())


def altered(lab):
    return sealing.seal(bundles.bundle()).content + b" "


@pytest.mark.parametrize("forged", [of_a_stranger, of_nobody, altered])
@pytest.mark.parametrize("verb", [sealing.raise_level, sealing.renew])
def test_our_key_vouches_anew_for_nothing_that_it_did_not_seal(lab, settings, verb, forged):
    lab.server.code = 500
    ours, theirs = at("B-LTA", lab, settings), forged(lab)
    lab.server.recover()
    with pytest.raises(SealRefused, match="own verification"):
        verb(theirs, "B-B")
    assert verb(ours.content, "B-B").level == "B-LTA"


@pytest.mark.parametrize("verb", [sealing.raise_level, sealing.renew])
def test_neither_identity_vouches_anew_for_what_the_other_sealed(lab, settings, verb):
    lab.server.code = 500
    sealed = at("B-LTA", lab, settings)
    lab.server.recover()
    with pytest.raises(SealRefused, match="the other identity"):
        verb(sealed.content, sealed.level, test=True)
    assert verb(sealed.content, sealed.level).level == "B-LTA"


@pytest.mark.parametrize("lacks", ["time", "revocation"])
def test_what_could_not_be_had_is_had_later(lab, settings, lacks):
    server = lab.server
    server.code, server.code_of_lists = (500, 200) if lacks == "time" else (200, 500)
    sealed = at("B-LTA", lab, settings)
    assert sealing.raise_level(sealed.content, sealed.level) is None

    server.recover()
    raised = sealing.raise_level(sealed.content, sealed.level)

    assert (raised.level, raised.lacks) == ("B-LTA", "")
    old, new = sealing.verify(sealed.content), sealing.verify(raised.content)
    assert (new.verdict, new.files) == ("intact", old.files)
    # What has a time-stamp is added to; what has none is sealed anew over what was rendered.
    assert raised.content.startswith(sealed.content) == (lacks == "revocation")
    assert raised.sealed_at >= sealed.sealed_at


def test_what_could_not_be_had_is_had_when_another_seal_is_in_use(lab, settings):
    """The issuer is asked about the certificate in the file, not about the one in use by then."""
    lab.server.code_of_lists = 500
    sealed = at("B-LTA", lab, settings)
    lab.server.recover()
    ours, theirs = settings.WAGTAIL_CONTRACTS, identity.settings()
    trusted = [*ours["SEALING"]["TRUST"], *theirs["TRUST"]]
    changed = {**ours["SEALING"], "OPTIONS": theirs["OPTIONS"], "TRUST": trusted}
    settings.WAGTAIL_CONTRACTS = {**ours, "SEALING": changed}

    raised = sealing.raise_level(sealed.content, sealed.level)
    assert (raised.level, raised.fingerprint) == ("B-LTA", sealed.fingerprint)
    assert raised.fingerprint != sealing.described().fingerprint


def test_what_goes_far_enough_is_left_alone(lab, settings):
    sealed = at("B-LTA", lab, settings)
    asked = lab.server.asked
    assert sealing.raise_level(sealed.content, sealed.level) is None
    assert lab.server.asked == asked


def test_a_file_at_the_highest_level_outlives_its_certificate(lab, settings):
    """The certificate of the seal ends in two years; the list is stale after 90 days."""
    files = {level: at(level, lab, settings).content for level in LEVELS}
    later = NOW + timedelta(days=3 * 365)

    verdicts = {level: sealing.verify(data, at=later).verdict for level, data in files.items()}
    assert verdicts == {"B-B": "undated", "B-T": "undated", "B-LT": "undated", "B-LTA": "intact"}


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ({"LEVEL": "B-X"}, "LEVEL"),
        ({"TIMESTAMP": ""}, "TIMESTAMP"),
        ({"TIMESTAMP_TRUST": []}, "TIMESTAMP_TRUST"),
        ({"TIMESTAMP_TRUST": "root.pem"}, "list of paths"),
    ],
)
def test_settings_that_can_not_be_met_are_refused(lab, settings, words, fault):
    assert sealing.level() == "B-LTA"
    ours = settings.WAGTAIL_CONTRACTS
    settings.WAGTAIL_CONTRACTS = {**ours, "SEALING": {**ours["SEALING"], **words}}
    with pytest.raises(ImproperlyConfigured, match=fault):
        sealing.level()
