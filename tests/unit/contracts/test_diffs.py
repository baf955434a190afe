"""What changed between two contents."""

import copy

import pytest

from example_site import contents as streams
from tests.unit.contracts import made
from wagtail_contracts.contracts.core import details, diffs, trees

BODY = [
    streams.heading("Del en"),
    streams.clause("A", "Fristen er tre måneder, regnet fra dagen etter."),
    streams.clause("B", f"Prisen er {streams.chip('price')}."),
    streams.listing("en", "to"),
    streams.clause("C", "Siste punkt."),
    streams.area("Mer"),
    streams.signatures("Signaturer"),
]


def changed(old_body=BODY, new_body=BODY, **more):
    return diffs.compare(made.content(old_body), made.content(new_body, **more))


def body(*changes):
    """The body with other words in some blocks."""
    made_body = copy.deepcopy(BODY)
    for at, name, value in changes:
        made_body[at]["value"][name] = value
    return made_body


def short(changes):
    return [(change.kind, change.part, change.number, change.name) for change in changes]


def test_nothing_changed():
    assert changed() == []


def test_other_words_are_marked_in_their_sentence():
    [change] = changed(
        new_body=body((1, "text", "<p>Fristen er to måneder, regnet fra dagen etter.</p>"))
    )
    assert short([change]) == [("changed", "block", "1", "A")]
    assert change.runs == (
        ("same", "A\nFristen er "),
        ("del", "tre"),
        ("ins", "to"),
        ("same", " måneder, regnet fra dagen etter."),
    )


def test_a_new_clause_and_a_removed_one_stand_where_they_are_on_the_page():
    without = [*BODY[:1], *BODY[2:4], streams.clause("N", "Nytt."), *BODY[4:]]
    assert short(changed(new_body=without)) == [
        ("removed", "block", "1", "A"),
        ("added", "block", "2", "N"),
    ]


def test_a_moved_clause_is_one_change_and_new_numbers_are_none():
    moved = [BODY[0], BODY[4], *BODY[1:4], *BODY[5:]]
    [change] = changed(new_body=moved)
    assert short([change]) == [("moved", "block", "1", "C")]


def test_a_new_and_a_moved_block_say_where_they_stand():
    new = [BODY[4], *BODY[:4], streams.clause("N", "Nytt."), *BODY[5:]]
    moved, added = changed(new_body=new)
    assert (moved.kind, moved.where) == ("moved", diffs.Where("", None))
    assert (added.kind, added.where.after) == ("added", diffs.Named(BODY[3]["id"], "3", "en"))


def test_another_approved_wording_is_a_change():
    block = streams.alternatives(("Kort", "Frist", "En uke."), ("Lang", "Frist", "To uker."))
    other = copy.deepcopy(block)
    other["value"]["chosen"] = other["value"]["wordings"][1]["id"]
    [change] = changed([block], [other])
    assert (change.kind, change.old, change.new) == ("changed", "Frist\nEn uke.", "Frist\nTo uker.")


def test_a_moved_clause_with_other_words_is_two_changes():
    new = body((4, "text", "<p>Aller siste punkt.</p>"))
    moved = [new[0], new[4], *new[1:4], *new[5:]]
    assert [change.kind for change in changed(new_body=moved)] == ["moved", "changed"]


def test_a_block_that_went_into_an_area_has_moved():
    area = copy.deepcopy(BODY[5])
    area["value"]["blocks"] = [streams.clause("X", "x")]
    before = [area, *BODY[6:]]
    after = copy.deepcopy(before)
    inside = after[0]["value"]["blocks"].pop()
    assert [change.kind for change in changed(before, [inside, *after])] == ["moved"]


def test_what_was_written_in_an_area_is_a_change_of_its_own():
    new = copy.deepcopy(BODY)
    new[5]["value"]["blocks"] = [streams.clause("Tillegg", "Mer tekst.")]
    assert short(changed(new_body=new)) == [("added", "block", "4", "Tillegg")]


def test_an_answer_is_named_by_its_label_and_the_clause_where_it_stands():
    values = {**made.VALUES, "price": {"amount": "4900.00", "currency": "NOK"}}
    [change] = changed(values=values)
    assert short([change]) == [("changed", "value", "2", "Pris")]
    assert (change.old, change.new) == ("5,300\u00a0NOK", "4,900\u00a0NOK")


def test_a_first_answer_comes_from_nothing_and_an_emptied_one_leads_there():
    content = made.content(BODY)
    filled = trees.with_values(content, {"until": "21"})
    [change] = diffs.compare(content, filled)
    assert (change.old, change.new) == ("", "21")
    [change] = diffs.compare(filled, content)
    assert (change.old, change.new) == ("21", "")


def test_a_choice_reads_as_its_option_with_the_values_in_it():
    old = made.content(BODY)
    [_until, change] = sorted(
        diffs.compare(old, trees.with_values(old, {"support": "extended", "until": "21"})),
        key=lambda change: change.key != "until",
    )
    assert (change.old, change.new) == ("Kontortid", "Til klokka 21")


def test_formatting_alone_is_a_change_with_the_same_words():
    [change] = changed(new_body=body((4, "text", "<p>Siste <b>punkt</b>.</p>")))
    assert (change.kind, change.old == change.new) == ("changed", True)
    assert {kind for kind, _text in change.runs} == {"same"}


