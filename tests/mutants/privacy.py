"""Guards of personal data: what is kept, what goes, who may see and erase it, keys that turn."""

from tests.mutants.mutant import Mutant

HOUSE, TESTS = "wagtail_contracts", "tests/flows/signing"
PRIVACY = f"{HOUSE}/signing/flows/privacy"
RETAINING, ERASING = f"{PRIVACY}/retaining.py", f"{PRIVACY}/erasing.py"
EXPORTING, ROTATING = f"{PRIVACY}/exporting.py", f"{PRIVACY}/rotating.py"
CARING, PERIODS = f"{HOUSE}/contracts/flows/caring.py", f"{PRIVACY}/periods.py"
RETAINED, ERASED = f"{TESTS}/test_retaining.py", f"{TESTS}/test_erasing.py"
EXPORTED, ROTATED = f"{TESTS}/test_exporting_people.py", f"{TESTS}/test_rotating.py"
LOOKS, REDACTION = f"{HOUSE}/signing/public/looks.py", f"{HOUSE}/redaction.py"
PUBLIC, CHECKS = "tests/public/test_privacy.py", f"{HOUSE}/audit/checks.py"
SUBSTITUTES = f"{TESTS}/test_erasing_substitutes.py"
GONE = f"{ERASED}::test_it_is_gone_from_every_table_and_the_rest_still_verifies"

