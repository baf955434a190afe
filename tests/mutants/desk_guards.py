"""Guards of the desk: who is asked for a code, whom an administrator reaches, what is told."""

from tests.mutants.mutant import Mutant

ROOM, SIGNING = "wagtail_contracts/contracts", "wagtail_contracts/signing"
FLOWS, ADMIN = f"{ROOM}/flows", f"{ROOM}/admin"
CODES, LEAVES = "tests/admin/test_fresh_codes.py", "tests/flows/contracts/test_handover.py"
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
]
REACHED = [
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
MUTANTS = [*RESET, *TOLD, *ASKED, *REACHED]
