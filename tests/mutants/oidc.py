"""Guards of sign-ins elsewhere: each check, taken away, lets the attack pass that it names."""

from tests.mutants.mutant import Mutant

HOUSE = "wagtail_contracts/signing"
TOKENS, METHOD = f"{HOUSE}/backends/oidc/tokens.py", f"{HOUSE}/backends/methods/oidc.py"
PROVIDERS, OPTIONS = f"{HOUSE}/backends/oidc/providers.py", f"{HOUSE}/backends/oidc/options.py"
SIGN_INS, MISMATCHES = f"{HOUSE}/flows/sign_ins.py", f"{HOUSE}/flows/mismatches.py"
IDENTITIES, NAMES = f"{HOUSE}/core/identities.py", f"{HOUSE}/core/names.py"
RETURNING, RESUMING = f"{HOUSE}/public/returning.py", f"{HOUSE}/public/resuming.py"
TESTS = "tests/security/oidc"
LIES = ("tests/unit/signing/test_oidc_tokens.py::test_a_lie_fails_its_check_and_its_twin_passes",)
BOUND, EXPECTED = f"{TESTS}/test_s42_bound.py", f"{TESTS}/test_s43_expected.py"
PAGES, HALF = f"{TESTS}/test_pages.py", f"{TESTS}/test_options.py"
TYPED, TOLD = f"{TESTS}/test_typed.py", f"{TESTS}/test_told.py"
UNIT = "tests/unit/signing/test_names.py"


def lie(guard: str, old: str, new: str = "") -> Mutant:
    """A check of a token, taken away."""
    return Mutant(guard, TOKENS, old, new, LIES)


