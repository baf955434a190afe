"""Guards of renewal: what a proof of existence proves, what retires, and which seal is in use."""

from tests.mutants.mutant import Mutant

EXISTENCE = "wagtail_contracts/sealing/core/judging/existence.py"
JUDGE = "wagtail_contracts/sealing/core/judging/judge.py"
AGEING = "wagtail_contracts/sealing/core/judging/ageing.py"
OUTLASTING = "wagtail_contracts/audit/flows/outlasting.py"
STAMPING = "wagtail_contracts/audit/flows/stamping.py"
FURTHERING = "wagtail_contracts/sealing/flows/furthering.py"
REACHING = "wagtail_contracts/sealing/flows/reaching.py"
REQUESTS = "wagtail_contracts/sealing/backends/requests.py"
FORGED = "tests/flows/signing/test_renewing.py::test_a_proof_that_was_changed_proves_nothing"
RENEWED = "tests/flows/signing/test_renewing.py"
LASTS = "tests/flows/audit/test_outlasting.py"
UNDECLARED = "tests/unit/sealing/test_undeclared.py"
OWN = "tests/flows/sealing/test_own_identity.py"

MUTANTS = [
    Mutant(
        "no time-stamp over a checkpoint is later than what came after it",
        STAMPING,
        "    if given > later + 2 * DRIFT:\n",
        "    if False:\n",
        (
            "tests/flows/audit/test_outlasting.py"
            "::test_a_time_stamp_later_than_what_came_after_it_is_found",
        ),
    ),
    Mutant(
        "who rotates at the same time waits",
        "wagtail_contracts/sealing/backends/rotating.py",
        "        fcntl.flock(held, fcntl.LOCK_EX)\n",
        "",
        (f"{OWN}::test_two_who_rotate_at_once_lose_no_root",),
    ),
    Mutant(
        "a proof is about this file",
        EXISTENCE,
        '    if value["file"] != file or not value["steps"]:\n',
        '    if not value["steps"]:\n',
        (FORGED,),
    ),
    Mutant(
        "a proof has steps",
        EXISTENCE,
        '    if value["file"] != file or not value["steps"]:\n',
        '    if value["file"] != file:\n',
        (FORGED,),
    ),
    Mutant(
        "a checkpoint covers what the proof says",
        EXISTENCE,
        '        if not merkle.includes(merkle.leaf(leaf), step["index"], size, path, root):\n',
        "        if False:\n",
        (FORGED,),
    ),
    Mutant(
        "a time-stamp in a proof has the one form that those in a file have",
        EXISTENCE,
        "        tokens.insist_on_form(leaf, roots)\n",
        "",
        (FORGED,),
    ),
    Mutant(
        "no time-stamp is kept that would prove nothing beside a file",
        "wagtail_contracts/wire/timestamps.py",
        "            insist_on_form(token.dump(), self.roots)\n",
        "",
        (
            "tests/flows/audit/test_stamping.py::"
            "test_what_would_prove_nothing_beside_a_file_is_not_kept",
        ),
    ),
    Mutant(
        "a certificate in a time-stamp has an issuer",
        "wagtail_contracts/wire/tokens.py",
        "    if not closed:\n",
        "    if False:\n",
        (
            "tests/flows/audit/test_stamping.py::"
            "test_what_would_prove_nothing_beside_a_file_is_not_kept",
        ),
    ),
    Mutant(
        "what an authority can't prolong isn't asked for again",
        FURTHERING,
        "            if like in given and given[like] <= until(kept):\n",
        "            if False:\n",
        (f"{RENEWED}::test_what_is_handed_out_for_good_is_renewed_where_it_ends_soon",),
    ),
    Mutant(
        "a time-stamp that is merely old is told as old",
        STAMPING,
        "        return proved(token, note, known, at=row.at), False\n",
        "        return proved(token, note, known, at=moment), False\n",
        (
            "tests/flows/audit/test_stamping.py::"
            "test_what_is_merely_old_rings_as_that_and_what_was_changed_beside_it_as_changed",
        ),
    ),
    Mutant(
        "a proof by an algorithm that is retired is over",
        EXISTENCE,
        "    if found.ends(retired) <= at:\n",
        "    if False:\n",
        (
            "tests/flows/signing/test_thirty_years.py::"
            "test_renewed_by_checkpoint_it_is_intact_and_without_it_is_undated",
        ),
    ),
    Mutant(
        "a seal by an algorithm that is retired is over",
        AGEING,
        "        if over and over.at <= covered:\n",
        "        if False:\n",
        (
            "tests/unit/sealing/test_cli.py::"
            "test_an_algorithm_that_is_retired_proves_nothing_from_then_on",
        ),
    ),
    Mutant(
        "of a certificate that names somebody to ask something was said",
        JUDGE,
        "return revocation.suffices(declared) or bool(self._by(store, revocation.ALL).trusted)",
        "return True",
        (
            f"{UNDECLARED}::test_where_somebody_can_be_asked_he_has_to_have_said_it",
            "tests/unit/sealing/test_chains.py::"
            "test_data_that_do_not_reach_the_seal_are_not_called_checked",
        ),
    ),
    Mutant(
        "of a certificate that names nobody nothing has to be said",
        JUDGE,
        "return revocation.suffices(declared) or bool",
        "return bool",
        (
            f"{UNDECLARED}::"
            "test_where_nobody_can_be_asked_a_stamp_carries_the_seal_on_and_it_is_said",
        ),
    ),
    Mutant(
        "who names the changes of a list names somebody",
        "wagtail_contracts/sealing/core/judging/revocation.py",
        " or changes is not None\n",
        "\n",
        (
            f"{UNDECLARED}::test_where_somebody_can_be_asked_he_has_to_have_said_it",
            f"{UNDECLARED}::"
            "test_a_store_without_a_word_of_those_that_can_be_asked_reaches_no_level",
        ),
    ),
    Mutant(
        "an empty store is none where somebody can be asked",
        JUDGE,
        "(self.said.kept and revocation.undeclared(self.status))",
        "self.said.kept",
        (f"{UNDECLARED}::test_a_store_without_a_word_of_those_that_can_be_asked_reaches_no_level",),
    ),
    Mutant(
        "the next token is given before this one ends",
        OUTLASTING,
        '    in_time = later.filter(at__lt=_proved(token).ends(audit().retired)).order_by("-pk")\n',
        '    in_time = later.order_by("-pk")\n',
        (f"{LASTS}::test_what_is_not_covered_in_time_proves_nothing_any_more",),
    ),
    Mutant(
        "an authority isn't asked each hour to no avail",
        OUTLASTING,
        "found.ends > now + SOON or found.at > now - AT_MOST",
        "found.ends > now + SOON",
        (f"{LASTS}::test_an_authority_that_keeps_its_old_certificate_is_asked_once_a_week",),
    ),
    Mutant(
        "notes cover the tokens that are there",
        STAMPING,
        "        if roots.get(size) != root:\n",
        "        if False:\n",
        (f"{LASTS}::test_a_leaf_that_was_changed_makes_the_next_note_wrong_and_is_found",),
    ),
    Mutant(
        "a file is completed or renewed once",
        FURTHERING,
        "    except AlreadySealed:  # by another process\n",
        "    except ZeroDivisionError:\n",
        (
            f"{RENEWED}::test_of_two_that_renew_at_the_same_time_one_does",
            "tests/flows/signing/test_completing.py::test_two_workers_complete_it_once",
        ),
    ),
    Mutant(
        "nothing is renewed that would end no later",
        FURTHERING,
        "    if (ends := until(made)) <= until(kept):\n",
        "    if False:\n",
        (f"{RENEWED}::test_what_is_handed_out_for_good_is_renewed_where_it_ends_soon",),
    ),
    Mutant(
        "nothing is renewed while an issuer says nothing",
        REACHING,
        "        _insist(Reached(sealed, lacks))\n",
        "",
        (f"{RENEWED}::test_without_an_answer_nothing_is_renewed_and_nothing_changes",),
    ),
    Mutant(
        "a certificate is taken in for the key that asked",
        REQUESTS,
        "    own = [item for item in given if item.public_key() == key.public_key()]\n",
        "    own = given[:1]\n",
        (f"{OWN}::test_what_was_issued_for_something_else_is_not_taken_in",),
    ),
    Mutant(
        "a test identity never takes the place of a real one",
        "wagtail_contracts/sealing/flows/rotating.py",
        "    identities.insist_on_kind(seal, test=False)\n",
        "",
        (f"{OWN}::test_no_seal_is_exchanged_for_one_that_will_not_do",),
    ),
    Mutant(
        "the root of the earlier seal stays trusted",
        "wagtail_contracts/sealing/backends/rotating.py",
        "for one in (*added, *there))",
        "for one in added)",
        (f"{OWN}::test_after_rotating_old_and_new_seals_are_intact",),
    ),
]
