"""Another identity in the place of the configured one; what was sealed still verifies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts.sealing.backends import rotating
from wagtail_contracts.sealing.backends.base import Seal
from wagtail_contracts.sealing.backends.file import Pkcs12Seal
from wagtail_contracts.sealing.backends.identity import AUTHORITY, PASSWORD, SEAL
from wagtail_contracts.sealing.conf import sealing
from wagtail_contracts.sealing.core.proofs import Unproved
from wagtail_contracts.sealing.errors import SealRefused
from wagtail_contracts.sealing.flows import identities


@dataclass(frozen=True)
class Rotated:
    """SHA-256 of the certificates `before` and `now`; `kept` is the earlier seal's file.

    `trusted` is the file of TRUST that holds both roots.
    """

    before: str
    now: str
    kept: Path
    trusted: Path


def rotate(following: Path) -> Rotated:
    """Seal from now on with the seal in this folder, as `create` and `request` make it.

    Whenever it stops one of the two is whole. Processes that run hold the earlier one until they
    are started again. Raises SealRefused, OSError.
    """
    current = identities.held()
    if not isinstance(current, Pkcs12Seal):
        raise SealRefused(_("The key is in no file: name the next one in the settings instead."))
    _insist(following)
    trusted = _trusted(current)
    done = rotating.rotate(current, trusted, following)
    identities.forget()
    return Rotated(done.before, done.now, done.kept, trusted)


def _insist(following: Path) -> None:
    """What is to seal next leads to its root, today, and is no test identity."""
    from wagtail_contracts.sealing.core.judging import proofs, roots

    seal = Pkcs12Seal(following / SEAL, password_file=following / PASSWORD)
    identities.insist_on_kind(seal, test=False)
    root = roots.certificates((following / AUTHORITY).read_bytes())
    try:
        proofs.path(identities.chain(seal), root, timezone.now())
    except Unproved as error:
        raise SealRefused(f"{following / SEAL}: {error}.") from error


def _trusted(current: Seal) -> Path:
    """The file of TRUST with the root that the seal leads to, while it was good."""
    from wagtail_contracts.sealing.core.judging import proofs, roots

    above = identities.chain(current)
    for path in map(Path, sealing().trust):
        try:
            proofs.path(above, roots.certificates(path.read_bytes()), above[0].not_valid_after)
        except (Unproved, ValueError):
            continue
        return path
    raise SealRefused(_("The seal in use leads to no root in TRUST; list that first."))
