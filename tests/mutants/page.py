"""What the contract's page tells its reader of itself."""

from tests.mutants.mutant import Mutant

PUBLIC = "wagtail_contracts/signing/public"
CONTENTS = "tests/public/test_contents.py"
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
]
