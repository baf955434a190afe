"""Guards of the list: what waits for whom, what is done with many, what is taken along."""

from tests.mutants.mutant import Mutant

CONTRACTS = "wagtail_contracts/contracts"
LISTS, FLOWS = f"{CONTRACTS}/admin/lists", f"{CONTRACTS}/flows"
MANY, KEEPING = "tests/admin/test_many.py", "tests/admin/test_keeping.py"
TAKEN = "tests/admin/test_taking_along.py"
HOME = "tests/admin/test_home.py"
BULK, PLANTED = "tests/security/walk/test_s20_bulk.py", "tests/security/walk/test_s23_planted.py"
WAITING, TURNS = "tests/flows/contracts/test_waiting.py", "tests/flows/signing/test_turns.py"
SEEN = "permissions.visible(self.user).filter(listing__archived_at=None)"

MUTANTS = [
    Mutant(
        "no part of an exported cell runs where lines are split at something else",
        "wagtail_contracts/contracts/core/cells.py",
        '        text = INSIDE.sub(r"\\1\'", cell)\n',
        "        text = cell\n",
        (
            "tests/property/test_cells.py"
            "::test_no_cell_begins_as_a_formula_does_at_whatever_it_is_split",
        ),
    ),
    Mutant(
        "what waits for somebody is asked among what they see",
        f"{FLOWS}/waiting.py",
        f"        return {SEEN}\n",
        "        return Contract.objects.filter(listing__archived_at=None)\n",
        (f"{WAITING}::test_it_waits_for_the_colleague_who_signs_while_they_see_it",),
    ),
    Mutant(
        "whoever is not needed any more is not waited for",
        "wagtail_contracts/signing/flows/turns.py",
        "counted.filter(Q(have_signed__lt=needed))",
        "counted.all()",
        (f"{TURNS}::test_whose_turn_it_is_for_every_rule_order_and_set_of_signatures",),
    ),
    Mutant(
        "in review a contract waits for those who have something to fill in",
        "wagtail_contracts/signing/core/quorum.py",
        'in signatories(content) if party["role"] in left]',
        "in signatories(content)]",
        (
            "tests/unit/signing/test_quorum.py"
            "::test_a_contract_in_review_waits_for_those_who_have_something_to_fill_in",
        ),
    ),
    Mutant(
        "the list keeps who has something to fill in",
        f"{FLOWS}/listing.py",
        '"left": list(told.left)}',
        '"left": []}',
        (f"{TURNS}::test_in_review_it_waits_for_whoever_has_something_to_fill_in",),
    ),
    Mutant(
        "all means what the list shows",
        f"{LISTS}/bulk.py",
        "        return looked_for(request)\n",
        "        return permissions.visible(request.user)\n",
        (f"{MANY}::test_all_means_what_the_list_shows_and_a_wrong_filter_shows_nothing",),
    ),
    Mutant(
        "a filter that is none chooses nothing",
        f"{LISTS}/views.py",
        "    return found if view.filters.is_valid() else found.none()\n",
        "    return found\n",
        (f"{MANY}::test_all_means_what_the_list_shows_and_a_wrong_filter_shows_nothing",),
    ),
    Mutant(
        "of many each is asked for its own right",
        f"{LISTS}/bulk.py",
        "        if not self.places.cover(contract):\n",
        "        if False:\n",
        (f"{MANY}::test_whoever_only_views_is_told_so_for_each",),
    ),
    Mutant(
        "more than is done at once is not begun",
        f"{LISTS}/bulk.py",
        "        if self.too_many:\n            return self.form_invalid(form)\n",
        "",
        (f"{MANY}::test_more_than_is_done_at_once_is_not_begun",),
    ),
    Mutant(
        "what is taken along is masked for those who may not see it",
        f"{FLOWS}/exporting.py",
        "seen(contract, _content(contract), user, by=by)",
        "_content(contract)",
        (f"{TAKEN}::test_the_data_of_contracts_as_text",),
    ),
    Mutant(
        "what is taken along is told in the workspace's trail",
        f"{FLOWS}/exporting.py",
        '    note_export(found, "data", by=by)\n',
        "",
        (f"{TAKEN}::test_the_data_of_contracts_as_text",),
    ),
    Mutant(
        "a text that a spreadsheet would run stays a text",
        f"{CONTRACTS}/core/cells.py",
        '        return f"\'{text}" if text.lstrip(" \\u00a0").startswith(BEGINS) else text\n',
        "        return text\n",
        (
            "tests/unit/contracts/test_cells.py::test_a_text_that_would_run_stands_after_an_apostrophe",
        ),
    ),
    Mutant(
        "a chooser names only what one may choose",
        f"{LISTS}/keeping.py",
        "super().get_value_data(found.filter(pk__in=numbers([pk])).first())",
        "super().get_value_data(value)",
        (f"{KEEPING}::test_a_contract_that_one_does_not_see_is_neither_linked_nor_unlinked",),
    ),
    Mutant(
        "a link leads to what one sees",
        f"{FLOWS}/linking.py",
        '    insist("view", first, by=by)\n',
        "",
        (f"{KEEPING}::test_a_contract_that_one_does_not_see_is_neither_linked_nor_unlinked",),
    ),
    Mutant(
        "what somebody waits for is not archived",
        f"{FLOWS}/sorting.py",
        "    if contract.state in STAYS_OUT:\n",
        "    if False:\n",
        (f"{KEEPING}::test_what_somebody_waits_for_is_not_archived",),
    ),
    Mutant(
        "an act on many finds what one sees",
        f"{LISTS}/bulk.py",
        "    return permissions.visible(request.user).filter(pk__in=numbers(ids))\n",
        "    return Contract.objects.filter(pk__in=numbers(ids))\n",
        (f"{BULK}::test_no_act_on_many_reaches_further_than_its_verb",),
    ),
    Mutant(
        "only who may edit drafts deletes many",
        f"{LISTS}/bulk.py",
        '        return draft and permissions.may(self.request.user, "delete", snippet)\n',
        "        return draft\n",
        (f"{BULK}::test_no_act_on_many_reaches_further_than_its_verb",),
    ),
    Mutant(
        "a report of deviations masks what one may not see",
        f"{CONTRACTS}/admin/approving/report.py",
        "contracts.seen_both(contract, old, content, user, by=by)",
        "(old, content)",
        (
            f"{PLANTED}::test_whoever_lacks_the_right_is_told_the_value_at_no_door_in_no_mail_and_in_no_log",
        ),
    ),
    Mutant(
        "a ZIP of sealed files has those of which one may read all",
        f"{FLOWS}/copies.py",
        "    if row.pk not in allowed:\n",
        "    if False:\n",
        (f"{PLANTED}::test_no_act_on_many_nor_what_it_gives_tells_it_to_whoever_lacks_the_right",),
    ),
    Mutant(
        "what is for training is counted by no tab",
        f"{LISTS}/views.py",
        "permissions.visible(user).real()",
        "permissions.visible(user)",
        (f"{HOME}::test_what_is_for_training_is_listed_and_marked_and_counts_nowhere",),
    ),
    Mutant(
        "what is for training is counted by no menu",
        f"{CONTRACTS}/admin/approving/inbox.py",
        "counts.MOST + 1, real=True",
        "counts.MOST + 1",
        (f"{HOME}::test_what_is_for_training_is_listed_and_marked_and_counts_nowhere",),
    ),
    Mutant(
        "what is due soon goes by the day of the workspace",
        f"{CONTRACTS}/models/contracts.py",
        "now.astimezone(ZoneInfo(zone)).date(), []",
        "now.date(), []",
        (f"{HOME}::test_due_soon_goes_by_the_day_of_the_workspace",),
    ),
]
