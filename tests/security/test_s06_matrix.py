"""S-06 walked: every means for every purpose, by its owner and by others, fresh and not.

What is expected follows from the rule, said here once more: what was shown opens only what it was
shown for, by the person, in the session, for the version and by the means that are asked.
"""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product

import pytest
from django.db import transaction
from django.utils import timezone

from tests import builders, signatures
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.backends.methods import methods
from wagtail_contracts.signing.core.levels import SIMPLE
from wagtail_contracts.signing.errors import NotIdentified
from wagtail_contracts.signing.models import Fetch, Identification, Signature

pytestmark = pytest.mark.django_db
AWAY = {"BACKEND": "tests.methods.Elsewhere", "OPTIONS": {}}
COLUMNS = {"opening": "opens_by", "signing": "signs_by", "fetching": "fetches_by"}
TEN = timedelta(minutes=10)


@dataclass(frozen=True)
class Case:
    """What is asked for a purpose, what was shown, and what is wrong with it; "" for nothing."""

    purpose: str
    asked: str
    shown: str
    meant: str
    wrong: str
    staff: bool = False

    @property
    def accepted(self) -> set[str]:
        """What is asked; where nobody chose, a link to read, and a code to sign."""
        if self.asked:
            return {self.asked}
        if self.purpose != "signing":
            return {"link"}
        return {"email_code", "totp"} if self.staff else {"email_code"}

    @property
    def opens(self) -> bool:
        """The rule."""
        if "link" in self.accepted and self.purpose != "signing":
            return True  # the session itself is the link
        meant = {self.purpose, "opening"} if self.purpose == "signing" else {self.purpose}
        return self.shown in self.accepted and self.meant in meant and not self.wrong


WRONGS = {
    "opening": ("", "another person", "another session"),
    "signing": ("", "another person", "an older version", "too old", "used"),
    "fetching": ("", "another person", "another session", "too old", "used"),
}


@pytest.fixture
def site(settings):
    """A site with two means of its own."""
    given = settings.WAGTAIL_CONTRACTS
    ours = {**given.get("SIGNING", {}), "METHODS": {"bankid": AWAY, "certificate": AWAY}}
    settings.WAGTAIL_CONTRACTS = {**given, "SIGNING": ours}
    return [key for key in methods() if key != "totp"] + ["totp"]


def cases(keys, purpose, asked, *, staff):
    for wanted, shown, meant in product(asked, keys, COLUMNS):
        for wrong in WRONGS[purpose]:
            yield Case(purpose, wanted, shown, meant, wrong, staff)


@contextmanager
def undone():
    """Whatever is done inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def shown(stage, case, session, older):
    """The identification of a case; nobody's evidence is looked at here."""
    person = stage.ola if case.wrong == "another person" else stage.kari
    at = timezone.now() - TEN - timedelta(seconds=1) if case.wrong == "too old" else timezone.now()
    there = stage.another if case.wrong == "another session" else session
    return Identification.objects.create(
        participant=person,
        version=older if case.wrong == "an older version" else stage.version,
        session=there,
        method=case.shown,
        purpose=case.meant,
        at=at,
    )


def use(proof: Identification, stage, at: datetime) -> None:
    """Rest another signature on it, of the version before: as if that had been signed by it."""
    Signature.objects.create(
        participant=proof.participant,
        version=stage.contract.versions.order_by("number").first(),
        digest=secrets.token_hex(32),
        identification=proof,
        name="Kari",
        consent="yes",
        language="en",
        level=SIMPLE,
        at=at,
    )


def opens(_stage, _case, _proof, session):
    """Whether anything is read."""
    return signing.may_read(session)


def signs(stage, case, proof, _session):
    """Whether a signature is made."""
    if case.wrong == "used":
        use(proof, stage, timezone.now())
    words, by = signatures.affirmed(stage.kari), builders.guest(stage.kari)
    try:
        signing.sign(stage.kari, stage.version.digest, proof, words, by=by)
    except NotIdentified:
        return False
    return True


def fetches(_stage, case, proof, session):
    """Whether the copy is handed out."""
    if case.wrong == "used":
        Fetch.objects.create(identification=proof, file="0" * 64, at=timezone.now())
    found = signing.good_for_fetching(session)
    return bool(found) or signing.is_link_enough(session.participant, "fetching")


TRIED = {"opening": opens, "signing": signs, "fetching": fetches}


def walked(keys, purpose, stage, *, asked=(), staff=False):
    """All cases of a purpose, each taken back; how many, and how many of them open."""
    session, older = signatures.session(stage.kari), stage.contract.versions.first()
    stage.another = signatures.session(stage.kari)
    counted = opened = 0
    for case in cases(keys, purpose, asked or keys, staff=staff):
        with undone():
            stage.kari = signatures.asked_for(stage.kari, **{COLUMNS[purpose]: case.asked})
            session.participant = stage.kari
            proof = shown(stage, case, session, older)
            assert TRIED[purpose](stage, case, proof, session) == case.opens, case
        counted, opened = counted + 1, opened + case.opens
    return counted, opened


def test_what_opens_is_shown_to_open_by_the_means_that_is_asked(site, answered):
    counted, opened = walked(site, "opening", answered)
    assert counted == len(site) ** 2 * 3 * 3 == 441
    assert opened == len(site) * 9 + (len(site) - 1)


def test_a_signature_rests_on_the_means_that_is_asked_once_and_for_ten_minutes(site, answered):
    counted, opened = walked(site, "signing", answered)
    assert counted == len(site) ** 2 * 3 * 5 == 735
    assert opened == len(site) * 2


def test_a_copy_is_given_for_the_means_that_is_asked_once_and_for_ten_minutes(site, answered):
    counted, opened = walked(site, "fetching", answered)
    assert counted == len(site) ** 2 * 3 * 5 == 735
    assert opened == len(site) * 15 + (len(site) - 1)


@pytest.mark.parametrize("staff", [False, True])
def test_where_nobody_chose_a_code_signs_and_a_device_of_ours_alone(site, answered, staff):
    """Both sides, with the means that a participant has by itself."""
    if staff:
        answered.kari, answered.ola = answered.ola, answered.kari
    found = {one: walked(site, one, answered, asked=[""], staff=staff) for one in COLUMNS}
    whole = {purpose: len(site) * 3 * len(wrongs) for purpose, wrongs in WRONGS.items()}
    assert {purpose: counted for purpose, (counted, _opened) in found.items()} == whole
    opened = {purpose: opened for purpose, (_counted, opened) in found.items()}
    assert opened == {**whole, "signing": 4 if staff else 2}


def test_whoever_lets_others_in_lets_them_in_by_no_weaker_means(answered, site):
    kari = signatures.asked_for(answered.kari, opens_by="bankid", signs_by="certificate")
    new = signing.forward(
        kari,
        answered.version.digest,
        contracts.NewPerson("Per Nordmann", "per@customer.example"),
        "sign",
        by=builders.guest(kari),
    )
    assert (new.opens_by, new.signs_by) == ("bankid", "certificate")
    assert Contract.objects.get(pk=answered.contract.pk).current_version
