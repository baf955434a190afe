"""Guards of the page about trust, of security.txt, and of the checks that ask for both."""

from tests.mutants.mutant import Mutant

PAGE = "wagtail_contracts/signing/public/trusting.py"
FLOW = "wagtail_contracts/signing/flows/trusting.py"
AWAY = "wagtail_contracts/signing/backends/elsewhere.py"
CHECKS = "wagtail_contracts/signing/checks.py"
COMMAND = "wagtail_contracts/signing/management/commands/contracts_check.py"
TESTS = "tests/public/test_trusting.py"
NAMED = "tests/security/test_s53_processors.py"

MUTANTS = [
    Mutant(
        "the level that was reached is that of the certificate of now",
        FLOW,
        "SealedFile.objects.filter(signer_fingerprint=seal.fingerprint)",
        "SealedFile.objects.all()",
        (f"{TESTS}::test_the_level_of_another_certificate_is_not_shown",),
    ),
    Mutant(
        "a seal that does not open is said and breaks no page",
        FLOW,
        "    except UNSEALED:\n        return None",
        "    except UNSEALED:\n        raise",
        (f"{TESTS}::test_where_nothing_seals_it_says_so_and_names_no_path",),
    ),
    Mutant(
        "a run over one contract is no full check",
        COMMAND,
        "        if not number:\n            self._note(",
        "        if True:\n            self._note(",
        (f"{TESTS}::test_each_full_check_is_a_new_day_on_the_page",),
    ),
    Mutant(
        "damages are told",
        FLOW,
        'event.data["damages"]',
        "0",
        (f"{TESTS}::test_each_full_check_is_a_new_day_on_the_page",),
    ),
    Mutant(
        "nobody confirms the time of a seal that holds none",
        PAGE,
        'timed=found.reached not in ("", seals.OWN_CLOCK)',
        "timed=True",
        (f"{TESTS}::test_who_confirms_the_time_is_named_once_a_seal_holds_it",),
    ),
    Mutant(
        "the page shows how long contracts are kept now",
        PAGE,
        "            kept=retention(),\n",
        "",
        (f"{TESTS}::test_how_long_contracts_are_kept_is_on_the_page",),
    ),
    Mutant(
        "security.txt never ends before it is read",
        PAGE,
        "moment(midnight + GOOD_FOR)",
        "moment(midnight)",
        (f"{TESTS}::test_it_is_always_good_for_half_a_year",),
    ),
    Mutant(
        "security.txt names the configured host",
        PAGE,
        '"Canonical": absolute(request.path)',
        '"Canonical": request.build_absolute_uri()',
        (f"{TESTS}::test_the_host_of_a_request_is_never_named",),
    ),
    Mutant(
        "whoever gets mails is asked for",
        AWAY,
        '"mail": _mail_leaves()',
        '"mail": False',
        (f"{NAMED}::test_w040_mails_leave_by_a_host_of_somebody_else",),
    ),
    Mutant(
        "whoever gets SMS is asked for",
        AWAY,
        '"sms": _sms_leaves()',
        '"sms": False',
        (f"{NAMED}::test_w040_sms_leave",),
    ),
    Mutant(
        "whoever keeps files is asked for",
        AWAY,
        '"files": _files_leave()',
        '"files": False',
        (f"{NAMED}::test_w040_files_are_kept_elsewhere",),
    ),
    Mutant(
        "whoever identifies people is asked for",
        AWAY,
        "    return away | {word",
        "    return {word",
        (f"{NAMED}::test_w040_somebody_is_sent_away_to_identify",),
    ),
    Mutant(
        "somebody named for one thing is not named for another",
        AWAY,
        "return sorted(elsewhere() - served)",
        "return [] if served else sorted(elsewhere())",
        (f"{NAMED}::test_w040_mails_leave_by_a_host_of_somebody_else",),
    ),
    Mutant(
        "security.txt is looked for at the root",
        CHECKS,
        '    if _answers(SECURITY_TXT) == f"{ID}_root:security_txt":\n',
        "    if True:\n",
        (f"{NAMED}::test_w041_nobody_is_told_of_a_weakness",),
    ),
]