MUTANTS = [
    Mutant(
        "what evidence names stays",
        RETAINING,
        "            rows = rows.exclude(Exists(named))\n",
        "            pass\n",
        (f"{RETAINED}::test_what_evidence_names_stays",),
    ),
    Mutant(
        "a rehearsal removes nothing",
        RETAINING,
        "    transaction.set_rollback(True)\n",
        "    pass\n",
        (f"{RETAINED}::test_a_rehearsal_says_the_same_and_removes_nothing",),
    ),
    Mutant(
        "the register is carried out once a day",
        f"{HOUSE}/signing/tasks/keeping.py",
        "    if privacy.next_run() <= timezone.now():\n",
        "    if True:\n",
        (f"{RETAINED}::test_the_worker_carries_it_out_once_a_day",),
    ),
    Mutant(
        "a contract that is out is never due",
        PERIODS,
        ".exclude(state__in=OUT)",
        "",
        (f"{RETAINED}::test_a_contract_that_is_out_is_never_due",),
    ),
    Mutant(
        "a workspace says for how long signed contracts are kept",
        f"{HOUSE}/signing/rendering/register.py",
        "workspace.retention_months or SIGNED",
        "SIGNED",
        (f"{RETAINED}::test_a_contract_is_due_after_the_period_of_its_state",),
    ),
    Mutant(
        "who has signed is not erased within the period",
        ERASING,
        "    if until > timezone.now():\n",
        "    if False:\n",
        (f"{ERASED}::test_who_has_signed_is_not_erased_before_the_period_is_over",),
    ),
    Mutant(
        "who takes part still is not erased",
        CARING,
        "    if contract.state in BUSY and participant.left_at is None:\n",
        "    if False:\n",
        (f"{ERASED}::test_who_takes_part_still_is_not_erased",),
    ),
    Mutant(
        "erasing takes both rights",
        CARING,
        '    for action in ("administer", "sensitive"):\n',
        '    for action in ("administer",):\n',
        (f"{ERASED}::test_it_takes_both_rights",),
    ),
    Mutant(
        "revisions are erased too",
        CARING,
        "    _blank_revisions(contract, participant)\n",
        "",
        (GONE,),
    ),
    Mutant(
        "the words of the search are made anew",
        CARING,
        "    indexing.index(contract)\n",
        "",
        (GONE,),
    ),
    Mutant(
        "of an event about somebody else nothing is erased",
        CARING,
        "(about if kind in ABOUT else did)",
        "(about or did)",
        (f"{ERASED}::test_others_keep_what_is_theirs",),
    ),
    Mutant(
        "what was asked for somebody goes with them",
        CARING,
        "    _drop_requests(asked)\n    outbox.",
        "    outbox.",
        (f"{SUBSTITUTES}::test_who_was_refused_and_came_in_otherwise_is_erased_with_the_request",),
    ),
    Mutant(
        "who reported abuse goes from the report",
        ERASING,
        "    if left := sorted(Disclosure.objects.kept(held)):\n",
        "    if left := []:\n",
        (f"{PUBLIC}::test_the_command_erases_who_reported_abuse_and_the_page_nothing_of_it",),
    ),
    Mutant(
        "who was let in is known by whose place they took",
        CARING,
        "    if request.state == PersonRequest.State.ACCEPTED:\n",
        "    if False:\n",
        (f"{SUBSTITUTES}::test_who_came_in_instead_is_known_by_the_place_whatever_the_name_was",),
    ),
    Mutant(
        "a request that waits is over once it is emptied",
        CARING,
        "    lapse_requests(pk__in=keys)\n",
        "",
        (f"{SUBSTITUTES}::test_a_request_that_waits_when_somebody_is_erased_is_over",),
    ),
    Mutant(
        "whoever asked does not get whom they named",
        CARING,
        '        kinds.discard("name")\n',
        "        pass\n",
        (f"{SUBSTITUTES}::test_whoever_asked_gets_what_they_wrote_and_not_whom_they_named",),
    ),
    Mutant(
        "exporting takes both rights",
        EXPORTING,
        '    for action in ("export", "sensitive"):\n',
        '    for action in ("export",):\n',
        (f"{EXPORTED}::test_it_takes_both_rights",),
    ),
    Mutant(
        "no secret is exported",
        EXPORTING,
        "        and not any(secret in column.name for secret in SECRETS)\n",
        "",
        (f"{EXPORTED}::test_no_secret_is_in_it",),
    ),
    Mutant(
        "what no key opens is left as it is",
        ROTATING,
        "        if stands == LOST:\n            lost += 1\n            continue\n",
        "        if stands == LOST:\n            lost += 1\n",
        (f"{ROTATED}::test_a_key_that_went_too_early_is_told_by_the_check_and_by_the_command",),
    ),
    Mutant(
        "revisions come under the new key",
        ROTATING,
        "    revisions = sum(_turn_revision(pk, by=by) for pk in _revisions())\n",
        "    revisions = 0\n",
        (f"{ROTATED}::test_all_that_is_encrypted_comes_under_the_new_key_and_the_old_one_may_go",),
    ),
    Mutant(
        "of a look the network is kept alone",
        LOOKS,
        "    return replace(by, address=coarse(by.address))\n",
        "    return by\n",
        (f"{PUBLIC}::test_of_a_look_the_network_is_kept_and_of_a_signature_the_address",),
    ),
    Mutant(
        "a phone is redacted",
        REDACTION,
        'PHONE.sub("+***", text)',
        "text",
        ("tests/security/test_s04_redaction.py::test_what_is_rewritten_and_what_stays",),
    ),
    Mutant(
        "a key stands once among KEYS",
        CHECKS,
        "    if len(set(plain)) == len(plain):\n",
        "    if True:\n",
        (
            "tests/security/test_s19_ground_checks.py"
            "::test_a_key_that_stands_twice_or_is_the_secret_key_is_refused",
        ),
    ),
    Mutant(
        "a witness is somebody else to whoever signed",
        CARING,
        "set(event.commitments) - WITNESS.get(event.name, set())",
        "set(event.commitments)",
        (f"{EXPORTED}::test_a_witness_is_somebody_else_to_whoever_signed_before_them",),
    ),
    Mutant(
        "the link by which a visitor began goes with what is kept of them",
        ERASING,
        "    Visit.objects.begun_by(participant).update(expires_at=now)\n",
        "",
        (
            "tests/security/test_attacks_self_service.py"
            "::test_the_link_by_which_somebody_began_ends_with_all_others_that_they_had",
        ),
    ),
    Mutant(
        "no form opens ciphertext",
        f"{HOUSE}/encryption.py",
        "        self.run_validators(value)\n        return value\n",
        "        self.run_validators(value)\n        return self.to_python(value)\n",
        (
            "tests/unit/contracts/test_encrypted_fields.py"
            "::test_a_form_takes_ciphertext_for_the_text_that_was_typed",
        ),
    ),
]
