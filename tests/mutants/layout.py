"""Guards of what is laid out: terms, letterheads, second languages, previews."""

from tests.mutants.mutant import Mutant

ROOM = "wagtail_contracts/contracts"
PREVIEWS = "tests/admin/test_previews.py"
TERMS = "tests/unit/contracts/test_terms.py"

MUTANTS = [
    Mutant(
        "a foreign template has no preview",
        f"{ROOM}/admin/previews.py",
        "        if not isinstance(found, ContractTemplateMixin) or not found.is_known_to(self.request.user):\n",  # noqa: E501 - the line itself
        "        if not isinstance(found, ContractTemplateMixin):\n",
        (f"{PREVIEWS}::test_a_template_of_others_and_any_other_page_is_not_found",),
    ),
    Mutant(
        "a preview is framed by our own pages alone",
        f"{ROOM}/admin/previews.py",
        '@method_decorator(xframe_options_sameorigin, name="get")\n',
        "",
        (f"{PREVIEWS}::test_it_may_be_framed_by_our_own_pages_alone",),
    ),
    Mutant(
        "a letterhead that no font has is refused",
        f"{ROOM}/models/looks.py",
        "    if missing := unprintable(letterhead):\n",
        '    if missing := "":\n',
        (
            "tests/unit/contracts/test_letterhead.py"
            "::test_what_could_not_be_printed_is_refused_where_it_is_typed",
        ),
    ),
    Mutant(
        "an empty area that says nothing is not there",
        f"{ROOM}/core/kinds/places.py",
        ' if block["blocks"] or block["empty"] else None\n',
        "\n",
        (
            "tests/unit/contracts/test_html.py"
            "::test_an_empty_area_that_says_nothing_is_not_there_and_takes_no_number",
        ),
    ),
    Mutant(
        "clauses in a numbered area stand below its number",
        f"{ROOM}/core/kinds/places.py",
        'block["level"] if block.get("style") else 0\n',
        "0\n",
        (
            "tests/unit/contracts/test_html.py"
            "::test_clauses_in_a_numbered_area_are_counted_below_its_number",
        ),
    ),
    Mutant(
        "a term is whole words",
        f"{ROOM}/core/terms.py",
        " and END.match(text, word.start() + length):\n",
        ":\n",
        (f"{TERMS}::test_whole_words_lead_to_the_definition_the_longest_term_first",),
    ),
    Mutant(
        "a block points at a term once",
        f"{ROOM}/core/terms.py",
        "            if id and id not in said:\n",
        "            if id:\n",
        (f"{TERMS}::test_each_block_points_at_a_term_once",),
    ),
    Mutant(
        "a comparison says where a moved block stands",
        f"{ROOM}/core/diffs.py",
        "            yield replace(made, where=here, stood=there, was=before[id].number)\n",
        "            yield made\n",
        (
            "tests/property/test_rebuilding.py"
            "::test_each_version_follows_from_the_other_one_and_the_comparison",
        ),
    ),
]
