"""Guards of signing: links, codes, whose turn it is, what a signature counts for."""

from tests.mutants.mutant import Mutant

ADMITTING = "wagtail_contracts/signing/flows/admitting.py"
ASKING = "wagtail_contracts/signing/flows/codes.py"
MEANS = "wagtail_contracts/signing/flows/means.py"
STANDING = "wagtail_contracts/signing/flows/standing.py"
FLOWS = "tests/flows/signing"
LINKS, CODES = f"{FLOWS}/test_admitting.py", f"{FLOWS}/test_codes.py"
S06 = "tests/security/test_s06_identified.py"
S15 = "tests/security/test_s15_evidence.py"
SIGNING = f"{FLOWS}/test_signing.py"
LAST = "tests/public/test_last_signature.py"
ONCE = f"{FLOWS}/test_at_once.py"

MUTANTS = [
    Mutant(
        "a link that is over admits nobody",
        ADMITTING,
        "    if invitation.expires_at <= timezone.now():\n",
        "    if False:\n",
        (f"{LINKS}::test_an_expired_link_admits_nobody_and_says_so",),
    ),
    Mutant(
        "a link that was revoked admits nobody",
        ADMITTING,
        "_issued(secret).filter(revoked_at=None)",
        "_issued(secret)",
        (f"{LINKS}::test_a_link_issued_anew_ends_all_earlier_ones_and_their_sessions",),
    ),
    Mutant(
        "a session ends",
        ADMITTING,
        "ended_at=None, expires_at__gt=now, invitation__revoked_at=None\n",
        "invitation__revoked_at=None\n",
        (
            f"{LINKS}::test_a_session_lasts_twelve_hours_and_is_found_by_its_cookie",
            f"{LINKS}::test_leaving_ends_one_session",
        ),
    ),
    Mutant(
        "a code is compared",
        ASKING,
        "    if not constant_time_compare(challenge.code_hash, _hashed(challenge, code)):\n",
        "    if False:\n",
        (f"{CODES}::test_a_wrong_code_is_counted_told_and_leaves_four_tries",),
    ),
    Mutant(
        "five tries",
        ASKING,
        "used_at=None, attempts__lt=TRIES, expires_at__gt=timezone.now()",
        "used_at=None, expires_at__gt=timezone.now()",
        (f"{CODES}::test_a_code_is_void_after_five_wrong_ones",),
    ),
    Mutant(
        "a code belongs to its challenge",
        ASKING,
        'f"{challenge.public_id}:',
        'f"',
        (f"{CODES}::test_a_code_is_bound_to_its_challenge",),
    ),
    Mutant(
        "a code identifies for the newest version",
        ASKING,
        "    contracts.insist_on_current(contract, challenge.version.digest)\n",
        "",
        (f"{CODES}::test_a_code_for_a_version_that_is_old_identifies_nobody",),
    ),
    Mutant(
        "a device identifies its owner",
        ASKING,
        "    if participant.user_id != user.pk or not verify_token(user, device_id, token):\n",
        "    if not verify_token(user, device_id, token):\n",
        (f"{CODES}::test_a_device_identifies_its_owner_alone",),
    ),
    Mutant(
        "a signature names the newest version",
        "wagtail_contracts/signing/flows/signing.py",
        """    version = contracts.insist_on_current(contract, digest)
    before = insist""",
        """    version = contract.versions.get(digest=digest)
    before = insist""",
        (
            f"{SIGNING}::test_a_signature_names_the_version_and_its_digest",
            f"{SIGNING}::test_a_text_that_lacks_nothing_is_signed_by_nobody_once_it_was_replaced",
        ),
    ),
    Mutant(
        "whoever signs what is not out for signing is told just that",
        STANDING,
        '    if contract.state != "signing":\n',
        "    if False:\n",
        (f"{SIGNING}::test_nobody_signs_while_the_contract_is_in_review",),
    ),
    Mutant(
        "nobody signs after the deadline",
        STANDING,
        "    if contract.is_overdue(timezone.now()):",
        "    if False:",
        (f"{SIGNING}::test_nobody_signs_after_the_deadline_also_where_the_worker_sleeps",),
    ),
    Mutant(
        "people sign in their order",
        STANDING,
        "    if place.waits_for:\n",
        "    if False:\n",
        (f"{SIGNING}::test_people_sign_in_their_order_and_are_told_once_whose_turn_it_is",),
    ),
    Mutant(
        "nobody signs what is not filled in",
        STANDING,
        "    if empty := version.unanswered:\n",
        "    if empty := []:\n",
        (f"{SIGNING}::test_nobody_signs_before_the_required_fields_are_filled_in",),
    ),
    Mutant(
        "an identification names this person and this version",
        MEANS,
        "    if not (mine and by",
        "    if not (by",
        (
            f"{S06}::test_the_identification_of_another_person_signs_nothing",
            f"{S06}::test_an_identification_for_another_version_signs_nothing",
        ),
    ),
    Mutant(
        "an identification is good for ten minutes",
        MEANS,
        "    fresh = timezone.now() - FRESH <= identification.at\n",
        "    fresh = True\n",
        (f"{S06}::test_an_identification_is_good_for_ten_minutes",),
    ),
    Mutant(
        "what was shown before reading is good for ten minutes",
        MEANS,
        "        at__gte=now - FRESH,\n",
        "",
        (f"{S06}::test_what_is_good_for_signing_is_the_newest_that_sign_would_take",),
    ),
    Mutant(
        "what was shown before reading counts in its session alone",
        MEANS,
        "        session=session,\n        session__ended_at",
        "        session__ended_at",
        (f"{ONCE}::test_another_session_of_the_same_person_has_shown_nothing",),
    ),
    Mutant(
        "what was shown before reading counts while its session goes on",
        MEANS,
        "        session__ended_at=None,\n        session__expires_at__gt=now,\n"
        "        session__invitation__revoked_at=None,\n",
        "",
        (f"{ONCE}::test_a_session_that_is_over_signs_nothing_however_fresh_it_is",),
    ),
    Mutant(
        "a signature rests on the means that signing asks for",
        MEANS,
        "found.filter(method__in=keys, signature=None)",
        "found.filter(signature=None)",
        (f"{S06}::test_what_is_good_for_signing_is_the_newest_that_sign_would_take",),
    ),
    Mutant(
        "what was shown before reading counts for the version that was read",
        MEANS,
        "Purpose.OPENING, Purpose.SIGNING).filter(version=version)",
        "Purpose.OPENING, Purpose.SIGNING)",
        (f"{S06}::test_what_is_good_for_signing_is_the_newest_that_sign_would_take",),
    ),
    Mutant(
        "signatures only grow",
        "wagtail_contracts/signing/apps.py",
        "append_only.keep(self, *kept, ",
        "append_only.keep(self, ",
        (f"{S15}::test_the_database_refuses_every_way_to_rewrite",),
    ),
    Mutant(
        "the last request seals nothing",
        "wagtail_contracts/signing/public/affirming.py",
        "identification, affirmed, by=self.by)\n",
        "identification, affirmed, by=self.by)\n        signing.seal(self.version, by=self.by)\n",
        (f"{LAST}::test_nothing_is_printed_sealed_or_stored_in_the_last_request",),
    ),
]
