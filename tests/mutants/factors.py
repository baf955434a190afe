"""Guards of second factors, of My contracts and of the first steps."""

from tests.mutants.mutant import Mutant

CONTRACTS, SIGNING = "wagtail_contracts/contracts", "wagtail_contracts/signing"
FLOW, GATE = f"{CONTRACTS}/flows/factors.py", f"{CONTRACTS}/admin/gate.py"
STEP = f"{CONTRACTS}/admin/stepup.py"
ENROL, ASKING = (
    f"{CONTRACTS}/admin/factors/enrolling.py",
    f"{CONTRACTS}/admin/factors/code_fields.py",
)
PEOPLE = f"{CONTRACTS}/admin/factors/people.py"
MINE, PAGE = f"{SIGNING}/flows/mine.py", f"{SIGNING}/public/mine.py"
DOORS, VERBS = "tests/admin/test_factors.py", "tests/flows/contracts/test_factors.py"
LISTS, FIRST = "tests/public/test_mine.py", "tests/admin/test_checklist.py"

MUTANTS = [
    Mutant(
        "a device is begun by whoever knows the password",
        ENROL,
        "        if authenticate(self.request, **said) != user:\n",
        "        if False:\n",
        (f"{DOORS}::test_without_the_password_nothing_is_begun",),
    ),
    Mutant(
        "who has no password has logged in lately",
        ENROL,
        "        if not self.possible:\n",
        "        if False:\n",
        (f"{DOORS}::test_a_site_with_its_own_log_in_asks_for_a_new_one",),
    ),
    Mutant(
        "the key is shown for some minutes",
        ENROL,
        "    return 0 <= timezone.now().timestamp() - at < SECONDS\n",
        "    return True\n",
        (f"{DOORS}::test_the_key_is_shown_for_ten_minutes",),
    ),
    Mutant(
        "the first code is right",
        FLOW,
        "    if not verify_token(device.user, device.persistent_id, codes.typed(code)):\n",
        "    if False:\n",
        (f"{DOORS}::test_a_wrong_first_code_is_counted_and_confirms_nothing",),
    ),
    Mutant(
        "only a confirmed device of one's own takes a code",
        FLOW,
        "    return device_id in mine and verify_token",
        "    return verify_token",
        (f"{VERBS}::test_a_device_that_was_never_confirmed_accepts_nothing",),
    ),
    Mutant(
        "with the last device go the recovery codes",
        FLOW,
        "    if not factors_of(user):\n",
        "    if False:\n",
        (
            f"{DOORS}::test_a_device_is_removed_by_a_fresh_code_and_the_last_one_with_its_"
            "recovery_codes",
        ),
    ),
    Mutant(
        "new recovery codes end the old ones",
        FLOW,
        "    _lock(user)\n    _recoveries().filter(user=user).delete()\n",
        "    _lock(user)\n",
        (f"{DOORS}::test_new_recovery_codes_end_the_old_ones_and_are_shown_once",),
    ),
    Mutant(
        "nobody resets their own",
        FLOW,
        ".filter(is_active=True).exclude(pk=asker.pk)\n",
        ".filter(is_active=True)\n",
        (f"{VERBS}::test_nobody_resets_their_own",),
    ),
    Mutant(
        "nobody resets who belongs to a workspace that isn't theirs",
        FLOW,
        "permissions.no_more_than(asker, found.exclude(pk__in=outside))",
        "permissions.no_more_than(asker, found)",
        (f"{VERBS}::test_only_who_administers_every_workspace_of_the_person_resets",),
    ),
    Mutant(
        "an administrator resets no superuser",
        FLOW,
        "people.filter(pk__in=inside, is_superuser=False)",
        "people.filter(pk__in=inside)",
        (f"{VERBS}::test_an_administrator_resets_no_superuser_and_a_superuser_everybody",),
    ),
    Mutant(
        "who administers nothing finds no colleagues",
        PEOPLE,
        "        if not contracts.resets(request.user):\n",
        "        if False:\n",
        (f"{DOORS}::test_whoever_administers_nothing_finds_no_colleagues",),
    ),
    Mutant(
        "a code counts no longer than its device",
        STEP,
        '    known = stamp.get("device") in {device.persistent_id for device in devices}\n',
        "    known = True\n",
        (f"{DOORS}::test_a_fresh_code_counts_no_longer_than_its_device",),
    ),
    Mutant(
        "a workspace asks for a factor",
        STEP,
        "    needed = verb in GUARDED and contracts.factor_needed(verb, workspaces)\n",
        "    needed = False\n",
        (f"{DOORS}::test_who_has_none_is_led_to_the_setting_up",),
    ),
    Mutant(
        "only those who may do it are asked",
        GATE,
        "        held = [action for action in asked if action and self.allowed(action)]\n",
        "        held = [action for action in asked if action]\n",
        (f"{DOORS}::test_readers_are_not_led_there",),
    ),
    Mutant(
        "what is only posted leads back to a page",
        GATE,
        '        if hasattr(self, "get") or match is None:\n',
        "        if True:\n",
        (f"{DOORS}::test_what_is_only_posted_leads_back_to_a_page",),
    ),
    Mutant(
        "rights are given by a code",
        ASKING,
        "            if not contracts.code_accepted(",
        "            if False and not contracts.code_accepted(",
        (f"{DOORS}::test_rights_are_given_by_a_code_in_the_form",),
    ),
    Mutant(
        "a recovery code is no signature",
        FLOW,
        " for device in devices_for_user(user) if not _is_recovery(device)]\n",
        " for device in devices_for_user(user)]\n",
        (f"{DOORS}::test_a_recovery_code_is_no_signature",),
    ),
    Mutant(
        "My contracts are one's own",
        MINE,
        "Participant.objects.present().filter(user=user, **sent)",
        "Participant.objects.present().filter(**sent)",
        (
            f"{LISTS}::test_it_shows_one_s_own_and_nothing_of_others",
            f"{LISTS}::test_nobody_opens_what_is_another_s",
        ),
    ),
    Mutant(
        "whoever has left comes in no more",
        PAGE,
        "        if not user.is_authenticated or not user.is_active:\n",
        "        if False:\n",
        (f"{LISTS}::test_whoever_is_not_logged_in_is_led_to_the_log_in",),
    ),
    Mutant(
        "a mail leads to the admin only whoever can open the contract there",
        f"{SIGNING}/tasks/__init__.py",
        "    inside = participant.user and permissions.enters(participant.user, contract)\n",
        "    inside = bool(participant.user_id)\n",
        (f"{LISTS}::test_the_mail_leads_whoever_cannot_enter_to_a_personal_link",),
    ),
    Mutant(
        "a template of another workspace is no first step",
        f"{SIGNING}/admin/checklist.py",
        "kind.objects.live().descendant_of(index)",
        "kind.objects.live()",
        (f"{FIRST}::test_the_template_of_another_workspace_is_no_step",),
    ),
]
