"""From a bundle to a sealed file that its own verifier calls intact."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts.sealing.conf import sealing
from wagtail_contracts.sealing.core.pades import Level
from wagtail_contracts.sealing.core.reports import Report, Verdict
from wagtail_contracts.sealing.errors import SealOver, SealRefused
from wagtail_contracts.sealing.flows import identities
from wagtail_contracts.sealing.flows.rendering import render
from wagtail_contracts.sealing.flows.verifying import trust
from wagtail_contracts.sealing.models import SealedFile, SealedFileQuerySet
from wagtail_contracts.sealing.rendering import Bundle

if TYPE_CHECKING:
    from wagtail_contracts.sealing.flows.reaching import Reached


@dataclass(frozen=True)
class Sealed:
    """A sealed file in memory. `digest` is the plain SHA-256 of `content`.

    `sealed_at` is the time that the signer claims, `fingerprint` the SHA-256 of its certificate.
    `lacks` names what kept it from the level of the settings: time or revocation. `renew_before` is
    until when its certificates prove it, `algorithms` are what it stands on until then.
    """

    content: bytes = field(repr=False)
    digest: str
    level: str
    signer: str
    fingerprint: str
    sealed_at: datetime
    pages: int
    lacks: str = ""
    renew_before: datetime | None = None
    algorithms: str = ""

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.content)


def seal(bundle: Bundle, *, test: bool = False) -> Sealed:
    """Render, seal, and judge the result. Raises RenderingRefused, SealRefused.

    With the test identity what is a `test`, with the real one all else: never the other way.
    Nothing is stored and no database is touched: call it outside a transaction. A file that the
    verifier does not call intact never leaves this function.
    """
    from wagtail_contracts.sealing.flows import reaching  # pyHanko takes half a second to import

    backend = identities.identity(test=test)
    rendered = render(bundle)
    return _sealed(lambda: reaching.certified(rendered, backend))


def raise_level(kept: bytes, level: str, *, test: bool = False) -> Sealed | None:
    """A sealed file that goes further than it did; None where it can't, or goes far enough.

    `level` is how far it goes by now. What it says, and all that is inside, stays as it is. Raises
    SealRefused, also at what we never sealed or what no longer holds: SealOver and SealRevoked are
    final, where it is stamped.
    """
    from wagtail_contracts.sealing.flows import reaching

    reached, wanted = Level(level), Level(sealing().level)
    if reached.reaches(wanted):
        return None
    backend = identities.identity(test=test)
    made = _sealed(lambda: reaching.raised(_own(kept, test=test), backend, reached))
    return None if reached.reaches(Level(made.level)) else made


def waiting(*, earlier: bool = False) -> SealedFileQuerySet:
    """The newest files that lack something for the level that the settings want.

    With `earlier` also those of which less was wanted when they were sealed.
    """
    wanted = Level(sealing().level)
    short = [one for one in Level if not one.reaches(wanted)]
    files = SealedFile.objects.current() if earlier else SealedFile.objects.lacking()
    return files.filter(level__in=short)


def lacking(kept: SealedFile) -> str:
    """What a sealed file lacks for the level that the settings want: time, revocation or nothing.

    Nothing, too, where less was wanted when it was sealed.
    """
    return "" if Level(kept.level).reaches(Level(sealing().level)) else kept.lacks


def renew(kept: bytes, level: str, *, test: bool = False) -> Sealed:
    """A sealed file with a new time-stamp over all of it, by which it lasts on.

    `level` is how far it goes; less than B-LTA becomes that. What it says stays as it is, and
    what is over already stays over. Raises SealRefused, also at what we never sealed.
    """
    from wagtail_contracts.sealing.flows import reaching

    if not sealing().timestamp:
        raise SealRefused(_("Set TIMESTAMP in WAGTAIL_CONTRACTS['SEALING'] to renew files."))
    backend = identities.identity(test=test)
    goes = Level(level)
    return _sealed(lambda: reaching.Reached(reaching.renewed(_own(kept, test=test), backend, goes)))


def level() -> Level:
    """How far seals are to go."""
    return Level(sealing().level)


def authority() -> str:
    """The host that is asked for time-stamps; empty where none belongs to a seal."""
    chosen = sealing()
    return (urlsplit(chosen.timestamp).hostname or "") if Level(chosen.level).stamped else ""


def _sealed(reach: Callable[[], "Reached"]) -> Sealed:
    """What came of it, judged. An identity that failed is asked anew next time: keys change."""
    from wagtail_contracts.sealing.flows import pades

    try:
        reached = reach()
        report = _judged(reached.content)
    except SealRefused:
        identities.forget()
        raise
    except Exception as error:  # whatever a key or its token may raise: no seal, try again
        identities.forget()
        raise SealRefused(_("The file could not be sealed: %s.") % error) from error
    content = reached.content
    return Sealed(
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        level=report.level or "",
        signer=report.signer or "",
        fingerprint=report.fingerprint or "",
        sealed_at=report.claimed_at or timezone.now(),
        pages=pades.pages(content),
        lacks=reached.lacks,
        renew_before=report.ends,
        algorithms=" ".join(report.algorithms),
    )


def _own(kept: bytes, *, test: bool) -> bytes:
    """A file that one of our seals holds, of this kind: our key vouches for no other anew."""
    if _judged(kept, over_is_final=True).test is not test:
        raise SealRefused(_("The file was sealed by the other identity."))
    return kept


def _judged(content: bytes, *, over_is_final: bool = False) -> Report:
    from wagtail_contracts.sealing.core.judging.judge import judge

    report = judge(content, trust(), timezone.now())
    if over_is_final and report.verdict is Verdict.UNDATED and _is_over(report):
        raise SealOver(_("A certificate is over that the sealed file stands on."))
    if not report.intact:
        why = "; ".join(report.reasons)
        words = {"verdict": report.verdict.value, "reasons": why}
        raise SealRefused(
            _("The sealed file did not pass its own verification: %(verdict)s, %(reasons)s.")
            % words
        )
    return report


def _is_over(report: Report) -> bool:
    return report.ends is not None and report.ends <= timezone.now()
