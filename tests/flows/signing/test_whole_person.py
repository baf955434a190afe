"""S-50 and S-51 with all that can be there of one person: files, and what a provider said."""

import hashlib

import pytest

from tests import builders, consumers, given
from tests.flows.signing.test_erasing import found
from tests.flows.signing.test_exporting_people import boss, taker  # noqa: F401 - fixtures
from tests.security import s18
from tests.security.oidc import lies
from tests.security.oidc.configuration import PERSON
from tests.security.oidc.fixtures import *  # noqa: F403 - fixtures
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing.core import shown
from wagtail_contracts.signing.errors import IdentityDiffers
from wagtail_contracts.signing.flows import privacy
from wagtail_contracts.signing.models import Identification, Mismatch, SignIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
SUBJECT, NAME = "qzx-subject-7", "Qzxkari Mistaken"


def test_the_files_that_somebody_gave_go_along_and_those_of_others_do_not(
    sales,
    sender,
    taker,  # noqa: F811
):
    at = given.sent(sales, sender)
    at = given.answered(at, certificate=given.give(at))

    mine, theirs = (privacy.export_person(one, by=taker) for one in (at.kari, at.ola))

    digest = hashlib.sha256(given.PROOF).hexdigest()
    assert mine.files == {f"{digest[:12]}-bevis.pdf": given.PROOF}
    assert mine.data["files"] == [*mine.files]
    assert (theirs.files, theirs.data["files"]) == ({}, [])


def test_what_a_provider_said_is_in_the_export_and_gone_once_it_is_erased(
    kari,
    op,
    asked,
    taker,  # noqa: F811
    boss,  # noqa: F811
):
    with unguarded():
        Participant.objects.filter(pk=kari.person.pk).update(national_id=PERSON["nnin"])
    kari.person.refresh_from_db()
    op.twist = lies.claim(nnin="01018510002", name=NAME, sub=SUBJECT)
    with pytest.raises(IdentityDiffers):
        kari.sign_in()
    op.twist = None
    answer = shown.read(kari.sign_in().evidence).answer
    marks = (PERSON["nnin"], answer, NAME, SUBJECT)
    assert found(*marks) == [*marks]

    said = repr(privacy.export_person(kari.person, by=taker).data)
    assert [PERSON["nnin"] in said, answer in said] == [True, True]
    assert [NAME in said, SUBJECT in said] == [False, False]  # of whoever else came

    contracts.withdraw(asked.contract, "Not now.", by=asked.owner)
    privacy.erase_person(kari.person, "Kari asked for it.", by=boss)

    assert found(*marks) == []
    assert not Mismatch.objects.exists()
    assert not SignIn.objects.exists()
    assert Identification.objects.get().evidence == ""
    audit.verify(asked.contract.trail, deep=True)
    assert s18.codes() == []


@pytest.mark.parametrize("way", ["attached", "behind", ""])
def test_a_contract_hands_its_sealed_copy_out_as_its_template_says(sales, sender, way):
    page = consumers.template(sales, sealed_copy=way)
    contract = builders.contract(page, sender)
    assert contract.sealed_copy == way
    assert contract.copy_is_behind is (way == "behind")
