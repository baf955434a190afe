"""The text of a contract as HTML."""

import re

import pytest

from example_site import contents as streams
from tests.unit.contracts import made
from tests.unit.contracts.pages import Page
from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.rendering import html
from wagtail_contracts.contracts.rendering.answers import answer_inputs
from wagtail_contracts.contracts.rendering.parts import Standing


def page(content=None, **more):
    return Page(html.document(content or made.content(), **more))


def alone(body):
    """The page of a text without any values."""
    return page(made.content(body, values={}))


def asked(content, *keys, typed=None, problems=None):
    fields = [field for field in content["fields"] if field["key"] in keys]
    return answer_inputs(fields, typed, problems, "en", content=content)


def words_between(text, first, last):
    return text[text.index(first) : text.index(last)]


# -- reading ------------------------------------------------------------------------------------


def test_the_text_stands_in_the_language_of_the_contract():
    norwegian = page(made.content(language="nb"))
    assert norwegian.all("article") == [{"class": "wc-document", "lang": "nb", "dir": "ltr"}]
    assert page(made.content(language="ar")).all("article", dir="rtl")


def test_every_block_has_an_anchor_that_stays_when_numbers_change():
    content = made.content()
    anchors = [f"b-{block['id']}" for block in content["body"]]
    assert [given["id"] for _tag, given in page(content).elements if "id" in given] == anchors
    fewer = made.content([entry for entry in made.BODY if entry != made.BODY[2]])
    assert set(re.findall(r'id="(b-[^"]+)"', html.document(fewer))) < set(anchors)


def test_numbers_are_text_and_not_made_by_style():
    found = page()
    numbers = [block["number"] for block in made.content()["body"] if block["number"]]
    assert numbers == ["1", "1.1", "1.2", "2"]
    assert [text for tag, text in found.texts if tag == "span" and text in numbers] == numbers
    assert len(found.with_class("wc-number")) == len(numbers)


def test_references_read_as_values_and_names():
    words = page(made.content(language="nb")).words
    assert "Eksempel AS leverer til Kunde AS etter Driftsavtale 2027" in words
    assert "Den starter 15. januar 2027" in words
    assert "5 300 NOK" in words.replace("\u00a0", " ")


def test_marks_and_links_keep_their_place():
    found = page()
    assert ("i", "99 %") not in found.texts
    assert ("em", "99 %") in found.texts
    link = {"href": "https://example.com/vilkaar", "rel": "noopener noreferrer nofollow"}
    assert found.all("a") == [link]
    assert re.search(r"vilkårene</a>\.<br>Ære", html.document(made.content()))


def test_a_link_to_anything_but_the_web_mail_or_telephone_is_only_text():
    content = made.content()
    made.block(content, "text")["content"][1]["content"][1]["href"] = "javascript:alert(1)"
    found = page(content)
    assert found.all("a") == []
    assert "vilkårene" in found.words


@pytest.mark.parametrize(
    ("levels", "headings"),
    [
        ([1, 2, 3, 4], [2, 3, 4, 5]),
        ([4, 4, 1], [2, 3, 2]),
        ([2, 4, 1, 3], [2, 3, 2, 3]),
    ],
)
def test_headings_never_skip_a_level(levels, headings):
    body = [streams.clause("Punkt", "Tekst", level=level) for level in levels]
    assert alone(body).headings == headings
    mixed = [streams.heading("Del", level) for level in levels]
    assert alone(mixed).headings == headings


def test_a_clause_without_a_heading_bears_its_number_in_its_text():
    body = [streams.clause("", "Tekst."), streams.clause("", "<ul><li>a</li></ul>")]
    body[1]["value"]["text"] = "<ul><li>punkt</li></ul>"
    found = alone(body)
    assert found.headings == []
    assert found.words == "1 Tekst. 2 • punkt"


