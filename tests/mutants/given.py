"""Files that somebody fills in: what is taken, how much of it, and who may fetch it."""

from tests.mutants.mutant import Mutant

FLOWS = "wagtail_contracts/contracts/flows"
PUBLIC = "wagtail_contracts/signing/public"
ANSWERS = "tests/unit/contracts/test_answers.py"
GIVEN = "tests/flows/contracts/test_given_files.py"
PAGE, OURS = "tests/public/test_given_files.py", "tests/admin/test_given_files.py"

MUTANTS = [
    Mutant(
        "a field takes the sorts of files that it names",
        "wagtail_contracts/contracts/core/fields/files.py",
        '    if media_type not in field["accepts"]:\n',
        "    if False:\n",
        (f"{ANSWERS}::test_what_does_not_fit_is_refused_by_name",),
    ),
    Mutant(
        "a field takes files of its size",
        "wagtail_contracts/contracts/core/fields/files.py",
        '    if size > field["largest"]:\n',
        "    if False:\n",
        (f"{ANSWERS}::test_what_does_not_fit_is_refused_by_name",),
    ),
    Mutant(
        "what a field does not take is not judged",
        f"{FLOWS}/giving.py",
        "        files.insist_on_fit(field, sorts.named(str(upload.name)), upload.size or 0)\n",
        "",
        (f"{GIVEN}::test_what_a_field_does_not_take_is_refused_before_it_is_judged",),
    ),
    Mutant(
        "files that somebody gives have a number and a size together",
        f"{FLOWS}/giving.py",
        "    if len(sizes) >= MOST or sum(sizes) + size > MOST_BYTES:\n",
        "    if False:\n",
        (f"{GIVEN}::test_bytes_are_counted_too",),
    ),
    Mutant(
        "an answer names a file that its participant gave",
        f"{FLOWS}/answering.py",
        "    insist_on_given(participant, version, made)\n",
        "",
        (f"{GIVEN}::test_nor_can_one_that_somebody_else_gave_for_the_same_contract",),
    ),
    Mutant(
        "the files of an answer fit into the sealed file",
        f"{FLOWS}/answering.py",
        "    insist_on_sealable(version.content, content)\n",
        "",
        (f"{GIVEN}::test_files_that_no_sealed_file_could_hold_are_refused_at_the_new_one",),
    ),
    Mutant(
        "a file in a draft of answers is not forgotten",
        "wagtail_contracts/contracts/models/files.py",
        "        return line(self.file.facts()) in typed\n",
        "        return False\n",
        (f"{GIVEN}::test_the_worker_forgets_what_nobody_names",),
    ),
    Mutant(
        "a copy takes no file of somebody else along",
        f"{FLOWS}/copying.py",
        '        if theirs or item.get("sensitive"):\n',
        '        if item.get("sensitive"):\n',
        (f"{GIVEN}::test_a_copy_takes_our_files_along_and_nobody_elses",),
    ),
    Mutant(
        "events call a file that was filled in by its field",
        f"{FLOWS}/exhibiting.py",
        "    return str(labels[0]) if labels else file.name\n",
        "    return file.name\n",
        (f"{PAGE}::test_only_those_who_take_part_fetch_a_file",),
    ),
    Mutant(
        "no more of a file is read than one may have",
        f"{PUBLIC}/uploads.py",
        "        if size > LARGEST:\n",
        "        if False:\n",
        (f"{PAGE}::test_what_is_too_large_is_read_no_further",),
    ),
    Mutant(
        "only who is asked for files may send much",
        f"{PUBLIC}/uploads.py",
        "    return AT_ONCE + usual if asked else usual\n",
        "    return AT_ONCE + usual\n",
        (f"{PAGE}::test_nobody_but_who_is_asked_for_files_may_send_much",),
    ),
    Mutant(
        "our own side fills in files that it knows",
        "wagtail_contracts/contracts/admin/values.py",
        "        if self.initial and isinstance(told, dict) and",
        "        if True or",
        (f"{OURS}::test_a_file_that_one_does_not_know_is_not_filled_in",),
    ),
    Mutant(
        "a file that was filled in is for those who see the contract",
        f"{FLOWS}/given.py",
        "    rows = AnswerFile.objects.filter(file__digest=digest, contract__in=contracts)\n",
        "    rows = AnswerFile.objects.filter(file__digest=digest)\n",
        (f"{OURS}::test_colleagues_fetch_what_a_contract_says_and_strangers_find_nothing",),
    ),
    Mutant(
        "a sensitive file needs the right",
        f"{FLOWS}/given.py",
        "            if digest in _digests(seen(row.contract, content, user, by=by)):\n",
        "            if digest in _digests(content):\n",
        (f"{OURS}::test_a_sensitive_file_needs_the_right_and_fetching_it_is_told",),
    ),
    Mutant(
        "a file of ours was given for the contract",
        f"{FLOWS}/exhibiting.py",
        "    return {**_usable(answered, given), **_usable(_shown(content))}\n",
        "    return _usable([*answered, *_shown(content)])\n",
        (f"{GIVEN}::test_a_digest_that_nobody_gave_for_the_contract_is_not_sent",),
    ),
    Mutant(
        "a digest alone gives no file",
        f"{FLOWS}/given.py",
        "            rows = _known(by, contract, first).filter(",
        "            rows = StoredFile.objects.filter(",
        (f"{GIVEN}::test_a_digest_that_nobody_gave_for_the_contract_is_not_sent",),
    ),
]
