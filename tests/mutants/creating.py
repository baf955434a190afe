"""Guards of making contracts: what a copy takes along, what an address may say, who is known."""

from tests.mutants.mutant import Mutant

ROOM = "wagtail_contracts/contracts"
COPYING, COPIES = f"{ROOM}/flows/copying.py", "tests/flows/contracts/test_copying.py"
CREATE, WIZARD = "tests/flows/contracts/test_create.py", "tests/admin/test_wizard.py"
STEPS, REPLACING = "tests/admin/test_steps.py", "tests/flows/contracts/test_replacing.py"
PREFILL = f"{ROOM}/admin/creating/prefill.py"
RETRACTING = "tests/flows/signing/test_retracting.py"

MUTANTS = [
    Mutant(
        "what a new contract computes names its own rows",
        f"{ROOM}/flows/drafting.py",
        "        fields=pointed(definitions(template.fields), ids),\n",
        "        fields=definitions(template.fields),\n",
        (
            "tests/flows/contracts/test_row_names.py"
            "::test_a_contract_and_one_from_a_copy_of_its_template_name_their_own_rows",
        ),
    ),
    Mutant(
        "what a copy computes names its own rows",
        f"{ROOM}/flows/copying.py",
        '        **{**kept, "fields": pointed(first.fields, ids)},\n',
        "        **kept,\n",
        (
            "tests/flows/contracts/test_row_names.py"
            "::test_what_is_made_from_a_contract_names_its_own_rows",
        ),
    ),
    Mutant(
        "a copy takes no sensitive values along",
        COPYING,
        '        if theirs or item.get("sensitive"):\n',
        "        if theirs:\n",
        (f"{COPIES}::test_sensitive_values_are_asked_for_again",),
    ),
    Mutant(
        "what was sent is copied as it was sent",
        COPYING,
        "    if first.state in states.INSIDE:\n",
        "    if True:\n",
        (f"{COPIES}::test_what_is_out_or_over_is_duplicated_as_it_was_sent",),
    ),
    Mutant(
        "only what is signed is amended or renewed",
        COPYING,
        '    if not states.allows(first.state, "follow") or version is None:\n',
        "    if version is None:\n",
        (f"{COPIES}::test_only_what_is_signed_is_amended_or_renewed",),
    ),
    Mutant(
        "nothing follows what a consumer withdrew from",
        COPYING,
        "    insist_not_retracted(first)\n",
        "",
        (f"{RETRACTING}::test_nothing_follows_a_contract_that_a_consumer_withdrew_from",),
    ),
    Mutant(
        "a colleague who has left signs no copy",
        COPYING,
        "            user=here.filter(pk=person.user_id).first(),\n",
        "            user=person.user,\n",
        (f"{COPIES}::test_a_colleague_who_has_left_is_not_the_account_that_signs",),
    ),
    Mutant(
        "the block of an outline and that of the text stay one",
        f"{ROOM}/blocks/streams.py",
        'ids.setdefault(fresh["id"], new) if fresh.get("id") else new',
        "new",
        (f"{COPIES}::test_no_id_of_a_block_is_in_two_contracts_and_an_outline_keeps_its_own",),
    ),
    Mutant(
        "counterparties do not learn of linked contracts",
        f"{ROOM}/flows/announcing.py",
        "        events.CONTRACT_LINKED,\n",
        "",
        (f"{COPIES}::test_both_trails_of_our_own_side_know_and_no_counterparty_does",),
    ),
    Mutant(
        "a link leads to what one may see",
        f"{ROOM}/models/links.py",
        "models.Q(first=contract, contract__in=others)",
        "models.Q(first=contract)",
        (f"{COPIES}::test_links_lead_to_what_one_may_see",),
    ),
    Mutant(
        "whoever may only view makes no copy",
        f"{ROOM}/admin/creating/copying.py",
        '    permission_required = "add"\n',
        '    permission_required = "view"\n',
        (
            "tests/admin/test_copying.py::test_who_sees_a_contract_and_may_create_there_duplicates_it",
        ),
    ),
    Mutant(
        "a role of one kind takes no other",
        f"{ROOM}/flows/drafting.py",
        "    if kind not in Party.Kind.values or kind != (fixed or kind):\n",
        "    if False:\n",
        (f"{CREATE}::test_a_party_is_of_a_kind_that_its_role_takes",),
    ),
    Mutant(
        "a private person has no organisation number",
        f"{ROOM}/flows/drafting.py",
        "    if kind == Party.Kind.PERSON and draft.organisation_number:\n",
        "    if False:\n",
        (f"{CREATE}::test_a_private_person_has_no_organisation_number",),
    ),
    Mutant(
        "only parties that one may see are known",
        f"{ROOM}/admin/known.py",
        "Party.objects.filter(contract__in=seen)",
        "Party.objects.all()",
        (f"{STEPS}::test_a_party_that_one_may_not_see_is_none",),
    ),
    Mutant(
        "a step does not write over what a colleague wrote",
        f"{ROOM}/flows/filling.py",
        "    if now != shown:\n",
        "    if False:\n",
        (f"{STEPS}::test_what_a_colleague_wrote_meanwhile_is_not_written_over",),
    ),
    Mutant(
        "whoever makes contracts fills in none of a colleague",
        f"{ROOM}/permissions/allowing.py",
        '    begun = contract.owner_id == user.pk and may(user, "add", contract)\n',
        '    begun = may(user, "add", contract)\n',
        (f"{STEPS}::test_who_makes_contracts_fills_in_their_own_alone",),
    ),
    Mutant(
        "what was sent is not filled in",
        f"{ROOM}/flows/filling.py",
        "    if held.state != states.DRAFT:\n",
        "    if False:\n",
        (f"{STEPS}::test_a_draft_that_was_sent_has_no_steps_left",),
    ),
    Mutant(
        "a replacement takes no sensitive values along",
        f"{ROOM}/flows/replacing.py",
        ' and not item["sensitive"]\n',
        "\n",
        (f"{REPLACING}::test_what_the_new_template_does_not_ask_or_take_is_asked_again",),
    ),
    Mutant(
        "an address says nothing sensitive",
        PREFILL,
        '    elif definition["sensitive"]:\n',
        "    elif False:\n",
        (f"{WIZARD}::test_a_sensitive_value_is_not_taken_from_an_address",),
    ),
    Mutant(
        "what an address says is named where it is of no use",
        PREFILL,
        "        elif kind != PARTY or not _party(made, rest, said, roles):\n",
        "        elif False:\n",
        (f"{WIZARD}::test_what_an_address_can_t_fill_in_is_named_and_never_ignored",),
    ),
    Mutant(
        "what was published past its editor makes no contract",
        "wagtail_contracts/contracts/flows/drafting.py",
        "        _insist_on_usable(contract)\n",
        "",
        (
            "tests/flows/contracts/test_create.py"
            "::test_what_was_published_past_its_editor_makes_no_contract",
        ),
    ),
    Mutant(
        "no file is taken from an address",
        PREFILL,
        '    elif definition["kind"] == "file":',
        "    elif False:",
        (f"{WIZARD}::test_a_file_is_not_taken_from_an_address",),
    ),
]
