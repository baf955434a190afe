"""Guards of the ceremony: what a consumer is told, what is drawn, withdrawing, receipts, copies."""

from tests.mutants.mutant import Mutant

DRAWINGS = "wagtail_contracts/signing/core/drawings.py"
CONSUMERS = "wagtail_contracts/signing/flows/consumers.py"
RETRACTING = "wagtail_contracts/signing/flows/retracting.py"
RULES = "wagtail_contracts/contracts/core/consumers.py"
DRAWN, TOLD = "tests/unit/signing/test_drawings.py", "tests/flows/signing/test_consumers.py"
OVER, DOORS = "tests/flows/signing/test_retracting.py", "tests/public/test_ceremony.py"
SIZE = f"{DRAWN}::test_a_drawing_has_a_largest_size"
NONE = f"{DRAWN}::test_what_is_no_drawing_is_refused"

MUTANTS = [
    Mutant(
        "a drawing is made of whole numbers",
        DRAWINGS,
        " or any(type(number) is not int for number in pair)",
        "",
        (NONE,),
    ),
    Mutant(
        "a drawing stays on its grid",
        DRAWINGS,
        "    if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):\n",
        "    if False:\n",
        (NONE,),
    ),
    Mutant(
        "a drawing has so many points at most",
        DRAWINGS,
        "    if sum(map(len, strokes)) > MOST_POINTS:\n",
        "    if False:\n",
        (f"{DRAWN}::test_the_points_of_all_lines_are_counted_together",),
    ),
    Mutant(
        "a drawing is no longer than it needs to be",
        DRAWINGS,
        "    if len(text) > LONGEST:\n",
        "    if False:\n",
        (SIZE,),
    ),
    Mutant(
        "a consumer is told before signing",
        CONSUMERS,
        "    if affirmed.told != digest_of_told(told):\n",
        "    if False:\n",
        (
            f"{TOLD}::test_a_consumer_who_was_not_told_signs_nothing",
            f"{TOLD}::test_a_wording_that_changed_meanwhile_has_to_be_read_again",
        ),
    ),
    Mutant(
        "a workspace’s demand for consent counts",
        CONSUMERS,
        "    if told and version.contract.workspace.asks_consent and not affirmed.agreed:\n",
        "    if False:\n",
        (f"{TOLD}::test_a_workspace_can_demand_consent_to_electronic_form",),
    ),
    Mutant(
        "no code is sent before a consumer was told",
        "wagtail_contracts/signing/public/affirming.py",
        "        signing.insist_told(self.participant, self.version, affirmed)\n",
        "",
        (f"{DOORS}::test_a_consumer_who_was_shown_other_words_reads_them_first",),
    ),
    Mutant(
        "only administrators write what consumers are told",
        "wagtail_contracts/contracts/flows/disclosing.py",
        '    insist_in(held, "administer", by=by)\n',
        "",
        (f"{TOLD}::test_only_whoever_administers_writes_them_and_no_unknown_placeholder",),
    ),
    Mutant(
        "an organisation is no consumer",
        RULES,
        'party["kind"] == "person" and not party["own"]',
        'not party["own"]',
        (f"{TOLD}::test_an_organisation_and_a_template_without_consumers_are_told_nothing",),
    ),
    Mutant(
        "a consumer withdraws within the time",
        RETRACTING,
        "    if timezone.now().astimezone(zone).date() > until:\n",
        "    if False:\n",
        (f"{OVER}::test_after_the_last_day_it_is_refused",),
    ),
    Mutant(
        "only a consumer withdraws",
        RETRACTING,
        "    if not disclosing.is_consumer(participant, version):\n",
        "    if False:\n",
        (f"{OVER}::test_only_the_consumer_withdraws_and_from_what_is_signed",),
    ),
    Mutant(
        "a consumer withdraws once",
        RETRACTING,
        "    if there := retraction_of(contract):\n",
        "    if there := None:\n",
        (f"{OVER}::test_a_second_time_gives_the_first",),
    ),
    Mutant(
        "a receipt is for whoever has signed",
        "wagtail_contracts/signing/flows/receipts.py",
        "participant=participant, version=version",
        "version=version",
        (f"{DOORS}::test_a_receipt_is_for_whoever_has_signed",),
    ),
    Mutant(
        "what is fetched behind identification is not mailed",
        "wagtail_contracts/signing/tasks/__init__.py",
        "        behind = not signing.is_link_enough(who, Purpose.FETCHING)\n",
        "        behind = False\n",
        (f"{DOORS}::test_the_sealed_copy_is_mailed_or_fetched_as_the_template_says",),
    ),
    Mutant(
        "what is fetched behind identification asks for it",
        "wagtail_contracts/signing/flows/means.py",
        "    if chosen == LINK and participant.party.contract.copy_is_behind:\n",
        "    if False:\n",
        (f"{DOORS}::test_the_sealed_copy_is_mailed_or_fetched_as_the_template_says",),
    ),
]
