"""Guards of approvals: nothing leaves without a yes, and nobody says yes to their own work."""

from tests.mutants.mutant import POSTGRESQL, Mutant

FLOWS = "wagtail_contracts/contracts/flows"
CORE = "wagtail_contracts/contracts/core/approving.py"
ADMIN = "wagtail_contracts/contracts/admin/approving"
SUGGESTING = "tests/flows/contracts/test_suggesting.py"
TESTS, UNIT = "tests/flows/contracts/test_approving.py", "tests/unit/contracts/test_approving.py"
OUTGROWN = "tests/flows/contracts/test_outgrown.py"
RACES, PAGES = "tests/reliability/test_approvals.py", "tests/admin/test_approving.py"

SENDING = [
    Mutant(
        "what answers make worth more is not opened for signing without an approval",
        f"{FLOWS}/sending.py",
        "    insist_on_no_growth(contract)\n",
        "",
        (f"{OUTGROWN}::test_what_answers_make_worth_more_is_opened_once_it_is_approved",),
    ),
    Mutant(
        "our side does not sign what answers make worth more without an approval",
        "wagtail_contracts/signing/flows/standing.py",
        '    if place.party["own"] and (why := contracts.unapproved(contract)):\n',
        "    if why := None:\n",
        (f"{OUTGROWN}::test_our_side_signs_it_once_it_is_approved",),
    ),
    Mutant(
        "a yes to what was sent is none to more",
        CORE,
        "if amount > before.get(currency, 0)}\n",
        "if currency not in before}\n",
        (f"{OUTGROWN}::test_a_yes_to_what_was_sent_is_none_to_more",),
    ),
    Mutant(
        "another answer takes an approval away",
        f"{FLOWS}/answering.py",
        "    lapse(contract, by=SYSTEM)\n",
        "",
        (f"{OUTGROWN}::test_another_answer_takes_the_yes_away_and_tells",),
    ),
    Mutant(
        "nobody sends back what was signed",
        f"{FLOWS}/requested.py",
        " or contract.state not in states.INSIDE | states.OPEN:\n",
        ":\n",
        (f"{OUTGROWN}::test_our_side_signs_it_once_it_is_approved",),
    ),
    Mutant(
        "a first sending needs its approval",
        f"{FLOWS}/sending.py",
        "    insist_on_ready(contract, content)\n    insist_on_approved(contract, content)\n"
        "    return offer\n",
        "    insist_on_ready(contract, content)\n    return offer\n",
        (f"{TESTS}::test_after_a_change_the_old_yes_does_not_send",),
    ),
    Mutant(
        "a new version needs its approval",
        f"{FLOWS}/sending.py",
        "    insist_on_approved(contract, content, offer)\n\n    with",
        "\n    with",
        (
            f"{TESTS}::test_a_new_version_needs_a_yes_of_its_own",
            f"{SUGGESTING}::test_a_rule_that_asks_is_asked_for_the_version_with_the_suggestion",
        ),
    ),
    Mutant(
        "an approval is for what there is now",
        f"{FLOWS}/needs.py",
        "    if request is None or request.digest != need.digest:\n",
        "    if request is None:\n",
        (f"{TESTS}::test_after_a_change_the_old_yes_does_not_send",),
    ),
    Mutant(
        "an approval names the recipients",
        f"{FLOWS}/needs.py",
        '            "recipients": recipients_digest(contract),\n',
        "",
        (f"{TESTS}::test_after_a_change_the_old_yes_does_not_send",),
    ),
    Mutant(
        "an approval names the rules",
        f"{FLOWS}/needs.py",
        '            "rules": [rule.data() for rule in rules],\n',
        "",
        (f"{RACES}::test_a_rule_that_is_made_while_somebody_approves_is_not_passed_by",),
    ),
    Mutant(
        "a currency that no rule counts stops the sending",
        f"{FLOWS}/needs.py",
        "    if need.obstacle:\n        raise ApprovalMissing(need.obstacle)\n    if need and",
        "    if need.rules and",
        (f"{TESTS}::test_another_currency_stops_the_sending_with_a_reason",),
    ),
    Mutant(
        "nobody is asked where nobody can answer",
        f"{FLOWS}/asking.py",
        '        raise ApproverMissing(" ".join(missing))\n',
        "        pass\n",
        (f"{TESTS}::test_a_missing_approver_stops_the_asking_with_a_reason",),
    ),
    Mutant(
        "a new rule takes old approvals away",
        f"{FLOWS}/ruling.py",
        "    lapse_changed(by=by, workspace=workspace)\n",
        "",
        (f"{TESTS}::test_a_new_rule_takes_the_old_yes_away_and_tells",),
    ),
    Mutant(
        "a rule that ended takes old approvals away",
        f"{FLOWS}/ruling.py",
        "    lapse_changed(by=by, workspace=rule.workspace)\n",
        "",
        (f"{TESTS}::test_a_rule_that_ended_sends_nothing_by_that",),
    ),
    Mutant(
        "a copy takes no approval along",
        f"{FLOWS}/copying.py",
        '    "approval_id",\n',
        "",
        (f"{TESTS}::test_a_duplicate_needs_a_yes_of_its_own",),
    ),
]
PEOPLE = [
    Mutant(
        "whose own work it is may not approve it",
        CORE,
        "and not yes.people & {*used, *barred}:",
        "and not yes.people & {*used}:",
        (
            f"{TESTS}::test_nobody_approves_their_own_work",
            f"{UNIT}::test_whose_own_work_it_is_decides_nothing_neither_do_their_deputies",
        ),
    ),
    Mutant(
        "one person counts once for a rule",
        CORE,
        "and not yes.people & {*used, *barred}:",
        "and not yes.people & {*barred}:",
        (f"{UNIT}::test_one_person_counts_once_for_a_rule",),
    ),
    Mutant(
        "a deputy uses up whom they stand in for",
        CORE,
        "frozenset({self.by} | ({self.instead_of} if self.instead_of else set()))",
        "frozenset({self.by})",
        (f"{TESTS}::test_a_deputy_of_whoever_wrote_it_does_not_approve_it",),
    ),
    Mutant(
        "in order means the first that is missing",
        CORE,
        "missing[:1] if rule.in_order else missing",
        "missing",
        (f"{TESTS}::test_two_steps_are_two_people_and_in_order",),
    ),
    Mutant(
        "a rule without steps is never fulfilled",
        CORE,
        "all(rule.steps and not _missing(rule, given) for rule in rules)",
        "all(not _missing(rule, given) for rule in rules)",
        (f"{UNIT}::test_a_rule_without_steps_is_never_complete",),
    ),
    Mutant(
        "a yes of whoever owns it by now does not count",
        f"{FLOWS}/needs.py",
        "approving.counting(request.given, barred(contract))",
        "approving.counting(request.given, ())",
        (f"{TESTS}::test_a_yes_of_whoever_owns_it_now_does_not_send",),
    ),
    Mutant(
        "whoever saved it wrote it",
        f"{FLOWS}/needs.py",
        "[*_saved(contracts), *_wrote(contracts)]",
        "[*_wrote(contracts)]",
        (f"{TESTS}::test_nobody_approves_their_own_work",),
    ),
    Mutant(
        "what Wagtail logged of a save counts beside what it kept",
        f"{FLOWS}/needs.py",
        "rows.union(log.filter(**known)",
        "rows.union(log.none()",
        (f"{TESTS}::test_the_inbox_the_page_and_the_verb_know_the_same_own_work",),
    ),
    Mutant(
        "the inbox asks whose own work it is",
        f"{FLOWS}/approving.py",
        "own = needs.own_work(turns)\n",
        "own = {row.pk: () for row in turns}\n",
        (f"{TESTS}::test_the_inbox_the_page_and_the_verb_know_the_same_own_work",),
    ),
    Mutant(
        "whoever did what is in the trails wrote it",
        f"{FLOWS}/needs.py",
        "[*_saved(contracts), *_wrote(contracts)]",
        "[*_saved(contracts)]",
        (f"{TESTS}::test_nobody_approves_their_own_work",),
    ),
    Mutant(
        "approving needs the right",
        f"{FLOWS}/approving.py",
        '    user = requested.insist_on_right(contract, "approve", by)\n    if yeses :=',
        '    user = requested.insist_on_right(contract, "view", by)\n    if yeses :=',
        (f"{TESTS}::test_without_the_right_nobody_approves",),
    ),
    Mutant(
        "asking needs the right",
        f"{FLOWS}/asking.py",
        'user = requested.insist_on_right(contract, "send", by)',
        'user = requested.insist_on_right(contract, "view", by)',
        (f"{TESTS}::test_a_colleague_without_the_right_to_send_asks_for_nothing",),
    ),
    Mutant(
        "a deputy stands in on their days",
        f"{FLOWS}/needs.py",
        "    rows = Deputy.objects.on(day).filter(deputy=user, user__is_active=True)",
        "    rows = Deputy.objects.filter(deputy=user, user__is_active=True)",
        (f"{TESTS}::test_a_deputy_approves_on_their_days_only",),
    ),
    Mutant(
        "a yes is to what was shown",
        f"{FLOWS}/approving.py",
        "    if shown != request.content_digest or request.digest",
        "    if request.digest",
        (f"{TESTS}::test_a_yes_to_another_text_is_none",),
    ),
    Mutant(
        "two who approve at once wait for each other",
        f"{FLOWS}/requested.py",
        "    contract = Contract.objects.lock(contract.pk)\n",
        "    contract = Contract.objects.get(pk=contract.pk)\n",
        (f"{RACES}::test_two_who_approve_at_once_make_it_ready_once",),
        on=POSTGRESQL,
    ),
]
PLACES = [
    Mutant(
        "rules are made by administrators",
        f"{FLOWS}/ruling.py",
        '    insist_in(workspace, "administer", by=by)\n',
        "",
        (f"{TESTS}::test_only_an_administrator_makes_and_ends_rules",),
    ),
    Mutant(
        "rules are ended by administrators",
        f"{FLOWS}/ruling.py",
        '    insist_in(rule.workspace, "administer", by=by)\n',
        "",
        (f"{TESTS}::test_only_an_administrator_makes_and_ends_rules",),
    ),
    Mutant(
        "a rule of another workspace is none",
        f"{ADMIN}/rules.py",
        "ApprovalRule.objects.standing().filter(workspace=workspace)",
        "ApprovalRule.objects.standing()",
        (f"{PAGES}::test_a_rule_of_another_workspace_is_none",),
    ),
    Mutant(
        "whoever is no longer asked gets no mail",
        "wagtail_contracts/signing/tasks/__init__.py",
        "    if _is_decided(message, found):\n        return\n",
        "",
        (f"{TESTS}::test_whoever_is_no_longer_asked_gets_no_mail",),
    ),
]
MUTANTS = [*SENDING, *PEOPLE, *PLACES]
