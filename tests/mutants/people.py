"""Who takes part: what each role may do, and that whoever is gone has no way in."""

from tests.mutants.mutant import Mutant

FLOWS = "wagtail_contracts/contracts/flows"
SIGNING = "wagtail_contracts/signing/flows"
COMING = "tests/flows/contracts/test_inviting.py"
DEAD = "tests/public/test_handed_on.py"
WALK = "tests/public/test_taking_part.py"
PHONES = "tests/public/test_phones.py"

MUTANTS = [
    Mutant(
        "who may do what is asked by the role that somebody has",
        f"{FLOWS}/partaking.py",
        "    if taking_part.may(role, act, contract.state):\n        return\n",
        "    if role != taking_part.GONE:\n        return\n",
        (f"{WALK}::test_every_role_does_what_the_table_says_and_nothing_else",),
    ),
    Mutant(
        "the role is read under the lock, of those who take part now",
        f"{FLOWS}/partaking.py",
        "    rows = Participant.objects.present().filter(pk=participant.pk)\n",
        "    rows = Participant.objects.filter(pk=participant.pk)\n",
        (f"{COMING}::test_whoever_is_gone_does_nothing_more",),
    ),
    Mutant(
        "an open page ends with its person's part",
        f"{SIGNING}/admitting.py",
        "    found = _going_on().filter(participant__left_at=None)\n",
        "    found = _going_on()\n",
        (
            f"{DEAD}::test_the_old_link_and_its_open_pages_are_dead",
            f"{DEAD}::test_whoever_lost_access_has_a_dead_link_and_a_dead_page",
        ),
    ),
    Mutant(
        "a link ends with its person's part",
        f"{SIGNING}/admitting.py",
        "    if invitation is None or invitation.participant.left_at:\n",
        "    if invitation is None:\n",
        (f"{DEAD}::test_whoever_lost_access_has_a_dead_link_and_a_dead_page",),
    ),
    Mutant(
        "only whoever forwarded reads where to",
        f"{SIGNING}/admitting.py",
        "    if new is not None and new.added_by_id == gone.pk:\n",
        "    if new is not None:\n",
        (f"{DEAD}::test_the_old_link_and_its_open_pages_are_dead",),
    ),
    Mutant(
        "whoever left does not sign, whatever a version says",
        f"{SIGNING}/standing.py",
        '    contracts.insist_may(participant, "sign", contract)\n',
        "",
        (f"{COMING}::test_nobody_who_left_signs_even_where_a_version_still_names_them",),
    ),
    Mutant(
        "a party waits for its approvers",
        f"{SIGNING}/standing.py",
        '                *approvers.get(party["id"], ()),\n',
        "",
        (f"{COMING}::test_nobody_signs_before_the_approvers_of_their_party",),
    ),
    Mutant(
        "a participant sends no flood",
        f"{FLOWS}/quotas.py",
        "    if any(had >= most for had, most in counted):\n",
        "    if False:\n",
        (
            f"{COMING}::test_five_people_a_day_and_no_more",
            f"{COMING}::test_a_chain_of_people_is_no_way_around_the_limit",
        ),
    ),
    Mutant(
        "where signatories are fixed our side is asked",
        f"{FLOWS}/inviting.py",
        "    if needs_consent(contract, participant):\n",
        "    if False:\n",
        (f"{COMING}::test_no_way_leads_around_the_sender_where_signatories_are_fixed",),
    ),
    Mutant(
        "whoever has signed hands nothing on",
        f"{SIGNING}/people.py",
        "    if todo == SIGN:\n        _insist_unsigned(contract, participant)\n",
        "    if todo == SIGN:\n",
        (f"{COMING}::test_whoever_has_signed_hands_nothing_on",),
    ),
    Mutant(
        "a party shows out only whom it let in",
        f"{FLOWS}/inviting.py",
        "        if not theirs or participant.role == SIGNATORY:\n",
        "        if False:\n",
        (f"{COMING}::test_a_party_shows_out_whom_it_let_in_and_nobody_else",),
    ),
    Mutant(
        "an older yes does not open signing",
        f"{FLOWS}/agreeing.py",
        '    given = Agreement.objects.filter(version=version).values("participant")\n'
        "    return asked_to_agree",
        '    given = Agreement.objects.values("participant")\n    return asked_to_agree',
        (f"{COMING}::test_a_new_version_asks_for_agreement_anew",),
    ),
    Mutant(
        "what no SMS reaches is no number of anybody who is let in",
        f"{FLOWS}/people.py",
        "    if raw.strip() and not number:\n",
        "    if False:\n",
        (f"{PHONES}::test_what_no_sms_reaches_is_refused_and_stays_in_the_form",),
    ),
    Mutant(
        "nobody is named for an SMS without a number",
        "wagtail_contracts/contracts/rendering/ways.py",
        '    if by_sms and not cleaned.get("phone") and "phone" not in form.errors:\n',
        "    if False:\n",
        ("tests/admin/test_phones.py::test_a_number_is_kept_where_somebody_is_named",),
    ),
    Mutant(
        "where no SMS are sent a number is not taken",
        "wagtail_contracts/signing/public/forwarding.py",
        "        if not sms_offered():\n",
        "        if False:\n",
        (f"{PHONES}::test_where_no_sms_are_sent_nobody_is_asked_for_a_number",),
    ),
    Mutant(
        "a national identity number is for those who may see what is sensitive",
        "wagtail_contracts/contracts/admin/creating/starting.py",
        "    people = known if seen else [means.masked(person) for person in known]\n",
        "    people = known\n",
        ("tests/admin/test_masked_numbers.py::test_it_is_masked_without_the_right",),
    ),
    Mutant(
        "a national identity number is masked in the editor of a draft",
        "wagtail_contracts/contracts/admin/people.py",
        "            if not seen:\n",
        "            if False:\n",
        ("tests/admin/test_masked_numbers.py::test_it_is_masked_without_the_right",),
    ),
    Mutant(
        "the mask of one number is no number of somebody else",
        "wagtail_contracts/contracts/admin/creating/parties.py",
        'self.numbers.get(whose({"user": None, "email": "", "name": "", **cleaned}), "")',
        '"".join(self.numbers.values())',
        ("tests/admin/test_masked_numbers.py::test_the_mask_of_one_is_no_number_of_another",),
    ),
    Mutant(
        "what the law excludes is refused at its field",
        "wagtail_contracts/contracts/admin/creating/parties.py",
        "        means.insist_on_lawful(self, cleaned, self.contract)\n",
        "",
        (
            "tests/admin/test_capacities.py"
            "::test_the_form_of_a_person_says_at_the_field_what_the_law_excludes",
        ),
    ),
]
