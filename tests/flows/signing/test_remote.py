"""A signature of one's own at a remote service: there, back, there again, back, signed."""

import base64
import hashlib
import json
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests import builders, signatures
from tests.csc.pki import NOW, QUALIFIED, itself
from tests.csc.stage import (  # noqa: F401 - fixtures
    first_day,
    kari_with_a_certificate,
    running_servers,
)
from tests.database import triggers_lifted
from tests.public.stages import revise
from tests.signatures import asked_for
from tests.tables import names, rows, unchanged
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.errors import StaleVersion
from wagtail_contracts.contracts.models import ContractVersion
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.backends.methods import Leaving
from wagtail_contracts.signing.backends.methods.remote import RemoteSignature
from wagtail_contracts.signing.errors import (
    IdentityDiffers,
    NotIdentified,
    ProviderUnusable,
    SignInRefused,
)
from wagtail_contracts.signing.models import Purpose, Signature
from wagtail_contracts.signing.rendering import proofs


@pytest.fixture
def way(lab, kari):
    """Kari's way to the service, as far as one wants."""
    return Way(lab, kari)


class Way:
    """Each step as a browser takes it."""

    def __init__(self, lab, person):
        self.lab, self.person, self.by = lab, person, builders.guest(person)
        self.session = signatures.session(person)

    def leave(self):
        """To the service, with the address that it is."""
        digest = signatures.digest(self.person)
        return signing.begin_sign_in(self.session, Purpose.SIGNING, digest, by=self.by)

    def back(self, address):
        """The person agrees there, and is back."""
        answer = self.lab.agree(address)
        return signing.finish_sign_in(list(answer.items()), self.session, key="remote", by=self.by)

    def identified(self):
        """Both ways."""
        onward = self.back(self.leave())
        return self.back(onward.address).identification

    def signed(self):
        """And the signature."""
        proof = self.identified()
        return signatures.sign(self.person, proof)


def test_the_person_goes_twice_and_signs_this_version_with_their_own_certificate(way, lab):
    signature = way.signed()

    assert signature.level == "qualified"
    proof = proofs.content(signature)
    assert hashlib.sha256(proof).digest() == bytes(signature.proof)
    proved = sealing.prove(proof, signature.version.digest, at=signature.at)
    holder = lab.service.holders["kari-1"]
    assert (proved.name, proved.fingerprint) == ("Kari Nordmann", holder.parsed.sha256.hex())
    names = [name for name, _asked in lab.service.seen]
    assert names.count("signatures/signHash") == 1


def test_it_travels_in_the_sealed_file_and_is_judged_there_without_the_site(way, lab, answered):
    signatures.sign(answered.ola)
    signature = way.signed()
    version = ContractVersion.objects.get(pk=signature.version_id)
    content = sealing.content(signing.seal(version, by=SYSTEM))

    report = sealing.verify(content)
    name = f"signature-{way.person.public_id}.p7s"
    assert (report.verdict, report.files[name]) == ("intact", proofs.content(signature))
    assert any("Kari Nordmann, by a qualified certificate" in note for note in report.notes)
    stated = json.loads(report.files["evidence.json"])["statements"]
    assert [item["level"] for item in stated] == ["simple", "qualified"]
    assert list(signing.check(way.person.party.contract.number)) == []


# What tells that somebody tried.
BESIDES = ("signin", "audit_event", "audit_trail", "audit_disclosure", "ratewindow", "listing")


def refused(way, but=BESIDES):
    """The check that refused it; nothing is shown of the person, and nothing signed."""
    with unchanged(but=but), pytest.raises((SignInRefused, ProviderUnusable)) as caught:
        way.identified()
    error = caught.value
    return error.check if isinstance(error, SignInRefused) else error.why


def changed_credential(**parts):
    """What the service says of a credential, changed."""
    return {"credentials/info": lambda said: {**said, **parts}}


