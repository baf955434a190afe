"""Guards of the language of conditions, of computed fields, and of templates that use them."""

from tests.mutants.mutant import Mutant

CORE = "wagtail_contracts/contracts/core"
EXPRESSIONS = f"{CORE}/expressions"
EXAMPLES = "tests/unit/contracts/test_expressions.py"
RECKONED = "tests/property/test_expressions.py"
COMPUTING = "tests/unit/contracts/test_computing.py"
FAULTS = "tests/unit/contracts/test_template_faults.py"
SHOWING = "tests/property/test_showing.py"
PICKED = "tests/unit/contracts/test_conditions.py"

MUTANTS = [
    Mutant(
        "a half is rounded up",
        f"{CORE}/rounding.py",
        "(2 * scaled.numerator + scaled.denominator)",
        "(2 * scaled.numerator + scaled.denominator - 1)",
        (
            f"{EXAMPLES}::test_a_computed_value_is_what_the_rules_say",
            f"{RECKONED}::test_money_is_rounded_to_the_minor_unit_of_its_currency",
        ),
    ),
    Mutant(
        "currencies are never added",
        f"{EXPRESSIONS}/checking.py",
        "    if left.currency != right.currency:\n",
        "    if False:\n",
        (f"{EXAMPLES}::test_what_can_not_be_used_is_refused_at_its_place",),
    ),
    Mutant(
        "a month ends with its last day",
        f"{EXPRESSIONS}/amounts.py",
        "min(day.day, last)",
        "min(day.day, 28)",
        (f"{RECKONED}::test_a_month_later_is_the_same_day_or_the_last_before_it",),
    ),
    Mutant(
        "a condition without an answer is not met",
        f"{EXPRESSIONS}/evaluating.py",
        "    return None if truth is None else not truth\n",
        "    return not truth\n",
        (
            f"{EXAMPLES}::test_a_condition_is_not_met",
            f"{RECKONED}::test_a_condition_is_met_exactly_if_the_answers_decide_it",
        ),
    ),
    Mutant(
        "brackets have an end",
        f"{EXPRESSIONS}/parsing.py",
        "        if self._depth > DEEPEST:\n",
        "        if False:\n",
        (
            f"{EXAMPLES}::test_what_can_not_be_used_is_refused_at_its_place",
            f"{RECKONED}::test_a_hostile_expression_takes_no_time",
        ),
    ),
    Mutant(
        "numbers do not grow without end",
        f"{EXPRESSIONS}/amounts.py",
        " if abs(rounded) < LARGEST else None",
        "",
        (f"{EXAMPLES}::test_a_computed_value_is_what_the_rules_say",),
    ),
    Mutant(
        "a picked text can't become an expression",
        f"{CORE}/conditions.py",
        """str(value).replace('"', '""')""",
        "str(value)",
        (f"{PICKED}::test_a_test_means_an_expression",),
    ),
    Mutant(
        "a picked key can't become an expression",
        f"{CORE}/conditions.py",
        "not KEY.fullmatch(key) or operator",
        "not key or operator",
        (f"{PICKED}::test_a_test_that_is_not_finished_says_nothing_and_is_named",),
    ),
    Mutant(
        "what was computed before is forgotten",
        f"{CORE}/computing.py",
        "    found.update(dict.fromkeys(formulas))\n",
        "",
        (f"{COMPUTING}::test_a_circle_has_no_values_and_is_named",),
    ),
    Mutant(
        "what is computed from something sensitive is sensitive",
        f"{CORE}/computing.py",
        "            sensitive.add(key)\n",
        "            pass\n",
        (f"{COMPUTING}::test_what_is_computed_from_something_sensitive_is_sensitive",),
    ),
    Mutant(
        "a template has no circles",
        f"{CORE}/template_faults.py",
        "    return found or list(_circles(whole))\n",
        "    return found\n",
        (
            f"{FAULTS}::test_a_value_that_is_made_from_itself_is_refused",
            f"{FAULTS}::test_two_fields_that_hide_each_other_are_refused",
        ),
    ),
    Mutant(
        "a hidden field has no answer",
        f"{CORE}/showing.py",
        "found = {key for key in keys if self._is_hidden(key, values)}",
        "found: set[str] = set()",
        (f"{SHOWING}::test_a_block_that_no_answers_show_is_named",),
    ),
    Mutant(
        "the work for one template is bounded",
        f"{CORE}/showing.py",
        'if block["condition"] and work > 0 else None',
        'if block["condition"] else None',
        (f"{SHOWING}::test_the_work_for_one_template_is_bounded",),
    ),
    Mutant(
        "a condition that is wrong is not published",
        "wagtail_contracts/contracts/admin/template_forms.py",
        "    yield from faults.refused(found)\n",
        "",
        (
            "tests/admin/test_template_findings.py"
            "::test_it_is_not_published_and_without_the_fault_it_is",
        ),
    ),
]
