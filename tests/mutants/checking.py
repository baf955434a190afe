"""Guards of contracts_check: what it compares, and what it leaves alone."""

from tests.mutants.mutant import Mutant

CHECKING = "wagtail_contracts/signing/flows/checking"
PROVING = "wagtail_contracts/contracts/flows/proving.py"
INSPECTING = "wagtail_contracts/sealing/flows/inspecting.py"
AUDIT = "wagtail_contracts/audit/flows/disclosing.py"
S18 = "tests/security/test_s18_check.py"
NAMED = (f"{S18}::test_it_names_the_damage",)
HOSTILE = "tests/security/test_s18_hostile_storage.py"
RESTORED = "tests/security/test_s18_restored.py"

MUTANTS = [
    Mutant(
        "a version's text has the digest of its row",
        PROVING,
        "canonical.digest_bytes(canonical.CONTRACT_VERSION, text) != version.digest",
        "not text",
        NAMED,
    ),
    Mutant(
        "a version names the one before",
        PROVING,
        'told["previous"] != follows',
        "False",
        NAMED,
    ),
    Mutant(
        "a version's content has its digest",
        PROVING,
        '{told["content_digest"], version.content_digest} != {digest_of(told["content"])}',
        "False",
        NAMED,
    ),
    Mutant(
        "no version is missing",
        PROVING,
        '            yield VersionFault(expected, "gap")\n',
        "",
        NAMED,
    ),
    Mutant(
        "the current version is the newest",
        PROVING,
        "contract.current_version_id != newest",
        "False",
        NAMED,
    ),
    Mutant(
        "the state follows from the trail",
        f"{CHECKING}/contract.py",
        "    if there != told.stand:\n",
        "    if False:\n",
        NAMED,
    ),
    Mutant(
        "a signed contract is signed by all whom it wants",
        f"{CHECKING}/contract.py",
        "    if loose:\n",
        "    if False:\n",
        NAMED,
    ),
    Mutant(
        "an event has its row",
        f"{CHECKING}/story.py",
        '("missing", wanted - found)',
        '("missing", wanted - wanted)',
        NAMED,
    ),
    Mutant(
        "a row has its event",
        f"{CHECKING}/story.py",
        '("unrecorded", found - wanted)',
        '("unrecorded", found - found)',
        NAMED,
    ),
    Mutant(
        "a cut trail leaves values behind",
        f"{CHECKING}/trails.py",
        "    if (count := _more(tally)) > 0:\n",
        "    if (count := 0) > 0:\n",
        NAMED,
    ),
    Mutant(
        "a disclosed value is what was committed to",
        AUDIT,
        "canonical.commitment(bytes.fromhex(opened), plain) == held",
        "bytes.fromhex(opened)",
        NAMED,
    ),
    Mutant(
        "the trail in the file is the stored one",
        f"{CHECKING}/files.py",
        '        audit.compare(evidence["trail"])\n',
        "        pass\n",
        NAMED,
    ),
    Mutant(
        "the signatures in the file are the stored ones",
        f"{CHECKING}/files.py",
        "sorted(told, key=_who) == sorted(there, key=_who)",
        "True",
        NAMED,
    ),
    Mutant(
        "a kept file is judged",
        INSPECTING,
        "    if not report.intact:\n",
        "    if False:\n",
        (f"{S18}::test_a_seal_whose_root_is_not_trusted_is_named_with_the_cure",),
    ),
    Mutant(
        "a kept file is judged as of no time to come",
        INSPECTING,
        "        return judged(data, at=min(known, timezone.now()))\n",
        "        return judged(data, at=known)\n",
        (
            "tests/flows/sealing/test_inspecting.py"
            "::test_a_kept_file_with_a_time_stamp_of_a_day_to_come_is_not_proved",
        ),
    ),
    Mutant(
        "a sealed orphan has the bytes that its name tells",
        INSPECTING,
        '    if f"{hashlib.sha256(data).hexdigest()}.pdf" != name:\n',
        "    if False:\n",
        NAMED,
    ),
    Mutant(
        "only old parts are removed",
        INSPECTING,
        "    old = [name for name in parts if _may_go(storage, name)]\n",
        "    old = parts\n",
        (f"{S18}::test_only_old_parts_are_told_and_only_they_are_removed",),
    ),
    Mutant(
        "only parts are removed",
        INSPECTING,
        "[name for name in _unnamed(storage) if PART.fullmatch(name)]",
        "list(_unnamed(storage))",
        (f"{S18}::test_nothing_else_is_removed_however_old_it_is",),
    ),
    Mutant(
        "damage is looked at twice",
        "wagtail_contracts/examining/walking.py",
        "    yield from (fault for fault in first if fault in again)\n",
        "    yield from first\n",
        (f"{S18}::test_what_is_gone_at_the_second_look_was_no_damage",),
    ),
    Mutant(
        "a missing file is named",
        INSPECTING,
        "        if not there(storages[sealing().storage], kept.name):\n",
        "        if False:\n",
        (
            *NAMED,
            f"{RESTORED}::test_a_dump_under_load_has_harmless_orphans_or_names_each_missing_file",
        ),
    ),
    Mutant(
        "what is no file is never opened",
        "wagtail_contracts/sealing/flows/storing.py",
        "not Path(storage.path(name)).is_file()",
        "False",
        (f"{HOSTILE}::test_a_kept_file_that_became_no_file_is_altered",),
    ),
    Mutant(
        "a name that is no text ends no check",
        INSPECTING,
        "[name for name in batch if name.isprintable()]",
        "batch",
        (f"{HOSTILE}::test_a_hostile_file_is_told_or_passed_over_and_the_rest_is_judged",),
    ),
    Mutant(
        "a file that can't be read ends no check",
        INSPECTING,
        "        except OSError as error:\n            found",
        "        except LookupError as error:\n            found",
        (f"{HOSTILE}::test_a_hostile_file_is_told_or_passed_over_and_the_rest_is_judged",),
    ),
    Mutant(
        "a part that is a link to nothing ends no clearing",
        INSPECTING,
        "    except OSError:  # it has gone meanwhile",
        "    except LookupError:  # it has gone meanwhile",
        (f"{HOSTILE}::test_of_a_part_that_is_a_link_nothing_but_the_link_can_go",),
    ),
]
