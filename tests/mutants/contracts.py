"""Guards of contracts: the row lock, what was shown, locked blocks, kept columns, people."""

from tests.mutants.mutant import POSTGRESQL, Mutant

VERSIONING = "wagtail_contracts/contracts/flows/versioning.py"
SENDING = "wagtail_contracts/contracts/flows/sending.py"
CLOSING = "wagtail_contracts/contracts/flows/closing.py"
LOCKS = "wagtail_contracts/contracts/core/locks.py"
GUARDS = "wagtail_contracts/contracts/models/guards.py"
FLOWS, PAIRS = "tests/flows/contracts", "tests/reliability/test_pairs.py"
KEPT = "tests/unit/contracts/test_kept.py"
READING = "tests/public/test_reading.py"
PARTS = "wagtail_contracts/contracts/rendering/parts.py"
RULE = "tests/property/test_content_locks.py"
POSTS, FORGED = "tests/property/test_locks_posts.py", "tests/admin/test_locked_posts.py"

HIDDEN = "tests/admin/test_foreign_templates.py"
ROOM = "wagtail_contracts/contracts"

CONDITIONS = f"{FLOWS}/test_conditions.py"
WORDINGS = f"{FLOWS}/test_wordings.py"

MUTANTS = [
    Mutant(
        "a block whose condition does not hold is not signed",
        f"{ROOM}/core/resolving.py",
        '        if not _met(block["condition"], scope.values):\n',
        "        if False:\n",
        (f"{CONDITIONS}::test_what_is_hidden_is_in_no_part_of_the_version_and_takes_no_number",),
    ),
    Mutant(
        "an answer to what is hidden is refused",
        f"{ROOM}/flows/answering.py",
        "    refused = {key for key, raw in gone.items() if raw and key not in before}\n",
        "    refused: set[str] = set()\n",
        (f"{CONDITIONS}::test_an_answer_to_what_is_hidden_is_refused",),
    ),
    Mutant(
        "the offer is pinned by the content",
        f"{ROOM}/core/resolving.py",
        "    offer = canonical.digest(canonical.CONTRACT_OFFER, whole)\n",
        '    offer = canonical.digest(canonical.CONTRACT_OFFER, made["body"])\n',
        (f"{CONDITIONS}::test_another_offer_is_another_version_even_where_nothing_else_differs",),
    ),
    Mutant(
        "a wording that is not chosen is not signed",
        f"{ROOM}/core/kinds/alternatives.py",
        '    return {**kept, "wordings": [held]} if held else None\n',
        "    return kept if held else None\n",
        (f"{WORDINGS}::test_the_chosen_wording_alone_is_signed_and_is_no_deviation",),
    ),
    Mutant(
        "a post chooses none but the wordings that are there",
        f"{ROOM}/blocks/wordings.py",
        '        if value["chosen"] and value["chosen"] not in known:\n',
        "        if False:\n",
        ("tests/admin/test_wordings.py::test_a_wording_that_is_none_of_them_is_refused",),
    ),
    Mutant(
        "the page chooser knows no foreign templates",
        f"{ROOM}/admin/hidden.py",
        "        pages = pages.not_descendant_of(index, inclusive=True)\n",
        "        continue\n",
        (f"{HIDDEN}::test_the_page_chooser_leaves_them_out",),
    ),
    Mutant(
        "a foreign template has no page about a move",
        f"{ROOM}/admin/hidden.py",
        "        if isinstance(found, HiddenPageMixin) and not found.is_known_to(request.user):\n",
        "        if False:\n",
        (f"{HIDDEN}::test_the_page_about_a_move_is_not_found",),
    ),
    Mutant(
        "a foreign template is called by its type",
        f"{ROOM}/models/templates.py",
        "        if user is None or self.is_known_to(user):\n",
        "        if True:\n",
        (
            f"{HIDDEN}::test_one_that_is_named_by_its_number_is_called_by_its_type",
            f"{HIDDEN}::test_the_report_on_page_types_names_none",
        ),
    ),
    Mutant(
        "without view nobody administers",
        f"{ROOM}/permissions/policies.py",
        '        return workspaces(user, ["administer"])\n',
        "        return Workspace.objects.where(user, Verb.ADMINISTER)\n",
        (f"{HIDDEN}::test_whoever_administers_without_seeing_finds_no_workspace",),
    ),
    Mutant(
        "the row lock of a contract",
        "wagtail_contracts/contracts/models/contracts.py",
        'self.select_for_update(of=("self",)).get(pk=pk)',
        "self.get(pk=pk)",
        (f"{PAIRS}::test_whoever_holds_the_contract_goes_first",),
        on=POSTGRESQL,
    ),
    Mutant(
        "what is sent is what was shown",
        SENDING,
        "    if digest_of(content) != shown:\n",
        "    if False:\n",
        (
            f"{FLOWS}/test_send.py::test_what_is_sent_is_what_was_shown",
            f"{FLOWS}/test_revise.py::test_what_is_published_is_what_was_shown",
        ),
    ),
    Mutant(
        "what is answered, declined and concluded is the newest version",
        VERSIONING,
        "    if version.digest != digest:\n",
        "    if False:\n",
        (
            f"{FLOWS}/test_answer.py::test_an_answer_names_the_version_that_was_on_the_page",
            f"{FLOWS}/test_closing.py::test_a_decline_names_the_version_that_was_read",
            f"{FLOWS}/test_closing.py::test_a_contract_is_concluded_for_the_version_that_was_signed",
        ),
    ),
    Mutant(
        "only a draft is sent",
        SENDING,
        '    if not states.allows(contract.state, "send") or into not in states.OPEN:\n',
        "    if into not in states.OPEN:\n",
        (f"{FLOWS}/test_send.py::test_only_a_draft_is_sent",),
    ),
    Mutant(
        "a contract ends from the states that the table names",
        CLOSING,
        "    if not states.may_move(contract.state, to):\n",
        "    if False:\n",
        ("tests/flows/signing/test_moves.py::test_verbs_move_as_the_table_says_and_else_refuse",),
    ),
    Mutant(
        "what can't be printed is not frozen",
        VERSIONING,
        '    insist_on_printable("".join(trees.texts(whole)))\n',
        "",
        (f"{FLOWS}/test_revise.py::test_a_new_version_must_be_printable",),
    ),
    Mutant(
        "the value of a locked block is not read from a post",
        LOCKS,
        "        usable = post and policy == EDITABLE and post.type == entry",
        "        usable = post and post.type == entry",
        (f"{RULE}::test_only_editable_blocks_take_a_posted_value",),
    ),
    Mutant(
        "a locked block is not left out",
        LOCKS,
        "        if policy == OPTIONAL and post and post.omitted:\n",
        "        if post and post.omitted:\n",
        (
            f"{POSTS}::test_no_change_of_an_honest_post_moves_a_lock",
            f"{RULE}::test_only_optional_blocks_can_be_left_out_and_none_can_be_moved",
        ),
    ),
    Mutant(
        "a forged structure is refused",
        "wagtail_contracts/contracts/admin/locked.py",
        "            found = [*locks.problems(self.outline, posted), *wrong]\n",
        "            found = [*wrong]\n",
        (f"{FORGED}::test_a_forged_post_is_refused_in_the_editor",),
    ),
    Mutant(
        "a receiver that hides an error stops the flow",
        GUARDS,
        "    if transaction.get_rollback():\n",
        "    if False:\n",
        (f"{FLOWS}/test_receivers.py::test_a_receiver_that_hides_an_error_stops_the_flow",),
    ),
    Mutant(
        "content is saved only while the contract is open",
        GUARDS,
        '        if row["state"] not in allowed:\n',
        "        if False:\n",
        (
            f"{FLOWS}/test_guards.py::"
            "test_content_is_saved_while_the_contract_is_open_and_never_after",
            f"{FLOWS}/test_guards.py::test_a_draft_is_deleted_and_what_was_sent_is_not",
        ),
    ),
    Mutant(
        "kept columns are put back",
        GUARDS,
        "        for name, value in row.items():\n            setattr(self, name, value)\n",
        "",
        (f"{FLOWS}/test_guards.py::test_a_kept_column_is_put_back_by_save_and_refused_by_update",),
    ),
    Mutant(
        "an old revision brings back no people",
        GUARDS,
        "        if restored.state != states.DRAFT:\n",
        "        if False:\n",
        (f"{FLOWS}/test_guards.py::test_an_old_revision_brings_back_neither_state_nor_people",),
    ),
    Mutant(
        "people change in a draft only",
        GUARDS,
        '    if set(rows.values_list("state", flat=True)) - {states.DRAFT}:\n',
        "    if False:\n",
        (f"{FLOWS}/test_guards.py::test_people_change_in_a_draft_and_by_flows_only",),
    ),
    Mutant(
        "versions only grow",
        "wagtail_contracts/contracts/apps.py",
        "        append_only.keep(self, *map(append_only.rule_of, grown), stays)\n",
        "",
        ("tests/security/test_s15_evidence.py::test_the_database_refuses_every_way_to_rewrite",),
    ),
    Mutant(
        "what differs by reader is kept for nobody",
        "wagtail_contracts/contracts/rendering/html.py",
        '            if "file" in node or node.get("boxes") or node.get("type") in '
        '("signatures", "details"):\n',
        "            if False:\n",
        (f"{KEPT}::test_every_reader_gets_what_a_fresh_rendering_gives_whoever_came_before",),
    ),
    Mutant(
        "what names a field is made for each reader",
        PARTS,
        "        return made if _names_fields(block) else {",
        "        return {",
        (f"{KEPT}::test_every_reader_gets_what_a_fresh_rendering_gives_whoever_came_before",),
    ),
    Mutant(
        "what is decided in a block is asked of each reader",
        PARTS,
        "    return any(True for _ in trees.asked([block]))\n",
        "    return False\n",
        (f"{KEPT}::test_what_is_decided_in_a_table_is_asked_whoever_decides_nothing_came_before",),
    ),
    Mutant(
        "what is kept hands on its level",
        PARTS,
        "            self._above, self.path = known.after\n",
        "",
        (f"{KEPT}::test_what_is_kept_hands_on_its_level_and_its_number",),
    ),
    Mutant(
        "the contents are kept for one language",
        "wagtail_contracts/signing/public/reading.py",
        "Text(_digest(page, content), page.language, content)",
        'Text(_digest(page, content), "", content)',
        (f"{READING}::test_each_reader_of_one_version_gets_the_contents_in_their_language",),
    ),
    Mutant(
        "while a site is developed nothing is kept",
        "wagtail_contracts/contracts/rendering/html.py",
        "if digest and not settings.DEBUG else {}",
        "if digest else {}",
        (f"{KEPT}::test_nothing_is_kept_without_a_digest_or_while_developing",),
    ),
    Mutant(
        "where templates live is asked once in a request",
        "wagtail_contracts/contracts/models/templates.py",
        "        user._wagtail_contracts_places = kept\n",
        "",
        (
            "tests/admin/test_foreign_templates.py::"
            "test_as_many_queries_for_many_pages_and_workspaces_as_for_one",
        ),
    ),
]
