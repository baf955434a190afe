"""Guards of what leaves by itself and of whom it tells: sendings, reminders, notifications."""

from tests.mutants.mutant import Mutant

FLOWS = "wagtail_contracts/contracts/flows"
TASKS, NOTED = "wagtail_contracts/signing/tasks/__init__.py", "wagtail_contracts/contracts/models"
QUOTAS = "tests/flows/contracts/test_quotas.py"
BURSTS = "tests/flows/signing/test_bursts.py"
LATER, TOLD = "tests/flows/contracts/test_scheduling.py", "tests/flows/signing/test_notified.py"
DAYS, REMINDED = "tests/unit/contracts/test_reminders.py", "tests/flows/signing/test_reminding.py"
OWNERS, LEAVES = "tests/flows/contracts/test_handing.py", "tests/flows/contracts/test_handover.py"
RULES, LIST = "wagtail_contracts/contracts/core/reminders.py", "tests/admin/test_notifications.py"
PLANNED = "tests/flows/contracts/test_planned_packages.py"
OURS = "tests/public/test_own_packages.py"
STOPPED = "test_what_would_not_leave_is_told_before_its_moment_and_confirmed_again"

SENDING = [
    Mutant(
        "what leaves later was confirmed by somebody who may still send it",
        f"{FLOWS}/planned.py",
        '    insist("send", contract, by=permissions.actor(plan.by))\n',
        "",
        (f"{LATER}::{STOPPED}",),
    ),
    Mutant(
        "what leaves later goes to those who were confirmed",
        f"{FLOWS}/planned.py",
        "recipients=plan.recipients)",
        "recipients=None)",
        (f"{LATER}::{STOPPED}",),
    ),
    Mutant(
        "what a change has stopped waits for its owner",
        f"{FLOWS}/planned.py",
        " if not one.holds]",
        " if one.holds]",
        (f"{LATER}::{STOPPED}",),
    ),
    Mutant(
        "what is sensitive is no value that a list tells",
        "wagtail_contracts/contracts/core/worth.py",
        "amounts(masking.without(content))",
        "amounts(content)",
        (
            "tests/unit/contracts/test_approving.py::test_what_is_sensitive_is_told_to_nobody_but_judged",
        ),
    ),
    Mutant(
        "a message for another moment sends nothing",
        f"{FLOWS}/scheduling.py",
        ' and _at(plan)["at"] == at for plan',
        " for plan",
        (f"{LATER}::test_it_is_confirmed_once_and_again_after_it_was_called_off",),
    ),
    Mutant(
        "a sending is confirmed once",
        f"{FLOWS}/scheduling.py",
        "    insist_on_no_plan(contract)\n",
        "",
        (f"{LATER}::test_it_is_confirmed_once_and_again_after_it_was_called_off",),
    ),
    Mutant(
        "only who may send confirms",
        f"{FLOWS}/scheduling.py",
        '    insist("send", contract, by=by)\n    if (user',
        "    if (user",
        (f"{LATER}::test_who_may_not_send_confirms_and_calls_off_nothing",),
    ),
    Mutant(
        "only who may send calls off",
        f"{FLOWS}/scheduling.py",
        '    insist("send", contract, by=by)\n    insist_on_plan',
        "    insist_on_plan",
        (f"{LATER}::test_who_may_not_send_confirms_and_calls_off_nothing",),
    ),
    Mutant(
        "what stops one contract of a package stops the others",
        f"{FLOWS}/planned.py",
        "return other is not None and other.holds and ",
        "return other is not None and ",
        (f"{PLANNED}::test_a_change_of_one_stops_all_of_its_package_and_its_owner_is_told_once",),
    ),
    Mutant(
        "a package that one contract has left is not sent",
        f"{FLOWS}/planned.py",
        " and other.plan.together == own.plan.together\n",
        "\n",
        (f"{PLANNED}::test_a_package_that_one_has_left_is_not_sent",),
    ),
    Mutant(
        "what is called off is called off with all of its package",
        f"{FLOWS}/scheduling.py",
        "        _lay_aside(plan.contract, by=by)\n",
        "        _lay_aside(contract, by=by)\n",
        (f"{PLANNED}::test_calling_one_off_takes_all_of_its_package_back",),
    ),
    Mutant(
        "only who may send all of a package calls it off",
        f"{FLOWS}/scheduling.py",
        '        insist("send", plan.contract, by=by)\n',
        "        pass\n",
        (f"{PLANNED}::test_whoever_may_not_send_all_of_a_package_calls_none_of_it_off",),
    ),
    Mutant(
        "one person is told once of a package that does not leave",
        f"{FLOWS}/scheduling.py",
        " if one not in told]",
        "]",
        (f"{PLANNED}::test_a_change_of_one_stops_all_of_its_package_and_its_owner_is_told_once",),
    ),
    Mutant(
        "a package that is confirmed is sent by nobody besides",
        f"{FLOWS}/packaging.py",
        "            insist_on_no_plan(offer.contract)\n",
        "            pass\n",
        (f"{PLANNED}::test_all_of_a_package_are_confirmed_or_none",),
    ),
    Mutant(
        "ours who sign several of a package get one mail",
        f"{FLOWS}/packaging.py",
        "(people, *ours) for person in group}",
        "(people,) for person in group}",
        (f"{OURS}::test_ours_who_sign_several_get_one_mail_that_lists_them",),
    ),
    Mutant(
        "there is time to undo, however soon the moment",
        f"{FLOWS}/scheduling.py",
        "    return max(at, soonest)\n",
        "    return at\n",
        (f"{LATER}::test_a_moment_that_comes_too_soon_leaves_time_to_undo",),
    ),
    Mutant(
        "nothing leaves after its deadline",
        f"{FLOWS}/scheduling.py",
        "date() > deadline:\n",
        "date() > deadline + LATEST:\n",
        (f"{LATER}::test_it_leaves_while_it_can_still_be_answered",),
    ),
    Mutant(
        "what was sent at once is not sent later",
        f"{FLOWS}/sending.py",
        "    PlannedSending.objects.filter(contract=contract).delete()\n",
        "",
        (f"{LATER}::test_a_sending_at_once_leaves_nothing_to_send_later",),
    ),
    Mutant(
        "a message holds no links",
        f"{FLOWS}/sending.py",
        "    if linked := list(links.found(message, contracts().public_base_url)):\n",
        "    if linked := []:\n",
        (f"{LATER}::test_a_message_holds_no_links_but_ours",),
    ),
    Mutant(
        "a sending has its quota",
        f"{FLOWS}/sending.py",
        "    insist_on_quota(contract, by=by)\n",
        "",
        (f"{QUOTAS}::test_a_workspace_reaches_so_many_addresses_in_a_day",),
    ),
    Mutant(
        "a sending that the quota refuses is told, whatever its transaction takes back",
        f"{FLOWS}/sending.py",
        "@refusals_told()\n",
        "",
        (f"{BURSTS}::test_a_sending_that_the_quota_refuses_is_told_once_an_hour",),
    ),
    Mutant(
        "so is one that was planned",
        f"{FLOWS}/scheduling.py",
        "@refusals_told()\n@transaction.atomic\ndef _sent(",
        "@transaction.atomic\ndef _sent(",
        (f"{BURSTS}::test_so_is_one_that_was_planned_and_does_not_leave",),
    ),
    Mutant(
        "contracts go to the domains that a site names",
        f"{FLOWS}/quotas.py",
        "    if domains and strange:\n",
        "    if False:\n",
        (f"{QUOTAS}::test_a_site_names_the_domains_that_contracts_go_to",),
    ),
    Mutant(
        "what is planned counts for the quota",
        f"{FLOWS}/scheduling.py",
        ", ahead=Q(plannedsending__by=plan.by))\n",
        ")\n",
        (f"{QUOTAS}::test_a_sender_reaches_so_many_addresses_in_a_day",),
    ),
    Mutant(
        "a message for those who get it has an end",
        f"{FLOWS}/sending.py",
        "    if len(message) > LONGEST_MESSAGE:\n",
        "    if False:\n",
        (f"{LATER}::test_a_message_has_an_end",),
    ),
]
TELLING = [
    Mutant(
        "who may not see a contract is told nothing of it",
        f"{FLOWS}/notifying.py",
        "    if user is None or not Contract.objects.visible_to(user)"
        '.filter(pk=keys["contract"]).exists():\n',
        "    if user is None:\n",
        (f"{TOLD}::test_each_is_told_once_by_their_choice_and_nobody_else",),
    ),
    Mutant(
        "a digest names what its reader may see",
        f"{FLOWS}/notifying.py",
        "Notification.objects.visible_to(user).filter(digest=digest)",
        "Notification.objects.filter(user=user, digest=digest)",
        (f"{TOLD}::test_a_digest_names_nothing_that_its_reader_may_not_see_any_more",),
    ),
    Mutant(
        "nobody is told what they did themselves",
        f"{FLOWS}/notifying.py",
        "    for pk in sorted(pk for pk in told if str(pk) != acting):\n",
        "    for pk in sorted(told):\n",
        (f"{TOLD}::test_nobody_is_told_what_they_did_themselves",),
    ),
    Mutant(
        "what a digest took up is in no other",
        f"{NOTED}/notifications.py",
        '        return self.filter(digest="", due_at__lte=now)\n',
        "        return self.filter(due_at__lte=now)\n",
        (f"{TOLD}::test_a_message_that_is_delivered_again_tells_nothing_again",),
    ),
    Mutant(
        "a digest waits for its hour",
        f"{NOTED}/notifications.py",
        '        return self.filter(digest="", due_at__lte=now)\n',
        '        return self.filter(digest="").exclude(due_at=None)\n',
        (f"{TOLD}::test_a_digest_waits_for_its_hour",),
    ),
    Mutant(
        "mails go by what each person chose",
        TASKS,
        '    if note is None or note.how != "at_once" or',
        "    if note is None or",
        (f"{TOLD}::test_each_is_told_once_by_their_choice_and_nobody_else",),
    ),
    Mutant(
        "a mail to staff that has left does not leave again",
        TASKS,
        " or note.mailed_at or not note.user.email:",
        " or not note.user.email:",
        (f"{TOLD}::test_a_message_that_is_delivered_again_tells_nothing_again",),
    ),
    Mutant(
        "a digest that has left does not leave again",
        TASKS,
        "    waiting = [note for note in lines if note.mailed_at is None]\n",
        "    waiting = lines\n",
        (f"{TOLD}::test_a_message_that_is_delivered_again_tells_nothing_again",),
    ),
    Mutant(
        "the list has what its reader may see",
        f"{NOTED}/notifications.py",
        "        found = self.filter(user=user, contract__in=seen)",
        "        found = self.filter(user=user)",
        (f"{LIST}::test_what_one_may_not_see_any_more_is_not_there",),
    ),
    Mutant(
        "the list is one's own",
        f"{NOTED}/notifications.py",
        "        found = self.filter(user=user, contract__in=seen)",
        "        found = self.filter(contract__in=seen)",
        (f"{LIST}::test_what_is_somebody_elses_is_not_there",),
    ),
    Mutant(
        "an owner is told once of a mail that does not arrive",
        f"{FLOWS}/undelivered.py",
        '    return any(event.data["message"] == message.public_id for event in told)\n',
        "    return False\n",
        (
            "tests/flows/contracts/test_undelivered.py::"
            "test_an_owner_is_told_of_what_does_not_mend_itself",
        ),
    ),
    Mutant(
        "what may mend itself is not told",
        f"{FLOWS}/undelivered.py",
        "PATIENCE = 3 ",
        "PATIENCE = 1 ",
        (
            "tests/flows/contracts/test_undelivered.py::"
            "test_an_owner_is_told_of_what_does_not_mend_itself",
        ),
    ),
]
REMINDING = [
    Mutant(
        "three reminders at most",
        RULES,
        "    if len(facts.reminded) >= MOST or",
        "    if",
        (f"{DAYS}::test_each_rule_names_its_days",),
    ),
    Mutant(
        "two days between reminders",
        RULES,
        "    if last and (today - last).days < APART:\n",
        "    if False:\n",
        (f"{DAYS}::test_each_rule_names_its_days",),
    ),
    Mutant(
        "no reminder after the deadline",
        RULES,
        " or today > facts.deadline or",
        " or",
        (f"{DAYS}::test_each_rule_names_its_days",),
    ),
    Mutant(
        "nobody is disturbed at night",
        f"{FLOWS}/reminding.py",
        "        if reminders.may_disturb(",
        "        if bool(",
        (f"{REMINDED}::test_nobody_is_reminded_at_night",),
    ),
    Mutant(
        "a pause reminds nobody",
        f"{FLOWS}/reminding.py",
        "        return Rule() if own.paused else Rule(",
        "        return Rule(",
        (f"{REMINDED}::test_while_it_is_paused_nobody_is_reminded",),
    ),
    Mutant(
        "an ended contract reminds nobody",
        f"{FLOWS}/reminding.py",
        "    if contract.state not in states.OPEN or contract.deadline is None:\n"
        "        return []\n"
        "    rule, today = rule_of",
        "    rule, today = rule_of",
        (f"{REMINDED}::test_an_ended_contract_reminds_nobody",),
    ),
    Mutant(
        "the owner is told of a deadline once",
        f"{FLOWS}/reminding.py",
        "    if any(event.data == data for event in before):\n",
        "    if False:\n",
        (f"{REMINDED}::test_the_owner_is_told_once_that_a_deadline_is_near",),
    ),
    Mutant(
        "only who may send sets reminders",
        f"{FLOWS}/reminding.py",
        '    insist("send", contract, by=by)\n',
        "",
        (f"{REMINDED}::test_only_who_may_send_sets_reminders_and_only_while_somebody_waits",),
    ),
]
HANDING = [
    Mutant(
        "an owner sees what they own",
        f"{FLOWS}/handing.py",
        "    if not Contract.objects.visible_to(to).filter(pk=contract.pk).exists():\n",
        "    if False:\n",
        (f"{OWNERS}::test_only_who_sees_it_then_becomes_its_owner",),
    ),
    Mutant(
        "its owner or an administrator gives a contract away",
        f"{FLOWS}/handing.py",
        "        insist_may_change_owner(staff(by), contract)\n",
        "        pass\n",
        (f"{OWNERS}::test_its_owner_or_an_administrator_gives_it_away",),
    ),
    Mutant(
        "what is confirmed goes to who may send it",
        f"{FLOWS}/scheduling.py",
        '    if not permissions.may(to, "send", contract):\n',
        "    if False:\n",
        (f"{LEAVES}::test_who_reads_alone_takes_the_contract_over_but_not_the_sending",),
    ),
    Mutant(
        "who can't approve takes no place in a rule",
        f"{FLOWS}/handover.py",
        'permissions.workspaces(to, ["approve"])',
        'permissions.workspaces(to, ["view"])',
        (f"{LEAVES}::test_only_who_may_approve_takes_a_place_in_a_rule",),
    ),
    Mutant(
        "only what was chosen moves",
        f"{FLOWS}/handover.py",
        " if held.key in keys]\n",
        "]\n",
        (f"{LEAVES}::test_only_what_was_shown_and_chosen_moves",),
    ),
    Mutant(
        "who administers finds what moves",
        f"{FLOWS}/handover.py",
        '    return permissions.having(user, ["administer"]).filter(owner=leaver).order_by("pk")\n',
        '    return permissions.visible(user).filter(owner=leaver).order_by("pk")\n',
        (f"{LEAVES}::test_only_who_administers_finds_anything",),
    ),
]
MUTANTS = [*SENDING, *TELLING, *REMINDING, *HANDING]
