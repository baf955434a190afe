"""Guards of deliveries: who sees and does what, what is told, when an alarm sounds."""

from tests.mutants.mutant import POSTGRESQL, Mutant

SIGNING = "wagtail_contracts/signing"
WATCHING, TASKS = f"{SIGNING}/flows/watching.py", f"{SIGNING}/tasks/__init__.py"
FLOWS, DOORS = f"{SIGNING}/flows/deliveries.py", f"{SIGNING}/admin/deliveries.py"
WORDS, HEALTH = f"{SIGNING}/admin/delivery_words.py", f"{SIGNING}/flows/health.py"
MAILS = "tests/flows/signing/test_mails.py"
ALARMS = "tests/flows/signing/test_watching.py"
LISTED, ASKED = "tests/admin/test_deliveries.py", "tests/public/test_health.py"

MUTANTS = [
    Mutant(
        "a sealed file is mailed to those who may read all of it",
        f"{SIGNING}/tasks/__init__.py",
        "    elif not permissions.taking_whole(who, [contract]):\n",
        "    elif False:\n",
        (
            f"{MAILS}::test_a_sealed_file_with_sensitive_values_is_mailed_to_those_who_may_read_them",
        ),
    ),
    Mutant(
        "the owner is told once that the seal is late",
        WATCHING,
        "    if late and not Event.objects.of(contract.own_trail)"
        ".named(events.SEALING_DELAYED).exists():\n",
        "    if late:\n",
        (f"{ALARMS}::test_a_look_that_is_repeated_tells_nobody_twice",),
    ),
    Mutant(
        "one look follows a look",
        WATCHING,
        "    if not others.about(contract=contract.pk).exists():\n",
        "    if True:\n",
        (f"{ALARMS}::test_a_look_that_is_repeated_tells_nobody_twice",),
    ),
    Mutant(
        "looks at once wait for each other",
        WATCHING,
        "    contract = Contract.objects.lock(contract.pk)\n    since",
        "    contract = Contract.objects.get(pk=contract.pk)\n    since",
        (
            "tests/reliability/test_alarm.py"
            "::test_workers_that_look_at_once_tell_the_owner_once_and_look_again_once",
        ),
        on=POSTGRESQL,
    ),
    Mutant(
        "ten minutes of patience",
        WATCHING,
        "    late = waited >= PATIENCE\n",
        "    late = True\n",
        (f"{ALARMS}::test_looking_early_alarms_nobody_and_looks_again_in_time",),
    ),
    Mutant(
        "what is sealed alarms nobody",
        WATCHING,
        " or version is None or sealed_file(version):\n",
        " or version is None:\n",
        (f"{ALARMS}::test_a_contract_that_was_sealed_in_time_alarms_nobody",),
    ),
    Mutant(
        "the look is asked for with the last signature",
        f"{SIGNING}/flows/concluding.py",
        "    expect_seal(contract)\n",
        "",
        (f"{ALARMS}::test_the_look_is_asked_for_with_the_last_signature",),
    ),
    Mutant(
        "a seal overtakes the mail that it is late",
        TASKS,
        '    if kind == "seal_delayed" and signing.sealed_file(found.current_version):\n',
        "    if False:\n",
        (f"{ALARMS}::test_a_mail_that_the_seal_has_overtaken_is_not_sent",),
    ),
    Mutant(
        "deliveries of one's own workspaces",
        DOORS,
        "    return signing.deliveries(permissions.having(user, actions))\n",
        "    return Message.objects.all()\n",
        (f"{LISTED}::test_a_foreign_delivery_is_not_found",),
    ),
    Mutant(
        "only administrators give up",
        DOORS,
        '    actions: Sequence[str] = ("administer",)\n',
        '    actions: Sequence[str] = ("administer", "send")\n',
        (f"{LISTED}::test_whoever_may_send_may_send_again_but_not_give_up",),
    ),
    Mutant(
        "only our topics are about contracts",
        FLOWS,
        "Message.objects.filter(topic__in=OURS).alias(",
        "Message.objects.alias(",
        (f"{LISTED}::test_what_is_about_no_contract_is_for_superusers",),
    ),
    Mutant(
        "trying again is recorded",
        FLOWS,
        "        contracts.record(contract, events.DELIVERY_RETRIED, _told(message), by=by)\n",
        "        pass\n",
        (f"{LISTED}::test_trying_again_is_done_at_once_and_recorded_for_our_side",),
    ),
    Mutant(
        "giving up is recorded",
        FLOWS,
        "        contracts.record(contract, events.DELIVERY_DISCARDED, _told(message), by=by)\n",
        "        pass\n",
        (f"{LISTED}::test_giving_up_stops_it_and_is_recorded_and_can_be_taken_back",),
    ),
    Mutant(
        "what is given up by hand is settled",
        "wagtail_contracts/outbox/flows.py",
        '    if not rest.update(dead_at=Now(), earlier_attempts=F("attempts")):\n',
        "    if not rest.update(dead_at=Now()):\n",
        (
            f"{LISTED}::test_what_died_by_itself_is_given_up_too",
            f"{ASKED}::test_a_delivery_that_was_given_up_is_a_warning_until_somebody_acts",
        ),
    ),
    Mutant(
        "addresses are masked",
        WORDS,
        '    return f"{name[:1]}•••@{host}" if name else ""\n',
        "    return address\n",
        (f"{LISTED}::test_a_row_says_what_how_it_stands_why_and_when_it_is_tried_next",),
    ),
    Mutant(
        "errors are shown without addresses",
        WORDS,
        "    said = redacted(message.last_error)\n",
        "    said = message.last_error\n",
        (f"{LISTED}::test_a_row_says_what_how_it_stands_why_and_when_it_is_tried_next",),
    ),
    Mutant(
        "monitors hear of a worker that is away",
        HEALTH,
        "    return PASS if outbox.worker_seen() else FAIL\n",
        "    return PASS\n",
        (f"{ASKED}::test_without_a_worker_it_fails_and_says_when_to_ask_again",),
    ),
    Mutant(
        "monitors hear of seals that are late",
        HEALTH,
        "    return FAIL if late_for_seal(Contract.objects.all()).exists() else PASS\n",
        "    return PASS\n",
        (f"{ASKED}::test_a_contract_that_waits_ten_minutes_for_its_seal_fails",),
    ),
    Mutant(
        "monitors hear of a certificate that is over",
        HEALTH,
        "    if left <= timedelta(0):\n",
        "    if False:\n",
        (f"{ASKED}::test_the_certificate_of_the_seal_is_watched",),
    ),
]
