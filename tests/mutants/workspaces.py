"""Guards of workspaces: colours, numbers, texts, and what is a test."""

from tests.mutants.mutant import Mutant

ROOM = "wagtail_contracts/contracts"
FLOWS = "tests/flows/contracts/test_workspaces.py"
TRAINING = "tests/flows/signing/test_training.py"
BRAND = "tests/public/test_brand.py"
MUTANTS = [
    Mutant(
        "a colour below 4.5:1 is refused",
        f"{ROOM}/core/contrast.py",
        "LEAST = 4.5",
        "LEAST = 1.5",
        (
            "tests/unit/contracts/test_contrast.py::test_every_shade_of_a_taken_colour_can_be_read_where_it_stands",
        ),
    ),
    Mutant(
        "the beginning of a number ends with no digit",
        f"{ROOM}/core/series.py",
        '[A-Z._-]")',
        '[A-Z0-9._-]")',
        ("tests/unit/contracts/test_series.py::test_what_ends_with_one_or_is_not_known_may_not",),
    ),
    Mutant(
        "a workspace with contracts stays for training or for real",
        f"{ROOM}/flows/workspaces.py",
        'if "training" in new and is_in_use',
        'if "training" in () and is_in_use',
        (f"{FLOWS}::test_a_workspace_with_a_contract_stays_for_real",),
    ),
    Mutant(
        "a placeholder that there is not is refused",
        f"{ROOM}/flows/workspaces.py",
        "        if wrong := placeholders.unknown(text, names):\n",
        "        if wrong := []:\n",
        (f"{FLOWS}::test_words_that_cannot_be_sent_are_refused_at_their_place",),
    ),
    Mutant(
        "training is never sealed with the real identity",
        "wagtail_contracts/sealing/flows/identities.py",
        "    if is_test(named) is not test:\n",
        "    if False:\n",
        (f"{TRAINING}::test_training_is_never_sealed_with_the_real_identity",),
    ),
    Mutant(
        "each page of a training's file says so",
        f"{ROOM}/rendering/print.py",
        '*(["above.css"] * look.test)',
        "*([] * look.test)",
        (f"{TRAINING}::test_file_evidence_verdict_and_mails_say_that_it_is_a_test",),
    ),
    Mutant(
        "a mail of a training says so in its subject",
        f"{ROOM}/rendering/brand.py",
        'return f"{TEST}: {words}" if workspace.training else words',
        "return words",
        (f"{TRAINING}::test_file_evidence_verdict_and_mails_say_that_it_is_a_test",),
    ),
    Mutant(
        "no other file than the logo is served beside those of the version",
        "wagtail_contracts/signing/public/files.py",
        "        if logo and logo.digest == digest:\n            return logo\n",
        "        if logo:\n            return StoredFile.objects.filter(digest=digest)[0]\n",
        (f"{BRAND}::test_the_logo_is_served_to_those_who_take_part_and_no_other_file_is",),
    ),
    Mutant(
        "a workspace's page is for those who have a part in it",
        f"{ROOM}/admin/workspaces/pages.py",
        '        self.place = one_or_404(mine, self.kwargs["pk"])\n',
        '        self.place = one_or_404(Workspace.objects.all(), self.kwargs["pk"])\n',
        ("tests/admin/test_workspace_pages.py::test_a_member_finds_numbers_templates_and_people",),
    ),
    Mutant(
        "what is for training counts in no number",
        f"{ROOM}/models/contracts.py",
        "return self.exclude(workspace__in=Workspace.objects.filter(training=True))",
        "return self.all()",
        (f"{FLOWS}::test_what_is_for_training_is_not_real",),
    ),
]
