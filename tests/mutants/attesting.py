"""Guards of the log of trails, its checkpoints, and what is compared with them."""

from tests.mutants.mutant import POSTGRESQL, Mutant

FLOWS, AUDIT = "wagtail_contracts/audit/flows", "tests/flows/audit"
ATTESTING, VERIFYING = f"{FLOWS}/attesting.py", f"{FLOWS}/verifying.py"
OWNER, CHECKPOINTS = f"{AUDIT}/test_owner.py", f"{AUDIT}/test_checkpoints.py"
FOUND = f"{OWNER}::test_it_is_found_and_named"
RACES = "tests/reliability/test_checkpoint_races.py"

MUTANTS = [
    Mutant(
        "one checkpoint at a time",
        f"{FLOWS}/checkpointing.py",
        "    take_turn()\n",
        "",
        (
            f"{RACES}::test_whoever_is_first_signs_and_the_other_finds_nothing_left",
            f"{RACES}::test_ten_at_once_make_one_checkpoint",
        ),
        on=POSTGRESQL,
    ),
    Mutant(
        "a trail still has each event that was logged",
        ATTESTING,
        "    if gone:\n",
        "    if False:\n",
        (FOUND, f"{CHECKPOINTS}::test_a_cut_tail_is_found_though_the_trail_is_whole_in_itself"),
    ),
    Mutant(
        "an entry of the log is compared by its digest, too",
        ATTESTING,
        'sequence=OuterRef("length"), digest=OuterRef("head")',
        'sequence=OuterRef("length")',
        (f"{CHECKPOINTS}::test_a_replaced_trail_is_found",),
    ),
    Mutant(
        "a checkpoint covers the log as it is",
        ATTESTING,
        "    if (told.size, told.root) != (point.size, root) or point.root != root.hex():\n",
        "    if False:\n",
        (FOUND, f"{CHECKPOINTS}::test_a_changed_entry_is_found"),
    ),
    Mutant(
        "nothing is logged that no checkpoint covers",
        ATTESTING,
        "        if next(leaves, None):\n",
        "        if False:\n",
        (f"{CHECKPOINTS}::test_entries_that_no_checkpoint_covers_are_found",),
    ),
    Mutant(
        "an anchor covers the log as it is",
        ATTESTING,
        "            if frontier.root() != point.root:\n",
        "            if False:\n",
        (f"{OWNER}::test_with_our_key_too_only_what_was_kept_elsewhere_finds_it",),
    ),
    Mutant(
        "a log is as long as an anchor says",
        ATTESTING,
        "    if frontier.size < size:\n",
        "    if False:\n",
        (
            f"{CHECKPOINTS}::test_a_log_whose_end_was_cut_is_found",
            f"{OWNER}::test_a_database_that_was_rolled_back_is_found_by_what_was_kept_elsewhere",
        ),
    ),
    Mutant(
        "one of our keys signed a note",
        "wagtail_contracts/notes.py",
        "    if not any(known):\n",
        "    if False:\n",
        (f"{CHECKPOINTS}::test_a_forged_checkpoint_is_found",),
    ),
    Mutant(
        "the signature of a note is verified",
        "wagtail_contracts/notes.py",
        '        verifier.key.verify(signature[4:], text.encode(errors="surrogatepass"))\n',
        "        pass\n",
        (f"{CHECKPOINTS}::test_a_forged_checkpoint_is_found",),
    ),
    Mutant(
        "a head in a mail has at least 32 characters",
        VERIFYING,
        "    if not SHORTENED <= len(head) <= 64:\n",
        "    if False:\n",
        (f"{AUDIT}/test_anchors.py::test_the_head_in_a_mail_is_compared",),
    ),
    Mutant(
        "events of a trail that is gone are named",
        VERIFYING,
        "            elif not Trail.objects.filter(pk=pk).exists():",
        "            elif False:",
        ("tests/reliability/test_audit.py::test_events_of_a_trail_that_is_gone_are_named",),
    ),
    Mutant(
        "a mail is read as it was before it was encoded",
        "wagtail_contracts/audit/core/mails.py",
        "    if depth and any(name in mail for name in ANY):\n",
        "    if False:\n",
        (f"{AUDIT}/test_letters.py::test_a_genuine_one_holds_and_a_forged_one_does_not",),
    ),
    Mutant(
        "a mail that names no charset for text is read all the same",
        "wagtail_contracts/audit/core/mails.py",
        "    except (LookupError, ValueError):",
        "    except LookupError:",
        (f"{AUDIT}/test_letters.py::test_a_mail_without_a_checkpoint_is_no_anchor",),
    ),
    Mutant(
        "a mail within a mail is read as one",
        "wagtail_contracts/audit/core/mails.py",
        "yield from _texts(content, depth - 1) if _is_mail(part) else [_text(part, content)]",
        "yield _text(part, content)",
        (
            "tests/unit/audit/test_mails.py::test_one_is_found_beside_another_whatever_a_mailbox_made_of_it",
        ),
    ),
    Mutant(
        "signatures that belong to no note are counted",
        "wagtail_contracts/notes.py",
        "    return sum(name in signed for name in there) - len(signed)\n",
        "    return 0\n",
        ("tests/unit/audit/test_mails.py::test_one_that_can_not_be_read_is_counted",),
    ),
    Mutant(
        "a newer checkpoint begins with the older one by its proof",
        ATTESTING,
        "    if before.origin != now.origin or not _shown(before, now, path):\n",
        "    if before.origin != now.origin:\n",
        (f"{AUDIT}/test_growth.py::test_nothing_else_is",),
    ),
    Mutant(
        "logs of other names are not compared",
        ATTESTING,
        "    if before.origin != now.origin or not _shown(before, now, path):\n",
        "    if not _shown(before, now, path):\n",
        (f"{AUDIT}/test_growth.py::test_logs_of_other_names_are_not_compared",),
    ),
]
