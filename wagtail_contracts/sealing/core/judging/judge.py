"""The order of the checks: the first that fails gives the verdict."""

import hashlib
from datetime import datetime

from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import (
    DocumentTimestampStatus,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    SignatureStatus,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy

from wagtail_contracts.sealing.core.identities import NOTE, is_test
from wagtail_contracts.sealing.core.judging import (
    ageing,
    contents,
    existence,
    gap,
    maintenance,
    opening,
    personal,
    revocation,
    revoked,
    times,
)
from wagtail_contracts.sealing.core.judging.roots import Trust
from wagtail_contracts.sealing.core.reports import (
    Fault,
    Report,
    Verdict,
    altered,
    mismatch,
)
from wagtail_contracts.wire import container

__all__ = ["Trust", "judge"]

COVERED = SignatureCoverageLevel.ENTIRE_REVISION
REVOKED = {
    AdESFailure.REVOKED,
    AdESIndeterminate.REVOKED_NO_POE,
    AdESIndeterminate.REVOKED_CA_NO_POE,
}


def judge(
    data: bytes,
    trust: Trust,
    at: datetime,
    digest: str | None = None,
    proof: bytes | None = None,
) -> Report:
    """The report on a file, as of a moment. `digest` is the SHA-256 that the file should have.

    `proof` shows since when it exists (`existence`): what it was then, it still is. Run it in a
    process of its own where strangers hand in files: it reads hostile bytes.
    """
    report = Report(hashlib.sha256(data).hexdigest())
    report.known = None if digest is None else report.sha256 == digest.lower()
    judgement = _Judgement(data, trust, existence.since(report, proof, trust, at), report)
    try:
        judgement.run()
    except Fault as fault:
        report.verdict, reason = fault.verdict, fault.reason
        report.reasons.append(reason)
    except MemoryError:  # says nothing about the file
        raise
    except Exception as error:  # noqa: BLE001 - damaged files raise all kinds in four libraries
        report.verdict = Verdict.ALTERED if judgement.sealed else Verdict.UNREADABLE
        report.reasons.append(opening.words(error))
    return report


class _Judgement:
    """The steps in their order; the first that fails ends the judging."""

    def __init__(self, data: bytes, trust: Trust, at: datetime, report: Report) -> None:
        self.data, self.trust, self.at, self.report = data, trust, at, report
        self.sealed = False  # found a seal: from here on, damage is "altered"

    def run(self) -> None:
        self._open()
        self._find_seal()
        self._check_seal()
        self._check_later_revisions()
        self._check_timestamps()
        closed = self._check_containers()
        ageing.describe(self.report, self.status, *self.stamped)
        self._check_trust(closed=closed)
        self._check_contents()
        self.report.verdict = Verdict.INTACT

    def _open(self) -> None:
        self.reader, self.signatures = opening.opened(self.data)
        self.said = revocation.Store(self.reader, self.signatures)

    def _find_seal(self) -> None:
        if not self.signatures:
            raise Fault(Verdict.UNSEALED, "no seal")
        self.sealed = True
        self.seal, *self.stamps = self.signatures
        kinds = [item.sig_object_type for item in self.signatures]
        if kinds != ["/Sig"] + ["/DocTimeStamp"] * len(self.stamps):
            raise altered("a signature that is neither the seal nor a document timestamp")
        if self.seal.docmdp_level is not MDPPerm.NO_CHANGES or self.seal.signed_revision != 1:
            raise altered("not certified as a seal is")

    def _check_seal(self) -> None:
        self.status = self._seal_status(self.said.context(self.trust.seals, self.at), self.at)
        if not (self.status.intact and self.status.valid) or self.status.coverage < COVERED:
            raise altered("the seal does not fit the file")
        token = self.status.timestamp_validity  # what is said of the seal alone ignores it
        if token is not None and not (token.intact and token.valid):
            raise altered("the seal's timestamp does not fit")
        self._describe()

    def _describe(self) -> None:
        report, certificate = self.report, self.seal.signer_cert
        report.signer = certificate.subject.human_friendly
        report.fingerprint = certificate.sha256.hex()
        report.test = is_test(certificate.subject.native.get("common_name"))
        if report.test:
            report.notes.append(NOTE)
        report.claimed_at = self.seal.self_reported_timestamp
        token = self.status.timestamp_validity
        report.level = "B-B" if token is None else "B-T"
        if token is not None:
            report.sealed_at = token.timestamp
            if self._has_validation_data:
                report.level = "B-LTA" if self.stamps else "B-LT"
        else:
            report.notes.append("time as claimed by the signer")

    def _check_later_revisions(self) -> None:
        try:
            maintenance.review(self.reader, self.seal.signed_revision)
        except maintenance.Changed as change:
            raise altered(f"changed after sealing: {change}") from change

    def _check_timestamps(self) -> None:
        """From the newest back: each must have been good when the next one was made.

        The newest is judged as of now.
        """
        moment = self.at
        self.stamped: list[DocumentTimestampStatus] = []
        for stamp in reversed(self.stamps):
            status = validate_pdf_timestamp(
                stamp, self.said.context(self.trust.timestamps, moment), skip_diff=True
            )
            if not (status.intact and status.valid) or status.coverage < COVERED:
                raise altered("a document timestamp does not fit")
            moment = status.timestamp
            self.stamped.insert(0, status)
        if self.stamped:
            self.report.stamped_at = self.stamped[-1].timestamp
        token = self.status.timestamp_validity
        self.exists = self.stamped[0].timestamp if self.stamped else self.at
        self.then = self.exists if token is None else token.timestamp

    def _check_containers(self) -> bool:
        anchors = (*self.trust.seals, *self.trust.timestamps)
        ranges = [[int(n) for n in one.sig_object["/ByteRange"]] for one in self.signatures]
        try:
            ders = [gap.extract(self.data, byte_range) for byte_range in ranges]
            closed = [container.inspect(der, anchors) for der in ders]
        except container.Damaged as damage:
            raise altered(str(damage)) from damage
        if sum(ranges[-1][2:]) != len(self.data):
            raise altered("bytes after the last signature")
        return all(closed)

    def _check_trust(self, *, closed: bool) -> None:
        if self.seal.signer_cert.ca:
            raise Fault(Verdict.UNKNOWN_SIGNER, "a certificate that issues others is no seal's")
        verdict = self._trust_verdict(self.status)
        if verdict is Verdict.UNKNOWN_SIGNER:
            raise Fault(verdict, "the signer's certificate leads to no root that you trust")
        then = self._when_sealed()
        if then.trust_problem_indic in REVOKED or self._is_revoked():
            raise Fault(Verdict.REVOKED, "the certificate was revoked when the seal was made")
        times.insist(then, self.stamped, self.at)
        if not closed:
            raise altered("a certificate without an issuer")
        self._check_age(verdict, then)

    def _check_age(self, verdict: Verdict, then: PdfSignatureStatus) -> None:
        outlives = self._outlives()
        if not outlives:  # however far its parts go
            ageing.describe(self.report, self.status)
        if verdict is Verdict.UNDATED and not outlives:
            raise Fault(
                verdict,
                "the signer's certificate is over, and nothing proves that the seal is older",
            )
        ageing.insist(then, self.stamped, self.at, self.trust.retired)
        self._note_revocation(then, outlives=outlives)

    def _trust_verdict(self, status: SignatureStatus) -> Verdict:
        if status.trusted:
            return Verdict.INTACT
        return Verdict.UNDATED if self._only_over(status) else Verdict.UNKNOWN_SIGNER

    def _only_over(self, status: SignatureStatus) -> bool:
        """Tell whether there was a day on which the chain, any certificate of it, was good.

        pyHanko has a word for a signer's certificate that is over, and none for its issuer's.
        """
        path = status.validation_path
        if path is None:
            return False
        ends = [item.not_valid_after for item in path.iter_certs(include_root=False)]
        return bool(ends) and self._trusted_on(min(ends))

    def _trusted_on(self, moment: datetime) -> bool:
        """Chain and dates of the signer as of that moment."""
        return bool(self._seal_status(self.said.context(self.trust.seals, moment), moment).trusted)

    def _when_sealed(self) -> PdfSignatureStatus:
        """The signer as of the proved time, with the revocation data inside.

        Data that were fresh then are stale now. Where no time is proved, it is now.
        """
        return self._by(self.said, revocation.ALL) if self.said.anything else self._chain_then()

    def _by(self, store: revocation.Store, policy: CertRevTrustPolicy) -> PdfSignatureStatus:
        """The signer as of the proved time, by what a store says."""
        context = store.context_with_data(self.trust.seals, self.then, policy)
        return self._seal_status(context, self.exists)

    def _chain_then(self) -> PdfSignatureStatus:
        """Chain and dates of the signer as of the proved time."""
        return self._seal_status(self.said.context(self.trust.seals, self.then), self.exists)

    def _is_revoked(self) -> bool:
        """Whether an issuer on a path that holds, or held then, says so."""
        return self.said.anything and any(
            revoked.is_revoked(status.validation_path, self.said, self.then)
            for status in (self.status, self._chain_then())
            if status.trusted and status.validation_path is not None
        )

    def _outlives(self) -> bool:
        """B-LTA: not revoked when sealed, and a stamp in time over the seal and what said so.

        What came later says nothing: lists drop the certificates that are over (RFC 5280, 3.3).
        """
        return self.report.level == "B-LTA" and any(map(self._carries, self.stamps, self.stamped))

    def _carries(self, stamp: EmbeddedPdfSignature, status: DocumentTimestampStatus) -> bool:
        """Whether every certificate of the chain was good then, and known not to be revoked.

        Of a certificate that names nobody to ask, nothing can be said, so nothing lacks. One that
        names somebody has to be spoken of.
        """
        covered = self.reader.get_historical_resolver(stamp.signed_revision)
        store = revocation.Store(covered, self.signatures)
        if not (store.kept and self._trusted_on(status.timestamp)):
            return False
        declared = self._by(store, revocation.DECLARED)
        return revocation.suffices(declared) or bool(self._by(store, revocation.ALL).trusted)

    def _note_revocation(self, then: PdfSignatureStatus, *, outlives: bool) -> None:
        if not (self.said.anything and then.trusted):
            self.report.notes.append("revocation not checked")
            if outlives:
                self.report.notes.append("a certificate names nobody who says if it was revoked")

    def _check_contents(self) -> None:
        """The seal is known to hold: what is wrong from here on was sealed that way."""
        report = self.report
        try:
            report.files = contents.read(self.reader)
            report.notes += contents.check(report.files, contents.name(self.reader))
            report.notes += personal.check(report.files, self.trust.persons)
        except (Fault, MemoryError):
            raise
        except Exception as error:  # whatever four libraries raise
            raise mismatch(f"unreadable records: {type(error).__name__}") from error

    @property
    def _has_validation_data(self) -> bool:
        """What was said, or, of certificates that name nobody who says it, what there is."""
        return self.said.anything or (self.said.kept and revocation.undeclared(self.status))

    def _seal_status(self, context: ValidationContext, stamped: datetime) -> PdfSignatureStatus:
        return validate_pdf_signature(
            self.seal, context, self.said.context(self.trust.timestamps, stamped), skip_diff=True
        )