MUTANTS = [
    lie("a token is by the provider", '    _insist(said("iss") == issuer, "issuer")\n'),
    lie(
        "a token is for us alone",
        '    _insist(said("aud") in (client.id, [client.id]), "audience")\n',
    ),
    lie(
        "a token was issued to us",
        '    _insist(said("azp", client.id) == client.id, "authorized_party")\n',
    ),
    lie("a token is not over", '    _insist(_moment(said("exp")) > now - LEEWAY, "expiry")\n'),
    lie(
        "a token is not of tomorrow",
        '    _insist(0 < _moment(said("iat")) < now + LEEWAY, "issued_at")\n',
    ),
    lie(
        "a token counts already",
        '    _insist("nbf" not in claims or _moment(said("nbf"), now * 2) < now + LEEWAY, '
        '"not_before")\n',
    ),
    lie(
        "a token is about a log-in of now",
        '    _insist("auth_time" not in claims or now - FRESH - LEEWAY < logged_in, "log_in")\n',
    ),
    lie(
        "a token is about this sign-in",
        '    _insist(bool(nonce) and said("nonce") == nonce, "nonce")\n',
    ),
    lie(
        "a token says a level that is good enough",
        '    _insist(isinstance(said("acr"), str) and said("acr") in client.acr, "level")\n',
    ),
    lie(
        "a token names somebody",
        '    _insist(isinstance(said("sub"), str) and bool(said("sub")), "subject")\n',
    ),
    lie(
        "a token is signed by an algorithm that proves something",
        '    if header.get("alg") not in client.algorithms:\n',
        "    if False:\n",
    ),
    lie(
        "a token is signed by the provider",
        '        return jwt.decode(token, keys, algorithms=[header["alg"]]).claims\n',
        "        import json\n"
        "        return json.loads(jws.extract_compact(token.encode()).payload)\n",
    ),
    lie(
        "a token names a key of the provider",
        "        raise UnknownKey\n",
        "        import json\n"
        "        return json.loads(jws.extract_compact(token.encode()).payload)\n",
    ),
    Mutant(
        "another provider does not answer",
        METHOD,
        '        if parameters.get("iss", silent) != provider.issuer:\n',
        "        if False:\n",
        (
            f"{BOUND}::test_another_provider_is_refused",
            f"{BOUND}::test_a_provider_that_says_that_it_names_itself_has_to",
        ),
    ),
    Mutant(
        "no means answers at the address of another",
        SIGN_INS,
        "    if key != sign_in.method:\n",
        "    if False:\n",
        (f"{BOUND}::test_an_answer_at_the_address_of_another_means_is_refused_unasked",),
    ),
    Mutant(
        "a code comes with the verifier of its own sign-in",
        METHOD,
        '            "code_verifier": leaving.verifier,\n',
        '            "code_verifier": "".join(parameters.get("verifier", "x")),\n',
        (f"{BOUND}::test_an_honest_sign_in_is_kept_with_what_the_provider_said",),
    ),
    Mutant(
        "a code that the provider does not take is told as such",
        PROVIDERS,
        '    if answer.code == 400 and said.get("error") == "invalid_grant":\n',
        "    if False:\n",
        (f"{BOUND}::test_the_code_of_another_sign_in_is_refused",),
    ),
    Mutant(
        "a provider calls itself what the settings call it",
        PROVIDERS,
        '    if found.get("issuer") != issuer:\n',
        "    if False:\n",
        (f"{BOUND}::test_a_provider_under_another_name_is_not_asked",),
    ),
    Mutant(
        "half a provider identifies nobody",
        METHOD,
        '        if self.faults():\n            raise providers.unusable("half configured")\n',
        "",
        (f"{HALF}::test_nobody_comes_back_to_half_a_provider",),
    ),
    Mutant(
        "a level that is forgotten is not any level",
        OPTIONS,
        "    return bool(given) and not isinstance(given, str) and all(given)\n",
        "    return True\n",
        (f"{HALF}::test_half_a_provider_is_told_and_nobody_is_sent_there",),
    ),
    Mutant(
        "nothing stands twice in an answer",
        SIGN_INS,
        "    if len(found) != len(pairs):\n",
        "    if False:\n",
        (f"{BOUND}::test_what_stands_twice_is_refused",),
    ),
    Mutant(
        "an answer belongs to the browser that left",
        SIGN_INS,
        "    if session is None or session.pk != sign_in.session_id:\n",
        "    if False:\n",
        (f"{BOUND}::test_an_answer_in_another_browser_is_refused_and_not_used_up",),
    ),
    Mutant(
        "an answer counts once",
        SIGN_INS,
        "filter(pk=sign_in.pk, used_at=None, expires_at__gt=now)",
        "filter(pk=sign_in.pk, expires_at__gt=now)",
        (f"{PAGES}::test_the_same_answer_twice_signs_once",),
    ),
    Mutant(
        "an answer counts for ten minutes",
        SIGN_INS,
        "filter(pk=sign_in.pk, used_at=None, expires_at__gt=now)",
        "filter(pk=sign_in.pk, used_at=None)",
        (f"{BOUND}::test_an_answer_that_comes_too_late_is_refused",),
    ),
    Mutant(
        "no provider is asked about an older text",
        SIGN_INS,
        "    _insist_current(sign_in)\n    away =",
        "    away =",
        (f"{BOUND}::test_an_answer_for_an_older_text_is_refused_before_the_provider_is_asked",),
    ),
    Mutant(
        "whoever is shown is the one who is expected",
        MISMATCHES,
        "    if about := difference(person, shown):\n",
        "    if about := False:\n",
        (
            f"{EXPECTED}::test_another_name_is_refused_kept_and_recorded_without_names",
            f"{PAGES}::test_somebody_else_is_shown_two_names_and_no_more",
        ),
    ),
    Mutant(
        "what was accepted is one person",
        MISMATCHES,
        "    return (_subject(shown), shown.name) in known\n",
        "    return bool(known)\n",
        (f"{EXPECTED}::test_what_was_accepted_is_one_person_under_one_name",),
    ),
    Mutant(
        "what was accepted is for one participant",
        MISMATCHES,
        "filter(participant=person, accepted_at__isnull=False)",
        "filter(accepted_at__isnull=False)",
        (f"{EXPECTED}::test_what_was_accepted_for_one_participant_is_not_for_another",),
    ),
    Mutant(
        "a name is accepted by who may send",
        MISMATCHES,
        '    contracts.insist("send", contract, by=by)\n',
        "",
        (f"{EXPECTED}::test_whoever_may_not_send_sees_it_and_accepts_nothing",),
    ),
    Mutant(
        "nobody accepts a national identity number",
        MISMATCHES,
        "about=Mismatch.About.NAME, accepted_at=None",
        "accepted_at=None",
        (f"{EXPECTED}::test_nobody_accepts_a_number_or_a_name_twice",),
    ),
    Mutant(
        "a number that is expected decides",
        IDENTITIES,
        "    if national_id:\n",
        "    if False:\n",
        (f"{UNIT}::test_a_number_that_is_expected_decides_and_else_the_name",),
    ),
    Mutant(
        "nobody's name is no name",
        NAMES,
        "    return bool(words) and words == _words(second)\n",
        "    return words == _words(second)\n",
        (f"{UNIT}::test_a_word_or_letter_more_less_or_other_is_another_name",),
    ),
    Mutant(
        "what was affirmed was affirmed for this version",
        RETURNING,
        ' or act.get("digest") != identification.version.digest:\n',
        ":\n",
        (f"{PAGES}::test_without_what_was_affirmed_one_affirms_again",),
    ),
    Mutant(
        "no place but of one's own pages waits for whoever leaves",
        "wagtail_contracts/signing/public/identifying.py",
        " if known else signing.Waits()",
        "",
        (f"{PAGES}::test_no_place_leads_away_from_the_pages_of_the_same_person",),
    ),
    Mutant(
        "somebody else waits until the links have ended",
        f"{HOUSE}/models/identifying.py",
        "(accepted, shown, ended)",
        "(accepted, shown)",
        (f"{TOLD}::test_a_number_that_differs_waits_until_it_is_dealt_with",),
    ),
    Mutant(
        "what was typed waits for its own session alone",
        SIGN_INS,
        "SignIn.objects.filter(session=session).exclude",
        "SignIn.objects.exclude",
        (f"{TYPED}::test_no_other_session_of_the_same_person_gets_it",),
    ),
    Mutant(
        "what was typed is given to nobody who may not read",
        SIGN_INS,
        " if means.may_read(session) else None",
        "",
        (f"{TYPED}::test_nobody_gets_it_who_may_not_read",),
    ),
    Mutant(
        "whoever is back is led to pages of their own alone",
        RESUMING,
        "gate.onward(home, place)",
        "home + place",
        (f"{PAGES}::test_no_place_leads_away_from_the_pages_of_the_same_person",),
    ),
    Mutant(
        "who opened by a provider showed it for the text that lay there",
        MISMATCHES,
        "    person, version = sign_in.participant, sign_in.version\n",
        "    person = sign_in.participant\n"
        "    version: Any = person.party.contract.current_version\n",
        (
            f"{TESTS}/test_several.py"
            "::test_who_opened_by_it_signs_the_text_that_lay_there_and_no_newer_one",
        ),
    ),
    Mutant(
        "of who is somebody else the sender is told once a day",
        MISMATCHES,
        "    if is_first:\n",
        "    if made:\n",
        (f"{TESTS}/test_told.py::test_the_sender_gets_one_mail_a_day_that_says_no_name_or_number",),
    ),
    Mutant(
        "somebody else needs the owner until whoever was invited comes",
        f"{HOUSE}/models/identifying.py",
        "(accepted, shown, ended)",
        "(accepted, ended)",
        (f"{TESTS}/test_told.py::test_it_waits_for_the_owner_until_whoever_was_invited_comes",),
    ),
]
