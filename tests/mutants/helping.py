"""Guards of the help for signers and of new links."""

from tests.mutants.mutant import Mutant

LOSING = "wagtail_contracts/signing/flows/losing.py"
TESTS = "tests/public/test_helping.py"
LIMITS = f"{TESTS}::test_new_links_are_limited_by_mailbox_in_silence_and_by_network_aloud"
ENDED = f"{TESTS}::test_no_new_link_of_what_was_withdrawn_or_to_whose_links_were_ended"
ALIKE = f"{TESTS}::test_asking_costs_the_same_whether_an_address_is_known_or_not"
KEPT = f"{TESTS}::test_no_row_keeps_an_address_that_was_typed"
BESIDE = f"{TESTS}::test_new_links_go_to_nobody_beside"
STAFF = f"{TESTS}::test_of_our_own_staff_only_who_cannot_enter_the_admin_gets_a_new_link"

MUTANTS = [
    Mutant(
        "a network address asks for lost links ten times an hour",
        LOSING,
        '    limit("lost", network(address), most=ASKED_AN_HOUR, by=by)\n',
        "",
        (LIMITS,),
    ),
    Mutant(
        "a mailbox gets new links three times an hour",
        LOSING,
        '        limit("lost link", digests[0], most=MAILED_AN_HOUR, by=by)\n',
        "",
        (LIMITS,),
    ),
    Mutant(
        "nobody learns that a mailbox has had enough",
        LOSING,
        "    with suppress(TooMany):\n",
        "    with suppress():\n",
        (LIMITS,),
    ),
    Mutant(
        "links that were ended are not sent anew",
        LOSING,
        "Invitation.objects.filter(revoked_at=None)",
        "Invitation.objects.filter()",
        (ENDED,),
    ),
    Mutant(
        "what was withdrawn opens no more",
        LOSING,
        '.exclude(party__contract__state="withdrawn")',
        "",
        (ENDED,),
    ),
    Mutant(
        "a new link goes to the address that was asked with alone",
        LOSING,
        "not set(digests).isdisjoint(digests_of(person.email)) and ",
        "",
        (BESIDE,),
    ),
    Mutant(
        "whether an address is known is found out by the worker",
        LOSING,
        "        _post(digests, by=by)\n",
        "        _post(digests if _invited(digests) else [], by=by)\n",
        (ALIKE,),
    ),
    Mutant(
        "what stands for an address is dropped once it is served",
        LOSING,
        '        outbox.forget(message, "address")\n',
        "",
        (KEPT,),
    ),
    Mutant(
        "our own staff sign in the admin",
        LOSING,
        " and not _enters(person)",
        "",
        (STAFF,),
    ),
    Mutant(
        "whoever of our own staff can't enter the admin has nothing but a link",
        LOSING,
        "person.user is not None and permissions.enters(person.user, person.party.contract)",
        "person.user is not None",
        (STAFF,),
    ),
    Mutant(
        "in help nothing stands for something of a contract",
        "wagtail_contracts/contracts/flows/workspaces.py",
        "    names = () if WorkspaceText.Kind(kind).helps else placeholders.NAMES\n",
        "    names = placeholders.NAMES\n",
        (f"{TESTS}::test_in_help_nothing_stands_for_something",),
    ),
]