def other_hash(said, lab):
    """The signature of something else, by the right key."""
    signed = lab.service.holders["kari-1"].sign(bytes(32))
    return {"signatures": [base64.b64encode(signed).decode()]}


ANSWERS = {
    "signature": lambda lab: {"signatures/signHash": lambda said: other_hash(said, lab)},
    "one signature was asked for, 0 came": lambda lab: {
        "signatures/signHash": lambda said: {"signatures": []}
    },
    "one signature was asked for, 2 came": lambda lab: {
        "signatures/signHash": lambda said: {"signatures": said["signatures"] * 2}
    },
    "the service answered 400": lambda lab: {"signatures/signHash": lambda said: {"error": "x"}},
    "the service did not say “access_token”": lambda lab: {"token": lambda said: {}},
    "certificate": lambda lab: changed_credential(SCAL="1"),
    "the service can't sign a hash for a person who authorises it by OAuth": lambda lab: {
        "info": lambda said: {**said, "authType": ["basic"]}
    },
}


def test_why_a_service_is_not_used_is_logged(way, lab, caplog):
    lab.service.twists = ANSWERS["the service answered 400"](lab)
    refused(way)
    assert "can’t be used: the service answered 400" in caplog.text


@pytest.mark.parametrize("check", ANSWERS)
def test_an_answer_of_the_service_that_is_wrong_signs_nothing(way, lab, check):
    lab.service.twists = ANSWERS[check](lab)
    assert refused(way) == check
    lab.service.twists = {}
    assert way.signed().level == "qualified"


CERTIFICATES = {
    "unknown_issuer": lambda lab: lab.stranger.issue(),
    "over": lambda lab: lab.authority.issue(until=NOW),
    "unchecked": lambda lab: lab.authority.issue(asked=()),
    "revoked": lambda lab: lost(lab.authority.issue(), lab),
    "certificate": lambda lab: lab.authority.issue(uses=("digital_signature",)),
}


def lost(holder, lab):
    """The same after its holder lost it."""
    lab.authority.revoke(holder, NOW)
    return holder


@pytest.mark.parametrize("check", CERTIFICATES)
def test_a_certificate_that_proves_nothing_signs_nothing(way, lab, check):
    right = lab.service.holders["kari-1"]
    lab.service.holders["kari-1"] = CERTIFICATES[check](lab)
    assert refused(way) == check
    lab.service.holders["kari-1"] = right
    assert way.signed().level == "qualified"


def test_a_certificate_that_its_holder_alone_vouches_for_is_none(way, lab):
    lab.service.holders = {"kari-1": itself()}
    assert refused(way) == "certificate"


def test_somebody_elses_certificate_signs_nothing_and_the_right_one_is_chosen(way, lab):
    right = lab.service.holders.pop("kari-1")
    lab.service.holders["per-1"] = lab.authority.issue("Per Hansen", "PNONO-02029012345")
    with unchanged(but=(*BESIDES, "mismatch", "message")), pytest.raises(IdentityDiffers):
        way.identified()
    lab.service.holders["kari-1"] = right
    assert way.signed().identification.method == "remote"


def test_the_number_counts_where_one_is_expected(way, lab):
    asked_for(way.person, national_id="01019012346")
    with unchanged(but=(*BESIDES, "mismatch", "message")), pytest.raises(IdentityDiffers):
        way.identified()
    asked_for(way.person, national_id="010190 12345")
    assert way.signed().level == "qualified"


@pytest.mark.parametrize("says", [(), ("qc_compliance", "qct_esign"), (*QUALIFIED, "law_CH")])
def test_a_certificate_that_is_not_qualified_makes_an_advanced_signature(way, lab, says):
    lab.service.holders["kari-1"] = lab.authority.issue(says=says)
    assert way.signed().level == "advanced"


