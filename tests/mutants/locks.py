"""The row lock in each verb; without one, a forced order gives what no serial order gives."""

from tests.mutants.mutant import POSTGRESQL, Mutant

CONTRACTS, SIGNING = "wagtail_contracts/contracts/flows", "wagtail_contracts/signing/flows"
PAIRS, DRAFTS = "tests/reliability/test_pairs.py", "tests/reliability/test_drafts.py"
SUGGESTIONS = "tests/reliability/test_suggestions.py"
HOLDS = f"{PAIRS}::test_whoever_holds_the_contract_goes_first"
COMES = f"{PAIRS}::test_whoever_comes_before_the_lock_goes_first"
GIVEN = "Contract.objects.lock(contract.pk)"
MAY = '    insist("send", contract, by=by)\n'
THEIRS = "Contract.objects.lock(participant.party.contract_id)"


def unlocked(verb: str, file: str, lock: str, following: str, *tests: str) -> Mutant:
    """The row lock of one verb, which is followed by a line that is found nowhere else."""
    read = lock.replace(".lock(", ".get(pk=")
    guard = f"the row lock in {verb}"
    return Mutant(guard, file, f"{lock}\n{following}", f"{read}\n{following}", tests, on=POSTGRESQL)


MUTANTS = [
    unlocked(
        "send",
        f"{CONTRACTS}/sending.py",
        GIVEN,
        f"{MAY}    offer = insist_on_sendable(",
        f"{DRAFTS}::test_a_draft_that_two_send_is_sent_once",
    ),
    unlocked(
        "revise",
        f"{CONTRACTS}/sending.py",
        GIVEN,
        f'{MAY}    if not states.allows(contract.state, "revise")',
        HOLDS,
    ),
    unlocked(
        "reopen",
        f"{CONTRACTS}/sending.py",
        GIVEN,
        f'{MAY}    reason = announcing.insist_on_reason(reason)\n    _move(contract, "reopen"',
        COMES,
    ),
    unlocked(
        "withdraw",
        f"{CONTRACTS}/closing.py",
        GIVEN,
        f"{MAY}    reason = announcing.insist_on_reason(reason)",
        COMES,
    ),
    unlocked(
        "expire",
        f"{CONTRACTS}/closing.py",
        GIVEN,
        "    if not contract.is_overdue",
        COMES,
    ),
    unlocked(
        "extend",
        f"{CONTRACTS}/closing.py",
        GIVEN,
        f'{MAY}    if not states.allows(contract.state, "extend")',
        COMES,
    ),
    unlocked("answer", f"{CONTRACTS}/answering.py", THEIRS, "    open_version(contract)", HOLDS),
    unlocked(
        "sign",
        f"{SIGNING}/signing.py",
        THEIRS,
        "    version = contracts.insist_on_current(contract, digest)\n    before",
        "tests/security/test_s11_one_signature.py"
        "::test_twenty_requests_with_one_identification_make_one_signature",
    ),
    Mutant(
        "the row lock in accepting and dismissing a suggestion",
        f"{CONTRACTS}/suggesting.py",
        "Contract.objects.lock(suggestion.thread.contract_id)",
        "Contract.objects.get(pk=suggestion.thread.contract_id)",
        (
            f"{SUGGESTIONS}::test_whoever_holds_the_contract_decides_and_the_other_is_refused_by_name",
        ),
        on=POSTGRESQL,
    ),
    Mutant(
        "the row lock of a series of numbers",
        f"{CONTRACTS}/drafting.py",
        "NumberSeries.objects.select_for_update().get(stem=stem)",
        "NumberSeries.objects.get(stem=stem)",
        (f"{DRAFTS}::test_two_who_make_a_contract_get_two_numbers",),
        on=POSTGRESQL,
    ),
    Mutant(
        "a block that was unlocked is locked in a copy",
        "wagtail_contracts/contracts/flows/copying.py",
        "renewed(*locks.locked_again(said.outline, said.body))",
        "renewed(said.outline, said.body)",
        (
            "tests/flows/contracts/test_unlock.py"
            "::test_a_copy_is_locked_there_again_and_says_what_the_template_says",
        ),
    ),
]
