"""Guards of what happens by the hour: checkpoints, and seals that lacked something."""

from tests.mutants.mutant import Mutant

SEALING = "wagtail_contracts/sealing/flows"
RAISING = "wagtail_contracts/signing/flows/raising.py"
HOURLY = "wagtail_contracts/signing/flows/checkpointing.py"
LATE = "wagtail_contracts/audit/flows/lagging.py"
CHECKS = "wagtail_contracts/audit/checks.py"
COMPLETED, POINTS = (
    "tests/flows/signing/test_completing.py",
    "tests/flows/signing/test_checkpointing.py",
)
GIVEN_UP = "tests/flows/signing/test_given_up.py"
REACHED = "tests/flows/sealing/test_reaching.py"
DEPLOY = "tests/security/test_s19_ground_checks.py"

MUTANTS = [
    Mutant(
        "a file that we never sealed gets no seal anew",
        f"{SEALING}/sealing.py",
        "    if _judged(kept, over_is_final=True).test is not test:\n",
        "    if False:\n",
        (
            f"{REACHED}::test_our_key_vouches_anew_for_nothing_that_it_did_not_seal",
            f"{REACHED}::test_neither_identity_vouches_anew_for_what_the_other_sealed",
        ),
    ),
    Mutant(
        "an authority that was revoked gives no time",
        f"{SEALING}/reaching.py",
        "    if _revoked(stamps, context()):\n",
        "    if False:\n",
        (f"{REACHED}::test_an_authority_whose_certificate_was_revoked_gives_no_time",),
    ),
    Mutant(
        "files of one certificate wait for their own issuer alone",
        f"{SEALING}/furthering.py",
        "    return kept.signer_fingerprint, kept.level\n",
        '    return "", kept.level\n',
        (f"{COMPLETED}::test_an_issuer_that_is_silent_holds_up_no_file_of_another_certificate",),
    ),
    Mutant(
        "while nobody says the time, the key is left alone",
        f"{SEALING}/reaching.py",
        "            _stamps(_authority())  # while nobody says the time, the key is left alone\n",
        "",
        (f"{COMPLETED}::test_while_nobody_answers_the_key_is_left_alone",),
    ),
    Mutant(
        "a seal that goes no further is not kept again",
        f"{SEALING}/sealing.py",
        "    return None if reached.reaches(Level(made.level)) else made\n",
        "    return made\n",
        (f"{COMPLETED}::test_it_is_sealed_at_once_and_completed_when_they_answer_again",),
    ),
    Mutant(
        "where less is wanted by now nothing lacks",
        f"{SEALING}/sealing.py",
        ".filter(level__in=short)",
        "",
        (f"{COMPLETED}::test_named_people_hear_of_it_after_a_day_as_long_as_it_is_wanted",),
    ),
    Mutant(
        "a seal is judged as of its time-stamp, whatever was revoked since",
        f"{SEALING}/reaching.py",
        "partial(context, moment=stamped, retroactive_revinfo=True) if stamped else context",
        "context",
        (f"{GIVEN_UP}::test_a_certificate_that_was_revoked_after_the_stamp_was_good_then",),
    ),
    Mutant(
        "an answer that says revoked since completes nothing",
        f"{SEALING}/reaching.py",
        "        raise SealRefused(words) from error\n",
        "        return\n",
        (
            "tests/reliability/test_authorities.py::"
            "test_a_contract_is_sealed_as_far_as_can_be_and_raised_when_the_lies_end",
        ),
    ),
    Mutant(
        "what never can be completed is not tried again",
        RAISING,
        "        if not final:\n",
        "        if version:\n",
        (f"{GIVEN_UP}::test_one_that_was_revoked_before_it_is_told_once_and_not_tried_again",),
    ),
    Mutant(
        "what was refused before there was a file is no word about the file",
        RAISING,
        " if at >= kept.sealed_at)",
        ")",
        (f"{GIVEN_UP}::test_one_that_was_revoked_before_it_is_told_once_and_not_tried_again",),
    ),
    Mutant(
        "what can't be completed is told at once, and as that",
        HOURLY,
        "        if why := final.get(kept.subject):\n",
        "        if why := '':\n",
        (f"{GIVEN_UP}::test_one_that_was_revoked_before_it_is_told_once_and_not_tried_again",),
    ),
    Mutant(
        "a file whose certificate is over is not asked about for ever",
        RAISING,
        "    return isinstance(error, SealOver) or (",
        "    return (",
        (f"{GIVEN_UP}::test_one_whose_certificate_is_over_is_told_once_and_not_tried_again",),
    ),
    Mutant(
        "a page whose seal nothing can complete is not followed",
        "wagtail_contracts/signing/public/facts.py",
        "wanting is not None and wanting.waits",
        "wanting is not None",
        (f"{GIVEN_UP}::test_one_that_was_revoked_before_it_is_told_once_and_not_tried_again",),
    ),
    Mutant(
        "where many wait, each has its turn",
        RAISING,
        "    first = int(time.time() // TURN) % turns * MOST\n",
        "    first = 0\n",
        (f"{GIVEN_UP}::test_files_that_can_not_be_completed_keep_none_from_its_turn",),
    ),
    Mutant(
        "what is for training is completed as a test",
        RAISING,
        "        test = version.contract.workspace.training\n",
        "        test = False\n",
        (f"{COMPLETED}::test_what_is_for_training_is_completed_by_the_test_identity",),
    ),
    Mutant(
        "one checkpoint is signed in an hour",
        HOURLY,
        "    if newest is None or newest.at <= timezone.now() - HOUR:\n",
        "    if True:\n",
        (f"{POINTS}::test_one_is_signed_in_an_hour_stamped_and_placed",),
    ),
    Mutant(
        "without a key no checkpoint is tried",
        HOURLY,
        "    if not audit.attests():\n",
        "    if False:\n",
        (f"{POINTS}::test_where_no_key_is_named_nothing_happens_and_nothing_fails",),
    ),
    Mutant(
        "a step that fails keeps no other from its turn",
        HOURLY,
        "    except Exception as error:  # noqa: BLE001 - whatever one does, ",
        "    except ZeroDivisionError as error:  # ",
        (f"{POINTS}::test_a_fault_stops_no_other_is_said_and_tried_again",),
    ),
    Mutant(
        "an anchor that fails keeps no other from its turn",
        "wagtail_contracts/audit/flows/anchoring.py",
        "    except Exception as error:  # noqa: BLE001 - a class of the site's own; "
        "the others have a turn\n",
        "    except OSError as error:\n",
        (f"{POINTS}::test_a_fault_stops_no_other_is_said_and_tried_again",),
    ),
    Mutant(
        "a checkpoint that is late is told of only when something has grown",
        LATE,
        "    return last.at if last and (newest is None or last.at > newest.at) else None\n",
        "    return last.at if last else None\n",
        (f"{POINTS}::test_that_nothing_has_grown_for_long_is_no_fault",),
    ),
    Mutant(
        "a log has a name and a key",
        CHECKS,
        "        if bool(origin) != bool(key) or (origin and not notes.NAME.fullmatch(origin)):\n",
        "        if False:\n",
        (f"{DEPLOY}::test_checkpoints_that_can_not_be_signed_are_refused",),
    ),
    Mutant(
        "the key of checkpoints is opened by the check",
        CHECKS,
        "                load(key)\n",
        "                pass\n",
        (f"{DEPLOY}::test_checkpoints_that_can_not_be_signed_are_refused",),
    ),
]
