"""Guards of signing in person, of witnesses, and of what the list of laws excludes."""

from tests.mutants.mutant import Mutant

HOSTING = "wagtail_contracts/signing/flows/hosting.py"
WITNESSING = "wagtail_contracts/signing/flows/witnessing.py"
STANDING = "wagtail_contracts/signing/flows/standing.py"
SIGNING = "wagtail_contracts/signing/flows/signing.py"
MISSING = "wagtail_contracts/contracts/flows/missing.py"
DOOR = "wagtail_contracts/signing/admin/hosting.py"
IN_PERSON, PRESENT = "tests/flows/signing/test_hosting.py", "tests/flows/signing/test_witnessing.py"
DOORS = "tests/public/test_hosted.py"
SITTING = f"{PRESENT}::test_a_witness_is_no_party_and_speaks_once_in_the_same_sitting"
TURN = (
    f"{IN_PERSON}::test_only_who_may_send_hands_over_and_only_for_whom_it_is_the_turn_to_sign_"
    "in_person"
)
LAW = f"{PRESENT}::test_what_the_list_of_laws_excludes_is_not_sent_and_not_signed"
WHOLE = f"{DOORS}::test_the_whole_way"

MUTANTS = [
    Mutant(
        "only who may send hands a device over",
        HOSTING,
        '    contracts.insist("send", contract, by=by)\n    insist_may_host',
        "    insist_may_host",
        (TURN,),
    ),
    Mutant(
        "a device is handed over for those who sign in person",
        HOSTING,
        "    if participant.signs_by != IN_PERSON or participant.user_id is not None:\n",
        "    if False:\n",
        (TURN,),
    ),
    Mutant(
        "the link of a handing over works once",
        HOSTING,
        "    if not unused.update(expires_at=now):\n",
        "    if False:\n",
        (f"{IN_PERSON}::test_the_link_of_a_handing_over_works_once",),
    ),
    Mutant(
        "a device that was handed back signs nothing",
        HOSTING,
        "    if ended.update(ended_at=timezone.now()):\n",
        "    if True:\n",
        (f"{IN_PERSON}::test_a_device_that_was_handed_back_signs_nothing",),
    ),
    Mutant(
        "the host is logged out",
        DOOR,
        "        logout(self.request)\n",
        "",
        (WHOLE,),
    ),
    Mutant(
        "links that the host had opened end",
        DOOR,
        "        signing.clear_device(list(ours.values()), by=self.by)\n",
        "",
        (f"{DOORS}::test_links_that_the_host_had_opened_end_with_the_log_in",),
    ),
    Mutant(
        "a log-in ends what a guest left open",
        DOOR,
        "    if request is not None and (left := outsiders(request)):\n",
        "    if request is None and (left := outsiders(request)):\n",
        (f"{DOORS}::test_a_log_in_ends_what_a_guest_left_open",),
    ),
    Mutant(
        "only the host's own code vouches again",
        HOSTING,
        "    if not any(contracts.code_accepted(host, one.persistent_id, typed)",
        "    if not any(True",
        (f"{DOORS}::test_the_host_vouches_again_on_the_page_by_an_own_code",),
    ),
    Mutant(
        "a signature counts after its witnesses",
        STANDING,
        "    counted = quorum.counted(content, given, spoken)\n",
        "    counted = set(given)\n",
        (f"{PRESENT}::test_the_last_witness_concludes_the_contract",),
    ),
    Mutant(
        "a witness speaks in the sitting of the signature",
        WITNESSING,
        "    if not is_sitting(session, place):\n",
        "    if False:\n",
        (SITTING,),
    ),
    Mutant(
        "a party is no witness",
        WITNESSING,
        "    if any(same_name(name, other) for other in taken):\n",
        "    if False:\n",
        (SITTING,),
    ),
    Mutant(
        "a witness speaks once",
        WITNESSING,
        "    if any(same_name(name, other) for other in spoken):\n",
        "    if False:\n",
        (SITTING,),
    ),
    Mutant(
        "no witness speaks of an older text",
        WITNESSING,
        "    version = contracts.insist_on_current(contract, digest)\n",
        "    version = contract.current_version\n",
        (f"{PRESENT}::test_a_witness_of_an_older_text_or_an_ended_contract_says_nothing",),
    ),
    Mutant(
        "what the law excludes is not signed",
        SIGNING,
        "    contracts.insist_lawful(contract, [person])\n",
        "",
        (LAW,),
    ),
    Mutant(
        "what the law excludes is not sent",
        MISSING,
        "    found += [(PARTIES, sentence) for sentence in unlawful(contract, people)]\n",
        "",
        (LAW,),
    ),
]
