"""Guards of the gate: where it leads, what goes through it; and of who is told of abuse."""

from tests.mutants.mutant import Mutant

GATE = "wagtail_contracts/signing/public/gate.py"
IDENTIFYING = "wagtail_contracts/signing/public/identifying.py"
PAGE = "wagtail_contracts/signing/public/page.py"
TESTS, MINE = "tests/public/test_gate.py", "tests/public/test_mine.py"
NEWS, TURNS = "tests/public/test_more_time.py", "tests/flows/signing/test_turns.py"
ALERTING = "wagtail_contracts/signing/flows/alerting.py"
REPORTS, BURSTS = "tests/public/test_reporting.py", "tests/flows/signing/test_bursts.py"
CONFIDENTIAL = f"{MINE}::test_a_confidential_title_is_shown_to_those_alone_who_may_read_it_anyhow"

MUTANTS = [
    Mutant(
        "the gate leads to no other page than those of one's own",
        GATE,
        "    return found if ours and same else None\n",
        "    return found\n",
        (f"{TESTS}::test_no_address_leads_away_from_the_pages_of_the_same_person",),
    ),
    Mutant(
        "the gate remembers where one was going",
        PAGE,
        "        return see_other(gate.address(self, place))\n",
        '        return see_other(gate.address(self, ""))\n',
        (f"{TESTS}::test_the_gate_leads_where_one_wanted_to_go",),
    ),
    Mutant(
        "what was typed goes through the gate",
        PAGE,
        "gate.held(self.request) if self.keeps",
        "gate.held(self.request) if False",
        (
            f"{TESTS}::test_answers_that_were_posted_too_late_are_kept_as_a_draft",
            f"{TESTS}::test_a_comment_that_was_posted_too_late_stands_in_its_form_again",
        ),
    ),
    Mutant(
        "a wrong code loses nothing that was typed",
        IDENTIFYING,
        "carried=self.carried, problem",
        'carried="", problem',
        (f"{TESTS}::test_a_wrong_code_and_too_many_codes_lose_nothing_either",),
    ),
    Mutant(
        "a button that promises a code signs nothing at once",
        "wagtail_contracts/signing/public/affirming.py",
        'return by_link or self.request.POST.get("do") == "sign"\n',
        "return True\n",
        (f"{TESTS}::test_a_button_that_promises_a_code_signs_nothing_at_once",),
    ),
    Mutant(
        "the list of one's own names nothing that is confidential",
        "wagtail_contracts/signing/public/mine.py",
        "part.title if self.place or not part.contract.is_confidential else CLOSE",
        "part.title",
        (CONFIDENTIAL,),
    ),
    Mutant(
        "the reason for more time is that of the day of now",
        "wagtail_contracts/signing/flows/news.py",
        "named(events.CONTRACT_EXTENDED).last()",
        "named(events.CONTRACT_EXTENDED).first()",
        (f"{NEWS}::test_the_reason_of_an_earlier_day_is_not_that_of_the_day_of_now",),
    ),
    Mutant(
        "no mail tells why there is more time for what is confidential",
        "wagtail_contracts/signing/flows/news.py",
        '"" if contract.is_confidential else why_extended(contract)',
        "why_extended(contract)",
        (f"{NEWS}::test_a_mail_about_a_confidential_contract_leaves_the_reason_to_its_page",),
    ),
    Mutant(
        "the list names approvers before those whom they hold up",
        "wagtail_contracts/signing/admin/phrases.py",
        "signing.approvers_first(found, self.before.get(contract.pk, []))",
        "found",
        (f"{TURNS}::test_it_waits_for_approvers_before_those_of_their_party",),
    ),
    Mutant(
        "reports of abuse are limited by network address",
        ALERTING,
        '    limit("report", network(address), most=REPORTS_AN_HOUR, by=by)\n',
        "",
        (
            f"{REPORTS}::test_reports_are_limited_by_network_aloud_and_their_mails_in_all_in_silence",
        ),
    ),
    Mutant(
        "the mails of reports are limited in all",
        ALERTING,
        "        mailed = False\n",
        "        mailed = True\n",
        (
            f"{REPORTS}::test_reports_are_limited_by_network_aloud_and_their_mails_in_all_in_silence",
        ),
    ),
    Mutant(
        "by a link that is over nobody acts",
        "wagtail_contracts/signing/public/reporting.py",
        "if person else SYSTEM",
        "if (person := person or signing.addressee(token)) else SYSTEM",
        (f"{REPORTS}::test_a_report_by_a_link_that_is_over_names_its_contract_and_is_nobodys_act",),
    ),
    Mutant(
        "whose page is open is known by the cookie, not by the address",
        "wagtail_contracts/signing/public/reporting.py",
        "        return session.participant if session and mine else None\n",
        "        from wagtail_contracts.contracts.models import Participant\n\n"
        "        return Participant.objects.filter(public_id=public_id).first()\n",
        (f"{REPORTS}::test_a_report_from_a_page_that_is_open_names_its_contract",),
    ),
    Mutant(
        "the same burst is told once an hour, not once an hour of the clock",
        ALERTING,
        "    if any((event.data",
        "    if False and any((event.data",
        (
            f"{BURSTS}::test_a_new_hour_of_the_clock_is_no_new_hour"
            "_and_a_burst_that_is_over_is_not_told",
        ),
    ),
    Mutant(
        "alerts go to nobody who has left",
        ALERTING,
        "filter(is_superuser=True, is_active=True)",
        "filter(is_superuser=True)",
        (f"{BURSTS}::test_nobody_but_the_named_or_the_active_superusers_is_told",),
    ),
    Mutant(
        "what is carried through the gate and can't be read is nothing",
        "wagtail_contracts/signing/public/gate.py",
        "    except (ValueError, TypeError, RecursionError):\n",
        "    except (ValueError, TypeError):\n",
        (
            "tests/security/test_attacks_talk.py"
            "::test_nothing_that_is_carried_through_the_gate_breaks_it",
        ),
    ),
]
