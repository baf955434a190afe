"""Guards of folders and tags, of the acts on the page of a contract, and of questions asked."""

from tests.mutants.mutant import Mutant

CONTRACTS = "wagtail_contracts/contracts"
MARKS, CHOICES = "tests/admin/test_marks.py", "tests/admin/test_choices.py"

MUTANTS = [
    Mutant(
        "only who administers a workspace changes its folders and tags",
        f"{CONTRACTS}/flows/renaming.py",
        '    insist_in(place, "administer", by=by)\n',
        "",
        (f"{MARKS}::test_only_who_administers_its_own_workspace_changes_one",),
    ),
    Mutant(
        "no two folders have one name",
        f"{CONTRACTS}/flows/renaming.py",
        "    if name.lower() in {other.name.lower() for other in others}:\n",
        "    if False:\n",
        (f"{MARKS}::test_a_name_that_there_is_already_or_that_is_none_is_refused",),
    ),
    Mutant(
        "what a tag was called finds nothing any more",
        f"{CONTRACTS}/flows/renaming.py",
        "        _index(marked(mark))\n",
        "        pass\n",
        (f"{MARKS}::test_what_a_tag_is_called_is_what_contracts_are_found_by",),
    ),
    Mutant(
        "a folder of another workspace is none of this one",
        f"{CONTRACTS}/admin/workspaces/marks.py",
        "        found = KINDS[self.kind].objects.filter(workspace=self.place)\n",
        "        found = KINDS[self.kind].objects.all()\n",
        (f"{MARKS}::test_only_who_administers_its_own_workspace_changes_one",),
    ),
    Mutant(
        "what a flow would refuse is no act that can be done now",
        f"{CONTRACTS}/admin/choices.py",
        " or reasons.why_not(act.name)\n",
        "\n",
        (f"{CHOICES}::test_what_is_planned_can_be_called_off_and_not_sent_again",),
    ),
    Mutant(
        "tags and folder are set by whoever may edit",
        f"{CONTRACTS}/admin/creating/arranging.py",
        '        if not permissions.may(self.user, "change", self.contract):\n',
        "        if False:\n",
        ("tests/admin/test_arranging.py::test_each_is_shown_to_whoever_may_set_it",),
    ),
    Mutant(
        "a question that was answered waits for nobody",
        f"{CONTRACTS}/flows/waiting.py",
        "    asked = told.filter(said=Approval.Decision.ASKED)\n",
        "    asked = told.filter(said__isnull=False)\n",
        (
            "tests/flows/contracts/test_waiting.py"
            "::test_a_question_of_an_approver_needs_the_owner_until_it_is_answered",
        ),
    ),
]
