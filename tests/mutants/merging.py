"""Guards of two colleagues on one draft, of one in two tabs, and of a block that was unlocked."""

from tests.mutants.mutant import Mutant

ROOM = "wagtail_contracts/contracts"
OPENINGS, SELF = f"{ROOM}/flows/openings.py", "tests/admin/test_merging_oneself.py"
FLOW, CORE = f"{ROOM}/flows/merging.py", f"{ROOM}/core/merging.py"
TWO, PAIR = "tests/admin/test_merging.py", "tests/reliability/test_two_saves.py"
LAST = (
    "    own = working.revisions.filter(user=sent.user, "
    '**{f"content__{NOTE}__opening": sent.opening})\n'
)
RULE, DOOR = "tests/property/test_merging.py", "tests/admin/test_unlocking.py"
UNLOCK = "tests/flows/contracts/test_unlock.py"

MUTANTS = [
    Mutant(
        "a save holds while what it began with is stored",
        FLOW,
        "        if _is_overtaken(held, sent):\n",
        "        if False:\n",
        (
            f"{PAIR}::test_two_saves_of_a_contract",
            f"{PAIR}::test_two_saves_of_a_template",
        ),
    ),
    Mutant(
        "the row is held while a save looks for what its own form saved",
        FLOW,
        "        return _is_overtaken(_locked(working), sent)\n",
        "        return _is_overtaken(working, sent)\n",
        (
            f"{PAIR}::test_the_own_autosave_that_is_stored_while_a_save_looks",
            f"{PAIR}::test_the_own_autosave_that_is_stored_while_publishing_looks",
        ),
    ),
    Mutant(
        "a save begins with what its own form saved last",
        FLOW,
        "    return state_of(saved.as_object(), sent.began) if saved else sent.began\n",
        "    return sent.began\n",
        (
            f"{SELF}::test_a_save_that_was_not_told_of_its_own_autosave_just_saves",
            f"{SELF}::test_a_template_is_published_though_its_autosave_was_under_way",
        ),
    ),
    Mutant(
        "another tab is another opening",
        OPENINGS,
        LAST,
        "    own = working.revisions.filter(user=sent.user, content__has_key=NOTE)\n",
        (f"{SELF}::test_a_save_in_another_tab_is_compared",),
    ),
    Mutant(
        "another person's form is not one's own",
        OPENINGS,
        LAST,
        LAST.replace("user=sent.user, ", ""),
        (f"{SELF}::test_another_person_with_the_same_form_is_compared",),
    ),
    Mutant(
        "an autosave that arrives late changes nothing",
        OPENINGS,
        "    return bool(saved and sent.auto and sent.turn <= _turn(saved))\n",
        "    return False\n",
        (
            f"{SELF}::test_an_autosave_that_arrives_after_the_save_changes_nothing",
            f"{PAIR}::test_the_own_autosave_of_a_save",
        ),
    ),
    Mutant(
        "autosave stops once somebody saved",
        f"{ROOM}/admin/merging.py",
        "        if self.expects_json_response:  # type: ignore[attr-defined]\n",
        "        if False:\n",
        (f"{TWO}::test_autosave_never_overwrites_and_says_who_saved",),
    ),
    Mutant(
        "a form that cannot say what it began with is asked about all that differs",
        f"{ROOM}/admin/merging.py",
        "            if self.began is None or contracts.overtaken(self.working, self.sent):\n",
        "            if self.began and contracts.overtaken(self.working, self.sent):\n",
        (f"{TWO}::test_a_form_that_cannot_say_what_it_began_with_overwrites_nothing",),
    ),
    Mutant(
        "a choice holds for the wordings that were shown",
        CORE,
        '        return f"{self.place}@{_digest(sides)}"\n',
        '        return f"{self.place}@{len(sides)}"\n',
        (f"{TWO}::test_a_choice_holds_for_the_wordings_that_were_shown",),
    ),
    Mutant(
        "what both changed is a question",
        CORE,
        "        return theirs if same(mine, theirs) else self.choice(path, base, mine, theirs)\n",
        "        return mine\n",
        (f"{RULE}::test_what_somebody_typed_is_there_unless_the_other_choice_was_made",),
    ),
    Mutant(
        "a state to store was read from a form by this server",
        f"{ROOM}/admin/basis.py",
        '    return f"{what}.{working._meta.label}.{working.pk}"\n',
        '    return "state"\n',
        (f"{TWO}::test_a_state_that_nobody_wrote_is_not_stored",),
    ),
    Mutant(
        "what was given up stays in the history",
        FLOW,
        "    if THEIRS in choices.values():\n",
        "    if False:\n",
        (f"{TWO}::test_what_was_given_up_stays_in_the_history",),
    ),
    Mutant(
        "unlocking asks for its own right",
        f"{ROOM}/admin/unlocking.py",
        '    permission_required = "unlock_block"\n',
        '    permission_required = "change"\n',
        (f"{DOOR}::test_who_holds_the_right_unlocks_and_who_only_edits_does_not",),
    ),
    Mutant(
        "only a locked block is unlocked",
        f"{ROOM}/flows/unlocking.py",
        "    if block not in lockable(contract):\n",
        "    if False:\n",
        (f"{UNLOCK}::test_only_a_locked_block_in_which_something_can_be_written_is_unlocked",),
    ),
    Mutant(
        "a form from before an unlock knows no input for it",
        f"{ROOM}/admin/forms.py",
        "        outline = locks.begun(outline, self._began_with())\n",
        "",
        (f"{DOOR}::test_a_form_from_before_the_unlock_is_put_together_with_it",),
    ),
]
