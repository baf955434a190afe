"""Guards of the live state and of the comparison: what is told to whom, and what is evidence."""

from tests.mutants.mutant import Mutant

STAMPS = "wagtail_contracts/signing/flows/stamps.py"
SIGNING = "wagtail_contracts/signing/flows/signing.py"
COMPARING = "wagtail_contracts/contracts/core/comparing.py"
GATE = "wagtail_contracts/contracts/admin/gate.py"
STATES = "wagtail_contracts/signing/rendering/states.py"
STATE, COMPARED = "tests/public/test_state.py", "tests/flows/signing/test_compared.py"
RULES = "tests/unit/contracts/test_comparing.py"

MUTANTS = [
    Mutant(
        "what the other side says to itself moves nothing",
        STAMPS,
        "_threads(Thread.objects.seen_by(participant))",
        "_threads(Thread.objects.filter(contract=contract))",
        (f"{STATE}::test_what_the_other_side_keeps_to_itself_changes_no_byte",),
    ),
    Mutant(
        "what the counterparty says to itself moves nothing of ours",
        STAMPS,
        "_threads(Thread.objects.of_staff(user, contract))",
        "_threads(Thread.objects.filter(contract=contract))",
        (f"{STATE}::test_what_the_counterparty_keeps_to_itself_changes_nothing_of_ours",),
    ),
    Mutant(
        "looking sets nobody else looking",
        STAMPS,
        ".exclude(name__in=LOOKS)",
        "",
        (f"{STATE}::test_a_superuser_who_follows_leaves_no_trace_but_for_looking",),
    ),
    Mutant(
        "an open page writes nothing by asking",
        GATE,
        'if not getattr(self, "records_looks", True) or permissions',
        "if permissions",
        (f"{STATE}::test_a_superuser_who_follows_leaves_no_trace_but_for_looking",),
    ),
    Mutant(
        "who knows the state is sent no body",
        STATES,
        "    if tag not in known:\n",
        "    if True:\n",
        (f"{STATE}::test_whoever_knows_it_is_told_so_without_a_body",),
    ),
    Mutant(
        "an open page knows when its reader has to come in anew",
        "wagtail_contracts/signing/public/facts.py",
        "page.session.expires_at.isoformat()",
        "page.session.begun_at.isoformat()",
        (f"{STATE}::test_the_page_carries_the_state_that_it_shows",),
    ),
    Mutant(
        "what was compared travels in the sealed file",
        "wagtail_contracts/contracts/flows/announcing.py",
        "        events.DELIVERY_BOUNCED,\n",
        "        events.DELIVERY_BOUNCED,\n        events.CHANGES_SHOWN,\n",
        (f"{COMPARED}::test_the_sealed_file_holds_what_was_compared_before_the_signature",),
    ),
    Mutant(
        "the comparison is recorded with the signature",
        SIGNING,
        "    if earlier:\n",
        "    if False:\n",
        (
            f"{COMPARED}::test_the_comparison_with_the_version_signed_before_is_evidence"
            "_of_the_next_signature",
        ),
    ),
    Mutant(
        "a comparison names both versions",
        COMPARING,
        '"digest": digests[1]}',
        '"digest": digests[0]}',
        (f"{RULES}::test_another_version_with_the_same_words_makes_another_comparison",),
    ),
]
