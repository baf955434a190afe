"""Guards of what contracts are found by."""

from tests.mutants.mutant import Mutant

CONTRACTS = "wagtail_contracts/contracts"
WORDS = "tests/unit/contracts/test_searching.py"
FLOW = "tests/flows/contracts/test_searching.py"
DOOR = "tests/admin/test_searching.py"

MUTANTS = [
    Mutant(
        "a sensitive value enters no index",
        f"{CONTRACTS}/flows/indexing.py",
        "    open_to_all = masking.without(content)\n",
        "    open_to_all = content\n",
        (f"{FLOW}::test_a_sensitive_value_enters_no_index",),
    ),
    Mutant(
        "an address enters the index as a digest",
        f"{CONTRACTS}/flows/indexing.py",
        "digests_of(person.email)[0]",
        "person.email",
        (f"{FLOW}::test_an_address_is_kept_as_a_digest_that_another_key_does_not_make",),
    ),
    Mutant(
        "a version's words are indexed with it",
        f"{CONTRACTS}/flows/indexing.py",
        "_keep(stored, contract.current_version or stored.current_version)",
        "_keep(stored, stored.current_version)",
        (f"{FLOW}::test_the_text_is_that_of_the_newest_version",),
    ),
    Mutant(
        "a flow that changes the words of a draft indexes them",
        f"{CONTRACTS}/flows/indexing.py",
        "        events.DRAFT_FILLED_IN,\n",
        "",
        (f"{FLOW}::test_so_do_the_flows_that_write_drafts",),
    ),
    Mutant(
        "hits hold only what one may see",
        f"{CONTRACTS}/admin/searching/hits.py",
        "    seen = permissions.visible(user)\n",
        "    seen = permissions.visible(user) | Contract.objects.all()\n",
        (f"{DOOR}::test_hits_and_counts_hold_only_what_one_may_see",),
    ),
    Mutant(
        "what was opened last is there as long as one sees it",
        f"{CONTRACTS}/admin/searching/hits.py",
        "_readable(permissions.visible(user).filter(pk__in=order))",
        "_readable(Contract.objects.filter(pk__in=order))",
        ("tests/admin/test_home.py::test_what_was_opened_last_is_there_as_long_as_one_sees_it",),
    ),
    Mutant(
        "an index is made of a chunk at a time",
        f"{CONTRACTS}/flows/indexing.py",
        'values_list("pk", flat=True)[:BATCH]',
        'values_list("pk", flat=True)',
        (f"{FLOW}::test_no_more_contracts_are_in_memory_than_a_chunk_has",),
    ),
    Mutant(
        "a question has an end",
        f"{CONTRACTS}/core/searching.py",
        "    parts = list(islice(typed.split(), MOST_TYPED))\n",
        "    parts = typed.split()\n",
        (f"{WORDS}::test_a_question_has_an_end",),
    ),
]
