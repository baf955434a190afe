"""Guards of what leaves the house as proof, of the script that checks it, and of fingerprints."""

from tests.mutants.mutant import Mutant

PROVING = "wagtail_contracts/signing/flows/proving.py"
COVERING = "wagtail_contracts/sealing/core/judging/covering.py"
SCRIPT = "wagtail_contracts/audit/bundle/verify.py"
PUBLIC = "wagtail_contracts/signing/public/verifying.py"
PROOF, EXPORT = "tests/flows/signing/test_proving.py", "tests/flows/audit/test_exporting.py"
DISAGREE = "tests/unit/sealing/test_contents.py::test_records_that_disagree"
PARTS = "tests/unit/audit/test_script.py"
TREES = "tests/unit/cellar/test_merkle.py"
SEALED, PAGE = "tests/flows/signing/test_sealing.py", "tests/public/test_verifying.py"
BUNDLE = f"{EXPORT}::test_each_forgery_is_named_by_what_was_forged"
FORGED = f"{PROOF}::test_a_forged_proof_of_existence_is_named"
BY_SCRIPT = "tests/unit/sealing/test_script_of_proofs.py"
SEAL = f"{PROOF}::test_a_seal_that_holds_no_more_is_found_even_where_a_record_names_the_file"

MUTANTS = [
    Mutant(
        "whoever takes the proof may see all of it",
        PROVING,
        '    for action in ("export", "sensitive"):\n',
        '    for action in ("export",):\n',
        (f"{PROOF}::test_who_may_not_export_and_see_all_gets_none",),
    ),
    Mutant(
        "the own side's trail leaves only where it is asked for",
        PROVING,
        "*([contract.own_trail] if own else [])",
        "*[contract.own_trail]",
        (f"{PROOF}::test_the_own_sides_trail_is_in_it_only_where_it_is_asked_for",),
    ),
    Mutant(
        "a checkpoint inside a file covers records of it",
        COVERING,
        '    if not 0 < length <= trail["length"]:\n',
        "    if False:\n",
        (DISAGREE,),
    ),
    Mutant(
        "the path of a checkpoint inside a file leads to its root",
        COVERING,
        '    if not merkle.includes(leaf, checkpoint["index"], told.size, path, told.root):\n',
        "    if False:\n",
        (DISAGREE,),
    ),
    Mutant(
        "a checkpoint inside a file that is none of ours is told",
        "wagtail_contracts/signing/flows/verifying.py",
        '    if point and not audit.is_ours(point["note"]):\n',
        "    if False:\n",
        (
            f"{SEALED}::test_a_checkpoint_over_the_trail_travels_in_the_file_and_is_compared_with_ours",
        ),
    ),
    Mutant(
        "the script follows the chain",
        SCRIPT,
        '        if (record["trail"], record["seq"], record["prev"]) != '
        '(trail["key"], number, digest):\n',
        "        if False:\n",
        (BUNDLE,),
    ),
    Mutant(
        "the script insists on the head",
        SCRIPT,
        '    if (len(trail["records"]), digest) != (trail["length"], trail["head"]):\n',
        "    if False:\n",
        (BUNDLE,),
    ),
    Mutant(
        "the script insists on records",
        SCRIPT,
        "    if not given.records:\n",
        "    if False:\n",
        (BUNDLE,),
    ),
    Mutant(
        "the script refuses what lies behind a time-stamp",
        SCRIPT,
        " or extent(leaf) != len(leaf)",
        "",
        (BUNDLE,),
    ),
    Mutant(
        "the script says when by what was signed",
        SCRIPT,
        "TIME.search(openssl(INSIDE, token=token))",
        "TIME.search(token)",
        (f"{EXPORT}::test_only_what_the_authority_signed_says_when",),
    ),
    Mutant(
        "the script says that nobody stamped a checkpoint",
        SCRIPT,
        "        if not stamped:\n",
        "        if not stamped:\n            return\n        if not stamped:\n",
        (f"{EXPORT}::test_a_checkpoint_that_nobody_stamped_says_so_and_is_not_called_good",),
    ),
    Mutant(
        "the script insists on the root",
        SCRIPT,
        "    if last or found != root:\n",
        "    if False:\n",
        (BUNDLE,),
    ),
    Mutant(
        "the script takes digests alone for nodes",
        SCRIPT,
        "        if not last or len(sibling := bytes.fromhex(text)) != 32:\n",
        "        if not last or not (sibling := bytes.fromhex(text)):\n",
        (f"{PARTS}::test_two_logs_that_differ_can_not_be_read_out_of_the_same_nodes",),
    ),
    Mutant(
        "a node of a tree is over two hashes",
        "wagtail_contracts/merkle.py",
        "    return all(len(item) == len(EMPTY) for item in path)\n",
        "    return True\n",
        (f"{TREES}::test_two_logs_that_differ_can_not_be_read_out_of_the_same_nodes",),
    ),
    Mutant(
        "the script lets nobody write lines of its own",
        SCRIPT,
        '        print("WRONG:", text.translate(PLAIN))\n',
        '        print("WRONG:", text)\n',
        (f"{PARTS}::test_what_a_forger_writes_stays_on_its_line",),
    ),
    Mutant(
        "the script looks at files however their names are written",
        SCRIPT,
        '"*.[pP][dD][fF]"',
        '"*.pdf"',
        (f"{PARTS}::test_a_file_that_does_not_belong_is_found_however_its_name_is_written",),
    ),
    Mutant(
        "the script recomputes what was disclosed",
        SCRIPT,
        '        if made != one["commitment"]:\n',
        "        if False:\n",
        (BUNDLE,),
    ),
    Mutant(
        "the script insists that a record names a file",
        SCRIPT,
        "    if not any(seals(record, digest) for record in given.records):\n",
        "    if False:\n",
        (f"{PROOF}::test_each_forged_file_is_named_by_what_was_forged",),
    ),
    Mutant(
        "the script counts records of seals alone",
        SCRIPT,
        'record["name"] in SEALED and record["data"].get("file") == digest',
        'record["data"].get("file") == digest',
        (f"{PARTS}::test_only_a_record_of_a_seal_names_a_sealed_file",),
    ),
    Mutant(
        "the script runs no module of the folder",
        SCRIPT,
        "    del sys.path[0]  # this",
        "    pass  # this",
        (f"{PARTS}::test_no_module_of_the_folder_is_run",),
    ),
    Mutant(
        "the script takes for a signature what says where it stands",
        SCRIPT,
        "        if found.span(1) == (gap, rest):\n",
        "        if found:\n",
        (f"{BY_SCRIPT}::test_what_only_looks_like_a_signature_inside_a_file_is_none",),
    ),
    Mutant(
        "what the script counts is covered by a checkpoint",
        SCRIPT,
        'given.signed.extend(map(json.loads, trail["records"][: 0 if place else length]))',
        "given.signed.extend(given.records)",
        (f"{EXPORT}::test_what_is_behind_the_checkpoint_is_not_called_good",),
    ),
    Mutant(
        "the script says what is behind the checkpoint",
        SCRIPT,
        '    if trail["covered"] < trail["length"]:\n',
        "    if False:\n",
        (f"{EXPORT}::test_what_is_behind_the_checkpoint_is_not_called_good",),
    ),
    Mutant(
        "a proof is taken under a checkpoint",
        PROVING,
        "        if any(_is_behind(key) for key in keys):\n",
        "        if False:\n",
        (f"{PROOF}::test_a_proof_is_whole_however_soon_and_says_what_nobody_stamped",),
    ),
    Mutant(
        "the script judges a seal as of its time-stamp",
        SCRIPT,
        'when = f"-attime {moments[0]}" if parts[1:] else "-no_check_time"',
        'when = "-no_check_time"',
        (f"{BY_SCRIPT}::test_a_certificate_that_was_over_when_the_file_was_stamped_seals_nothing",),
    ),
    Mutant(
        "the script insists that signatures cover the whole file",
        SCRIPT,
        "    if end != len(data):\n",
        "    if not end:\n",
        (SEAL,),
    ),
    Mutant(
        "the script trusts the roots that it is given alone",
        SCRIPT,
        '    if cert.count(b"BEGIN") != 1:\n',
        "    if False:\n",
        (SEAL,),
    ),
    Mutant(
        "the script compares the proof beside a file with the records",
        SCRIPT,
        'trail["records"][first - 1 : first - 1 + len(records)] != records:\n',
        "False:\n",
        (FORGED,),
    ),
    Mutant(
        "fingerprints are counted like files",
        PUBLIC,
        "        self._count(request)\n        found = signing.recognise(digest)\n",
        "        found = signing.recognise(digest)\n",
        (f"{PAGE}::test_files_and_fingerprints_are_counted_together",),
    ),
]
