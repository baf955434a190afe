"""Guards of doors that have ended, and of what strangers make the server do."""

from tests.mutants.mutant import Mutant

PUBLIC, FLOWS = "wagtail_contracts/signing/public", "wagtail_contracts/signing/flows"
DOORS, FLOODS = "tests/security/test_attacks_doors.py", "tests/security/test_attacks_floods.py"
LINKS = f"{DOORS}::test_a_link_of_a_closed_account_and_its_open_page_end_at_once"
STRANGERS = f"{FLOODS}::test_whoever_has_many_addresses_of_one_network_is_one_stranger"
PEOPLE = "tests/admin/test_changing_people.py"
MATCHING = "wagtail_contracts/contracts/core/matching.py"
TEXT = "tests/unit/contracts/test_text.py"
MATCHED = "tests/unit/contracts/test_matching.py"

MUTANTS = [
    Mutant(
        "a stale form shows nothing of what is withdrawn",
        f"{PUBLIC}/changing.py",
        '    if page.contract.state == "withdrawn":',
        "    if False:",
        (f"{DOORS}::test_a_form_of_an_older_version_shows_nothing_of_what_is_withdrawn",),
    ),
    Mutant(
        "an open page ends with its account",
        f"{FLOWS}/admitting.py",
        "    found = found.exclude(CLOSED).filter(",
        "    found = found.filter(",
        (LINKS,),
    ),
    Mutant(
        "a link ends with its account",
        f"{FLOWS}/admitting.py",
        "revoked_at=None).exclude(CLOSED).first()",
        "revoked_at=None).first()",
        (LINKS,),
    ),
    Mutant(
        "no mail goes to a closed account",
        "wagtail_contracts/signing/tasks/__init__.py",
        "    if participant.user and not participant.user.is_active:",
        "    if False:",
        (f"{DOORS}::test_no_mail_goes_to_a_closed_account",),
    ),
    Mutant(
        "all addresses of one IPv6 network are one stranger",
        "wagtail_contracts/signing/core/networks.py",
        "OF_ONE_HAND = 64",
        "OF_ONE_HAND = 128",
        (STRANGERS, "tests/unit/signing/test_networks.py::test_addresses_of_one_hand_are_one"),
    ),
    Mutant(
        "files to verify are limited by network",
        f"{PUBLIC}/verifying.py",
        "network(visitors.address(request))",
        "visitors.address(request)",
        (STRANGERS,),
    ),
    Mutant(
        "a yes is to the request that was on the page",
        "wagtail_contracts/signing/admin/people.py",
        '        if self.asked and form.cleaned_data["asked"] != self.asked.public_id:',
        "        if False:",
        (f"{PEOPLE}::test_a_yes_is_to_the_person_who_was_on_the_page",),
    ),
    Mutant(
        "texts are compared in bounded time",
        MATCHING,
        "        if self._left < 0:",
        "        if False:",
        (f"{MATCHED}::test_what_was_found_before_it_was_too_much_still_counts",),
    ),
    Mutant(
        "rows of marks stay short",
        "wagtail_contracts/contracts/core/text.py",
        "ABOVE_LATIN.sub(_in_rows, text)",
        "text",
        (f"{TEXT}::test_rows_of_marks_stay_short_and_lose_none",),
    ),
    Mutant(
        "what is still counted is not forgotten",
        f"{FLOWS}/privacy/retaining.py",
        "window__lt=before)",
        'window__lt=before + DAYS["attempts"])',
        (f"{FLOODS}::test_what_was_counted_is_forgotten_when_its_window_is_long_over",),
    ),
]
