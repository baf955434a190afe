"""Guards of product tables: rounding, limits of quantities, locked cells, whole files."""

from tests.mutants.mutant import Mutant

ROOM = "wagtail_contracts/contracts"
SUMS, TABLES = (f"tests/unit/contracts/test_product_{name}.py" for name in ("sums", "tables"))
AREAS = "tests/admin/test_area_tables.py"
PAGES = "tests/unit/contracts/test_product_pages.py"
HIDDEN = "tests/flows/contracts/test_hidden_tables.py"
POSTS, FLOW = "tests/unit/contracts/test_product_posts.py", "tests/flows/contracts/test_products.py"

MUTANTS = [
    Mutant(
        "each line of a product table is rounded before lines are added",
        f"{ROOM}/core/products.py",
        '        bases[row["vat"]] = bases.get(row["vat"], Decimal(0)) + net(row, currency)\n',
        '        exact = Decimal(row["quantity"]) * Decimal(row["price"])\n'
        '        bases[row["vat"]] = bases.get(row["vat"], Decimal(0)) + exact\n',
        (f"{SUMS}::test_lines_are_rounded_before_they_are_added",),
    ),
    Mutant(
        "a half of the smallest unit goes up",
        f"{ROOM}/core/rounding.py",
        "    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)\n",
        "    whole = round(scaled)\n",
        (
            f"{SUMS}::test_a_line_is_rounded_half_up_to_the_smallest_unit",
            "tests/property/test_product_sums.py"
            "::test_lines_and_totals_are_those_of_a_second_computation",
        ),
    ),
    Mutant(
        "a quantity stays within its limits",
        f"{ROOM}/core/products.py",
        "    return least <= quantity <= most and not (quantity - least) % step\n",
        "    return not (quantity - least) % step\n",
        (
            f"{TABLES}::test_a_quantity_beyond_its_limits_is_refused_with_the_limits",
            f"{FLOW}::test_a_forged_choice_is_refused_and_nothing_is_written",
        ),
    ),
    Mutant(
        "a quantity keeps to its steps",
        f"{ROOM}/core/products.py",
        "    return least <= quantity <= most and not (quantity - least) % step\n",
        "    return least <= quantity <= most\n",
        (
            f"{TABLES}::test_a_quantity_beyond_its_limits_is_refused_with_the_limits",
            f"{FLOW}::test_a_forged_choice_is_refused_and_nothing_is_written",
        ),
    ),
    Mutant(
        "only chosen rows are signed",
        f"{ROOM}/core/kinds/products.py",
        '    counted = [row for row in rows if row["chosen"] and Decimal(row["quantity"])]\n',
        "    counted = rows\n",
        (
            f"{TABLES}::test_only_what_was_chosen_is_signed",
            f"{FLOW}::test_chosen_rows_and_only_they_make_the_version_and_its_value",
        ),
    ),
    Mutant(
        "a locked cell that was sent is refused",
        f"{ROOM}/blocks/product_posts.py",
        '                problems.append(("rows_locked", words))\n',
        "                pass\n",
        (f"{POSTS}::test_an_open_column_is_read_and_all_others_are_refused",),
    ),
    Mutant(
        "a locked cell is never read",
        f"{ROOM}/blocks/product_posts.py",
        "        return [part for name in COLUMNS if name in self.open for part in PARTS[name]]\n",
        "        return CELLS\n",
        (f"{POSTS}::test_an_open_column_is_read_and_all_others_are_refused",),
    ),
    Mutant(
        "a row of another table is refused",
        f"{ROOM}/blocks/product_posts.py",
        "        return id in taken or (",
        "        return bool(",
        (
            f"{POSTS}::test_open_rows_do_not_open_the_cells_nor_take_foreign_ids",
            f"{POSTS}::test_two_tables_cannot_share_a_new_row",
        ),
    ),
    Mutant(
        "of two choices nobody picks one",
        f"{ROOM}/rendering/answers.py",
        '        if kind.several or (len(every) > 1 and item["kind"] != "yes_no"):\n',
        "        if kind.several:\n",
        (f"{PAGES}::test_two_choices_where_one_is_expected_come_to_the_flow_as_two",),
    ),
    Mutant(
        "what must be chosen is asked for",
        f"{ROOM}/core/trees.py",
        '    decisions = [item for item in asked(content["body"]) if item["required"]]\n',
        "    decisions: list[Node] = []\n",
        (f"{FLOW}::test_one_of_a_group_must_be_chosen_where_none_is_suggested",),
    ),
    Mutant(
        "a file with one bad line fills no catalogue",
        f"{ROOM}/flows/cataloguing.py",
        "    if faults:\n",
        "    if faults and not items:\n",
        ("tests/flows/contracts/test_cataloguing.py::test_one_bad_line_keeps_the_whole_file_out",),
    ),
    Mutant(
        "a quantity is judged before it is rounded",
        f"{ROOM}/core/fields/quantities.py",
        "NUMBER.fullmatch(typed) and Decimal(typed) == round(Decimal(typed), PLACES)",
        "NUMBER.fullmatch(typed)",
        (f"{FLOW}::test_a_forged_choice_is_refused_and_nothing_is_written",),
    ),
    Mutant(
        "a table that a condition hides is decided nowhere",
        f"{ROOM}/core/resolving.py",
        "hidden(whole, body) | _undecided(whole, values)",
        "hidden(whole, body)",
        (f"{HIDDEN}::test_hiding_it_takes_its_decisions_out_and_switching_back_restores_them",),
    ),
    Mutant(
        "what was kept may be of a row that is gone",
        f"{ROOM}/flows/answering.py",
        "    known = mine.keys() | kept_answers(participant)\n",
        "    known = mine.keys()\n",
        (f"{HIDDEN}::test_a_decision_that_was_kept_may_lose_its_row",),
    ),
    Mutant(
        "what has several inputs is kept in its shape",
        f"{ROOM}/flows/answering.py",
        "    if isinstance(raw, list | tuple):\n        return [_kept",
        "    if False:\n        return [_kept",
        (
            "tests/flows/contracts/test_answer.py"
            "::test_what_has_several_inputs_is_kept_in_its_shape",
        ),
    ),
    Mutant(
        "what depends on a row that is gone is not lost unseen",
        f"{ROOM}/flows/sending.py",
        "    if faults := unusable(offer):\n",
        "    if faults := []:\n",
        (f"{HIDDEN}::test_a_text_that_depends_on_a_row_is_not_lost_with_it",),
    ),
    Mutant(
        "a row in an area is no row of another table",
        f"{ROOM}/blocks/areas.py",
        "        if taken & {*ids, *rows}:\n",
        "        if taken & ids:\n",
        (f"{AREAS}::test_rows_in_an_area_have_ids_of_their_own",),
    ),
    Mutant(
        "a row in an area is sent once",
        f"{ROOM}/blocks/areas.py",
        "        if len({*ids, *rows}) < len(ids) + len(rows):\n",
        "        if False:\n",
        (f"{AREAS}::test_rows_in_an_area_have_ids_of_their_own",),
    ),
    Mutant(
        "a contract in one language has no clause in two",
        f"{ROOM}/admin/forms.py",
        "        if body and not self.instance.second_language and"
        ' has(plain(body), "bilingual"):\n',
        "        if False:\n",
        (f"{AREAS}::test_a_contract_in_one_language_takes_no_clause_in_two",),
    ),
    Mutant(
        "a table without a price can be opened again",
        f"{ROOM}/core/kinds/products.py",
        "    return decimal(Decimal(str(stored or 0)), places)\n",
        "    return decimal(Decimal(str(stored)), places)\n",
        (
            "tests/admin/test_unfinished_products.py"
            "::test_a_figure_may_come_later_but_no_contract_comes_before",
        ),
    ),
    Mutant(
        "no contract has nought where a price was never filled in",
        f"{ROOM}/flows/usable.py",
        "        if any(row[figure] is None for figure in FIGURES)\n",
        "        if False\n",
        (
            "tests/admin/test_unfinished_products.py"
            "::test_a_figure_may_come_later_but_no_contract_comes_before",
        ),
    ),
]
