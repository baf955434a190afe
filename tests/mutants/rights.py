"""Guards of rights: how far they reach, who gives them, and what goes to another workspace."""

from tests.mutants.mutant import Mutant

ROOM = "wagtail_contracts/contracts"
OWN = "tests/security/walk/test_s20_own.py"
MEMBERS, GROUPS = "tests/admin/test_rights_members.py", "tests/admin/test_rights_groups.py"
ACTING, MOVING = "tests/flows/contracts/test_acting.py", "tests/flows/contracts/test_moving.py"

MUTANTS = [
    Mutant(
        "a right over one's own opens nothing of a colleague's",
        f"{ROOM}/models/contracts.py",
        'there.filter(own=False).values("workspace")',
        'there.values("workspace")',
        (f"{OWN}::test_no_list_report_search_or_file_tells_of_a_colleague_s_contract",),
    ),
    Mutant(
        "whoever acts has the right now",
        f"{ROOM}/flows/acting.py",
        "if by.kind != SYSTEM.kind and not (user and allowed(user)):",
        "if False:",
        (f"{ACTING}::test_an_act_is_refused_to_whoever_lacks_its_verb_now_and_done_with_it",),
    ),
    Mutant(
        "a group that is more than its role is not added to",
        f"{ROOM}/flows/joining.py",
        "    if any(found.exists() for found in more):\n",
        "    if False:\n",
        (f"{MEMBERS}::test_a_group_that_opens_another_workspace_is_not_added_to",),
    ),
    Mutant(
        "the last administrator stays",
        f"{ROOM}/flows/joining.py",
        "    if administered and not permissions.administrators(held).exists():\n",
        "    if False:\n",
        (f"{MEMBERS}::test_the_last_administrator_stays",),
    ),
    Mutant(
        "the pages of templates are given by whoever administers alone",
        f"{ROOM}/admin/rights/panel.py",
        "        contracts.restore_pages(self.group, others, by=by)\n",
        "",
        (f"{GROUPS}::test_who_does_not_administer_gives_no_templates_by_way_of_their_pages",),
    ),
    Mutant(
        "a contract goes only where it can be",
        f"{ROOM}/flows/moving.py",
        "    if problems := list(hindrances(contract, to)):\n",
        "    if problems := []:\n",
        (f"{MOVING}::test_what_would_go_wrong_there_is_refused_with_the_reason",),
    ),
    Mutant(
        "what rules ask about does not leave them for another workspace",
        f"{ROOM}/flows/moving.py",
        "    if _needs_yes(contract):\n",
        "    if False:\n",
        (
            f"{MOVING}::test_no_draft_leaves_the_rules_that_ask_for_an_approval",
            f"{MOVING}::test_what_is_out_does_not_leave_the_rules_that_ask_about_its_next_version",
        ),
    ),
    Mutant(
        "whoever makes a contract may",
        f"{ROOM}/flows/drafting.py",
        '    insist("add", contract, by=by)\n',
        "",
        (f"{ACTING}::test_an_act_is_refused_to_whoever_lacks_its_verb_now_and_done_with_it",),
    ),
    Mutant(
        "whoever copies a contract may make one",
        f"{ROOM}/flows/copying.py",
        '    insist("add", made, by=by)\n',
        "",
        (f"{ACTING}::test_an_act_is_refused_to_whoever_lacks_its_verb_now_and_done_with_it",),
    ),
    Mutant(
        "whoever copies a contract sees it",
        f"{ROOM}/flows/copying.py",
        '    insist("view", first, by=by)\n',
        "",
        ("tests/flows/contracts/test_copying.py::test_nobody_copies_what_they_do_not_see",),
    ),
    Mutant(
        "whoever replaces a contract sees it",
        f"{ROOM}/flows/replacing.py",
        '    insist("view", first, by=by)\n',
        "",
        ("tests/flows/contracts/test_copying.py::test_nobody_copies_what_they_do_not_see",),
    ),
    Mutant(
        "whoever names the parties may edit",
        f"{ROOM}/flows/filling.py",
        "    insist_on_making(contract, by=by)\n    before = parties_digest",
        "    before = parties_digest",
        (f"{ACTING}::test_an_act_is_refused_to_whoever_lacks_its_verb_now_and_done_with_it",),
    ),
    Mutant(
        "whoever fills in may edit",
        f"{ROOM}/flows/filling.py",
        "    insist_on_making(contract, by=by)\n    before = details_digest",
        "    before = details_digest",
        (f"{ACTING}::test_an_act_is_refused_to_whoever_lacks_its_verb_now_and_done_with_it",),
    ),
    Mutant(
        "whoever takes the newer template may edit",
        f"{ROOM}/flows/retaking.py",
        '    insist("change", held, by=by)\n',
        "",
        (f"{ACTING}::test_an_act_is_refused_to_whoever_lacks_its_verb_now_and_done_with_it",),
    ),
    Mutant(
        "whoever changes a workspace administers it",
        f"{ROOM}/flows/workspaces.py",
        '    insist_in(held, "administer", by=by)\n',
        "",
        (f"{ACTING}::test_an_act_is_refused_to_whoever_lacks_its_verb_now_and_done_with_it",),
    ),
]
