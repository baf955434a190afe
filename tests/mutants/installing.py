"""Checks that say what an installation lacks."""

from tests.mutants.mutant import Mutant

CONTRACTS, SIGNING = "wagtail_contracts/contracts/checks.py", "wagtail_contracts/signing/checks.py"
OUTBOX = "wagtail_contracts/outbox/checks.py"
S19, ADMIN = "tests/security/test_s19_install.py", "tests/admin/test_checks.py"

MUTANTS = [
    Mutant(
        "an app of ours that is missing is told",
        CONTRACTS,
        "    missing = [name for name in needed if not apps.is_installed(name)]\n",
        "    missing = [name for name in needed if not name]\n",
        (f"{S19}::test_e013_an_app_of_ours_is_missing",),
    ),
    Mutant(
        "a page type that is none for templates is told",
        CONTRACTS,
        "    if model is not None and issubclass(model, ContractTemplateMixin):\n",
        "    if True:\n",
        (f"{S19}::test_e014_a_page_type_that_is_none_for_templates",),
    ),
    Mutant(
        "a section that nobody reads is told",
        CONTRACTS,
        "        unknown = sorted(set(given) - SECTIONS)\n",
        "        unknown = sorted(set(given) - set(given))\n",
        (f"{S19}::test_e015_what_is_set_but_read_by_nobody",),
    ),
    Mutant(
        "debugging is told",
        CONTRACTS,
        "    if not settings.DEBUG:\n",
        "    if True:\n",
        (f"{S19}::test_e016_debugging",),
    ),
    Mutant(
        "a limit of fields that is too low is told",
        CONTRACTS,
        "    if most is None or most >= FIELDS:\n",
        "    if True:\n",
        (f"{ADMIN}::test_long_templates_need_long_forms",),
    ),
    Mutant(
        "missing addresses are told",
        SIGNING,
        '        return [checks.Error(words, hint=hint, id=f"{ID}.E030")]\n',
        "        return []\n",
        (f"{S19}::test_e030_no_addresses",),
    ),
    Mutant(
        "addresses that something else answers at are told",
        SIGNING,
        "    if not hidden:\n",
        "    if True:\n",
        (f"{S19}::test_e031_the_pages_of_the_site_answer_first",),
    ),
    Mutant(
        "a proxy that is not counted is told",
        SIGNING,
        "    if counted or not settings.SECURE_PROXY_SSL_HEADER:\n",
        "    if True:\n",
        (f"{S19}::test_w030_a_proxy_that_is_not_counted",),
    ),
    Mutant(
        "mail that reaches nobody is told",
        OUTBOX,
        "    if outbox.mail_leaves():\n",
        "    if True:\n",
        (f"{S19}::test_e004_mails_that_reach_nobody",),
    ),
]
