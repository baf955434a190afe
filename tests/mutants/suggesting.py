"""Guards of suggestions: what is open, whose text it is, what was shown, and what is spared."""

from tests.mutants.mutant import Mutant

CORE, FLOWS = "wagtail_contracts/contracts/core", "wagtail_contracts/contracts/flows"
PROPERTY = "tests/property/test_suggesting.py"
BOXES = "tests/flows/contracts/test_suggesting_boxes.py"
QUOTAS = "tests/flows/contracts/test_talking_quotas.py"
SUGGESTING = "tests/flows/contracts/test_suggesting.py"

MUTANTS = [
    Mutant(
        "a locked block is not open to suggestions",
        f"{CORE}/suggesting.py",
        'negotiable = block["policy"] == EDITABLE',
        "negotiable = True",
        (
            f"{PROPERTY}::test_a_proposal_on_a_locked_block_is_always_refused",
            f"{SUGGESTING}::test_what_the_template_locks_is_not_open_to_suggestions",
        ),
    ),
    Mutant(
        "only what was shown is accepted",
        f"{FLOWS}/suggesting.py",
        "if fit.digest != shown or fit.code",
        "if fit.code",
        (f"{SUGGESTING}::test_the_second_one_on_a_clause_goes_into_todays_text_or_is_refused",),
    ),
    Mutant(
        "words that were changed since are not overwritten",
        f"{CORE}/weaving.py",
        "if any(first.end >= second.start for first, second in pairwise(turns)):",
        "if False:",
        (f"{PROPERTY}::test_two_changes_that_do_not_meet_are_both_there",),
    ),
    Mutant(
        "the working copy gets what was accepted",
        f"{FLOWS}/suggesting.py",
        "    working.take_over(contract, merged, by=by)\n    if asked",
        "    if asked",
        (
            f"{SUGGESTING}::test_a_half_finished_edit_neither_leaks_nor_gets_lost",
            f"{SUGGESTING}::test_what_is_stored_is_what_was_frozen",
        ),
    ),
    Mutant(
        "a wording is chosen only where the template says so",
        f"{CORE}/suggesting.py",
        'block["type"] == "alternatives" and block.get("others")',
        'block["type"] == "alternatives"',
        (
            f"{SUGGESTING}::test_an_approved_wording_is_chosen_by_the_other_side_where_the_template"
            "_says_so",
        ),
    ),
    Mutant(
        "our own side suggests nothing",
        f"{FLOWS}/suggesting.py",
        "    _insist_on_other_side(participant, contract)\n",
        "",
        (f"{SUGGESTING}::test_a_reader_our_own_side_and_whoever_has_an_old_page_suggest_nothing",),
    ),
    Mutant(
        "one participant makes so many suggestions in a day",
        f"{FLOWS}/suggesting.py",
        "    insist_on_few_suggestions(participant, by=by)\n",
        "",
        (f"{QUOTAS}::test_somebody_makes_so_many_suggestions_in_a_contract_in_a_day",),
    ),
    Mutant(
        "one participant begins so many threads in a day",
        f"{FLOWS}/talking.py",
        "        insist_on_few_threads(participant, by=by)\n",
        "        pass\n",
        (f"{QUOTAS}::test_somebody_begins_so_many_threads_in_a_contract_in_a_day",),
    ),
    Mutant(
        "a table with too many cells for a form is not open to suggestions",
        f"{CORE}/suggesting.py",
        'if block["type"] in boxes.KINDS and boxes.fits(block):',
        'if block["type"] in boxes.KINDS:',
        (f"{BOXES}::test_a_large_table_is_talked_about_and_not_read_as_a_form",),
    ),
    Mutant(
        "what was typed on an older list is not laid over other items",
        "wagtail_contracts/signing/public/suggesting.py",
        "wish = replace(wish, typed=self._on_newest(wish))",
        "pass",
        (
            "tests/public/test_suggesting_boxes.py"
            "::test_a_page_of_an_older_list_keeps_what_was_typed_where_it_belongs",
        ),
    ),
    Mutant(
        "a join into a later clause is one",
        f"{CORE}/splitting.py",
        "while places[chain[0]].after in free:",
        "while False:",
        (
            "tests/unit/contracts/test_details.py"
            "::test_three_clauses_become_the_middle_one_and_a_clause_falls_apart_before_itself",
        ),
    ),
    Mutant(
        "a place in a list is a number of a few digits",
        "wagtail_contracts/contracts/flows/proposing.py",
        "    known = at.isdecimal() and len(at) <= LONGEST_PLACE\n",
        "    known = at.isdecimal()\n",
        (
            "tests/security/test_attacks_talk.py"
            "::test_no_place_in_a_list_breaks_the_page_of_a_suggestion",
        ),
    ),
]
