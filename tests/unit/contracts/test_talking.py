"""What a comment may say, whom it names, and where in a text it belongs."""

import pytest

from wagtail_contracts.contracts.core import states, talking


def text(words):
    return [{"type": "text", "text": words, "marks": []}]


def heading(key, words, level=1):
    return {"id": key, "type": "heading", "level": level, "content": text(words)}


def clause(key, words, level=1, number="1"):
    rich = [{"type": "paragraph", "content": text(words)}]
    counted = {"level": level, "style": "1.1", "start": None, "number": number}
    return {"id": key, "type": "clause", **counted, "heading": text(key), "content": rich}


def content(*body):
    return {
        "body": list(body),
        "fields": [],
        "values": [],
        "parties": [],
        "title": "T",
        "language": "en",
    }


def test_a_section_is_a_clause_of_the_first_level_with_what_follows_it():
    made = talking.sections(
        content(
            heading("a", "Terms"),
            clause("b", "One"),
            clause("c", "Under", level=2),
            clause("d", "Two"),
            heading("e", "Minor", level=2),
            {"id": "f", "type": "signatures", "level": 1, "style": None, "title": "Signatures"},
        )
    )

    assert [(one.place.id, one.last, one.members) for one in made] == [
        ("b", "c", ("a", "b", "c")),
        ("d", "e", ("d", "e")),
    ]


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("@Kari Nordmann, look", {"Kari Nordmann"}),
        ("ask @kari  nordmann!", {"Kari Nordmann"}),
        ("@Kari is enough", {"Kari"}),
        ("@Karin is another", set()),
        ("kari@example.com", set()),
        ("Kari Nordmann without a sign", set()),
        ("@Kari Nordmann and @Kari", {"Kari Nordmann", "Kari"}),
    ],
)
def test_somebody_is_named_by_a_sign_and_the_longest_name_that_fits(said, named):
    assert talking.mentioned(said, ["Kari", "Kari Nordmann"]) == named


def test_a_phrase_leads_home_to_the_part_of_the_section_that_has_it():
    whole = content(
        clause("a", "All of it"), clause("b", "a small  part", level=2), clause("c", "x")
    )

    assert talking.home(whole, "a", "small part") == "b"
    assert talking.home(whole, "a", "nowhere") == "a"
    assert talking.stands(whole, "b", "small part")
    assert not talking.stands(whole, "b", "large part")
    assert not talking.stands(whole, "gone", "")
    assert talking.stands(whole, "", "")


def test_only_the_wish_for_time_is_heard_once_the_deadline_has_passed():
    heard = {
        (kind, state)
        for kind in ("comment", "question", "suggestion", "more_time")
        for state in states.ALL
        if talking.speaks(kind, state)
    }
    assert len(heard) == 4 * 2 + 1
    assert ("more_time", states.EXPIRED) in heard
