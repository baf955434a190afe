"""Guards of packages and of texts for many."""

from tests.mutants.mutant import Mutant

SITTINGS = "wagtail_contracts/signing/flows/sittings.py"
PACKAGING = "wagtail_contracts/contracts/flows/packaging.py"
CIRCULARS = "wagtail_contracts/contracts/flows/circulars.py"
MAKING = "wagtail_contracts/contracts/flows/making.py"
NUDGING = "wagtail_contracts/contracts/flows/nudging.py"
COUNTING = "wagtail_contracts/contracts/flows/counting.py"
ADMITTING = "wagtail_contracts/signing/flows/admitting.py"
PACKAGES = "tests/public/test_packages.py"
MANY = "tests/flows/contracts/test_circulars.py"
SEVERAL = "tests/security/oidc/test_several.py"

MUTANTS = [
    Mutant(
        "an identification serves one browser's sitting alone",
        SITTINGS,
        "        Q(session=sitting) | Q(session__sitting=sitting),\n",
        "",
        (f"{PACKAGES}::test_another_browser_has_to_show_who_it_is",),
    ),
    Mutant(
        "an identification serves other contracts for ten minutes",
        SITTINGS,
        "        at__gte=now - means.FRESH,\n",
        "",
        (f"{PACKAGES}::test_what_was_shown_opens_others_for_ten_minutes",),
    ),
    Mutant(
        "an identification serves no version that came after it",
        SITTINGS,
        "filter(method__in=keys, at__gte=version.frozen_at)",
        "filter(method__in=keys)",
        (f"{PACKAGES}::test_it_serves_no_text_that_came_after_it_was_shown",),
    ),
    Mutant(
        "an identification for a version that is over serves nothing",
        SITTINGS,
        '        participant__party__contract__current_version=F("version"),\n',
        "",
        (f"{PACKAGES}::test_it_serves_nothing_once_the_text_that_it_was_shown_for_is_over",),
    ),
    Mutant(
        "an identification serves no contract that expects somebody else",
        SITTINGS,
        "    return found.kind != shown.AWAY or not difference(person, found)\n",
        "    return True\n",
        (f"{SEVERAL}::test_what_was_shown_serves_no_contract_that_expects_somebody_else",),
    ),
    Mutant(
        "a code to another telephone serves nobody",
        SITTINGS,
        "        return found.contact.lower() == asked.contact(person).lower()\n",
        "        return True\n",
        (f"{PACKAGES}::test_a_code_to_one_telephone_serves_no_contract_with_another",),
    ),
    Mutant(
        "an answer for one text makes no signature on another advanced",
        SITTINGS,
        'replace(evidence, answer="")',
        "evidence",
        (
            f"{SEVERAL}::test_an_answer_makes_a_signature_advanced_on_the_text_that_it_was_given_for",
        ),
    ),
    Mutant(
        "an identification that was taken over is handed on no further",
        SITTINGS,
        "        source=None,\n",
        "",
        (f"{PACKAGES}::test_it_serves_nothing_once_the_text_that_it_was_shown_for_is_over",),
    ),
    Mutant(
        "one steps into the contracts of one's package alone",
        SITTINGS,
        "PackageItem.objects.filter(package=session.package_id or 0)",
        "PackageItem.objects.all()",
        (f"{PACKAGES}::test_a_list_shows_and_opens_its_own_package_alone",),
    ),
    Mutant(
        "a link that is none to a package leads to no list",
        "wagtail_contracts/signing/public/packages.py",
        "        if self.session.package_id is None:\n",
        "        if False:\n",
        (f"{PACKAGES}::test_a_link_that_somebody_copied_opens_its_own_contract_alone",),
    ),
    Mutant(
        "a new link for one ends the links to the package",
        ADMITTING,
        "        mine |= Q(package=package)\n",
        "        pass\n",
        (f"{PACKAGES}::test_a_new_link_for_one_ends_every_link_to_the_package",),
    ),
    Mutant(
        "a package goes to one person",
        PACKAGING,
        "    if not common:\n",
        "    if False:\n",
        (f"{PACKAGES}::test_only_what_one_person_signs_goes_together",),
    ),
    Mutant(
        "nobody is in a round twice",
        MAKING,
        "    if member.participant_id or member.problem:\n",
        "    if member.problem:\n",
        (f"{MANY}::test_nobody_gets_two_however_often_the_worker_is_asked",),
    ),
    Mutant(
        "all in a round sign the same text",
        MAKING,
        " or template_digest(page) != of.template_digest:\n",
        ":\n",
        (f"{MANY}::test_a_text_that_changed_before_the_worker_came_is_sent_to_nobody",),
    ),
    Mutant(
        "a text for many is between us and one person",
        MAKING,
        "    if not fits:\n",
        "    if False:\n",
        (f"{MANY}::test_a_text_between_other_parties_is_for_nobody",),
    ),
    Mutant(
        "whoever sends to many may create and send everywhere in the workspace",
        CIRCULARS,
        "    if user is None or not permissions.sends_to_many(user)"
        ".filter(pk=workspace.pk).exists():\n",
        "    if user is None:\n",
        (f"{MANY}::test_it_takes_both_rights_over_all_of_the_workspace",),
    ),
    Mutant(
        "the same text makes no round",
        CIRCULARS,
        "    if template_digest(template) == circular.newest.template_digest:\n",
        "    if False:\n",
        (f"{MANY}::test_the_same_text_makes_no_round",),
    ),
    Mutant(
        "an earlier signature counts for its own text only",
        COUNTING,
        "round__circular=circular, round__number=asked)",
        "round__circular=circular)",
        (f"{MANY}::test_a_new_round_counts_anew_and_withdraws_what_is_still_out",),
    ),
    Mutant(
        "nobody of the rest is reminded twice",
        NUDGING,
        "    if told.filter(at__gte=since).exists():\n",
        "    if False:\n",
        (f"{MANY}::test_only_the_rest_is_reminded_and_each_once",),
    ),
    Mutant(
        "the rest is reminded once a day",
        NUDGING,
        "    if newest.reminded_at and newest.reminded_at > now - APART:\n",
        "    if False:\n",
        (f"{MANY}::test_only_the_rest_is_reminded_and_each_once",),
    ),
    Mutant(
        "staff show who they are as the text for many asks",
        MAKING,
        "PersonDraft(**said, **asked_of(text.other))",
        "PersonDraft(**said)",
        (f"{MANY}::test_everybody_shows_who_they_are_as_the_template_asks_of_the_role",),
    ),
    Mutant(
        "the link by which a visitor began ends with all others",
        ADMITTING,
        "    Visit.objects.begun_by(participant).update(expires_at=now)\n",
        "",
        (
            "tests/security/test_attacks_self_service.py"
            "::test_the_link_by_which_somebody_began_ends_with_all_others_that_they_had",
        ),
    ),
    Mutant(
        "whoever sent a text to many hears of it once a day",
        "wagtail_contracts/contracts/flows/notifying.py",
        "    return How.DAILY if Circular.objects.of_contracts([contract]) else chosen\n",
        "    return chosen\n",
        ("tests/flows/contracts/test_circular_news.py::test_one_line_a_day_says_how_many_signed",),
    ),
    Mutant(
        "a text for many is printed before it is sent",
        "wagtail_contracts/contracts/admin/circulars/views.py",
        "            self.print_once(form.cleaned_data)\n",
        "",
        ("tests/admin/test_circulars.py::test_what_cannot_be_printed_is_sent_to_nobody",),
    ),
]
