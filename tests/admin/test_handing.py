"""The page for when somebody leaves: what would move, what is ticked, what became of it."""

import pytest
from django.urls import reverse

from tests import builders, tables
from wagtail_contracts.contracts.models import Contract

PAGE = "wagtail_contracts_hand_over"


@pytest.fixture
def boss(sales):
    return builders.staff("bodil", sales, ("view", "administer"))


@pytest.fixture
def eva(sales):
    return builders.staff("eva", sales)


@pytest.fixture
def at(client, boss):
    client.force_login(boss)
    return client


def who(leaver, to):
    return {"leaver": leaver.pk, "to": to.pk}


def test_it_shows_what_would_move_and_then_what_became_of_each(at, draft, sender, eva):
    with tables.unchanged():
        shown = at.get(reverse(PAGE), who(sender, eva)).content.decode()
    assert "Contract: Hosting 2027" in shown
    assert "Signatory of Hosting 2027" in shown
    rows = [
        f"contract-{draft.pk}",
        f"signatory-{draft.parties.get(role='supplier').people.get().pk}",
    ]
    done = at.post(reverse(PAGE), {**who(sender, eva), "row": rows}).content.decode()

    assert "Moved:</strong> Contract: Hosting 2027" in done
    assert "Stays:</strong> Signatory of Hosting 2027. Who signs is part of the text" in done
    assert Contract.objects.get().owner == eva


def test_what_was_not_ticked_stays(at, draft, sender, eva):
    with tables.unchanged():
        done = at.post(reverse(PAGE), who(sender, eva)).content.decode()
    assert "nothing moved" in done


def test_somebody_who_has_left_already_can_be_chosen_but_takes_nothing_over(at, draft, sender, eva):
    sender.is_active = False
    sender.save()
    assert "Contract: Hosting 2027" in at.get(reverse(PAGE), who(sender, eva)).content.decode()
    with tables.unchanged():
        answer = at.post(reverse(PAGE), {**who(eva, sender), "row": ["contract-1"]})
    assert answer.context["form"].errors.keys() == {"to"}


def test_nobody_hands_over_to_themselves(at, draft, sender):
    with tables.unchanged():
        answer = at.post(reverse(PAGE), {**who(sender, sender), "row": [f"contract-{draft.pk}"]})
    assert answer.context["form"].errors == {"to": ["Choose somebody else."]}


def test_people_of_other_workspaces_are_not_offered(at, draft, sender, eva):
    liv = builders.staff("liv", builders.workspace("legal"))
    form = at.get(reverse(PAGE)).context["form"]

    assert {sender, eva} <= set(form.fields["leaver"].queryset)
    assert liv not in form.fields["leaver"].queryset
    assert liv not in form.fields["to"].queryset
    with tables.unchanged():
        at.post(reverse(PAGE), {**who(sender, liv), "row": [f"contract-{draft.pk}"]})


def test_it_is_for_administrators(client, draft, sender, eva):
    client.force_login(sender)
    with tables.unchanged():
        for answer in (client.get(reverse(PAGE)), client.post(reverse(PAGE), who(sender, eva))):
            assert answer.status_code == 302
