"""Guards of confidential contracts: the gate, the marked copy, devices, and how close they are."""

from tests.mutants.mutant import Mutant

PAGE = "wagtail_contracts/signing/public/page.py"
ASKING = "wagtail_contracts/signing/flows/codes.py"
TESTS = "tests/public/test_confidential.py"
CONFIDING = "tests/flows/contracts/test_confiding.py"

MUTANTS = [
    Mutant(
        "nothing of a confidential contract is shown before its reader is identified",
        PAGE,
        "        if not self.gated or signing.may_read(self.session):\n",
        "        if True:\n",
        (f"{TESTS}::test_every_page_of_a_participant_is_behind_the_gate_and_says_nothing",),
    ),
    Mutant(
        "each session shows who has it",
        "wagtail_contracts/signing/flows/means.py",
        "    found = Identification.objects.filter(session=session, purpose=Purpose.OPENING)\n",
        "    found = Identification.objects.filter(purpose=Purpose.OPENING)\n",
        (f"{TESTS}::test_a_wrong_code_opens_nothing_and_another_browser_has_its_own_gate",),
    ),
    Mutant(
        "a wrong code opens nothing",
        ASKING,
        "    if not constant_time_compare(challenge.code_hash, _hashed(challenge, code)):\n",
        "    if False:\n",
        (f"{TESTS}::test_a_wrong_code_opens_nothing_and_another_browser_has_its_own_gate",),
    ),
    Mutant(
        "codes to read are limited",
        ASKING,
        '    limit("entry", _source(session.participant, session), most=CODES_AN_HOUR, by=by)\n',
        "",
        (f"{TESTS}::test_four_codes_an_hour_are_too_many",),
    ),
    Mutant(
        "a marked copy says on every page whose it is",
        "wagtail_contracts/contracts/rendering/print.py",
        ' | {"above.css": _resource("above.css", look)}',
        ' | {"above.css": _resource("above.css", look).replace(b"@page", b"@page :first")}',
        (f"{TESTS}::test_a_marked_copy_names_its_reader_and_the_time_on_every_page",),
    ),
    Mutant(
        "no copy is given of what is to be read alone",
        "wagtail_contracts/contracts/core/confidential.py",
        "    return way == MARKED and state in states.OPEN\n",
        "    return state in states.OPEN\n",
        (f"{TESTS}::test_no_copy_is_given_of_any_other_contract",),
    ),
    Mutant(
        "no file of a confidential contract is taken along",
        "wagtail_contracts/signing/public/files.py",
        "        if file.sort in TAKEN and not self.contract.gives_files:\n",
        "        if False:\n",
        (f"{TESTS}::test_nothing_is_taken_along_before_all_have_signed",),
    ),
    Mutant(
        "a device that is known is not told again",
        "wagtail_contracts/signing/flows/devices.py",
        "    if known.filter(secret_hash=tokens.fingerprint(secret)).exists():\n",
        "    if False:\n",
        (f"{TESTS}::test_a_new_device_is_told_to_the_owner_once",),
    ),
    Mutant(
        "a mail outside names a confidential contract by its number",
        "wagtail_contracts/signing/rendering/letters/base.py",
        "if contract.is_confidential else {}\n",
        "if False else {}\n",
        (f"{TESTS}::test_the_mails_outside_name_it_by_its_number",),
    ),
    Mutant(
        "what was sent is only kept closer",
        "wagtail_contracts/contracts/core/confidential.py",
        "    return state in states.INSIDE or WAYS.index(wanted) >= WAYS.index(now)\n",
        "    return True\n",
        (f"{CONFIDING}::test_what_was_sent_is_only_kept_closer",),
    ),
    Mutant(
        "only who may send says how close it is kept",
        "wagtail_contracts/contracts/flows/confiding.py",
        '    insist("send", contract, by=by)\n',
        "",
        (f"{CONFIDING}::test_no_stranger_and_no_participant_changes_it",),
    ),
    Mutant(
        "no workspace has a name that is taken for another's",
        "wagtail_contracts/contracts/models/workspaces.py",
        "    if name and lookalikes.skeleton(name) in taken:\n",
        "    if False:\n",
        (
            "tests/security/test_s57_recognisable.py"
            "::test_no_workspace_is_named_so_that_it_is_taken_for_another",
        ),
    ),
]
