"""Any change, swap, drop or copy of records breaks the chain."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.property.generated import steady
from wagtail_contracts import canonical, chain

TRAIL = "4b" * 16
texts = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=20
).map(lambda text: unicodedata.normalize("NFC", text))
data = st.dictionaries(
    st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True),
    st.one_of(texts, st.integers(-(2**53) + 1, 2**53 - 1), st.booleans(), st.none()),
    max_size=4,
)


@st.composite
def trails(draw, least=1):
    """Links of a trail, and their head."""
    head, links = chain.genesis(TRAIL), []
    for content in draw(st.lists(data, min_size=least, max_size=6)):
        link = chain.link(
            TRAIL,
            head,
            {
                "at": "2026-01-01T00:00:00.000000Z",
                "by": {"kind": "user", "key": "7"},
                "commitments": [],
                "data": content,
                "name": "contract.sent",
            },
        )
        head = chain.Head(head.length + 1, link.digest)
        links.append(link)
    return links, head


def holds(records, head):
    try:
        return chain.replay(TRAIL, records) == head
    except chain.Broken:
        return False


def records(links):
    return [link.record for link in links]


@steady
@given(trails())
def test_a_whole_trail_leads_to_its_head(trail):
    links, head = trail
    assert chain.replay(TRAIL, records(links), deep=True) == head
    assert chain.follow(TRAIL, links, deep=True) == head
    assert not holds(records(links), chain.genesis(TRAIL))


@steady
@given(trails(), st.data())
def test_a_changed_character_breaks_it_and_is_named(trail, draw):
    links, head = trail
    number = draw.draw(st.integers(0, len(links) - 1))
    text = links[number].record
    place = draw.draw(st.integers(0, len(text) - 1))
    other = draw.draw(st.characters(codec="utf-8"))
    assume(other != text[place])
    changed = text[:place] + other + text[place + 1 :]

    assert not holds([*records(links)[:number], changed, *records(links)[number + 1 :]], head)
    rows = [*links[:number], (changed, links[number].digest), *links[number + 1 :]]
    with pytest.raises(chain.Broken) as broken:
        chain.follow(TRAIL, rows)
    assert broken.value.sequence == number + 1


@steady
@given(trails(least=2), st.data())
def test_swaps_drops_and_copies_break_it(trail, draw):
    links, head = trail
    whole = records(links)
    one = draw.draw(st.integers(0, len(whole) - 2))
    other = draw.draw(st.integers(one + 1, len(whole) - 1))
    swapped = [*whole]
    swapped[one], swapped[other] = swapped[other], swapped[one]

    assert not holds(swapped, head)
    assert not holds(whole[:one] + whole[one + 1 :], head)
    assert not holds(whole[:-1], head)
    assert not holds([*whole[:one], whole[one], *whole[one:]], head)
    assert not holds([*whole, whole[-1]], head)


@steady
@given(trails())
def test_a_trail_is_no_other_trail(trail):
    links, _head = trail
    with pytest.raises(chain.Broken) as broken:
        chain.replay("5c" * 16, records(links))
    assert broken.value.sequence == 1


@steady
@given(trails())
def test_another_writing_of_the_same_record_is_seen(trail):
    links, head = trail
    spaced = [*records(links)[:-1], links[-1].record.replace(":", ": ", 1)]
    assert not holds(spaced, head)
    with pytest.raises(chain.Broken, match="not canonical"):
        chain.replay(TRAIL, spaced, deep=True)


@steady
@given(trails(), st.sampled_from(["{} ", "{}\n", " {}", "{}{{}}", "{}x"]))
def test_nothing_stands_beside_a_record(trail, beside):
    links, head = trail
    *before, last = records(links)
    assert holds([*before, last], head)
    with pytest.raises(chain.Broken, match="unreadable"):
        chain.replay(TRAIL, [*before, beside.format(last)])


def test_a_record_has_its_fields_and_no_other():
    with pytest.raises(canonical.NotCanonical):
        chain.link(TRAIL, chain.genesis(TRAIL), {"name": "contract.sent"})