def test_lists_in_lists_are_nested_and_say_their_markers():
    levels = [("1", "en"), ("2", "to"), ("3", "tre"), ("1", "fire")]
    items = [streams.item({"level": level, "text": text}) for level, text in levels]
    body = [streams.entry("list", policy="locked", ordered=True, items=items)]
    found = alone(body)
    assert found.words == "1. en a. to i. tre 2. fire"
    assert [tag for tag, _given in found.elements if tag == "ol"] == ["ol"] * 3
    assert re.search(r"</ol>\s*</li>\s*</ol>\s*</li>\s*<li>", html.document(made.content(body)))


def test_a_list_that_begins_deep_loses_nothing():
    items = [streams.item({"level": level, "text": f"nr {level}"}) for level in "321"]
    body = [streams.entry("list", policy="locked", ordered=False, items=items)]
    assert alone(body).words == "• nr 3 • nr 2 • nr 1"


def test_a_table_has_its_caption_and_says_what_its_headings_are_for():
    found = page()
    assert found.all("div", role="group", tabindex="0", **{"aria-label": "Svartider"})
    assert ("caption", "Svartider") in found.texts
    assert found.all("th") == [{"scope": "col"}] * 2
    body = [streams.table("", ("", "a"), ("b", "c"))]
    body[0]["value"]["header_column"] = True
    both = page(made.content(body))
    assert both.all("th") == [{"scope": "col"}, {"scope": "row"}]
    assert both.all("caption") == []


def test_a_choice_prints_all_options_and_marks_the_chosen_one():
    words = page().words
    assert "Brukerstøtte Chosen: Kontortid Not chosen: Til klokka" in words
    changed = trees.with_values(made.content(), {"support": "extended", "until": "21.00"})
    assert "Not chosen: Kontortid Chosen: Til klokka 21.00" in page(changed).words
    assert page().with_class("wc-box") == ["span", "span"]


def test_a_chip_of_a_choice_reads_as_the_chosen_option_with_its_values():
    body = [streams.text(f"Hjelp: {streams.chip('support')}.")]
    values = {"support": "extended", "until": "21.00"}
    assert "Hjelp: Til klokka 21.00 ." in page(made.content(body, values=values)).words


def test_an_option_that_names_its_own_field_ends():
    option = [streams.option(key, f"{key} {streams.chip('support')}") for key in ("a", "b")]
    fields = [streams.field("choice", "support", "Støtte", "customer", options=option)]
    body = [streams.text(streams.chip("support"))]
    content = made.content(body, fields=fields, values={"support": "a"})
    assert page(content).words == "a a"


def test_a_field_without_a_value_shows_its_label_in_a_marked_blank():
    found = page(made.content(values={}))
    assert ("span", "Oppstart") in found.texts
    assert "Den starter Oppstart (not filled in)" in found.words


def test_an_empty_area_says_that_nothing_was_added():
    assert "Særlige vilkår None." in page().words
    body = [streams.area("Særlige vilkår")]
    body[0]["value"]["blocks"] = [streams.clause("Mer", "Tekst.")]
    found = alone(body)
    assert found.words == "Særlige vilkår 1 Mer Tekst."


def test_clauses_in_a_numbered_area_are_counted_below_its_number():
    more = [streams.clause("Mer", "Tekst."), streams.clause("Dypt", "Ord.", level="4")]
    numbered = streams.area("House rules", numbered=True, level="1", style="", start=None)
    numbered["value"]["blocks"] = more
    found = alone([streams.clause("Leie", "Ord."), numbered, streams.clause("Slutt", "Ord.")])
    assert found.words == (
        "1 Leie Ord. 2 House rules 2.1 Mer Tekst. 2.1.1.1 Dypt Ord. 3 Slutt Ord."
    )


def test_an_empty_area_that_says_nothing_is_not_there_and_takes_no_number():
    numbered = streams.area("House rules", "", numbered=True, level="1", style="", start=None)
    found = alone([numbered, streams.clause("Slutt", "Ord.")])
    assert found.words == "1 Slutt Ord."


