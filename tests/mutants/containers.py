"""Guards of the judge: the container, the order of the checks, and what a file may take."""

from tests.mutants.mutant import Mutant

CORE, UNIT = "wagtail_contracts/sealing/core/judging", "tests/unit/sealing"
FORGERIES, CONTAINERS = f"{UNIT}/test_forgeries.py", f"{UNIT}/test_container.py"
DER, LEVELS = f"{UNIT}/test_der.py", f"{UNIT}/test_levels.py"
CHAINS, BOUND = f"{UNIT}/test_chains.py", f"{UNIT}/test_bounds.py"
REVOKED = f"{UNIT}/test_revoked.py"
UNSIGNED = f"{CONTAINERS}::test_a_part_that_no_signature_covers"
ONLY = f"{CONTAINERS}::test_the_only_unsigned_attribute_is_one_timestamp"
STRANGER = f"{CONTAINERS}::test_a_certificate_that_belongs_to_nothing"
FRAME = f"{DER}::test_the_frame_of_a_container"
SHORTER = f"{DER}::test_what_has_a_shorter_form_is_damage"

GAP = [
    (
        "the gap begins where the file does",
        'byte_range[0] != 0 or gap[:1] != b"<"',
        'gap[:1] != b"<"',
        FRAME,
    ),
    ("the gap is framed", 'or gap[:1] != b"<" or gap[-1:] != b">":', ":", FRAME),
    (
        "the gap is upper-case hexadecimal",
        'if not set(gap[1:-1]) <= set(b"0123456789ABCDEF") or len(gap) % 2:',
        "if len(gap) % 2:",
        FRAME,
    ),
    ("zeros follow the value", "    if any(raw[size:]):\n", "    if False:\n", FRAME),
]
CONTAINED = [
    (
        "the container is DER",
        "    check_der(der)\n",
        "",
        f"{CONTAINERS}::test_a_length_in_another_form_around_a_token",
    ),
    (
        "the container is the one of its parts",
        'else ("sha256",)) != der:',
        'else ("sha256",)) == b"":',
        UNSIGNED,
    ),
    (
        "a seal's digest is SHA-256",
        '("sha256", "sha384", "sha512") if stamp else ("sha256",)',
        '("sha256", "sha384", "sha512")',
        f"{FORGERIES}::test_a_seal_with_another_digest_algorithm",
    ),
    (
        "each certificate of a seal belongs to it",
        "    if not stamp:\n        _no_stranger(certificates, _owner(signer, certificates))\n",
        "",
        STRANGER,
    ),
    ("each certificate stands once", "pool.count(item) > 1 or not (", "not (", STRANGER),
    (
        "a token is held to the same form",
        "        closed &= inspect(token.dump(), anchors)\n",
        "        pass\n",
        f"{CONTAINERS}::test_the_token_inside_a_seal_is_held_to_the_same_form",
    ),
    (
        "a timestamp has no timestamp",
        "        if stamp:\n",
        "        if False:\n",
        f"{CONTAINERS}::test_a_timestamp_of_a_timestamp",
    ),
    (
        "the signer is the one certificate of that number",
        "    if len(owners) != 1:\n",
        "    if not owners:\n",
        f"{CONTAINERS}::test_two_certificates_of_one_number",
    ),
    ("one unsigned attribute", "len(unsigned) != 1 or unsigned", "unsigned", ONLY),
    ("the unsigned attribute is a timestamp", 'unsigned[0]["type"].native != STAMP or ', "", ONLY),
    (
        "the unsigned attribute holds one timestamp",
        ' or len(unsigned[0]["values"]) != 1:',
        ":",
        ONLY,
    ),
    (
        "a certificate is its issuer's",
        "        if any(issuer.subject == certificate.issuer for issuer in pool):\n",
        "        if False:\n",
        f"{CONTAINERS}::test_a_certificate_whose_signature_is_wrong",
    ),
    (
        "a certificate without an issuer is told",
        "        closed = False\n",
        "        pass\n",
        f"{CONTAINERS}::test_a_container_without_its_issuer_is_told_apart",
    ),
    ("numbers are DER", "    0x02: lambda value: (", "    0xFF: lambda value: (", SHORTER),
    ("lengths are DER", " or length < 0x80 or data[content] == 0:", ":", SHORTER),
]
ORDER = [
    (
        "the seal is over the first revision",
        " or self.seal.signed_revision != 1:",
        ":",
        f"{FORGERIES}::test_a_seal_over_something_that_was_not_rendered_in_one_go",
    ),
    (
        "what follows the seal is timestamps",
        'if kinds != ["/Sig"] + ["/DocTimeStamp"] * len(self.stamps):',
        "if False:",
        f"{FORGERIES}::test_a_second_signature_even_by_the_same_key",
    ),
    (
        "the seal fits the file",
        "if not (self.status.intact and self.status.valid) or self.status.coverage < COVERED:",
        "if self.status.coverage < COVERED:",
        f"{FORGERIES}::test_a_seal_pasted_from_another_file",
    ),
    (
        "the seal covers its revision",
        " or self.status.coverage < COVERED:",
        ":",
        f"{FORGERIES}::test_a_signature_that_does_not_cover_its_revision",
    ),
    (
        "the token fits the seal",
        "if token is not None and not (token.intact and token.valid):",
        "if False:",
        f"{CONTAINERS}::test_a_timestamp_of_another_seal",
    ),
    (
        "a document timestamp fits",
        "if not (status.intact and status.valid) or status.coverage < COVERED:",
        "if status.coverage < COVERED:",
        f"{FORGERIES}::test_a_timestamp_pasted_from_another_file",
    ),
    (
        "a document timestamp covers its revision",
        ' or status.coverage < COVERED:\n                raise altered("a document',
        ':\n                raise altered("a document',
        f"{FORGERIES}::test_a_signature_that_does_not_cover_its_revision",
    ),
    (
        "a timestamp is judged as of the next",
        "            moment = status.timestamp\n",
        "            pass\n",
        f"{LEVELS}::test_renewal_in_time_carries_a_file_past_its_first_authority",
    ),
    (
        "a revoked signer is told",
        "        if then.trust_problem_indic in REVOKED or self._is_revoked():\n",
        "        if False:\n",
        f"{CHAINS}::test_a_seal_by_a_revoked_certificate",
    ),
    (
        "certificates that lead nowhere hide no revocation",
        "in REVOKED or self._is_revoked():",
        "in REVOKED:",
        f"{REVOKED}::test_certificates_that_lead_nowhere_hide_no_revocation",
    ),
    (
        "each certificate has an issuer",
        "        if not closed:\n",
        "        if False:\n",
        f"{CONTAINERS}::test_a_certificate_without_an_issuer_in_a_timestamp",
    ),
    (
        "what is over needs stamps made in time",
        "        if verdict is Verdict.UNDATED and not outlives:\n",
        "        if False:\n",
        f"{LEVELS}::test_how_long_a_level_lasts",
    ),
    (
        "a stamp after the end carries nothing on",
        " and self._trusted_on(status.timestamp)):",
        "):",
        f"{LEVELS}::test_a_stamp_made_after_the_certificate_ended_proves_nothing",
    ),
    (
        "stamps made in time cover what was said",
        "store = revocation.Store(covered, self.signatures)",
        "store = self.said",
        f"{REVOKED}::test_a_list_made_after_the_end_tells_nothing_of_what_was_before",
    ),
    (
        "memory that has run out is no damage",
        "    except MemoryError:  # says nothing about the file\n        raise\n",
        "",
        f"{BOUND}::test_memory_that_has_run_out_says_nothing_about_the_file",
    ),
]
SAID = [
    (
        "what was revoked later was good",
        "return self.at <= moment and",
        "return",
        f"{REVOKED}::test_what_is_said_counts_however_little_else_is_known",
    ),
    (
        "a hold that ends is no revocation",
        " and self.reason != LIFTED",
        "",
        f"{REVOKED}::test_a_hold_counts_while_it_is_fresh_and_its_end_is_none",
    ),
    (
        "a hold is forgotten once it is stale",
        " and not over\n",
        "\n",
        f"{REVOKED}::test_a_hold_counts_while_it_is_fresh_and_its_end_is_none",
    ),
    (
        "a list is signed by the issuer",
        """listed.issuer != issuer.subject or not _signed(
        body, listed["signature"], listed, issuer.public_key
    ):""",
        "listed.issuer != issuer.subject:",
        f"{REVOKED}::test_only_the_issuer_says_it_in_a_list",
    ),
    (
        "an answer is by the issuer or by whom it delegates",
        "    if found and any(\n",
        "    if found or any(\n",
        f"{REVOKED}::test_only_the_issuer_answers_or_whom_it_delegates",
    ),
    (
        "who gives time gives no answers",
        """            uses is not None
            and "ocsp_signing" in uses.native
            and one.issuer""",
        "            one.issuer",
        f"{REVOKED}::test_only_the_issuer_answers_or_whom_it_delegates",
    ),
    (
        "the issuer alone delegates",
        'and _signed(one["tbs_certificate"], one["signature_value"], one, issuer.public_key)',
        "",
        f"{REVOKED}::test_only_the_issuer_answers_or_whom_it_delegates",
    ),
    (
        "an answer is about one certificate",
        'named["serial_number"].native == whose.serial_number\n        and ',
        "",
        f"{REVOKED}::test_an_answer_is_about_one_certificate_of_one_issuer",
    ),
    (
        "an answer is about one issuer",
        '\n        and named["issuer_key_hash"].native == key\n',
        "\n",
        f"{REVOKED}::test_an_answer_is_about_one_certificate_of_one_issuer",
    ),
]
STORE = [
    (
        "what a signature brings comes before what anybody added",
        "return [*brought, *self._store.load_certs()]",
        "return [*self._store.load_certs(), *brought]",
        f"{REVOKED}::test_a_certificate_by_the_number_of_the_issuer_is_passed_over",
    ),
]
TIME = [
    (
        "the command stops when its time is over",
        "    signal.setitimer(signal.ITIMER_PROF, SECONDS)\n",
        "",
        f"{BOUND}::test_time_that_has_run_out_says_nothing_about_the_file",
    ),
    (
        "the system ends what never comes back",
        "    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS + GRACE)\n",
        "",
        f"{BOUND}::test_what_never_comes_back_to_python_is_ended_by_the_system",
    ),
    (
        "libraries can't catch that time is over",
        "class TooMuch(BaseException):",
        "class TooMuch(Exception):",
        f"{BOUND}::test_no_library_can_catch_it",
    ),
    (
        "the command's memory is bounded",
        "        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))\n",
        "",
        f"{BOUND}::test_hostile_files_take_bounded_time_and_memory_and_the_next_is_judged",
    ),
]
MUTANTS = [
    Mutant(guard, path, old, new, (test,))
    for path, rows in (
        (f"{CORE}/gap.py", GAP),
        ("wagtail_contracts/wire/container.py", CONTAINED),
        (f"{CORE}/judge.py", ORDER),
        (f"{CORE}/revoked.py", SAID),
        (f"{CORE}/revocation.py", STORE),
        (f"{CORE}/bounds.py", TIME),
    )
    for guard, old, new, test in rows
]
