"""Guards of the selftest: what it proves, and that it leaves nothing."""

from tests.mutants.mutant import POSTGRESQL, Mutant

TRIAL = "wagtail_contracts/signing/flows/trial"
WORKER = "wagtail_contracts/signing/management/selftest/worker.py"
COMMAND = "wagtail_contracts/signing/management/commands/contracts_selftest.py"
FILES = "wagtail_contracts/signing/management/selftest/files.py"
OUTBOX = "wagtail_contracts/outbox/flows.py"
PARTS = "tests/reliability/test_selftest_parts.py"
SELFTEST = "tests/reliability/test_selftest.py"
WORKERS = "tests/flows/outbox/test_workers.py"
PROVED = f"{SELFTEST}::test_an_installation_is_proved_and_nothing_is_left"
KILLED = f"{SELFTEST}::test_a_call_that_is_killed_touches_nothing_and_the_next_one_removes_its_rest"

MUTANTS = [
    Mutant(
        "a sign of life grows old",
        "wagtail_contracts/outbox/models.py",
        "return self.filter(seen_at__gte=Now() - within)",
        "return self.filter(seen_at__lte=Now())",
        (f"{WORKERS}::test_a_worker_is_seen_for_as_long_as_it_gives_signs_of_life",),
    ),
    Mutant(
        "a message in hand is a sign of life",
        OUTBOX,
        "Worker.objects.seen(within).exists() or Message.objects.held().exists()",
        "Worker.objects.seen(within).exists()",
        (f"{WORKERS}::test_a_message_in_hand_is_a_sign_of_life_until_its_lease_is_over",),
    ),
    Mutant(
        "a worker that dies during the trial is missed",
        WORKER,
        "max(timedelta(seconds=time.monotonic() - begun), outbox.BEAT * 1.5)",
        "max(timedelta(seconds=time.monotonic() - begun), outbox.BEAT * 3)",
        (f"{PARTS}::test_a_worker_that_fell_silent_during_the_trial_is_named",),
    ),
    Mutant(
        "messages that wait for long count as missing",
        WORKER,
        "Message.objects.overdue(PATIENCE)",
        "Message.objects.overdue(6 * PATIENCE)",
        (f"{PARTS}::test_messages_that_wait_for_too_long_are_named",),
    ),
    Mutant(
        "no other file is replaced",
        FILES,
        'if there.read(len(PDF)) not in (PDF, b""):',
        "if False:",
        (f"{PARTS}::test_a_place_that_takes_no_file_is_named_before_anything_is_tried",),
    ),
    Mutant(
        "what is missing ends with 1",
        COMMAND,
        "        if missing:\n            raise CommandError",
        "        if False:\n            raise CommandError",
        (f"{SELFTEST}::test_what_is_missing_is_named_with_its_cure",),
    ),
    Mutant(
        "a site's own subscribers hear nothing",
        f"{TRIAL}/scratch.py",
        '        stack.enter_context(topics.only("wagtail_contracts"))\n',
        "",
        (PROVED,),
    ),
    Mutant(
        "a site's own receivers hear nothing",
        f"{TRIAL}/scratch.py",
        "        signal.receivers = []\n",
        "",
        (PROVED,),
    ),
    Mutant(
        "no mail leaves",
        f"{TRIAL}/scratch.py",
        '        "EMAIL_BACKEND": MAIL,\n',
        "",
        (PROVED,),
    ),
    Mutant(
        "a killed one's folder is removed",
        f"{TRIAL}/scratch.py",
        "    _sweep(Path(tempfile.gettempdir()))\n",
        "",
        (KILLED,),
    ),
    Mutant(
        "a killed one's database is removed",
        f"{TRIAL}/databases.py",
        "            _sweep(cursor, prefix)\n",
        "",
        (KILLED,),
        on=POSTGRESQL,
    ),
    Mutant(
        "the database of one that lives is left alone",
        f"{TRIAL}/databases.py",
        "        if cursor.fetchone() == (True,):\n",
        "        if cursor.fetchone():\n",
        (KILLED,),
        on=POSTGRESQL,
    ),
]
