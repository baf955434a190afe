"""Guards of the self-examination: nothing is passed over, nothing rings twice, nothing is lost."""

from tests.mutants.mutant import POSTGRESQL, Mutant

HOUSE = "wagtail_contracts"
WALKING, TABLES = f"{HOUSE}/examining/walking.py", f"{HOUSE}/examining/tables.py"
AUDIT, SEALING = f"{HOUSE}/audit/flows/examining.py", f"{HOUSE}/sealing/flows/examining.py"
SIGNING = f"{HOUSE}/signing/flows/examining"
TRAILS, SITE = "tests/flows/audit/test_examining.py", "tests/flows/signing/test_examining.py"
FOREIGN = "tests/public/test_foreign_seals.py"
KEPT = "tests/flows/audit/test_kept.py"
BLINDING, AWAY = "tests/flows/audit/test_blinding.py", "tests/flows/sealing/test_storage_away.py"
DAMAGE = f"{TRAILS}::test_each_damage_rings_once_and_its_twin_is_silent"
RINGS = f"{SITE}::test_each_damage_rings_by_mail_in_the_admin_and_at_the_health_address"

MUTANTS = [
    Mutant(
        "all is called whole when all was looked at",
        f"{SIGNING}/running.py",
        "    if all(walk.got_through() for walk in walked):\n",
        "    if True:\n",
        (f"{SITE}::test_nothing_is_said_of_the_whole_before_the_files_were_looked_at",),
    ),
    Mutant(
        "what was settled is no more whole for it",
        f"{SIGNING}/running.py",
        "alarm.objects.filter(gone_at=None) for",
        "alarm.objects.there() for",
        (f"{SITE}::test_what_was_settled_is_still_not_whole_and_is_once_it_was_mended",),
    ),
    Mutant(
        "a copy that somebody shows is no damage of ours",
        f"{SIGNING}/running.py",
        'kind__in=("", DUE)',
        "kind__in=(DUE,)",
        (f"{SITE}::test_a_strangers_copy_is_no_damage_of_ours",),
    ),
    Mutant(
        "an examination goes on where a killed one had noted that it was",
        WALKING,
        '            for after, faults in step.walk(place if step.name == name else ""):\n',
        '            for after, faults in step.walk(""):\n',
        (f"{TRAILS}::test_slices_come_by_everything_once_in_a_cycle",),
    ),
    Mutant(
        "what has gone rings anew when it is back",
        WALKING,
        "update(gone_at=now, mark=None)\n",
        "update(gone_at=now)\n",
        (f"{TRAILS}::test_what_was_mended_has_gone_and_rings_anew",),
    ),
    Mutant(
        "of many alike it looks no further",
        WALKING,
        "        return self.alike >= ALIKE\n",
        "        return False\n",
        (f"{TRAILS}::test_of_many_alike_it_looks_no_further",),
    ),
    Mutant(
        "a step that has ended is not begun anew",
        WALKING,
        "names.index(name) + (place == END) if",
        "names.index(name) if",
        (f"{BLINDING}::test_a_step_that_ends_with_a_fault_is_not_begun_anew",),
    ),
    Mutant(
        "a sign that no database keeps does not stop a walk",
        WALKING,
        "plain(fault.about)[:64], plain(fault.why)\n",
        "fault.about[:64], fault.why\n",
        (
            f"{BLINDING}::test_what_no_database_can_keep_is_told_in_other_signs",
            f"{BLINDING}::test_only_signs_that_show_nothing_are_written_otherwise",
        ),
    ),
    Mutant(
        "of a storage that is away a slice asks once",
        WALKING,
        "if now >= end or any(fault.away for fault, _alarm in found):\n",
        "if now >= end:\n",
        (f"{AWAY}::test_while_it_is_away_a_slice_ends_with_the_first_file",),
        POSTGRESQL,
    ),
    Mutant(
        "a refusal that could not be kept waits for the next who asks",
        f"{HOUSE}/examining/guarding.py",
        "        refusals.put_back(taken)\n",
        "",
        (f"{BLINDING}::test_a_refusal_that_could_not_be_kept_is_kept_by_the_next_who_asks",),
    ),
    Mutant(
        "an alarm can't be deleted",
        f"{HOUSE}/audit/apps.py",
        '            append_only.stays_of(self.get_model("Alarm")),\n',
        "",
        (f"{TRAILS}::test_a_settled_alarm_stays_and_says_who_and_why",),
    ),
    Mutant(
        "trails are examined with their copies for lists",
        AUDIT,
        "        verify(trail.key, deep=True)\n",
        "        verify(trail.key)\n",
        (DAMAGE,),
    ),
    Mutant(
        "what was placed elsewhere is looked for",
        AUDIT,
        "        if placed:\n",
        "        if False:\n",
        (DAMAGE,),
    ),
    Mutant(
        "what was found at a place stands while nobody can look there",
        AUDIT,
        "    found.filter(gone_at=None).update(seen_at=timezone.now())\n",
        "",
        (f"{KEPT}::test_while_nobody_can_look_what_was_found_there_stands",),
    ),
    Mutant(
        "anchors of like names share no step",
        AUDIT,
        'Step(f"kept {n}", _kept(name))',
        'Step(f"kept {name}"[:16], _kept(name))',
        (f"{KEPT}::test_anchors_of_like_names_are_each_read_from_the_beginning",),
    ),
    Mutant(
        "what is kept elsewhere is compared",
        AUDIT,
        "    if here != told.root.hex():\n",
        "    if here and here != told.root.hex():\n",
        (DAMAGE,),
    ),
    Mutant(
        "the bytes of a sealed file are read again",
        SEALING,
        "    elif hashlib.sha256(data).hexdigest() != kept.digest:\n",
        "    elif False:\n",
        (RINGS,),
    ),
    Mutant(
        "the trail inside a sealed file is compared with the one here",
        f"{SIGNING}/walking.py",
        '        yield Fault(code, kept.subject, f"{kept.name}: {why}")\n',
        '        _ = Fault(code, kept.subject, f"{kept.name}: {why}")\n    yield from ()\n',
        (RINGS,),
    ),
    Mutant(
        "nobody is told of an alarm twice",
        f"{SIGNING}/telling.py",
        "    mark(found, identity)\n    outbox",
        "    outbox",
        (RINGS,),
    ),
    Mutant(
        "a web process tells once that nobody examines",
        f"{SIGNING}/lateness.py",
        "    mark(found, _claimed(timezone.now()))\n",
        "",
        ("tests/reliability/test_kills_of_telling.py::test_two_that_look_at_once_mail_once",),
    ),
    Mutant(
        "what a process that died took on itself to tell is left to others",
        f"{SIGNING}/lateness.py",
        '    claims.filter(told_as__lt=_claimed(timezone.now() - LEASE)).update(told_as="")\n',
        "",
        (
            "tests/reliability/test_kills_of_telling.py::test_the_mail_goes_out_wherever_the_web_process_dies",
        ),
    ),
    Mutant(
        "an altered copy of one contract rings once",
        f"{SIGNING}/copies.py",
        '    about, code, same = "", "", "copy"\n',
        '    about, code, same = "", "", ""\n',
        (f"{SITE}::test_an_altered_copy_of_a_contract_of_ours_rings_once",),
    ),
    Mutant(
        "a copy under a trusted seal of somebody else is none of ours",
        f"{HOUSE}/signing/flows/verifying.py",
        "    if not sealing.sealed_here(report):\n",
        "    if False:\n",
        (f"{FOREIGN}::test_our_records_under_the_trusted_seal_of_another_are_not_our_contract",),
    ),
    Mutant(
        "a copy under a revoked seal rings",
        f"{SIGNING}/copies.py",
        "    Verdict.REVOKED,\n",
        "",
        (f"{FOREIGN}::test_a_stolen_key_that_was_revoked_rings",),
    ),
    Mutant(
        "only who answers for a contract sees what was found about it",
        f"{HOUSE}/signing/admin/examination.py",
        "    return [one for one in found if one.contract and one.contract.pk in mine]\n",
        "    return found\n",
        ("tests/admin/test_examination.py::test_others_see_nothing_of_it",),
    ),
    Mutant(
        "what a request was refused is kept by its own process",
        f"{HOUSE}/signing/tasks/examining.py",
        "        if refusals.are_waiting():\n",
        "        if False:\n",
        (
            "tests/flows/signing/test_refused_writes.py::"
            "test_a_request_that_writes_to_evidence_is_seen_and_one_that_reads_is_not",
        ),
    ),
]
