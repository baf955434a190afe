"""S-42: an answer counts once, in the browser that left for it, for the text that was shown."""

import logging
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from tests import builders, tables
from tests.public import visits
from tests.security.oidc import visitor
from tests.security.oidc.configuration import ACR, PERSON
from tests.security.oidc.visitor import Visitor, changed
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import StaleVersion
from wagtail_contracts.signing.core import shown
from wagtail_contracts.signing.errors import ProviderUnusable, SignInCancelled, SignInRefused
from wagtail_contracts.signing.models import Identification, SignIn

pytestmark = pytest.mark.django_db
OURS = ("wagtail_contracts", "django")  # the provider of the tests logs what it is asked


def refused(person, answer, check):
    """That it is, by this check."""
    with pytest.raises(SignInRefused) as said:
        person.back(answer)
    assert said.value.check == check


def test_an_honest_sign_in_is_kept_with_what_the_provider_said(kari, op):
    made = kari.sign_in()

    assert (made.participant, made.method, made.purpose) == (kari.person, "bankid", "signing")
    kept = shown.read(made.evidence)
    assert (kept.issuer, kept.acr) == (op.issuer, ACR)
    assert (kept.name, kept.national_id) == (PERSON["name"], PERSON["nnin"])
    assert kept.answer.count(".") == 2


def test_the_request_is_handed_over_directly_where_that_is_possible(kari, op):
    pushed = visitor.asked(kari.leave())
    assert set(pushed) == {"client_id", "response_type", "scope", "redirect_uri", "request_uri"}

    op.said = {"pushed_authorization_request_endpoint": ""}
    visitor.providers.forget()
    plain = visitor.asked(kari.leave())
    assert plain["code_challenge_method"] == "S256"
    assert plain["nonce"] == SignIn.objects.latest("pk").nonce
    assert SignIn.objects.latest("pk").verifier not in str(plain)
    assert kari.back(kari.answer()).identification


def test_no_table_holds_what_opens_the_way(kari, op):
    op.said = {"pushed_authorization_request_endpoint": ""}
    state = visitor.asked(kari.leave())["state"]

    row = SignIn.objects.get()
    assert state.encode() not in bytes(row.state_hash)
    stored = "\n".join(repr(tables.rows(name)) for name in tables.names())
    assert state not in stored
    assert row.verifier not in stored


def test_an_answer_counts_once(kari):
    answer = kari.answer()
    assert kari.back(answer).identification

    refused(kari, answer, "used")
    assert Identification.objects.count() == 1


def test_an_answer_in_another_browser_is_refused_and_not_used_up(kari):
    answer, other = kari.answer(), Visitor(kari.person)
    with tables.unchanged():
        refused(other, answer, "session")

    assert kari.back(answer).identification


def test_an_answer_at_the_address_of_another_means_is_refused_unasked(kari, op):
    answer = kari.answer()
    op.asked.clear()
    with pytest.raises(SignInRefused) as said:
        kari.back(answer, to="feide")
    assert said.value.check == "address"
    assert (op.asked, Identification.objects.count()) == ([], 0)

    assert kari.back(kari.answer(), to="bankid").identification


@pytest.mark.parametrize("state", ["", "foreign", None])
def test_a_foreign_or_empty_state_is_refused(kari, state):
    answer = kari.answer()
    with tables.unchanged():
        refused(kari, changed(answer, state=state), "state")

    assert kari.back(answer).identification


@pytest.mark.parametrize("name", ["state", "code", "iss"])
def test_what_stands_twice_is_refused(kari, name):
    answer = kari.answer()
    with tables.unchanged():
        refused(kari, [*answer, (name, dict(answer)[name])], "parameters")

    assert kari.back(answer).identification


def test_another_provider_is_refused(kari):
    refused(kari, changed(kari.answer(), iss="https://evil.example"), "sender")
    assert kari.back(kari.answer()).identification


@pytest.mark.parametrize("announced", [True, False])
def test_a_provider_that_says_that_it_names_itself_has_to(kari, op, announced):
    op.said = {"authorization_response_iss_parameter_supported": announced}
    answer = changed(kari.answer(), iss=None)
    if announced:
        refused(kari, answer, "sender")
    else:
        assert kari.back(answer).identification


def test_an_answer_that_comes_too_late_is_refused(kari):
    answer = kari.answer()
    SignIn.objects.update(expires_at=Now() - timedelta(seconds=1))
    with tables.unchanged():
        refused(kari, answer, "expired")

    SignIn.objects.update(expires_at=Now() + timedelta(seconds=60))
    assert kari.back(answer).identification


def test_an_answer_for_an_older_text_is_refused_before_the_provider_is_asked(kari, op, asked):
    answer = kari.answer()
    told = {**builders.ANSWERS, "remarks": "Later, please."}
    contracts.answer(kari.person, visits.current(kari.person).digest, told, by=kari.by)
    op.asked.clear()
    with pytest.raises(StaleVersion):
        kari.back(answer)
    assert "token" not in op.asked
    assert not Identification.objects.exists()

    assert kari.back(kari.answer()).identification


def test_the_code_of_another_sign_in_is_refused(kari):
    """The state is right; PKCE tells the provider that the code is another's."""
    stolen = dict(kari.answer())["code"]
    refused(kari, changed(kari.answer(), code=stolen), "code")

    assert kari.back(kari.answer()).identification


def test_the_nonce_is_made_of_the_version_the_person_and_chance(kari):
    kari.leave()
    kari.leave()
    first, second = SignIn.objects.order_by("pk")
    assert first.nonce != second.nonce
    assert len(first.nonce) == 43


def test_whoever_cancels_is_told_so(kari):
    answer = changed(kari.answer(), code=None, error="access_denied")
    with pytest.raises(SignInCancelled, match="BankID was cancelled"):
        kari.back(answer)
    assert not Identification.objects.exists()


def test_a_wrong_secret_is_told_as_a_service_that_cannot_be_used(kari, bankid):
    answer = kari.answer()
    bankid(client_secret="x" * 40)
    with pytest.raises(ProviderUnusable):
        kari.back(answer)

    bankid()
    assert kari.back(kari.answer()).identification


def test_a_provider_under_another_name_is_not_asked(kari, op, bankid):
    op.said = {"issuer": "https://evil.example"}
    with pytest.raises(ProviderUnusable):
        kari.leave()

    op.said = {}
    assert kari.leave()


@pytest.mark.parametrize("kind", ["client_secret_post", "client_secret_basic"])
def test_the_secret_is_shown_as_the_provider_wants_it(kari, bankid, kind):
    bankid(authentication=kind)
    assert kari.sign_in()


def test_a_provider_inside_the_network_is_called_only_where_the_settings_name_the_network(
    kari, bankid, options
):
    bankid(rules={**options["rules"], "inside": ()})
    with pytest.raises(ProviderUnusable):
        kari.leave()

    bankid()
    assert kari.leave()


def test_no_secret_reaches_the_log(kari, op, caplog):
    caplog.set_level(logging.DEBUG)
    answer = dict(kari.answer())
    op.said = {"jwks_uri": "https://nowhere.example/keys"}
    visitor.providers.forget()
    with pytest.raises(ProviderUnusable):
        kari.back(list(answer.items()))

    row = SignIn.objects.get()
    ours = [line.getMessage() for line in caplog.records if line.name.startswith(OURS)]
    for secret in (answer["code"], answer["state"], row.verifier, row.nonce):
        assert secret not in "\n".join(ours)
    assert [line for line in ours if "can’t be used" in line]
