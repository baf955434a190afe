"""Guards of data fields: what can be typed, what is masked, what keeps its meaning."""

from tests.mutants.mutant import Mutant

ROOM = "wagtail_contracts/contracts"
ANSWERS = "tests/unit/contracts/test_answers.py"
KINDS = "tests/unit/contracts/test_field_kinds.py"
SENSITIVE, SETS = "tests/admin/test_sensitive.py", "tests/admin/test_field_sets.py"

MUTANTS = [
    Mutant(
        "a number that the text says of a party is filled in",
        f"{ROOM}/core/readiness.py",
        '    elif node["part"] in ASKED and not',
        "    elif False and not",
        (
            "tests/unit/contracts/test_readiness.py"
            "::test_what_the_text_says_of_a_party_is_filled_in",
        ),
    ),
    Mutant(
        "a least value is held",
        f"{ROOM}/core/fields/numbers.py",
        "    if least is not None and found < of(least):\n",
        "    if False:\n",
        (f"{ANSWERS}::test_limits_hold_and_include_themselves",),
    ),
    Mutant(
        "a number has no more decimals than its field",
        f"{ROOM}/core/fields/numbers.py",
        " or Decimal(typed) != round(Decimal(typed), places):\n",
        ":\n",
        (f"{ANSWERS}::test_a_number_has_no_more_decimals_than_its_field_allows",),
    ),
    Mutant(
        "a web address has no user name",
        f"{ROOM}/core/fields/texts.py",
        ' or not HOST.fullmatch(named):\n        raise Wrong("url")\n',
        ':\n        raise Wrong("url")\n',
        (f"{ANSWERS}::test_what_does_not_fit_is_refused_by_name",),
    ),
    Mutant(
        "several answers are among the options",
        f"{ROOM}/core/fields/choices.py",
        "    if set(typed) - set(keys):\n",
        "    if False:\n",
        (f"{ANSWERS}::test_what_does_not_fit_is_refused_by_name",),
    ),
    Mutant(
        "the check digits of a national identity number are held",
        f"{ROOM}/core/fields/registers.py",
        "    if not shaped or number[-2:] != _check_digits(number):\n",
        "    if not shaped:\n",
        (f"{ANSWERS}::test_what_does_not_fit_is_refused_by_name",),
    ),
    Mutant(
        "a national identity number is sensitive",
        f"{ROOM}/core/fields/defining.py",
        " or kind in ALWAYS_SENSITIVE,\n",
        ",\n",
        (f"{KINDS}::test_a_definition_becomes_canonical_as_the_schema_says",),
    ),
    Mutant(
        "a mask that stays the same says that the value does not",
        f"{ROOM}/core/masking.py",
        "        if key in hidden_then and value != hidden_then[key] and masks[key] == was[key]\n",
        "        if False\n",
        (f"{KINDS}::test_a_change_that_masks_would_hide_is_told",),
    ),
    Mutant(
        "sensitive values are read with the right alone",
        f"{ROOM}/permissions/allowing.py",
        '    return not masking.hidden(content) or may(user, "sensitive", contract)\n',
        "    return True\n",
        (
            f"{SENSITIVE}::test_without_the_right_every_page_has_masks",
            f"{SENSITIVE}::test_the_sealed_file_is_for_those_who_may_read_it",
        ),
    ),
    Mutant(
        "whoever reads a sensitive value leaves a trace",
        f"{ROOM}/flows/seeing.py",
        "    if keys and not _lately(contract, by):\n",
        "    if False:\n",
        (f"{SENSITIVE}::test_with_the_right_they_are_read_and_that_is_told",),
    ),
    Mutant(
        "a masked value is kept by saving",
        f"{ROOM}/admin/values.py",
        "        if not (field.keeps and answers.is_empty(field.definition,"
        ' typed[field.definition["key"]]))\n',
        "        if True\n",
        (f"{SENSITIVE}::test_saving_keeps_a_masked_value_and_typing_replaces_it",),
    ),
    Mutant(
        "the editor's form holds no value in the clear",
        f"{ROOM}/admin/basis.py",
        "    return seal_text(signing.dumps(state, salt=_salt(what, working), compress=True))\n",
        "    return str(state)\n",
        (f"{SENSITIVE}::test_without_the_right_every_page_has_masks",),
    ),
    Mutant(
        "a key of a set is not defined again",
        f"{ROOM}/admin/field_keys.py",
        "        if key and times > 1:\n",
        "        if False:\n",
        (f"{SETS}::test_a_key_of_a_set_is_not_defined_again",),
    ),
    Mutant(
        "no template takes in a set of another workspace",
        f"{ROOM}/admin/field_keys.py",
        "        if child.block_type == SHARED and child.value"
        " and child.value.workspace != page.workspace:\n",
        "        if False:\n",
        (f"{SETS}::test_a_set_of_another_workspace_is_refused",),
    ),
    Mutant(
        "a form names no set that its user may not know",
        f"{ROOM}/blocks/known.py",
        " or found.is_known_to(user) else None\n",
        " or True else None\n",
        (
            f"{SETS}::test_a_form_names_no_set_that_its_user_may_not_know",
            "tests/admin/test_library.py::test_no_form_shows_a_clause_of_another_workspace",
        ),
    ),
    Mutant(
        "a key keeps its kind once a contract was made with it",
        f"{ROOM}/admin/field_keys.py",
        '        if used.get(key, {entry["type"]}) != {entry["type"]}:\n',
        "        if False:\n",
        (f"{SETS}::test_keys_of_contracts_stay_and_labels_may_change",),
    ),
    Mutant(
        "an option keeps its key once a contract was made with it",
        f"{ROOM}/admin/field_keys.py",
        "        if key in used.get(choice, ()):\n",
        "        if False:\n",
        (f"{SETS}::test_options_of_contracts_keep_their_keys_and_their_texts_may_change",),
    ),
    Mutant(
        "an option of a set keeps its key, too",
        f"{ROOM}/admin/field_sets.py",
        "        yield from field_keys.options_changed(stored, after, made)\n",
        "",
        (f"{SETS}::test_the_options_of_a_set_keep_their_keys_once_contracts_were_made",),
    ),
    Mutant(
        "a stream that can't be read is no error of the server",
        f"{ROOM}/blocks/posted.py",
        "            return UNREADABLE\n",
        "            raise\n",
        (
            "tests/admin/test_incomplete_posts.py"
            "::test_a_set_without_an_input_of_its_stream_is_told_so_and_not_stored",
        ),
    ),
    Mutant(
        "a set in use stays",
        f"{ROOM}/admin/field_sets.py",
        "        if not self.object.templates():\n",
        "        if True:\n",
        (f"{SETS}::test_a_set_that_a_template_uses_is_not_deleted",),
    ),
    Mutant(
        "a set is of those who edit the templates of its workspace",
        f"{ROOM}/permissions/policies.py",
        "        return self.model._default_manager.filter("
        "workspace__in=template_workspaces(user))\n",
        "        return self.model._default_manager.all()\n",
        (f"{SETS}::test_a_foreign_set_is_not_there",),
    ),
    Mutant(
        "not even a draft has a clause of another workspace",
        f"{ROOM}/admin/template_forms.py",
        '        for said in self._foreign(cleaned.get("body") or ()):\n',
        "        for said in ():\n",
        ("tests/admin/test_library.py::test_a_clause_of_another_workspace_is_in_no_draft_either",),
    ),
    Mutant(
        "two days where one is asked for break no page",
        f"{ROOM}/rendering/answers.py",
        "    except answers.Wrong:\n        return answers.tidied(item, raw)\n",
        "    except answers.Wrong:\n        return raw\n",
        ("tests/unit/contracts/test_inputs.py::test_what_was_sent_in_any_shape_has_a_control",),
    ),
]
