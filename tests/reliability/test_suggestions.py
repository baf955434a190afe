"""One suggestion, decided by two at once, or while its contract gets a version: one wins."""

import pytest
from django.db import connection

from example_site import contents as made
from tests import builders, journeys, suggestions
from tests.reliability import barrier, orders, rivals, walls
from tests.reliability.rewinding import Point
from wagtail_contracts import events
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import Contract, Suggestion

pytestmark = pytest.mark.django_db(transaction=True)
LOCK = {"sqlite": "BEGIN", "postgresql": "FOR UPDATE"}
VERSION = 'INSERT INTO "wagtail_contracts_contractversion"'
DECIDED = 'UPDATE "wagtail_contracts_suggestion"'
FIRST_WRITE = {"accept": VERSION, "revise": VERSION, "dismiss": DECIDED}
# Who loses to whom, and the name of the refusal.
PAIRS = {
    ("accept", "accept"): "WrongState",
    ("accept", "dismiss"): "WrongState",
    ("dismiss", "accept"): "WrongState",
    ("accept", "revise"): "StaleVersion",
    ("revise", "accept"): "StaleVersion",
}
ROUNDS = {"sqlite": 2, "postgresql": 8}


class Ring:
    """A suggestion to which each contest comes afresh, and a working copy that somebody edits."""

    def __init__(self):
        space = builders.workspace()
        body = [
            made.clause("Price", "It costs much.", policy="editable"),
            made.signatures("Signed"),
        ]
        page = builders.template(space, body=body, fields=builders.FIELDS[-1:])
        self.stage = out(
            builders.contract(page, user := builders.staff("ola", space), values={}), user
        )
        wish = suggestions.wish(self.stage.version, "Price", "It costs little.")
        self.suggestion = suggestions.suggest(self.stage, wish)
        working = Contract.objects.get(pk=self.stage.contract.pk)
        working.title = "Hosting 2028"
        working.save()
        self.calls, self.point = self._calls(builders.shown(working)), Point()

    def _calls(self, draft):
        found, owner = Suggestion.objects.with_all().get(), self.stage.owner
        shown, contract = contracts.fit_of(found).digest, self.stage.contract
        verbs = {
            "accept": lambda: contracts.accept(again(found), shown, by=owner),
            "dismiss": lambda: contracts.dismiss(again(found), "No.", by=owner),
            "revise": lambda: contracts.revise(contract, draft, "Title", by=owner),
        }
        return {name: rivals.named(name, verb) for name, verb in verbs.items()}

    def overtake(self, first, second, before, **options):
        calls = self.calls[first], self.calls[second]
        return orders.overtake(*calls, before=before, **options)

    def ended(self, winner):
        """Nothing is lost of what the winner did, nothing is done of what the other would do."""
        contract = Contract.objects.get(pk=self.stage.contract.pk)
        found = Suggestion.objects.with_all().get()
        audit.verify(contract.trail, deep=True)
        names = Event.objects.of(contract.trail).values_list("name", flat=True)
        decided = {events.SUGGESTION_ACCEPTED, events.SUGGESTION_DISMISSED}
        assert sum(name in decided for name in names) == (winner != "revise")
        version = contract.current_version
        assert version.number == contract.versions.count() == (1 if winner == "dismiss" else 2)
        text = suggestions.text(version, "Price")
        assert ("little" in text) == (winner == "accept")
        state = {"accept": "accepted", "dismiss": "dismissed", "revise": "open"}[winner]
        assert (found.state, found.made_id) == (state, version.pk if state == "accepted" else None)
        assert contract.title == "Hosting 2028"  # what is being written stays as it is
        if winner == "revise":
            assert suggestions.accept(found, self.stage.owner).number == 3
        self.point.rewind()


def out(draft, user):
    contracts.send(draft, builders.shown(draft), into=states.SIGNING, by=builders.actor(user))
    return journeys.stage(draft, user)


def again(suggestion):
    """As a page of its own has it."""
    return Suggestion.objects.with_all().get(pk=suggestion.pk)


@pytest.fixture
def ring(transactional_db):
    return Ring()


def test_whoever_holds_the_contract_decides_and_the_other_is_refused_by_name(ring):
    for (first, second), refusal in PAIRS.items():
        answers = ring.overtake(first, second, FIRST_WRITE[first])
        assert answers == (first, refusal), (first, second)
        ring.ended(first)


def test_whoever_comes_before_the_lock_decides(ring):
    lock = LOCK[connection.vendor]
    for (first, second), refusal in PAIRS.items():
        answers = ring.overtake(second, first, lock, patience=orders.UNHINDERED)
        assert answers == (refusal, first), (first, second)
        ring.ended(first)


def test_of_two_at_the_same_moment_one_decides(ring):
    for (first, second), refusal in PAIRS.items():
        for _ in range(ROUNDS[connection.vendor]):
            answers = barrier.threads([ring.calls[first], ring.calls[second]])
            assert answers[refusal] == 1, (first, second, answers)
            [winner] = set(answers) - {refusal}
            ring.ended(winner)


def test_without_the_lock_two_decide_or_nobody_is_told_by_name(ring):
    for first, second in (("accept", "dismiss"), ("accept", "accept")):
        with walls.of_this_database()():
            before = FIRST_WRITE[first]
            answers = ring.overtake(first, second, before, patience=orders.UNHINDERED)
        assert not {"WrongState", "StaleVersion"} & {*answers}, (first, second)
        ring.point.rewind()
