"""Guards of sealing: what is kept, and what the judge looks at."""

from tests.mutants.mutant import Mutant

STORING = "wagtail_contracts/sealing/flows/storing.py"
JUDGE = "wagtail_contracts/sealing/core/judging/judge.py"
CONTENTS = "wagtail_contracts/sealing/core/judging/contents.py"
TIMES = "wagtail_contracts/sealing/core/judging/times.py"
DISAGREE = "tests/unit/sealing/test_contents.py::test_records_that_disagree"
SEAL, ATTACKS = "tests/flows/sealing/test_seal.py", "tests/unit/sealing/test_attacks.py"
TIMED = "tests/unit/sealing/test_times.py"
FORGERIES, LEVELS = "tests/unit/sealing/test_forgeries.py", "tests/unit/sealing/test_levels.py"

MUTANTS = [
    Mutant(
        "a kept file needs its transaction",
        STORING,
        "    if not transaction.get_connection().in_atomic_block:\n",
        "    if False:\n",
        (f"{SEAL}::test_a_row_is_kept_in_a_transaction_only",),
    ),
    Mutant(
        "a stored file has the digest of its row",
        STORING,
        "    if hashlib.sha256(data).hexdigest() != sealed_file.digest:\n",
        "    if False:\n",
        (f"{SEAL}::test_a_stored_file_that_was_changed_is_not_handed_out",),
    ),
    Mutant(
        "the row of a sealed file only grows",
        "wagtail_contracts/sealing/apps.py",
        '            append_only.rule_of(self.get_model("SealedFile")),\n',
        "",
        (f"{SEAL}::test_the_row_stays_as_it_is",),
    ),
    Mutant(
        "what we seal passes our own judge",
        "wagtail_contracts/sealing/flows/sealing.py",
        "    if not report.intact:\n",
        "    if False:\n",
        (
            f"{SEAL}::test_a_seal_that_its_own_verifier_does_not_know_is_refused",
            f"{SEAL}::test_records_that_disagree_are_never_sealed",
        ),
    ),
    Mutant(
        "later revisions are maintenance only",
        JUDGE,
        "        self._check_later_revisions()\n",
        "",
        (f"{ATTACKS}::test_a_change_by_incremental_update",),
    ),
    Mutant(
        "the seal certifies against every change",
        JUDGE,
        "        if self.seal.docmdp_level is not MDPPerm.NO_CHANGES or "
        "self.seal.signed_revision != 1:\n",
        "        if False:\n",
        (f"{FORGERIES}::test_a_signature_that_lets_changes_through_is_no_seal",),
    ),
    Mutant(
        "nothing lies behind the last signature",
        JUDGE,
        "        if sum(ranges[-1][2:]) != len(self.data):\n",
        "        if False:\n",
        (f"{FORGERIES}::test_bytes_after_the_end",),
    ),
    Mutant(
        "the signer leads to a root that we trust",
        JUDGE,
        "        if verdict is Verdict.UNKNOWN_SIGNER:\n",
        "        if False:\n",
        (
            f"{FORGERIES}::test_a_file_resealed_by_a_look_alike_is_by_an_unknown_signer",
            f"{LEVELS}::test_a_look_alike_is_an_unknown_signer",
        ),
    ),
    Mutant(
        "a timestamp's authority is known",
        TIMES,
        "    if not stamp.trusted:\n",
        "    if False:\n",
        (f"{LEVELS}::test_an_unknown_timestamp_authority_leaves_the_file_undated",),
    ),
    Mutant(
        "a timestamp in a file is by a certificate for time alone",
        TIMES,
        "    if not tokens.is_for_time(stamp.signing_cert):\n",
        "    if False:\n",
        (f"{TIMED}::test_a_certificate_for_something_else_dates_no_file",),
    ),
    Mutant(
        "a timestamp beside a file is by a certificate for time alone",
        "wagtail_contracts/wire/tokens.py",
        "    if not is_for_time(status.signing_cert):\n",
        "    if False:\n",
        (f"{TIMED}::test_a_certificate_for_something_else_proves_no_time_beside_a_file",),
    ),
    Mutant(
        "a timestamp is no later than what covers it",
        TIMES,
        "    if stamp.timestamp > covered + tokens.DRIFT:\n",
        "    if False:\n",
        (
            f"{TIMED}::test_a_seal_is_not_dated_later_than_it_is_judged",
            f"{TIMED}::test_document_timestamps_follow_each_other_and_the_seal",
        ),
    ),
    Mutant(
        "clocks that differ do not add up",
        TIMES,
        "            at = min(at, stamp.timestamp)\n",
        "            at = stamp.timestamp\n",
        (f"{TIMED}::test_what_clocks_differ_by_does_not_add_up",),
    ),
    Mutant(
        "an issuer's certificate is no seal's",
        JUDGE,
        "        if self.seal.signer_cert.ca:\n",
        "        if False:\n",
        (f"{TIMED}::test_a_certificate_that_issues_others_seals_nothing",),
    ),
    Mutant(
        "the attachments are what the evidence says",
        CONTENTS,
        '        if _digest(item["tag"], files[item["name"]]) != item["digest"]:\n',
        "        if False:\n",
        (DISAGREE,),
    ),
    Mutant(
        "a signature names the version that is sealed",
        CONTENTS,
        ' or statement.get("digest") != evidence["subject"]',
        "",
        (DISAGREE,),
    ),
    Mutant(
        "the chain of events leads to the head in the file",
        CONTENTS,
        '    if head != (trail["length"], trail["head"]):\n',
        "    if False:\n",
        (DISAGREE,),
    ),
    Mutant(
        "the file's identifier is that of its evidence",
        CONTENTS,
        "canonical.digest_bytes(canonical.EVIDENCE, files[EVIDENCE])[:32] != identifier",
        "not identifier",
        (DISAGREE,),
    ),
]