def test_an_area_has_a_title_only_if_its_author_gave_one():
    untitled = streams.area("", "")
    untitled["value"]["blocks"] = [streams.clause("Mer", "Tekst.")]
    found = alone([untitled])
    assert found.words == "1 Mer Tekst."


def test_signatures_name_who_signs_for_whom_and_where_they_stand():
    standing = {"person-customer": Standing("done", "Signert 23. november")}
    words = page(signatures=standing).words
    signed = words_between(words + " end", "For Kunde AS", " end")
    assert signed.startswith(
        "For Kunde AS, organisation number 999999999 Kari Nordmann, daglig leder"
    )
    assert "Signert 23. november" in signed
    assert words.count("Signert 23. november") == 1


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ({"kind": "any", "count": None}, "One of these people signs."),
        ({"kind": "some", "count": 2}, "2 of these people sign jointly."),
        ({"kind": "all", "count": None}, "All of these people sign jointly."),
    ],
)
def test_the_rule_of_signing_is_said_where_there_is_more_than_one(rule, says):
    people = [{**made.party("customer", "")["people"][0], "id": f"p{n}"} for n in range(3)]
    parties = [made.party("supplier", "A"), made.party("customer", "B", people=people, rule=rule)]
    assert says in page(made.content(parties=parties)).words
    assert "people sign" not in page().words


def test_a_value_without_a_place_is_shown_at_the_end():
    words = page().words
    assert "Further details Varsel 3" in words
    assert "Further details" not in page(made.content(values={})).words


def test_the_contents_list_leads_to_headings_of_the_first_level():
    content = made.content()
    entries = html.contents(content)
    assert [(entry.number, entry.words) for entry in entries] == [
        ("", "Partene og avtalen"),
        ("1", "Tjenesten"),
        ("2", "Vederlag"),
        ("", "Særlige vilkår"),
        ("", "Signaturer"),
    ]
    assert {entry.anchor for entry in entries} <= set(
        re.findall(r'id="([^"]+)"', html.document(content))
    )


@pytest.mark.parametrize(("numbered", "lines"), [(True, [("1", "«Feil»")]), (False, [])])
def test_a_definition_is_listed_where_it_counts(numbered, lines):
    body = [streams.definition("«Feil»", "betyr at noe svikter.", numbered=numbered)]
    entries = html.contents(made.content(body, values={}))
    assert [(entry.number, entry.words) for entry in entries] == lines


# -- filling in ---------------------------------------------------------------------------------


def controls(found):
    return [
        given["name"]
        for tag, given in found.elements
        if tag in ("input", "textarea") and given.get("type") != "radio"
    ]


def test_each_input_stands_once_at_the_first_place_of_its_field():
    content = made.content()
    keys = ("start", "price", "invoice", "remarks", "until")
    found = page(content, inputs=asked(content, *keys, "support"))
    assert sorted(controls(found)) == sorted(f"a-{key}" for key in keys)
    text = html.document(content, inputs=asked(content, "start"))
    assert text.index("Den starter") < text.index('name="a-start"') < text.index("99 %")


def test_a_place_of_its_own_comes_before_a_chip_in_the_text():
    body = [
        streams.text(f"Fra {streams.chip('start')}."),
        streams.clause("B", "b"),
        streams.place("start"),
    ]
    content = made.content(body)
    text = html.document(content, inputs=asked(content, "start"))
    assert text.count('name="a-start"') == 1
    assert text.index("</section>") < text.index('name="a-start"')


def test_later_places_show_the_value():
    body = [
        streams.text(f"Fra {streams.chip('start')}."),
        streams.text(f"Etter {streams.chip('start')}."),
    ]
    content = made.content(body)
    found = page(content, inputs=asked(content, "start", typed={"start": "2027-02-01"}))
    assert controls(found) == ["a-start"]
    assert "Etter 15 January 2027" in found.words


