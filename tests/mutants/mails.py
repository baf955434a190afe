"""Guards of mails and SMS: what is told once, whose reports count, where a call may go."""

from tests.mutants.mutant import Mutant

HOUSE, TESTS = "wagtail_contracts", "tests/flows/signing"
BOUNCING, COPYING = f"{HOUSE}/signing/flows/bouncing.py", f"{HOUSE}/signing/flows/copying.py"
REPORTS, SMS = f"{HOUSE}/signing/core/reports.py", f"{HOUSE}/signing/core/sms.py"
WIRE, CALLS = f"{HOUSE}/wire/addresses.py", "tests/security/wire/test_s30_calls.py"
BOUNCED, READ = f"{TESTS}/test_bouncing.py", "tests/unit/signing/test_reports.py"
SPOKEN = "tests/public/test_one_language.py"
READERS = "tests/flows/signing/test_readers.py"

MUTANTS = [
    Mutant(
        "a report of a mail that was not sent is left alone",
        BOUNCING,
        "topic=events.MAIL_DUE, attempts__gt=0)",
        "topic=events.MAIL_DUE)",
        (f"{BOUNCED}::test_a_report_of_another_mail_is_left_alone",),
    ),
    Mutant(
        "a report of a mail to staff is left alone",
        BOUNCING,
        '    if message is None or "user" in message.keys:\n',
        "    if message is None:\n",
        (f"{BOUNCED}::test_a_report_of_another_mail_is_left_alone",),
    ),
    Mutant(
        "a bounce is told once",
        BOUNCING,
        "    if new:\n",
        "    if True:\n",
        (f"{BOUNCED}::test_a_lasting_bounce_marks_the_address_and_tells_the_owner_once",),
    ),
    Mutant(
        "only what is for good marks an address",
        REPORTS,
        '        return self.action == FAILED and self.status.startswith("5")\n',
        "        return self.action == FAILED\n",
        (f"{READ}::test_a_report_names_our_mail_and_whether_it_is_for_good",),
    ),
    Mutant(
        "what the library chokes on is no report",
        REPORTS,
        "    except Exception:  # noqa: BLE001",
        "    except UnicodeError:  # noqa: BLE001",
        (f"{READ}::test_what_is_no_report_tells_nothing_and_breaks_nothing",),
    ),
    Mutant(
        "reminders stop where the address does not work",
        BOUNCING,
        "    return [person for person in people if person not in lost]\n",
        "    return list(people)\n",
        (f"{BOUNCED}::test_whoever_comes_in_afterwards_has_a_way_that_works",),
    ),
    Mutant(
        "a mail that was tried tells of nothing more",
        f"{HOUSE}/outbox/flows.py",
        "filter(topic=topic, attempts=0, not_before__gt=Now())",
        "filter(topic=topic, not_before__gt=Now())",
        (f"{TESTS}/test_told.py::test_a_mail_that_was_tried_tells_of_nothing_more",),
    ),
    Mutant(
        "a new version takes the place of a reminder",
        f"{HOUSE}/signing/tasks/__init__.py",
        '    if kind == "reminder" and _is_overtaken(message, participant):\n',
        "    if False:\n",
        (
            f"{TESTS}/test_mails.py"
            "::test_a_new_version_takes_the_place_of_a_reminder_that_has_not_left",
        ),
    ),
    Mutant(
        "a character of two places counts twice",
        SMS,
        "        return len(text) + sum(character in EXTENDED for character in text)\n",
        "        return len(text)\n",
        (
            "tests/unit/signing/test_sms.py"
            "::test_places_are_counted_in_the_alphabet_that_the_text_needs",
        ),
    ),
    Mutant(
        "no SMS leaves for what is not out",
        f"{HOUSE}/signing/tasks/texting.py",
        "    if contract.state not in OUT:\n",
        "    if False:\n",
        (f"{TESTS}/test_texting.py::test_no_sms_leaves_for_a_contract_that_is_not_out_any_more",),
    ),
    Mutant(
        "a link is copied by who may send",
        COPYING,
        '    contracts.insist("send", contract, by=by)\n',
        "",
        (
            f"{TESTS}/test_copying.py"
            "::test_a_link_is_copied_only_by_who_may_send_while_it_is_out_and_for_the_other_side",
        ),
    ),
    Mutant(
        "a link is issued anew by who may send",
        f"{HOUSE}/signing/flows/admitting.py",
        '    contracts.insist("send", contract, by=by)\n',
        "",
        (f"{TESTS}/test_admitting.py::test_a_link_is_issued_anew_only_by_who_may_send",),
    ),
    Mutant(
        "all that a name leads to is judged",
        WIRE,
        "    for address in addresses:\n",
        "    for address in addresses[:1]:\n",
        (f"{CALLS}::test_a_name_that_leads_inside_is_refused_also_among_good_ones",),
    ),
    Mutant(
        "some public networks lead inside",
        WIRE,
        "        and not any(address in network for network in DENIED)\n",
        "",
        (f"{CALLS}::test_addresses_that_are_inside_or_lead_there_are_refused",),
    ),
    Mutant(
        "a page is in a language that all of it is in",
        "wagtail_contracts/signing/public/page.py",
        "self.language = spoken(self.participant.language)",
        "self.language = self.participant.language",
        (f"{SPOKEN}::test_a_page_is",),
    ),
    Mutant(
        "so is a mail",
        "wagtail_contracts/signing/tasks/__init__.py",
        "translation.override(spoken(participant.language))",
        "translation.override(participant.language)",
        (f"{SPOKEN}::test_a_mail_is",),
    ),
    Mutant(
        "only who may ask for more time is led to it",
        "wagtail_contracts/signing/flows/news.py",
        'return {"asks": may and participant.user is None}',
        'return {"asks": may}',
        (f"{READERS}::test_who_can_ask_for_no_more_time_is_not_told_to",),
    ),
]
