"""From a bundle to a sealed file that its own verifier calls intact."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import conf
from wagtail_contracts.sealing.backends.base import Seal
from wagtail_contracts.sealing.conf import sealing
from wagtail_contracts.sealing.core.identities import is_test
from wagtail_contracts.sealing.core.pades import Level
from wagtail_contracts.sealing.core.reports import Report
from wagtail_contracts.sealing.errors import SealRefused
from wagtail_contracts.sealing.flows.rendering import render
from wagtail_contracts.sealing.flows.verifying import trust
from wagtail_contracts.sealing.rendering import Bundle

if TYPE_CHECKING:
    from wagtail_contracts.sealing.flows.reaching import Reached

_held: dict[str, Seal] = {}


@dataclass(frozen=True)
class Sealed:
    """A sealed file in memory. `digest` is the plain SHA-256 of `content`.

    `sealed_at` is the time that the signer claims, `fingerprint` the SHA-256 of its certificate.
    `lacks` names what kept it from the level of the settings: time or revocation.
    """

    content: bytes = field(repr=False)
    digest: str
    level: str
    signer: str
    fingerprint: str
    sealed_at: datetime
    pages: int
    lacks: str = ""

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

    backend = identity(test=test)
    rendered = render(bundle)
    return _sealed(lambda: reaching.certified(rendered, backend))


def raise_level(kept: bytes, level: str, *, test: bool = False) -> Sealed | None:
    """A sealed file with the level that the settings want; None where it has or can't get it yet.

    `level` is how far it goes by now. What it says, and all that is inside, stays as it is. Raises
    SealRefused.
    """
    from wagtail_contracts.sealing.flows import reaching

    reached, wanted = Level(level), Level(sealing().level)
    if reached.reaches(wanted):
        return None
    made = _sealed(lambda: reaching.raised(kept, identity(test=test), reached))
    return made if Level(made.level).reaches(wanted) else None


def _sealed(reach: Callable[[], "Reached"]) -> Sealed:
    from wagtail_contracts.sealing.flows import pades

    try:
        reached = reach()
    except SealRefused:
        raise
    except Exception as error:  # whatever a key or its token may raise: no seal, try again
        raise SealRefused(_("The file could not be sealed: %s.") % error) from error
    content = reached.content
    report = _judged(content)
    return Sealed(
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        level=report.level or "",
        signer=report.signer or "",
        fingerprint=report.fingerprint or "",
        sealed_at=report.claimed_at or timezone.now(),
        pages=pades.pages(content),
        lacks=reached.lacks,
    )


def identity(*, test: bool = False) -> Seal:
    """The configured seal, real or for tests; its key is loaded once and held. Raises SealRefused.

    The certificate itself says which it is: settings that were mixed up seal nothing.
    """
    chosen = sealing()
    backend = chosen.test_backend if test else chosen.backend
    options = chosen.test_options if test else chosen.options
    if not backend:
        name = "TEST_BACKEND" if test else "BACKEND"
        text = _("No seal is configured: set %s in WAGTAIL_CONTRACTS['SEALING'].")
        raise SealRefused(text % name)
    # By its words, as options need not be hashable; an identity that changes is another one.
    chosen_now = f"{backend} {sorted(options.items())!r}"
    if chosen_now not in _held:
        _held[chosen_now] = conf.backend(backend, dict(options))
    _insist_on_kind(_held[chosen_now], test=test)
    return _held[chosen_now]


def _insist_on_kind(seal: Seal, *, test: bool) -> None:
    from asn1crypto import x509

    named = x509.Certificate.load(seal.certificate()).subject.native.get("common_name")
    if is_test(named) is not test:
        real = _("“%s” is a test identity: it seals nothing but training.")
        other = _("“%s” is no test identity: it seals nothing for training.")
        raise SealRefused((other if test else real) % named)


def level() -> Level:
    """How far seals are to go."""
    return Level(sealing().level)


def valid_until() -> datetime:
    """When the certificate of the configured seal ends. Raises SealRefused."""
    from asn1crypto import x509

    ends: datetime = x509.Certificate.load(identity().certificate()).not_valid_after
    return ends


def _judged(content: bytes) -> Report:
    from wagtail_contracts.sealing.core.judging.judge import judge

    report = judge(content, trust(), timezone.now())
    if not report.intact:
        why = "; ".join(report.reasons)
        words = {"verdict": report.verdict.value, "reasons": why}
        raise SealRefused(
            _("The sealed file did not pass its own verification: %(verdict)s, %(reasons)s.")
            % words
        )
    return report
