"""Guards of own signatures: over this digest, by this person, of an issuer whom we trust."""

from tests.mutants.mutant import Mutant

PROOFS = "wagtail_contracts/sealing/core/judging/proofs.py"
PERSONAL = "wagtail_contracts/sealing/core/judging/personal.py"
CLIENT = "wagtail_contracts/signing/backends/csc/client.py"
SERVICE = "wagtail_contracts/wire/csc.py"
LEVELS = "wagtail_contracts/signing/core/levels.py"
STORED = "wagtail_contracts/signing/flows/checking/levels.py"
UNIT = "tests/unit/sealing/test_proofs.py"
INSIDE = "tests/unit/sealing/test_personal.py"
FLOW = "tests/flows/signing/test_remote.py"
WORTH = "tests/unit/signing/test_levels.py"
WRONG = (f"{UNIT}::test_a_wrong_one_is_refused_beside_the_right_one",)
STATEMENTS = (f"{UNIT}::test_it_is_qualified_only_if_all_statements_say_so",)
UNPROVED = (f"{INSIDE}::test_what_does_not_hold_leaves_the_file_unproved",)
ANSWERS = (f"{FLOW}::test_an_answer_of_the_service_that_is_wrong_signs_nothing",)

MUTANTS = [
    Mutant(
        "an own signature is over this digest",
        PROOFS,
        'if parts.value("message_digest") != bytes.fromhex(digest):',
        "if False:",
        WRONG,
    ),
    Mutant(
        "the certificate is the one that was signed",
        PROOFS,
        'if named != [("sha256", hashed)]:',
        "if False:",
        WRONG,
    ),
    Mutant(
        "an own signature was made when the record says",
        PROOFS,
        "if time.tzinfo is None or abs(time - at) > TOLERANCE:",
        "if False:",
        WRONG,
    ),
    Mutant(
        "the signed attributes are those that were signed",
        PROOFS,
        "if not (intact and valid):",
        "if False:",
        WRONG,
    ),
    Mutant(
        "a certificate does not vouch for itself",
        PROOFS,
        "if certificate.issuer == certificate.subject:",
        "if False:",
        WRONG,
    ),
    Mutant(
        "a certificate is one to sign contracts with",
        PROOFS,
        'if certificate.ca or uses is None or "non_repudiation" not in uses.native:',
        "if False:",
        WRONG,
    ),
    Mutant(
        "a certificate leads to an issuer whom we trust",
        PROOFS,
        "    path(parts.chain, roots, at)\n",
        "",
        WRONG,
    ),
    Mutant(
        "a revoked certificate proves nothing",
        PROOFS,
        '        raise Unproved("revoked", "a certificate was revoked then") from error\n',
        "        return\n",
        (
            f"{UNIT}::test_a_certificate_that_was_revoked_before_is_refused_and_one_revoked_later_is_not",
        ),
    ),
    Mutant(
        "no list, and a stale or foreign one, says nothing",
        PROOFS,
        '        "revocation_mode": "require",\n',
        '        "revocation_mode": "soft-fail",\n',
        (*WRONG, f"{UNIT}::test_a_list_that_is_stale_or_by_somebody_else_says_nothing"),
    ),
    Mutant(
        "attributes that nobody signed have no place",
        PROOFS,
        'if not isinstance(signer["unsigned_attrs"], core.Void):',
        "if False:",
        (f"{UNIT}::test_attributes_that_nobody_signed_have_no_place",),
    ),
    Mutant(
        "a qualified certificate says all that it has to",
        PROOFS,
        'if not said.keys() >= SAID or "qc_cc_legislation" in said:',
        'if "qc_type" not in said:',
        STATEMENTS,
    ),
    Mutant(
        "a qualified certificate is for signatures",
        PROOFS,
        "return bool(kinds == [kind])",
        "return bool(kinds)",
        STATEMENTS,
    ),
    Mutant(
        "a qualified certificate is of a qualified issuer",
        PROOFS,
        "    except (PathError, ValidationError):\n        return False\n",
        "    except (PathError, ValidationError):\n        return True\n",
        (f"{UNIT}::test_it_is_qualified_only_under_a_root_that_is",),
    ),
    Mutant(
        "an own signature inside is by whom its statement names",
        PERSONAL,
        'if (proved.fingerprint, proved.name) != (proof["certificate"], proof["name"]):',
        "if False:",
        UNPROVED,
    ),
    Mutant(
        "an own signature inside is the file that the evidence names",
        PERSONAL,
        'if hashlib.sha256(content).hexdigest() != proof["digest"]:',
        "if False:",
        (f"{INSIDE}::test_a_file_that_is_not_the_one_of_the_statement_is_a_mismatch",),
    ),
    Mutant(
        "a signature inside is called qualified only where it is",
        PERSONAL,
        "if claimed and not proved.qualified:",
        "if False:",
        (f"{INSIDE}::test_it_is_called_qualified_only_where_it_is",),
    ),
    Mutant(
        "a qualified signature inside has one of its own",
        PERSONAL,
        "        elif claimed:\n",
        "        elif False:\n",
        (f"{INSIDE}::test_a_qualified_signature_has_one_of_its_own",),
    ),
    Mutant(
        "the service returns one signature",
        SERVICE,
        "if len(given) != 1:",
        "if not given:",
        ANSWERS,
    ),
    Mutant(
        "a credential is authorised for one hash alone",
        CLIENT,
        'str(said.get("SCAL", "1")) == "2"',
        "True",
        ANSWERS,
    ),
    Mutant(
        "plain http is called only where it is asked for",
        "wagtail_contracts/wire/addresses.py",
        "if parts.scheme not in schemes:",
        "if False:",
        (
            "tests/security/wire/test_s30_calls.py::test_plain_http_is_called_only_where_it_is_asked_for",
        ),
    ),
    Mutant(
        "what is not signed is not sent to be signed",
        "wagtail_contracts/signing/backends/methods/remote.py",
        "if leaving.purpose not in self.purposes:",
        "if False:",
        (f"{FLOW}::test_what_is_not_signed_is_no_purpose_of_it",),
    ),
    Mutant(
        "settings never raise a level",
        LEVELS,
        "return min(wanted, most, key=ORDER.index)",
        "return wanted",
        (f"{WORTH}::test_no_settings_raise_a_level_above_what_was_shown",),
    ),
    Mutant(
        "a stored level stands on its evidence",
        STORED,
        "if levels.exceeds(signature.level, yields):",
        "if False:",
        (f"{FLOW}::test_a_level_above_its_evidence_is_found",),
    ),
    Mutant(
        "a stored signature is the one that came",
        "wagtail_contracts/signing/flows/levels.py",
        "    if kept != (_digest(found.signature) if found.signature else None):\n",
        "    if False:\n",
        (f"{FLOW}::test_a_signature_that_was_exchanged_in_the_table_is_found",),
    ),
]
