"""Guards of the template editor: who is told numbers, and what an outline may be."""

from tests.mutants.mutant import Mutant

ROOM = "wagtail_contracts/contracts"
TOLD, OUTLINES = "tests/admin/test_numbers.py", "tests/unit/contracts/test_outlines.py"

MUTANTS = [
    Mutant(
        "numbers are told only to whoever writes texts",
        f"{ROOM}/admin/numbers.py",
        "        if not permissions.may_upload(request.user):\n",
        "        if False:\n",
        (f"{TOLD}::test_whoever_writes_none_is_told_that_there_is_no_such_page",),
    ),
    Mutant(
        "an outline has at most so many blocks",
        f"{ROOM}/core/outlines.py",
        "    if not isinstance(outline, list) or len(outline) > MOST:\n",
        "    if not isinstance(outline, list):\n",
        (f"{OUTLINES}::test_what_is_no_outline_is_refused",),
    ),
]
