"""Guards of the verbs: counts and limits, what a proof and a signature are worth, what is told."""

from tests.mutants.mutant import POSTGRESQL, Mutant

CONTRACTS, SIGNING = "wagtail_contracts/contracts/flows", "wagtail_contracts/signing/flows"
TASKS = "wagtail_contracts/signing/tasks/__init__.py"
S05 = "tests/security/test_s05_links.py"
S07, S08 = "tests/security/test_s07_codes.py", "tests/security/test_s08_limits.py"
S13, S15 = "tests/security/test_s13_one_seal.py", "tests/security/test_s15_evidence.py"
S34, MAILS = "tests/security/test_s34_headers.py", "tests/flows/signing/test_mails.py"
SIGNS, NO = "tests/flows/signing/test_signing.py", "tests/flows/signing/test_declining.py"
QUORUM = "tests/unit/signing/test_quorum.py"


COUNTS = [
    Mutant(
        "a try is counted before the code is compared",
        f"{SIGNING}/codes.py",
        '    if not rows.update(attempts=F("attempts") + 1):\n',
        "    if not rows.update(attempts=challenge.attempts + 1):\n",
        (f"{S07}::test_twenty_parallel_guesses_are_five_comparisons",),
    ),
    Mutant(
        "the count of tries is committed by itself",
        f"{SIGNING}/codes.py",
        "@transaction.atomic(durable=True)\ndef _attempt",
        "@transaction.atomic\ndef _attempt",
        (f"{S07}::test_a_try_inside_another_transaction_is_refused",),
    ),
    Mutant(
        "a limit is committed by itself",
        f"{SIGNING}/limiting.py",
        "@transaction.atomic(durable=True)\n",
        "@transaction.atomic\n",
        (f"{S08}::test_a_limit_inside_another_transaction_is_refused",),
    ),
    Mutant(
        "a code is used by one of many",
        f"{SIGNING}/codes.py",
        "        code_hash=challenge.code_hash,\n        used_at=None,\n",
        "        code_hash=challenge.code_hash,\n",
        (f"{S07}::test_the_right_code_counts_once_in_a_forced_order",),
        on=POSTGRESQL,
    ),
    Mutant(
        "a limit is kept by the update that counts",
        f"{SIGNING}/limiting.py",
        "RateWindow.objects.filter(**words, count__lt=most)",
        "RateWindow.objects.filter(**words)",
        (f"{S08}::test_a_window_of_five_lets_five_of_twenty_pass",),
    ),
    Mutant(
        "a limit hangs on the link",
        f"{SIGNING}/codes.py",
        '    return f"invitation {session.invitation_id}"\n',
        '    return f"participant {participant.pk}"\n',
        (f"{S08}::test_who_holds_one_link_does_not_use_up_another_link_of_the_same_person",),
    ),
    Mutant(
        "the link of another person asks for no code",
        f"{SIGNING}/codes.py",
        "    if session.participant_id != participant.pk:\n",
        "    if False:\n",
        ("tests/flows/signing/test_codes.py::test_the_link_of_another_person_asks_for_no_code",),
    ),
]
WORTH = [
    Mutant(
        "nobody signs twice",
        f"{SIGNING}/standing.py",
        "    if (place := now.of(participant)) and place.signature:\n",
        "    if False:\n",
        (f"{SIGNS}::test_nobody_signs_twice",),
    ),
    Mutant(
        "a party is bound by as many as its rule says",
        "wagtail_contracts/signing/core/quorum.py",
        "    return bool(people) and given >= needed\n",
        "    return bool(people) and given >= 1\n",
        (
            f"{QUORUM}::test_a_party_is_bound_by_as_many_as_its_rule_says",
            f"{SIGNS}::test_a_contract_is_signed_when_each_partys_rule_is_met",
        ),
    ),
    Mutant(
        "only a party that nobody signs for is bound without a signature",
        "wagtail_contracts/signing/core/quorum.py",
        '    if party["rule"]["kind"] == "none":\n',
        '    if not party["people"]:\n',
        (f"{QUORUM}::test_a_party_that_nobody_signs_for_is_bound_at_once_and_nobody_waits_for_it",),
    ),
    Mutant(
        "no other side is bound without a signature",
        "wagtail_contracts/contracts/core/readiness.py",
        'not (party["own"] and party["rule"]["kind"] == "none")',
        'not party["rule"]["kind"] == "none"',
        (
            "tests/unit/contracts/test_readiness.py"
            "::test_our_own_side_alone_may_be_bound_without_a_signature",
        ),
    ),
    Mutant(
        "every party is bound",
        "wagtail_contracts/signing/core/quorum.py",
        "    return all(bound(party, signed)",
        "    return any(bound(party, signed)",
        (f"{QUORUM}::test_a_contract_is_complete_when_every_party_is_bound",),
    ),
    Mutant(
        "a signature counts for its version alone",
        f"{SIGNING}/standing.py",
        "    found = version.signatures.select_related(",
        "    found = Signature.objects.filter(version__contract=version.contract).select_related(",
        (
            f"{NO}::test_a_signature_counts_for_its_version_alone",
            "tests/flows/signing/test_invariants.py"
            "::test_2_a_signature_names_a_version_and_counts_only_while_that_is_newest",
        ),
    ),
    Mutant(
        "a no has a kind, and “other” has words",
        f"{SIGNING}/signing.py",
        "    if kind not in Decline.Kind.values or (kind == Decline.Kind.OTHER and not reason):\n",
        "    if False:\n",
        (f"{NO}::test_a_no_says_which_kind_it_is_and_other_needs_words",),
    ),
    Mutant(
        "what became void is said once",
        f"{SIGNING}/signing.py",
        "for signature in earlier if not _recorded(contract, signature)]",
        "for signature in earlier]",
        (f"{NO}::test_what_became_void_is_said_once",),
    ),
    Mutant(
        "versions and answers are kept",
        "wagtail_contracts/contracts/apps.py",
        '("ContractVersion", *OTHERS, *APPROVALS)',
        '("Exhibit", "Comment")',
        (f"{S15}::test_the_database_refuses_every_way_to_rewrite",),
    ),
    Mutant(
        "row, event and mails of a seal are one transaction",
        f"{SIGNING}/generations.py",
        "@transaction.atomic\ndef _kept",
        "def _kept",
        (f"{S13}::test_row_event_and_mails_are_one_transaction",),
    ),
    Mutant(
        "the file is stored before the state that names it",
        f"{SIGNING}/generations.py",
        """    name = sealing.store(sealed)
    return _kept(version, sealed, name, event, before=before, by=by, told=told)
""",
        """    name = f"{sealed.digest}.pdf"
    made = _kept(version, sealed, name, event, before=before, by=by, told=told)
    sealing.store(sealed)
    return made
""",
        (
            f"{S13}::test_one_seal_wherever_the_worker_dies",
            f"{S13}::test_the_file_is_on_disk_under_its_name_before_the_first_row_names_it",
        ),
    ),
]
TOLD = [
    Mutant(
        "our own side's events stay in our own trail",
        f"{CONTRACTS}/announcing.py",
        "    key = contract.own_trail if name in OWN else contract.trail\n",
        "    key = contract.trail\n",
        (
            "tests/flows/contracts/test_announcing.py"
            "::test_what_is_our_own_side_s_never_enters_the_shared_trail",
        ),
    ),
    Mutant(
        "an act that others are told about has a reason",
        f"{CONTRACTS}/announcing.py",
        "    if is_blank(reason := remark(reason)):\n",
        "    if (reason := remark(reason)) is None:\n",
        ("tests/flows/contracts/test_closing.py::test_withdrawing_needs_a_reason",),
    ),
    Mutant(
        "a mail that is no longer true is not sent",
        TASKS,
        "    return contract.state in TRUE_IN.get(kind, (contract.state,))\n",
        "    return True\n",
        (f"{MAILS}::test_a_mail_that_is_no_longer_true_is_not_sent",),
    ),
    Mutant(
        "each code mail has a Message-ID of its own",
        TASKS,
        '            proof, identity = "", f"{identity}.{message.attempts}"\n',
        '            proof = ""\n',
        (
            "tests/reliability/test_mails.py"
            "::test_a_code_that_is_mailed_again_is_another_mail_and_the_last_one_works",
        ),
    ),
    Mutant(
        "a name can't pretend to be an address",
        "wagtail_contracts/signing/core/lines.py",
        '    return plain(ADDRESS.sub(" ", text))\n',
        "    return plain(text)\n",
        (f"{S34}::test_hostile_names_stay_names",),
    ),
    Mutant(
        "a name stands in one line",
        "wagtail_contracts/signing/core/lines.py",
        'HIDDEN.sub(" ", text)',
        "text",
        (f"{S34}::test_hostile_names_stay_names",),
    ),
    Mutant(
        "a link issued anew ends the earlier ones",
        f"{SIGNING}/admitting.py",
        "    Invitation.objects.filter(mine, revoked_at=None).update(revoked_at=now)\n",
        "",
        (f"{S05}::test_a_link_issued_anew_kills_the_old_one_in_every_state_and_one_mail_follows",),
    ),
    Mutant(
        "text that turns around is not frozen",
        f"{CONTRACTS}/versioning.py",
        "    if OVERRIDES.search(text):\n",
        "    if False:\n",
        (
            "tests/flows/contracts/test_send.py"
            "::test_characters_that_no_font_has_or_that_turn_text_around_are_refused",
        ),
    ),
    Mutant(
        "nobody is invited by an address that no mail reaches",
        f"{CONTRACTS}/missing.py",
        "        validate_email(person.email)\n",
        "        pass\n",
        ("tests/flows/contracts/test_send.py::test_a_draft_that_lacks_somebody_is_not_sent",),
    ),
    Mutant(
        "an answer makes no text that is too long",
        f"{CONTRACTS}/answering.py",
        "    _insist_on_size(whole, typed)\n",
        "",
        (
            "tests/flows/contracts/test_sizes.py"
            "::test_an_answer_that_makes_the_text_too_long_is_refused",
        ),
    ),
    Mutant(
        "what is filled in before sending makes no text that is too long",
        f"{CONTRACTS}/filling.py",
        "    if fault := text_fault(contract, contract.body, read):\n",
        '    if fault := "":\n',
        (
            "tests/flows/contracts/test_sizes.py"
            "::test_what_is_filled_in_on_the_way_to_sending_is_measured",
        ),
    ),
]
MUTANTS = [*COUNTS, *WORTH, *TOLD]
