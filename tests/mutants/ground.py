"""Guards of audit, outbox, the chain and encryption."""

from tests.mutants.mutant import POSTGRESQL, Mutant

AUDIT, OUTBOX = "wagtail_contracts/audit/flows", "wagtail_contracts/outbox/flows.py"
RECORDING, VERIFYING = f"{AUDIT}/recording.py", f"{AUDIT}/verifying.py"
DISCLOSING = f"{AUDIT}/disclosing.py"
CHAIN = "wagtail_contracts/chain.py"
RECORD, MESSAGES = "tests/flows/audit/test_record.py", "tests/flows/outbox/test_messages.py"
RACES, DEATHS = "tests/reliability/test_audit_races.py", "tests/reliability/test_outbox.py"
S16 = "tests/security/test_s16_chain.py"
ANCHORS = "tests/flows/audit/test_anchors.py"
PROPERTY = "tests/property/test_chain.py"

MUTANTS = [
    Mutant(
        "an event needs its transaction",
        RECORDING,
        "    if not using.in_atomic_block:\n",
        "    if False:\n",
        (f"{RECORD}::test_an_event_is_refused_outside_a_transaction_and_taken_inside",),
    ),
    Mutant(
        "the row lock of a trail",
        f"{AUDIT}/appending.py",
        '    alone = using.ops.for_update_sql() if using.features.has_select_for_update else ""\n',
        '    alone = ""\n',
        (
            f"{RACES}::test_whoever_holds_the_trail_goes_first_and_the_other_follows",
            f"{RACES}::test_twenty_at_once_make_twenty_events",
        ),
        on=POSTGRESQL,
    ),
    Mutant(
        "a trail that is shorter than its head says",
        VERIFYING,
        "    if head.length < trail.length:\n",
        "    if False:\n",
        (f"{S16}::test_a_cut_tail_whose_head_stays_is_named",),
    ),
    Mutant(
        "an event beyond the head of its trail",
        VERIFYING,
        "    if beyond and _stands(trail):\n",
        "    if False:\n",
        (f"{S16}::test_an_event_beyond_the_head_is_named",),
    ),
    Mutant(
        "an event that was appended while the trail was verified",
        VERIFYING,
        "Trail.objects.filter(pk=trail.pk, length=trail.length).exists()",
        "True",
        (
            "tests/reliability/test_audit.py::test_what_is_told_while_a_trail_is_verified_breaks_nothing",
        ),
    ),
    Mutant(
        "the digest of the last event is the trail's head",
        VERIFYING,
        "    if head.digest != trail.head:\n",
        "    if False:\n",
        (f"{S16}::test_a_last_record_that_was_rewritten_with_its_digest_is_not_the_head",),
    ),
    Mutant(
        "an anchor names the digest at its length",
        VERIFYING,
        "filter(sequence=length, digest__startswith=head).exists()",
        "filter(sequence=length).exists()",
        (f"{RECORD}::test_an_anchor_holds_while_the_trail_grows",),
    ),
    Mutant(
        "only what a trail itself disclosed is erased by it",
        DISCLOSING,
        "filter(commitment__in=held.intersection(commitments))",
        "filter(commitment__in=commitments)",
        (f"{RECORD}::test_what_another_trail_discloses_is_not_erased_here",),
    ),
    Mutant(
        "the copies for lists are what the record says",
        VERIFYING,
        "    if told != (name, canonical.moment(at), kind, key):\n",
        "    if False:\n",
        (f"{RECORD}::test_a_copy_for_lists_that_lies_is_found_by_deep_alone",),
    ),
    Mutant(
        "a record has the digest that stands beside it",
        CHAIN,
        "        if stored is not None and stored != digest:\n",
        "        if False:\n",
        (f"{S16}::test_one_changed_byte_names_its_event",),
    ),
    Mutant(
        "a record follows its predecessor",
        CHAIN,
        "        if found != (length, previous, trail):\n",
        "        if found[2] != trail:\n",
        (
            f"{S16}::test_a_rewritten_record_with_a_new_digest_is_named_by_the_next",
            f"{PROPERTY}::test_swaps_drops_and_copies_break_it",
        ),
    ),
    Mutant(
        "a record belongs to its trail",
        CHAIN,
        "        if found != (length, previous, trail):\n",
        "        if found[:2] != (length, previous) and length > 1:\n",
        (f"{PROPERTY}::test_a_trail_is_no_other_trail",),
    ),
    Mutant(
        "nothing stands behind a record",
        CHAIN,
        "        if end < len(text):\n",
        "        if False:\n",
        (f"{PROPERTY}::test_nothing_stands_beside_a_record",),
    ),
    Mutant(
        "a record is canonical",
        CHAIN,
        "        if deep and not _is_canonical(record, data):\n",
        "        if False:\n",
        (f"{PROPERTY}::test_another_writing_of_the_same_record_is_seen",),
    ),
    Mutant(
        "an anchor writes no verdict of its own",
        "wagtail_contracts/audit/management/commands/audit_verify.py",
        "        self.stderr.write(plain(str(fault)))\n",
        "        self.stderr.write(str(fault))\n",
        (f"{ANCHORS}::test_an_anchor_writes_no_verdict_of_its_own",),
    ),
    Mutant(
        "no database is asked about what it can't hold",
        "wagtail_contracts/audit/core/anchors.py",
        """ or "\\0" in trail["key"] + trail["head"]:\n""",
        ":\n",
        (f"{ANCHORS}::test_an_anchor_that_no_database_can_be_asked_about_is_refused",),
        on=POSTGRESQL,
    ),
    Mutant(
        "a message needs its transaction",
        OUTBOX,
        "    if not transaction.get_connection().in_atomic_block:\n",
        "    if False:\n",
        (f"{MESSAGES}::test_a_message_is_refused_outside_a_transaction_and_taken_inside",),
    ),
    Mutant(
        "the lease of a message that is being delivered",
        OUTBOX,
        'mine.update(leased_until=Now() + lease, attempts=F("attempts") + 1)',
        'mine.update(attempts=F("attempts") + 1)',
        (
            f"{MESSAGES}::test_a_task_runs_outside_any_transaction_while_it_holds_a_lease",
            f"{DEATHS}::test_a_lease_that_runs_keeps_others_away",
            "tests/reliability/test_mails.py"
            "::test_a_mail_comes_at_least_once_wherever_the_worker_dies",
        ),
    ),
    Mutant(
        "a leased message waits",
        "wagtail_contracts/outbox/models.py",
        "self.unfinished().free().filter(not_before__lte=Now())",
        "self.unfinished().filter(not_before__lte=Now())",
        (f"{DEATHS}::test_a_lease_that_runs_keeps_others_away",),
    ),
    Mutant(
        "one worker alone claims a message",
        OUTBOX,
        """        message = Message.objects.waiting().select_for_update(skip_locked=skip).first()
        if message is None:
            return None
        subscription = topics.subscription(message.topic, message.subscriber)
        lease = subscription.lease if subscription else topics.LEASE
        mine = Message.objects.waiting().filter(pk=message.pk)
""",
        """        message = Message.objects.waiting().first()
        if message is None:
            return None
        subscription = topics.subscription(message.topic, message.subscriber)
        lease = subscription.lease if subscription else topics.LEASE
        mine = Message.objects.filter(pk=message.pk)
""",
        (f"{DEATHS}::test_four_workers_deliver_each_message_once_when_nobody_dies",),
        on=POSTGRESQL,
    ),
    Mutant(
        "a late failure counts only for its own attempt",
        OUTBOX,
        "filter(pk=message.pk, attempts=message.attempts)",
        "filter(pk=message.pk)",
        (f"{MESSAGES}::test_a_late_failure_does_not_move_the_lease_of_another",),
    ),
    Mutant(
        "a late success does not mark what is done",
        OUTBOX,
        "    return Message.objects.filter(pk=message.pk, done_at=None).update(\n",
        "    return Message.objects.filter(pk=message.pk).update(\n",
        (f"{MESSAGES}::test_a_late_success_does_not_move_the_mark_of_another",),
    ),
    Mutant(
        "a message that always kills its worker is given up",
        OUTBOX,
        "        if message.attempts - message.earlier_attempts > backoff.ATTEMPTS:\n",
        "        if False:\n",
        (f"{MESSAGES}::test_a_message_whose_worker_always_dies_is_given_up",),
    ),
    Mutant(
        "no secret in the error of a message",
        OUTBOX,
        '    text = redacted(f"{type(error).__name__}: {error}")[:ERROR_LENGTH]\n',
        '    text = f"{type(error).__name__}: {error}"[:ERROR_LENGTH]\n',
        (f"{MESSAGES}::test_an_error_is_kept_and_logged_without_the_secrets_in_it",),
    ),
    Mutant(
        "personal data are encrypted",
        "wagtail_contracts/encryption.py",
        "        return seal_text(value) if value else value\n\n    def from_db",
        "        return value\n\n    def from_db",
        (f"{RECORD}::test_personal_data_are_stored_encrypted",),
    ),
    Mutant(
        "answers that were not handed in are encrypted",
        "wagtail_contracts/encryption.py",
        "return None if value is None else seal_text(json.dumps(value))",
        "return None if value is None else json.dumps(value)",
        (
            "tests/flows/contracts/test_answer.py"
            "::test_what_is_typed_and_not_handed_in_is_kept_encrypted",
        ),
    ),
]
