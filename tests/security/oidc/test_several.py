"""Several contracts and one sign-in: what a provider said is good for what it was said about."""

import pytest

from tests import builders, tables
from tests.public import visits
from tests.public.test_packages import draft, offer, person, short  # noqa: F401 - a fixture
from tests.security.oidc.configuration import PERSON
from tests.security.oidc.visitor import Visitor
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import NotIdentified
from wagtail_contracts.signing.models import Purpose

pytestmark = pytest.mark.django_db
OTHER = "01018510002"


@pytest.fixture
def pair(short, sender, bankid):  # noqa: F811 - the fixture
    """Two contracts that go to Kari together, and are signed by BankID; her parts in them."""
    drafts = [draft(short, sender, title) for title in ("Employment", "Confidentiality")]
    people = [person(one).pk for one in drafts]
    with unguarded():
        Participant.objects.filter(pk__in=people).update(signs_by="bankid")
    by = builders.actor(sender)
    contracts.send_together([offer(one) for one in drafts], into="signing", by=by)
    return [person(one) for one in drafts]


class Sitting(Visitor):
    """Kari, by the link to the package."""

    def __init__(self, participant):
        self.person, self.by = participant, builders.guest(participant)
        package = contracts.package_of(participant)
        secret = signing.invite(participant, package=package, by=SYSTEM)
        self.session, _cookie = signing.admit(secret, by=self.by)

    def go_on(self, there):
        """Into another contract of the package."""
        session, _cookie = signing.step_into(self.session, there.public_id, by=self.by)
        return session


def sign(session):
    """At once, with what was shown."""
    mine = session.participant
    affirmed = signing.Affirmed(mine.name, "I agree.", "en")
    digest = visits.current(mine).digest
    return signing.sign_at_once(session, digest, affirmed, by=builders.guest(mine))


@pytest.mark.parametrize("expected", [{"national_id": OTHER}, {"name": "Karin Nordmann"}])
def test_what_was_shown_serves_no_contract_that_expects_somebody_else(pair, expected):
    first, second = pair
    usual = {"national_id": PERSON["nnin"], "name": PERSON["name"]}
    kari = Sitting(first)
    kari.sign_in()
    session = kari.go_on(second)
    with unguarded():
        Participant.objects.filter(pk=second.pk).update(**expected)
    session.participant.refresh_from_db()
    with tables.unchanged(), pytest.raises(NotIdentified):
        sign(session)

    with unguarded():
        Participant.objects.filter(pk=second.pk).update(**usual)
    session.participant.refresh_from_db()
    assert sign(session).identification.source_id


@pytest.mark.parametrize(("shown", "level"), [(1, "advanced"), (0, "simple")])
def test_an_answer_makes_a_signature_advanced_on_the_text_that_it_was_given_for(pair, shown, level):
    kari, second = Sitting(pair[shown]), pair[1]
    answered = kari.sign_in()
    given = sign(kari.session if shown else kari.go_on(second))
    assert (given.participant, given.level) == (second, level)
    assert (given.identification.source or given.identification) == answered


@pytest.mark.parametrize("changed", [True, False])
def test_who_opened_by_it_signs_the_text_that_lay_there_and_no_newer_one(asked, changed):
    with unguarded():
        Participant.objects.filter(pk=asked.kari.pk).update(opens_by="bankid")
    asked.kari.refresh_from_db()
    kari = Visitor(asked.kari)
    answer = kari.answer(Purpose.OPENING)
    if changed:
        told = {**builders.ANSWERS, "remarks": "Later, please."}
        contracts.answer(kari.person, visits.current(kari.person).digest, told, by=kari.by)
    assert kari.back(answer).identification
    assert signing.may_read(kari.session)
    if changed:
        with tables.unchanged(), pytest.raises(NotIdentified):
            sign(kari.session)
    else:
        assert sign(kari.session).level == "advanced"
