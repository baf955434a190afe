"""Alarms of the apps on the ground are settled at the command line, where no other app says who."""

import pytest

from tests.flows.audit.conftest import run
from wagtail_contracts.audit import permissions as trails
from wagtail_contracts.audit.models import Alarm as OfTrails
from wagtail_contracts.examining import Fault, walking
from wagtail_contracts.sealing import permissions as files
from wagtail_contracts.sealing.models import Alarm as OfFiles

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize(
        ("command", "alarms"), [("audit_examine", OfTrails), ("sealing_examine", OfFiles)]
    ),
]
WHY = "Our test of the backup; Kari Nordmann"


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """As on plain Django."""
    for place in (trails, files):
        monkeypatch.setattr(place.readers, "apps", {})


def ring(alarms, about="a"):
    return walking.ring(alarms, Fault("refused", about, "UPDATE"))[0]


def settled(alarms):
    found = alarms.objects.exclude(settled_at=None).order_by("pk")
    return list(found.values_list("pk", "settled_by", "reason"))


def test_one_is_settled_with_a_reason_and_the_others_stay(command, alarms):
    one, other = ring(alarms), ring(alarms, "b")
    code, said = run(command)
    assert (code, f"{one.pk}: refused a: UPDATE (since" in said, "2 to" in said) == (1, True, True)

    assert run(command, "--settle", one.pk, "--reason", WHY) == (0, f"Alarm {one.pk} is settled.\n")

    assert settled(alarms) == [(one.pk, "system", WHY)]
    code, said = run(command)
    assert (code, f"{other.pk}: " in said, "1 to settle" in said) == (1, True, True)
    run(command, "--settle", other.pk, "--reason", WHY)
    assert run(command) == (0, "Nothing found.\n")


def test_what_is_no_alarm_or_says_nothing_or_is_settled_is_refused(command, alarms):
    one = ring(alarms)
    for words, told in (
        (("--settle", one.pk + 1, "--reason", WHY), f"There is no alarm {one.pk + 1}."),
        (("--settle", 0, "--reason", WHY), "There is no alarm 0."),
        (("--settle", one.pk), "It takes both"),
        (("--settle", one.pk, "--reason", " \n"), "It takes both"),
        (("--reason", WHY), "It takes both"),
    ):
        code, said = run(command, *words)
        assert (code, told in said, settled(alarms)) == (1, True, []), words

    assert run(command, "--settle", one.pk, "--reason", WHY)[0] == 0
    code, said = run(command, "--settle", one.pk, "--reason", "Another one")
    assert (code, "already" in said, settled(alarms)) == (1, True, [(one.pk, "system", WHY)])


def test_where_another_app_says_who_settles_it_is_done_there(command, alarms, monkeypatch):
    """It keeps in a trail who did: nothing is settled past that."""
    one = ring(alarms)
    for place in (trails, files):
        monkeypatch.setattr(place.readers, "apps", {"contracts": "Reports"})
    code, said = run(command, "--settle", one.pk, "--reason", WHY)
    assert (code, "contracts (Reports) says who settles" in said, settled(alarms)) == (1, True, [])
