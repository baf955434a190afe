"""What the contract's page tells its reader of itself."""

from tests.mutants.mutant import Mutant

PUBLIC = "wagtail_contracts/signing/public"
CONTENTS = "tests/public/test_contents.py"
ERRORS, WORDS = "tests/security/test_s59_errors.py", "tests/security/test_attacks_words.py"
HINTS = f"{CONTENTS}::test_the_contents_say_where_something_is_to_be_filled_in"

MUTANTS = [
    Mutant(
        "a code that is spent is not asked for again",
        f"{PUBLIC}/affirming.py",
        "over=not wrong.left",
        "over=False",
        ("tests/public/test_affirming.py::test_after_five_tries_only_a_new_code_helps",),
    ),
    Mutant(
        "a clause is marked only until its version was looked at",
        f"{PUBLIC}/reading.py",
        'common["base"] if common["news"] else None',
        'common["base"]',
        (f"{CONTENTS}::test_a_clause_that_changed_is_marked_until_the_version_was_looked_at",),
    ),
    Mutant(
        "what is kept while one types makes no version",
        f"{PUBLIC}/reading.py",
        'request.POST.get("do") == "keep"',
        'request.POST.get("do") == "kept"',
        (HINTS,),
    ),
    Mutant(
        "what is filled in is no longer left",
        f"{PUBLIC}/facts.py",
        "self.left = [item for item in needed if not item.is_filled]",
        "self.left = needed",
        (HINTS, f"{CONTENTS}::test_what_is_left_is_listed_with_links_to_the_fields"),
    ),
    Mutant(
        "talk is counted at its own clause",
        f"{PUBLIC}/contents.py",
        "for block in part.blocks),",
        "for block in talk or ()),",
        (f"{CONTENTS}::test_marks_are_told_apart_by_block",),
    ),
    Mutant(
        "a request is read as UTF-8 and not otherwise",
        f"{PUBLIC}/page.py",
        '        if codecs.lookup(request.encoding or "utf-8").name != "utf-8":\n',
        "        if False:\n",
        (
            f"{ERRORS}::test_what_cannot_be_read_is_refused_and_no_crash",
            f"{ERRORS}::test_nor_is_an_address_read_in_another_alphabet",
        ),
    ),
    Mutant(
        "a form that can't be read is no crash",
        f"{PUBLIC}/failures.py",
        "UNREADABLE = (SuspiciousOperation, BadRequest, MultiPartParserError)\n",
        "UNREADABLE = (SuspiciousOperation, BadRequest)\n",
        (f"{ERRORS}::test_what_cannot_be_read_is_refused_and_no_crash",),
    ),
    Mutant(
        "a name is all seen",
        "wagtail_contracts/contracts/flows/versioning.py",
        "    if unseen(name):\n",
        "    if False:\n",
        (
            f"{WORDS}::test_nobody_signs_with_a_name_that_is_not_all_seen",
            f"{WORDS}::test_nobody_comes_in_under_such_a_name",
        ),
    ),
    Mutant(
        "who signs has a name that is all seen, whichever door was used",
        "wagtail_contracts/signing/flows/signing.py",
        "    contracts.insist_on_name(name)\n",
        "",
        (f"{WORDS}::test_nobody_signs_with_a_name_that_is_not_all_seen",),
    ),
    Mutant(
        "a length of thousands of digits is no crash",
        f"{PUBLIC}/page.py",
        "len(length) > DIGITS or ",
        "",
        (f"{ERRORS}::test_a_length_that_is_no_number_of_ours_is_refused_and_no_crash",),
    ),
]
