"""A mobile number at each page where staff name somebody: kept as one number, refused as none."""

import pytest

from tests import phones
from tests.admin import posts, wizard
from wagtail_contracts.contracts.models import Contract, Participant

NUMBER, TYPED = "+4790012345", "+47 900 12 345"
NONE, NEEDED = "Enter a mobile number with its country code", "An SMS needs a number."
WRONG = [
    ({"phone": "900 12 345", "invited_by": "mail"}, NONE),
    ({"phone": "", "invited_by": "sms"}, NEEDED),
]
RIGHT = {"phone": TYPED, "invited_by": "both"}
ASE = {"name": "Åse Boss", "email": "ase@customer.example"}


@pytest.fixture(autouse=True)
def gateway(settings):
    phones.configured(settings)


def at_the_wizard(admin, request):
    made = wizard.begin(admin, request.getfixturevalue("template"))
    sender = request.getfixturevalue("sender")

    def post(said):
        named = {**ASE, **said}
        person = wizard.person("customer", 0, **named)
        return wizard.post(admin, "parties", made, wizard.parties(sender, **person))

    return post


def in_the_editor(admin, request):
    draft = request.getfixturevalue("draft")

    def post(said):
        named = {f"parties-1-people-0-{name}": part for name, part in {**ASE, **said}.items()}
        found = Contract.objects.get(pk=draft.pk)
        return admin.post(posts.address("edit", draft.pk), posts.edit(found, **named))

    return post


def when_replacing(admin, request):
    sent = request.getfixturevalue("sent")
    place = posts.address("replace_person", sent.contract.pk)
    form = {**ASE, "participant": sent.kari.public_id, "reason": "Has left."}
    return lambda said: admin.post(place, {**form, **said})


def when_adding(role):
    def door(admin, request):
        sent = request.getfixturevalue("sent")
        place = posts.address("add_person", sent.contract.pk)
        form = {**ASE, "party": sent.kari.party.public_id, "role": role}
        return lambda said: admin.post(place, {**form, **said})

    return door


DOORS = {
    "wizard": at_the_wizard,
    "editor": in_the_editor,
    "replace": when_replacing,
    "add an adviser": when_adding("adviser"),
    "add a reader": when_adding("reader"),
}


@pytest.mark.parametrize("door", DOORS)
def test_a_number_is_kept_where_somebody_is_named(admin, request, door):
    post = DOORS[door](admin, request)
    for said, sentence in WRONG:
        page = post(said)
        assert (page.status_code, sentence in page.content.decode()) == (200, True)
        assert not Participant.objects.filter(name="Åse Boss").exists()
    assert post(RIGHT).status_code == 302
    kept = Participant.objects.get(name="Åse Boss")
    assert (kept.phone, kept.invited_by) == (NUMBER, "both")


@pytest.mark.parametrize("door", DOORS)
def test_where_no_sms_are_sent_a_number_is_not_asked_for(admin, request, settings, door):
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SIGNING": {}}
    assert DOORS[door](admin, request)(RIGHT).status_code == 302
    kept = Participant.objects.get(name="Åse Boss")
    assert (kept.phone, kept.invited_by) == ("", "mail")


def test_the_editor_shows_what_it_keeps(admin, request, draft, settings):
    post = in_the_editor(admin, request)
    assert post(RIGHT).status_code == 302
    page = admin.get(posts.address("edit", draft.pk)).content.decode()
    assert f'value="{NUMBER}"' in page
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SIGNING": {}}
    assert post({}).status_code == 302
    assert Participant.objects.get(name="Åse Boss").phone == NUMBER
