"""How far a seal can go just now: as far as the settings want, or as others let it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from asn1crypto import x509
from django.utils import timezone
from django.utils.translation import gettext as _
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, RevokedError, ValidationError

from wagtail_contracts.sealing.backends.base import Seal
from wagtail_contracts.sealing.conf import sealing
from wagtail_contracts.sealing.core.pades import Level
from wagtail_contracts.sealing.core.proofs import Unproved
from wagtail_contracts.sealing.errors import SealRefused, SealRevoked
from wagtail_contracts.sealing.flows import identities, pades, revoking
from wagtail_contracts.sealing.flows.revoking import Revocations
from wagtail_contracts.sealing.flows.verifying import trust
from wagtail_contracts.wire.calls import Rules
from wagtail_contracts.wire.timestamps import ALGORITHM, Authority

log = logging.getLogger("wagtail_contracts.sealing")
TIME, REVOCATION = "time", "revocation"  # what a seal lacks that doesn't go as far as wanted


@dataclass(frozen=True)
class Reached:
    """A sealed file; `lacks` is empty, or names what kept it from the level of the settings."""

    content: bytes
    lacks: str = ""


def certified(rendered: bytes, backend: Seal) -> Reached:
    """Seal as far as the settings want. Where the authority or an issuer says nothing, not so far.

    Raises SealRevoked where the seal's certificate was, and what a backend raises.
    """
    wanted = Level(sealing().level)
    if not wanted.stamped:
        return Reached(pades.certify(rendered, backend))
    try:
        return _stamped(rendered, backend, wanted)
    except TimestampRequestError as error:
        log.warning("sealed without a time-stamp: %s", error)
        return Reached(pades.certify(rendered, backend), TIME)


def raised(sealed: bytes, backend: Seal, level: Level) -> Reached:
    """The same file, as far as the settings want by now; `level` is how far it goes.

    What has no time-stamp is sealed anew, what was rendered stays; what has one gets more: what is
    said now of its certificate as it was then. Raises SealRefused, SealRevoked.
    """
    try:
        if not level.stamped:
            _stamps(_authority())  # while nobody says the time, the key is left alone
            return _stamped(pades.rendered(sealed), backend, Level(sealing().level))
        beyond, lacks = _beyond(Level.BLTA, pades.chain(sealed), pades.stamped_at(sealed))
        content = sealed if lacks else pades.complete(sealed, beyond)
    except TimestampRequestError as error:
        log.warning("still without a time-stamp: %s", error)
        return Reached(sealed, TIME)
    return Reached(content, lacks)


def renewed(sealed: bytes, backend: Seal, level: Level) -> bytes:
    """The same file with a new time-stamp over all of it; `level` is how far it goes.

    What doesn't last yet does from then on: B-LTA. Raises SealRefused.
    """
    try:
        if not level.stamped:
            return _insist(_stamped(pades.rendered(sealed), backend, Level.BLTA))
        chain = [] if level.lasting else pades.chain(sealed)
        beyond, lacks = _beyond(Level.BLTA, chain, pades.stamped_at(sealed))
        _insist(Reached(sealed, lacks))
        return pades.renew(sealed, beyond) if level.lasting else pades.complete(sealed, beyond)
    except TimestampRequestError as error:
        raise SealRefused(_("Nothing was renewed: %s.") % error) from error


def _insist(reached: Reached) -> bytes:
    if reached.lacks:
        words = _("Nothing was renewed: an issuer does not say whether a certificate was revoked.")
        raise SealRefused(words)
    return reached.content


def _stamped(rendered: bytes, backend: Seal, wanted: Level) -> Reached:
    """Seal with a time-stamp, as far as the issuers let it. Raises TimestampRequestError."""
    beyond, lacks = _beyond(wanted, identities.chain(backend))
    level = Level.BT if lacks else wanted
    return Reached(pades.certify(rendered, backend, level, beyond), lacks)


def _beyond(
    wanted: Level, chain: Sequence[x509.Certificate], stamped: datetime | None = None
) -> tuple[pades.Beyond, str]:
    """What a level takes, and what lacks for it; `stamped` is when the file was, if it was."""
    authority = _authority()
    if not wanted.lasting:
        return pades.Beyond(authority), ""
    stamps = _stamps(authority)
    said = list(_said(chain, stamps))
    context = _context(chain, stamps, said)
    # What is said today tells of that day, too: a seal stands that was revoked after its stamp.
    then = partial(context, moment=stamped, retroactive_revinfo=True) if stamped else context
    # There is no chain where the file has long said what there is to say of its seal.
    if chain and _revoked(chain, context()):
        _insist_on_good(chain, then(revocation_mode="hard-fail"))
    if _revoked(stamps, context()):
        raise TimestampRequestError("its certificate was revoked")
    silent = sum(one.silent for one in said)
    return pades.Beyond(authority, context, then), REVOCATION if silent else ""


def _insist_on_good(chain: Sequence[x509.Certificate], then: ValidationContext) -> None:
    """Raise unless a certificate that is revoked by now was good then, as a list shows.

    SealRevoked is final. An answer (RFC 6960) that says "revoked" never says "good until then":
    that is SealRefused, as a list may say more.
    """
    words = _("The certificate of the seal was revoked.")
    validator = CertificateValidator(chain[0], chain[1:], validation_context=then)
    try:
        asyncio.run(validator.async_validate_usage(set()))
    except RevokedError as error:
        raise SealRevoked(words) from error
    except (PathError, ValidationError) as error:
        raise SealRefused(words) from error


def _said(
    chain: Sequence[x509.Certificate], stamps: Sequence[x509.Certificate]
) -> Iterator[Revocations]:
    roots = trust()
    for certificates, anchors in ((chain, roots.seals), (stamps, roots.timestamps)):
        if certificates:
            yield revoking.asked(_path(certificates, anchors), _rules())


def _context(
    chain: Sequence[x509.Certificate],
    stamps: Sequence[x509.Certificate],
    said: Sequence[Revocations],
) -> partial[ValidationContext]:
    roots = trust()
    return partial(
        ValidationContext,
        trust_roots=[*roots.seals, *roots.timestamps],
        other_certs=[*chain, *stamps],
        allow_fetching=False,
        revocation_mode="soft-fail",  # a certificate without an address has no such data
        crls=[item for one in said for item in one.lists],
        ocsps=[item for one in said for item in one.answers],
    )


def _revoked(chain: Sequence[x509.Certificate], context: ValidationContext) -> bool:
    """Whether an issuer says that the certificate was revoked."""
    validator = CertificateValidator(chain[0], chain[1:], validation_context=context)
    try:
        asyncio.run(validator.async_validate_usage(set()))
    except RevokedError:
        return True
    except (PathError, ValidationError) as error:
        raise SealRefused(_("A certificate does not hold: %s") % error) from error
    return False


def _path(
    chain: Sequence[x509.Certificate], roots: Sequence[x509.Certificate]
) -> list[x509.Certificate]:
    from wagtail_contracts.sealing.core.judging import proofs

    try:
        return proofs.path(chain, roots, timezone.now())
    except Unproved as error:
        raise SealRefused(_("A certificate does not hold: %s") % error) from error


def _authority() -> Authority:
    chosen = sealing()
    return Authority(chosen.timestamp, trust().timestamps, _rules(), chosen.timestamp_headers)


def _stamps(authority: Authority) -> list[x509.Certificate]:
    """The certificates that come with its time-stamps, its own first."""
    token: Any = asyncio.run(authority.async_dummy_response(ALGORITHM))["content"]
    sid = token["signer_infos"][0]["sid"].chosen
    found = [item.chosen for item in token["certificates"]]
    return sorted(found, key=lambda item: item.serial_number != sid["serial_number"].native)


def _rules() -> Rules:
    return Rules(**sealing().calls)
