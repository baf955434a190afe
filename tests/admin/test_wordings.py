"""In the editor of a contract one of the approved wordings is chosen, and nothing else."""

import pytest

from example_site import contents as made
from tests import builders
from tests.admin import posts
from tests.admin.conftest import kept
from tests.admin.test_locked_posts import sentences
from wagtail_contracts.contracts.models import Contract

BODY = [
    made.alternatives(
        ("A month", "Payment", "Paid within a month."),
        ("A week", "Payment", "Paid within a week."),
    ),
    made.shown_if(made.group("Extra", made.clause("Extra", "Only sometimes.")), "until", "filled"),
    made.signatures("Signatures"),
]


@pytest.fixture
def draft(sales, sender):
    return builders.contract(builders.template(sales, "Sale", body=BODY), sender)


def saved(admin, draft, chosen, **more):
    changes = {"body-0-value-chosen": chosen, **more}
    entries = [posts.entry({**stored, "value": {}}) for stored in draft.outline]
    return admin.post(posts.address("edit", draft.pk), posts.edit(draft, entries, **changes))


def test_a_wording_that_is_there_is_taken(admin, draft):
    wanted = draft.outline[0]["value"]["wordings"][1]["id"]

    assert saved(admin, draft, wanted).status_code == 302

    assert Contract.objects.get(pk=draft.pk).body[0].value["chosen"] == wanted


def test_a_wording_that_is_none_of_them_is_refused(admin, draft):
    before = kept(draft)
    foreign = draft.outline[1]["value"]["blocks"][0]["id"]

    response = saved(admin, draft, foreign)

    assert "“Payment” has no such wording" in sentences(response)
    assert kept(draft) == before


def test_wordings_and_what_stands_in_a_locked_group_are_not_even_read(admin, draft):
    wanted = draft.outline[0]["value"]["wordings"][1]["id"]
    forged = {
        "body-0-value-wordings-0-value-text": posts.draftail("<p>Forged.</p>"),
        "body-0-value-condition": "{}",
        "body-1-value-blocks-count": "0",
        "body-1-value-title": "Forged",
    }

    assert saved(admin, draft, wanted, **forged).status_code == 302

    assert "Forged" not in str(Contract.objects.get(pk=draft.pk).body.get_prep_value())
    stored = Contract.objects.get(pk=draft.pk).body[1].value
    assert len(stored["blocks"]) == 1


def test_the_editor_names_the_wordings_and_shows_what_a_condition_hides(admin, draft):
    page = admin.get(posts.address("edit", draft.pk)).content.decode()
    for words in ("A month", "A week", "Paid within a week.", "Only sometimes."):
        assert words in page