@pytest.mark.parametrize(
    ("at", "name", "value"),
    [
        (1, "policy", "editable"),
        (3, "ordered", True),
        (1, "level", "2"),
        (6, "title", "Underskrifter"),
    ],
)
def test_a_setting_of_a_block_is_a_change(at, name, value):
    found = changed(new_body=body((at, name, value)))
    assert found[0].key == BODY[at]["id"]


def test_parties_and_people_are_compared_by_who_they_are():
    old = made.content(BODY)
    people = [
        {**made.party("customer", "")["people"][0], "capacity": "styreleder"},
        {**made.party("customer", "")["people"][0], "id": "person-new", "name": "Ny Nordmann"},
    ]
    parties = [
        made.party("supplier", "Eksempel AS", people=[]),
        made.party("customer", "Kunde AS", people=people, rule={"kind": "any", "count": None}),
    ]
    found = diffs.compare(old, made.content(BODY, parties=parties))
    assert short(found) == [
        ("changed", "party", "", "Kunde AS, 999999999, Kunden"),
        ("removed", "person", "", "Ola Nordmann, daglig leder, Eksempel AS"),
        ("changed", "person", "", "Kari Nordmann, styreleder, Kunde AS"),
        ("added", "person", "", "Ny Nordmann, daglig leder, Kunde AS"),
    ]


@pytest.mark.parametrize(
    ("aspect", "old", "new"),
    [
        ("acts_as", "", "attorney"),
        ("acts_as", "guardian", ""),
        ("witnesses", "", "2"),
        ("position", "1", "3"),
    ],
)
def test_how_somebody_signs_is_told_as_what_it_was_and_is(aspect, old, new):
    before, after = (_signing(aspect, value) for value in (old, new))
    [change] = diffs.compare(made.content(BODY, parties=before), made.content(BODY, parties=after))
    assert [(one.aspect, one.old, one.new) for one in change.details] == [(aspect, old, new)]


def _signing(aspect, value):
    """A party whose person has this, if it is anything."""
    [person, *_more] = made.party("customer", "Kunde AS")["people"]
    said = {aspect: value} if value else {}
    return [made.party("customer", "Kunde AS", people=[{**person, **said}])]


def test_another_rule_of_signing_is_told_as_what_it_was_and_is():
    before, after = (
        [made.party("customer", "Kunde AS", rule={"kind": kind, "count": count})]
        for kind, count in (("all", None), ("some", 2))
    )
    [change] = diffs.compare(made.content(BODY, parties=before), made.content(BODY, parties=after))
    told = [(one.aspect, one.old, one.new) for one in change.details]
    assert told == [("rule_kind", "all", "some"), ("rule_count", "", "2")]


def test_the_title_is_a_change():
    assert short(changed(title="Ny tittel")) == [("changed", "title", "", "Ny tittel")]


def test_a_field_that_is_asked_for_in_other_words_is_a_change():
    fields = copy.deepcopy(made.FIELDS)
    fields[0]["value"]["help"] = "Uten avgift"
    assert short(changed(fields=fields)) == [("changed", "field", "", "Pris")]


@pytest.mark.parametrize("more", [{"language": "nb"}, {"template": "1" * 64}])
def test_what_has_no_words_is_still_a_change(more):
    assert short(changed(**more)) == [("changed", "other", "", "")]


def test_all_that_is_the_same_is_listed_with_its_number():
    old = made.content(BODY)
    new = made.content(body((1, "text", "<p>Annet.</p>")))
    same = diffs.unchanged(old, new)
    assert [(block.number, block.name) for block in same] == [
        ("", "Del en"),
        ("2", "B"),
        ("2", "en"),
        ("3", "C"),
        ("", "Mer"),
        ("", "Signaturer"),
    ]


def test_a_changed_condition_is_told_in_the_words_of_people():
    old = made.content(BODY, language="nb")
    labels = trees.fields_by_key(old)
    price, support = (labels[key]["label"] for key in ("price", "support"))
    [chosen] = [one["content"] for one in labels["support"]["options"] if one["key"] == "office"]
    expected = {
        'support = "office"': f"“{support}” er “{chosen[0]['text']}”",
        "not (price is filled in) and support is empty": (
            f"ikke (“{price}” er fylt ut) og “{support}” er tom"
        ),
    }
    for rule, said in expected.items():
        new = copy.deepcopy(old)
        new["body"][1]["condition"] = rule
        [there], [back] = diffs.compare(old, new), diffs.compare(new, old)
        [forth], [again] = there.details, back.details
        assert forth.part == again.part == details.RULE
        assert forth.old == again.new == "Vises alltid"
        assert forth.new == again.old == f"Vises hvis {said}"


def test_a_changed_formula_is_told_with_the_labels_that_it_names():
    old = made.content(BODY)
    computed = {**trees.fields_by_key(old)["price"], "key": "twice", "label": "Dobbelt"}
    fields = [{**computed, "expression": rule} for rule in ("price * 2", "price * 3")]
    both = [{**old, "fields": [*old["fields"], field]} for field in fields]
    values = [{"key": "twice", "value": None}]
    [change] = diffs.compare(*({**one, "values": [*one["values"], *values]} for one in both))
    price = trees.fields_by_key(old)["price"]["label"]
    assert f"= “{price}” × 2" in change.old
    assert f"= “{price}” × 3" in change.new
