"""Guards of the desk: who is asked for a code, whom an administrator reaches, what is told."""

from tests.mutants.mutant import Mutant

ROOM, SIGNING = "wagtail_contracts/contracts", "wagtail_contracts/signing"
FLOWS, ADMIN = f"{ROOM}/flows", f"{ROOM}/admin"
CODES, LEAVES = "tests/admin/test_fresh_codes.py", "tests/flows/contracts/test_handover.py"
INDEX, LINKS = "tests/admin/test_template_pages.py", "tests/admin/test_linking.py"
TAKEN = "test_who_writes_templates_does_not_take_their_page_away"
WALK = "tests/security/walk/test_s10_codes.py"
TRYING = "tests/admin/test_trying.py"
FACTORS = "tests/flows/contracts/test_factors.py"

ASKED = [
    Mutant(
        "handing over asks for a code",
        f"{ADMIN}/handing/views.py",
        "PermissionCheckedMixin, StepUpMixin,",
        "PermissionCheckedMixin,",
        (
            f"{CODES}::test_handing_over_asks_for_a_fresh_code",
            f"{CODES}::test_handing_over_asks_for_the_factor_of_the_workspace",
        ),
    ),
    Mutant(
        "appointing a deputy asks for a code",
        f"{ADMIN}/approving/deputies.py",
        "class DeputiesView(StepUpMixin, ",
        "class DeputiesView(",
        (
            f"{CODES}::test_appointing_and_dismissing_a_deputy_asks_for_a_fresh_code",
            f"{CODES}::test_appointing_a_deputy_asks_for_the_factor_of_the_workspace",
        ),
    ),
    Mutant(
        "deleting many drafts asks for the factor of their workspace",
        f"{ADMIN}/lists/bulk.py",
        "        if spaces and (way := detour(request, Verb.EDIT, spaces, asks_code=False)):\n",
        "        if way := None:\n",
        (f"{CODES}::test_deleting_many_drafts_asks_for_the_factor_of_their_workspace",),
    ),
    Mutant(
        "acts on deliveries ask for the factor of the workspace",
        f"{SIGNING}/admin/deliveries.py",
        "        if contract and (way := detour(request.user, contract, self.actions, back)):\n",
        "        if way := None:\n",
        (f"{CODES}::test_acts_on_deliveries_ask_for_the_factor_of_the_workspace",),
    ),
]
WALKED = [
    Mutant(
        "putting people into groups asks for a code",
        f"{ADMIN}/rights/joining.py",
        "    return detour(request, Verb.ADMINISTER, spaces, asks_code=True)\n",
        "    return None\n",
        (f"{WALK}::test_what_changes_rights_rules_and_exports_waits_for_a_fresh_code",),
    ),
    Mutant(
        "giving many contracts another owner asks for a code",
        f"{ADMIN}/lists/acts.py",
        "    action_priority = 26\n    asks_code = True\n",
        "    action_priority = 26\n",
        (f"{WALK}::test_what_changes_rights_rules_and_exports_waits_for_a_fresh_code",),
    ),
]
REACHED = [
    Mutant(
        "the manager who leaves is named",
        f"{FLOWS}/handover.py",
        "if needs.named_manager(one) == leaver]",
        "if False]",
        (f"{LEAVES}::test_whose_manager_somebody_is_is_named_and_stays",),
    ),
    Mutant(
        "a deputy elsewhere is replaced by who administers there",
        f"{FLOWS}/ruling.py",
        '    if not places.exists() or places.exclude(pk__in=mine.values("pk")).exists():\n',
        "    if not places.exists():\n",
        (
            f"{LEAVES}::test_who_stands_in_for_an_approver_elsewhere_is_replaced_by_who_"
            "administers_there_too",
        ),
    ),
    Mutant(
        "only who approves there stands in",
        f"{FLOWS}/ruling.py",
        "    if not permissions.stand_ins(user).filter(pk=to.pk).exists():\n",
        "    if False:\n",
        (f"{LEAVES}::test_whoever_approves_nothing_there_does_not_stand_in",),
    ),
]
MORE = "test_who_may_more_in_the_site_is_reset_by_who_may_as_much"
RESET = [
    Mutant(
        "nobody resets who may more in the site",
        f"{FLOWS}/factors.py",
        "found = permissions.no_more_than(asker, found.exclude(pk__in=outside))",
        "found = found.exclude(pk__in=outside)",
        (f"{FACTORS}::{MORE}",),
    ),
    Mutant(
        "what groups may on pages and collections is compared",
        f"{ROOM}/permissions/comparing.py",
        "        found = found.exclude(groups__in=_beyond(user, rows, place))\n",
        "        pass\n",
        (f"{FACTORS}::{MORE}",),
    ),
    Mutant(
        "who administers a workspace covers its templates, and nothing else there",
        f"{ROOM}/permissions/comparing.py",
        "Q(permission__codename__in=PAGES, **{below: path})",
        "Q(**{below: path})",
        (f"{FACTORS}::{MORE}",),
    ),
]
TOLD = [
    Mutant(
        "no bound is tried on an amount that one may not see",
        f"{FLOWS}/ruling.py",
        "        if rule.over is None or _reads_amounts(user, contract, content):\n",
        "        if True:\n",
        (f"{TRYING}::test_no_bound_tells_of_an_amount_that_one_may_not_see",),
    ),
]
PAGES = [
    Mutant(
        "who administers decides who may read the titles of templates",
        f"{ROOM}/models/page_rights.py",
        "return bool(super().can_set_view_restrictions()) and self.administers",
        "return bool(super().can_set_view_restrictions())",
        (f"{INDEX}::test_who_administers_decides_who_may_read_the_titles_of_templates",),
    ),
    Mutant(
        "who administers deletes and moves the page of templates",
        f"{ROOM}/models/page_rights.py",
        "return bool(super().can_delete(ignore_bulk)) and self.administers",
        "return bool(super().can_delete(ignore_bulk))",
        (f"{INDEX}::{TAKEN}",),
    ),
    Mutant(
        "who administers unpublishes the page of templates",
        f"{ROOM}/models/page_rights.py",
        "return bool(super().can_unpublish()) and self.administers",
        "return bool(super().can_unpublish())",
        (f"{INDEX}::{TAKEN}",),
    ),
    Mutant(
        "nobody copies the page of templates",
        f"{ROOM}/models/page_rights.py",
        '        """A workspace has one."""\n        return False\n',
        '        """A workspace has one."""\n        return bool(super().can_copy())\n',
        (f"{INDEX}::{TAKEN}",),
    ),
    Mutant(
        "who administers gives the page of templates to another workspace",
        f"{ADMIN}/template_forms.py",
        "field.disabled = here.exists() and not mine.filter(pk__in=here).exists()",
        "field.disabled = False",
        (f"{INDEX}::test_who_administers_here_and_there_gives_the_page_to_another_workspace",),
    ),
    Mutant(
        "rights on the page of templates go with its workspace",
        f"{FLOWS}/granting.py",
        "    for group in others:\n        _follow(group, workspace, manages=False)\n",
        "",
        (f"{INDEX}::test_the_rights_on_the_page_follow_it_to_another_workspace",),
    ),
    Mutant(
        "rights on the page of templates follow whoever publishes it, however",
        f"{ADMIN}/rights/hearing.py",
        "    page_published.connect(follow, dispatch_uid=NAME)\n",
        "",
        (f"{INDEX}::test_the_rights_on_the_page_follow_it_to_another_workspace",),
    ),
]
LINKED = [
    Mutant(
        "a contract for training is linked to such ones alone",
        f"{FLOWS}/linking.py",
        "    if contract.workspace.training != first.workspace.training:\n",
        "    if False:\n",
        (f"{LINKS}::test_a_contract_for_training_is_linked_to_such_ones_alone",),
    ),
    Mutant(
        "what can not be linked is not offered",
        f"{ADMIN}/searching/choosing.py",
        "found if asked is None else found.filter(workspace__training=asked)",
        "found",
        (f"{LINKS}::test_what_can_not_be_linked_is_not_offered",),
    ),
    Mutant(
        "the history names linked contracts to those who see them",
        f"{SIGNING}/admin/timeline.py",
        "permissions.visible(user).filter(number__in=named)",
        "Contract.objects.filter(number__in=named)",
        (f"{LINKS}::test_the_history_names_linked_contracts_to_those_who_see_them",),
    ),
]
MUTANTS = [*WALKED, *RESET, *PAGES, *LINKED, *TOLD, *ASKED, *REACHED]
