"""Guards against others that fail: storages, authorities, issuers, and our own death."""

from tests.mutants.mutant import Mutant

STORING = "wagtail_contracts/sealing/flows/storing.py"
REVOKING = "wagtail_contracts/sealing/flows/revoking.py"
TIMESTAMPS = "wagtail_contracts/wire/timestamps.py"
ANCHORS = "wagtail_contracts/audit/backends/anchors.py"
BUCKET = "tests/reliability/test_bucket.py"
AUTHORITIES = "tests/reliability/test_authorities.py"
HALF = "tests/unit/audit/test_file_anchor.py::test_half_a_note_spoils_no_other"
JOURNEY = f"{AUTHORITIES}::test_a_contract_is_sealed_as_far_as_can_be_and_raised_when_the_lies_end"
WAITS = f"{AUTHORITIES}::test_a_checkpoint_waits_while_the_authority_lies"

MUTANTS = [
    Mutant(
        "what a storage took is read again",
        STORING,
        "        if not _holds(storage, name, data):\n",
        "        if False:\n",
        (f"{BUCKET}::test_what_does_not_come_back_is_not_stored",),
    ),
    Mutant(
        "an object that is equal is reused",
        STORING,
        "            if _holds(storage, name, data):\n",
        "            if False:\n",
        (f"{BUCKET}::test_an_equal_object_is_reused_and_another_replaced",),
    ),
    Mutant(
        "what a storage raises is a refusal",
        STORING,
        "        raise StorageFailed(words) from error\n",
        "        raise\n",
        (
            f"{BUCKET}::test_what_does_not_come_back_is_not_stored",
            f"{BUCKET}::test_a_visitor_is_told_that_it_is_our_fault",
        ),
    ),
    Mutant(
        "an authority and we agree on the hour",
        TIMESTAMPS,
        "        if abs(found.at - now) > DRIFT:\n",
        "        if False:\n",
        (WAITS,),
    ),
    Mutant(
        "a time-stamp answers what was asked now",
        TIMESTAMPS,
        '    if info["nonce"].native != asked["nonce"].native:\n',
        "    if False:\n",
        (WAITS,),
    ),
    Mutant(
        "an answer on revocation is judged",
        REVOKING,
        "        elif fault := _fault(chain, ocsps=[said]):\n",
        '        elif fault := "":\n',
        (JOURNEY,),
    ),
    Mutant(
        "a list of revocations is judged",
        REVOKING,
        "        elif fault := _fault(chain, crls=[said]):\n",
        '        elif fault := "":\n',
        (JOURNEY,),
    ),
    Mutant(
        "half a note is closed before another follows",
        ANCHORS,
        '(b"" if closed else BROKEN + b"\\n") + ',
        "",
        (HALF,),
    ),
    Mutant(
        "half a note is left out",
        ANCHORS,
        'line.endswith(BROKEN) or (line == b"\\n" and not lines)',
        "False",
        (HALF,),
    ),
    Mutant(
        "half a signature is none",
        "wagtail_contracts/notes.py",
        '    return SIGNATURE.fullmatch(f"{line}\\n") is not None\n',
        "    return line.startswith(DASH)\n",
        (HALF,),
    ),
    Mutant(
        "a seal takes no longer than its lease",
        "wagtail_contracts/signing/checks.py",
        "    if longest < lease:\n",
        "    if True:\n",
        (
            "tests/security/test_s19_install.py::test_w032_authorities_that_may_take_longer_than_a_lease",
        ),
    ),
]
