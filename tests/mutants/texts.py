"""Guards of texts: references, numbers and marks that nobody sees."""

from tests.mutants.mutant import Mutant

CORE = "wagtail_contracts/contracts/core"
REFERRING = "tests/unit/contracts/test_referring.py"
NUMBERS = "tests/unit/contracts/test_importing_numbers.py"
REFERENCES = "tests/unit/contracts/test_importing_references.py"

MUTANTS = [
    Mutant(
        "a contract's references lead to its own blocks",
        "wagtail_contracts/contracts/blocks/streams.py",
        "    return [pointed(stream, ids) for stream in made], ids\n",
        "    return made, ids\n",
        (f"{REFERRING}::test_a_copy_refers_to_its_own_blocks",),
    ),
    Mutant(
        "a text with a reference that leads nowhere is not sent",
        f"{CORE}/readiness.py",
        '        if node["type"] == "reference" and node["block"] not in cites:\n',
        "        if False:\n",
        (f"{REFERENCES}::test_a_reference_prints_the_new_number_once_a_clause_is_left_out",),
    ),
    Mutant(
        "a word that also means other documents makes no reference",
        f"{CORE}/importing/referring.py",
        "(word in trusted and not OTHERS.match(after))",
        "not OTHERS.match(after)",
        (f"{REFERENCES}::test_words_that_may_mean_another_document_stay_words",),
    ),
    Mutant(
        "a style that is none is refused",
        f"{CORE}/kinds/words.py",
        "    if chosen != BULLET and not STYLE.fullmatch(chosen):\n",
        "    if False:\n",
        (f"{REFERRING}::test_a_stored_style_that_is_none_is_refused",),
    ),
    Mutant(
        "marks of direction are dropped where they mean nothing",
        f"{CORE}/importing/markdown.py",
        '    return (TURNING if turned else DIRECTION).sub("", row)\n',
        "    return row\n",
        (f"{NUMBERS}::test_marks_of_direction_are_kept_where_they_mean_something",),
    ),
    Mutant(
        "a capital alone is no number",
        f"{CORE}/importing/counting.py",
        "if one.number == 1 and not _needs_a_second(one)]",
        "if one.number == 1]",
        (f"{NUMBERS}::test_words_that_only_look_like_a_number_stay_words",),
    ),
    Mutant(
        "an i before ii is no letter",
        f"{CORE}/importing/counting.py",
        "                if not _misread(one, meant, following):\n",
        "                if True:\n",
        (f"{NUMBERS}::test_an_i_is_a_letter_or_a_roman_number_by_what_stands_around_it",),
    ),
    Mutant(
        "marks within marks without end are refused",
        f"{CORE}/importing/parsing.py",
        "(token, *(token.children or ()))",
        "(token,)",
        (
            "tests/unit/contracts/test_importing_hostile.py"
            "::test_marks_within_marks_without_end_are_refused_by_their_line",
        ),
    ),
    Mutant(
        "a hidden clause is said to be left out",
        f"{CORE}/shown.py",
        "    return _of(LEFT_OUT, language)\n",
        "    return BLANK\n",
        (
            "tests/flows/contracts/test_left_out.py"
            "::test_a_hidden_clause_is_left_out_until_an_answer_shows_it",
        ),
    ),
    Mutant(
        "the author is warned of a reference to what may be hidden",
        f"{CORE}/showing.py",
        '            found += [(block["id"], target)] if alone else []\n',
        "",
        (
            "tests/unit/contracts/test_template_faults.py"
            "::test_a_reference_to_what_may_be_hidden_meanwhile_is_warned_of",
        ),
    ),
]
