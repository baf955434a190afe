"""A consumer is told before signing, in words that count now, and what was shown is kept."""

import pytest
from django.db import DatabaseError, transaction

from tests import builders, consumers, signatures, tables
from wagtail_contracts.contracts.errors import NotAllowed, TextRefused
from wagtail_contracts.contracts.flows import disclosing
from wagtail_contracts.contracts.models import ConsumerText, Workspace
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import ConsentMissing, NotTold
from wagtail_contracts.signing.models import Disclosed, Signature


@pytest.fixture
def at(sales, sender):
    return consumers.out(sender, consumers.template(sales))


@pytest.fixture
def boss(sales):
    return builders.actor(builders.staff("eva", sales, ("view", "administer")))


def told(at):
    return signing.told_before(at.kari, at.version, "en")


def sign(at, **changes):
    digest = signing.digest_of_told(told(at))
    words = signatures.affirmed(at.kari, **{"told": digest, **changes})
    proof, by = signatures.identified(at.kari), builders.guest(at.kari)
    return signing.sign(at.kari, at.version.digest, proof, words, by=by)


def test_what_was_shown_is_kept_with_the_signature_word_for_word(at):
    shown = told(at)
    given = sign(at)

    kept = list(given.disclosures.order_by("pk"))
    assert [(row.kind, row.source, row.number, row.language, row.text) for row in kept] == [
        (item.kind, item.source, item.number, item.language, item.text) for item in shown
    ]
    assert [row.kind for row in kept] == ["electronic", "before", "withdrawal", "button"]
    assert "within 14 days" in kept[2].text
    assert kept[3].text == "Sign version 2 with obligation to pay"
    assert not any(row.agreed for row in kept)


@pytest.mark.parametrize("shown", ["", "ab" * 32])
def test_a_consumer_who_was_not_told_signs_nothing(at, shown):
    proof, by = signatures.identified(at.kari), builders.guest(at.kari)
    words = signatures.affirmed(at.kari, told=shown)
    with tables.unchanged(), pytest.raises(NotTold):
        signing.sign(at.kari, at.version.digest, proof, words, by=by)
    assert sign(at).disclosures.count() == 4


def test_a_wording_that_changed_meanwhile_has_to_be_read_again(at, sales, boss):
    before = signing.digest_of_told(told(at))
    disclosing.write_disclosure(sales, "before", "en", "Ask {contact} first.", by=boss)
    with pytest.raises(NotTold):
        sign(at, told=before)
    assert not Signature.objects.exists()

    kept = sign(at).disclosures.get(kind="before")
    said = (kept.source, kept.number, kept.text)
    assert said == ("workspace", 1, "Ask sales@eksempel.example first.")


def test_an_organisation_and_a_template_without_consumers_are_told_nothing(sales, sender):
    firm = consumers.out(sender, consumers.template(sales), kind="organisation")
    plain = consumers.out(sender, consumers.template(sales, consumer=False))
    private = consumers.out(sender, consumers.template(sales))

    assert [told(one) for one in (firm, plain)] == [[], []]
    assert told(private)


def test_only_what_the_template_says_is_told(sales, sender):
    page = consumers.template(sales, obliges_to_pay=False, withdrawal_days=0)
    assert [item.kind for item in told(consumers.out(sender, page))] == ["electronic", "before"]


def test_a_workspace_can_demand_consent_to_electronic_form(at, sales):
    Workspace.objects.filter(pk=sales.pk).update(asks_consent=True)
    at.version.contract.workspace.refresh_from_db()
    with pytest.raises(ConsentMissing):
        sign(at)
    assert not Signature.objects.exists()

    kept = sign(at, agreed=True).disclosures
    assert list(kept.filter(agreed=True).values_list("kind", flat=True)) == ["electronic"]


def test_each_wording_of_a_text_is_kept_and_the_templates_own_counts_first(at, sales, boss):
    def write(text, **more):
        return disclosing.write_disclosure(sales, "before", "en", text, by=boss, **more)

    first, second = write("One."), write("Two.")
    assert (first.number, second.number) == (1, 2)
    assert write("Two.") is None
    assert [item.text for item in told(at) if item.kind == "before"] == ["Two."]

    write("Mine.", template=at.contract.template_id)
    mine = next(item for item in told(at) if item.kind == "before")
    assert (mine.text, mine.source) == ("Mine.", "template")
    write("", template=at.contract.template_id)
    assert next(item for item in told(at) if item.kind == "before").text == "Two."
    assert ConsumerText.objects.count() == 4


def test_only_whoever_administers_writes_them_and_no_unknown_placeholder(sales, sender, boss):
    act = {"template": 0, "by": builders.actor(sender)}
    with tables.unchanged(), pytest.raises(NotAllowed):
        disclosing.write_disclosure(sales, "before", "en", "Mine.", **act)
    with tables.unchanged(), pytest.raises(TextRefused):
        disclosing.write_disclosure(sales, "before", "en", "Hello {you}.", by=boss)
    assert disclosing.write_disclosure(sales, "before", "en", "Hello {number}.", by=boss)


@pytest.mark.parametrize("name", ["text", "language"])
def test_what_was_shown_and_what_was_written_only_grow(at, sales, boss, name):
    sign(at)
    disclosing.write_disclosure(sales, "before", "en", "Mine.", by=boss)
    for model in (Disclosed, ConsumerText):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            model.objects.update(**{name: "x"})