def test_an_input_has_a_visible_label_its_help_and_its_problem():
    content = made.content()
    inputs = asked(content, "invoice", typed={"invoice": "kari"}, problems={"invoice": "Feil."})
    found = page(content, inputs=inputs, language="en")
    assert found.all("label") == [{"class": "wc-field__label", "for": "a-invoice"}]
    control = found.all("input", name="a-invoice")[0]
    assert (control["value"], control["aria-describedby"]) == ("kari", "a-invoice-error")
    assert control["aria-invalid"] == "true"
    assert found.all("p", id="a-invoice-error") == [
        {"class": "wc-field__error", "id": "a-invoice-error", "lang": "en", "dir": "ltr"}
    ]


def test_a_choice_is_a_group_of_buttons_with_the_inputs_of_an_option_inside_it():
    content = made.content()
    inputs = asked(content, "support", "until", typed={"support": "extended"})
    found = page(content, inputs=inputs)
    assert found.all("fieldset")[0]["aria-describedby"] == "a-support-help"
    assert [given["value"] for given in found.all("input", type="radio")] == ["office", "extended"]
    assert [given["value"] for given in found.all("input", type="radio") if "checked" in given] == [
        "extended"
    ]
    text = html.document(content, inputs=inputs)
    assert text.index('value="extended"') < text.index('name="a-until"') < text.index("</fieldset>")
    assert "Fill this in if you choose it" in found.words


def test_a_field_in_an_option_that_also_stands_in_the_text_is_asked_for_there():
    body = [streams.place("support"), streams.text(f"Stengt {streams.chip('until')}.")]
    content = made.content(body)
    text = html.document(content, inputs=asked(content, "support", "until"))
    assert text.index("</fieldset>") < text.index('name="a-until"')
    assert text.count('name="a-until"') == 1


def test_fields_without_any_place_come_at_the_end():
    content = made.content()
    found = page(content, inputs=asked(content, "named", "notice"))
    assert "More to fill in Varsel You fill this in Kan navngis You may fill this in" in found.words
    assert "More to fill in" not in page(content, inputs=asked(content, "start")).words
    assert "Further details" not in found.words


def test_an_answer_that_may_be_left_out_can_be_taken_back():
    content = made.content(values={"named": True})
    found = page(content, inputs=asked(content, "named"))
    radios = [(given["value"], "checked" in given) for given in found.all("input", type="radio")]
    assert radios == [("", False), ("yes", True), ("no", False)]
    assert "No answer" in found.words


def test_inputs_in_headings_lists_and_tables_come_after_the_words_or_in_their_cell():
    chip = streams.chip
    body = [
        streams.heading(f"Fra {chip('start')}"),
        streams.listing(f"pris {chip('price')}"),
        streams.table("T", ("a", "b"), ("til", chip("invoice"))),
    ]
    content = made.content(body)
    text = html.document(content, inputs=asked(content, "start", "price", "invoice"))
    Page(text)
    assert text.index("</h2>") < text.index('name="a-start"') < text.index("<ul")
    assert text.index('name="a-price"') < text.index("</li>")
    assert re.search(r'<td><[^<]*<?.*?name="a-invoice".*?</td>', text, re.DOTALL)


def test_no_id_stands_twice_on_the_page():
    content = made.content()
    keys = [field["key"] for field in content["fields"]]
    found = page(content, inputs=asked(content, *keys))
    ids = [given["id"] for _tag, given in found.elements if "id" in given]
    assert len(ids) == len(set(ids))
    labelled = {given["for"] for given in found.all("label")}
    described = {
        id for _tag, given in found.elements for id in given.get("aria-describedby", "").split()
    }
    assert labelled | described <= set(ids)


def test_a_clause_with_several_wordings_is_listed_by_the_heading_of_the_one_that_holds():
    wordings = (("A", "Betaling", "Straks."), ("B", "Utsatt betaling", "Senere."))
    content = made.content([streams.alternatives(*wordings)], values={})
    assert [entry.words for entry in html.contents(content)] == ["Betaling"]