def test_a_service_that_is_late_signs_nothing(lab, kari, settings):
    slow = {**lab.options, "rules": {**lab.options["rules"], "deadline": 0.001}}
    ours = settings.WAGTAIL_CONTRACTS
    methods = {"remote": {**lab.methods["remote"], "OPTIONS": slow}}
    settings.WAGTAIL_CONTRACTS = {**ours, "SIGNING": {**ours["SIGNING"], "METHODS": methods}}
    assert refused(Way(lab, kari)) == "the service did not answer: deadline"


def test_a_signature_of_an_older_text_signs_nothing(way, answered):
    onward = way.back(way.leave())
    revise(answered)
    with unchanged(but=BESIDES), pytest.raises(StaleVersion):
        way.back(onward.address)


def test_the_service_signs_no_other_hash_than_the_one_that_was_authorised(way, lab):
    onward = way.back(way.leave())
    asked = dict(parse_qsl(urlsplit(onward.address).query))
    assert (asked["scope"], asked["numSignatures"]) == ("credential", "1")
    other = onward.address.replace(asked["hashes"], "A" * 43)
    with pytest.raises(ProviderUnusable):
        way.back(other)


def test_a_signature_that_was_exchanged_in_the_table_is_found(way, answered):
    signature, number = way.signed(), answered.contract.number
    assert list(signing.check(number)) == []
    with triggers_lifted():
        Signature.objects.filter(pk=signature.pk).update(proof=bytes(32))
    assert [found.code for found in signing.check(number)] == ["signature_proof"]


def test_no_table_holds_the_number_in_the_certificate_in_clear(way, lab):
    number = b"01019012345"
    assert number in proofs.content(way.signed())
    stored = "".join(repr(rows(name)) for name in names())
    assert "01019012345" not in stored
    assert number.hex() not in stored


def test_a_level_above_its_evidence_is_found(way, lab, answered, settings):
    way.signed()
    assert list(signing.check(answered.contract.number)) == []
    ours = settings.WAGTAIL_CONTRACTS
    sealing_section = {**ours["SEALING"], "QUALIFIED_TRUST": []}
    settings.WAGTAIL_CONTRACTS = {**ours, "SEALING": sealing_section}
    (found,) = signing.check(answered.contract.number)
    assert (found.code, found.words[1:]) == ("signature_level", ("qualified", "advanced"))


def test_without_issuers_in_the_settings_nobody_is_sent_anywhere(lab, kari, settings):
    assert Way(lab, kari).leave().startswith(lab.service.base)
    ours = settings.WAGTAIL_CONTRACTS
    trust = {"SIGNER_TRUST": [], "QUALIFIED_TRUST": []}
    settings.WAGTAIL_CONTRACTS = {**ours, "SEALING": {**ours["SEALING"], **trust}}
    with pytest.raises(NotIdentified):
        Way(lab, kari).leave()


HALF = (
    {"label": ""},
    {"url": "http://sign.example/csc/v2"},
    {"client_id": ""},
    {"client_secret": ""},
)


@pytest.mark.parametrize("wrong", HALF)
def test_what_is_half_configured_is_said_and_nobody_is_sent_anywhere(lab, kari, wrong):
    right = RemoteSignature("remote", **lab.options)
    half = RemoteSignature("remote", **{**lab.options, **wrong})
    assert [len(right.faults()), len(half.faults())] == [0, 1]
    assert not right.missing(kari)
    assert half.missing(kari)


def test_what_is_not_signed_is_no_purpose_of_it(lab, kari):
    version = ContractVersion.objects.get(digest=signatures.digest(kari))
    secrets = {"state": "s", "nonce": "n", "verifier": "v", "redirect": "https://a.test/"}
    way = Leaving(kari, version, Purpose.SIGNING, language="en", **secrets)
    assert RemoteSignature("remote", **lab.options).begin(way).startswith(lab.service.base)
    for purpose in (Purpose.OPENING, Purpose.FETCHING):
        with pytest.raises(ProviderUnusable):
            RemoteSignature("remote", **lab.options).begin(replace(way, purpose=purpose))
