"""Whom files are sealed as: the configured keys, loaded once and held."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wagtail_contracts import conf
from wagtail_contracts.sealing.backends.base import Seal
from wagtail_contracts.sealing.conf import sealing
from wagtail_contracts.sealing.core.identities import is_test
from wagtail_contracts.sealing.errors import SealRefused

if TYPE_CHECKING:
    from asn1crypto import x509

_held: dict[str, Seal] = {}


def identity(*, test: bool = False) -> Seal:
    """The configured seal, real or for tests; its key is loaded once and held. Raises SealRefused.

    The certificate itself says which it is: settings that were mixed up seal nothing.
    """
    seal = held(test=test)
    insist_on_kind(seal, test=test)
    return seal


def held(*, test: bool = False) -> Seal:
    """The same, whatever its certificate says, and where it has none yet. Raises SealRefused."""
    chosen = sealing()
    backend = chosen.test_backend if test else chosen.backend
    options = chosen.test_options if test else chosen.options
    if not backend:
        name = "TEST_BACKEND" if test else "BACKEND"
        text = _("No seal is configured: set %s in WAGTAIL_CONTRACTS['SEALING'].")
        raise SealRefused(text % name)
    # By its words, as options need not be hashable; an identity that changes is another one.
    chosen_now = f"{backend} {sorted(options.items())!r}"
    seal = _held.get(chosen_now)
    if seal is None:  # not read again: another thread may forget it meanwhile
        seal = _held[chosen_now] = conf.backend(backend, dict(options))
    return seal


def forget() -> None:
    """Load them anew next time: one that failed may have been exchanged."""
    _held.clear()


def chain(seal: Seal) -> list[x509.Certificate]:
    """Its certificate, and those above it without the root."""
    from asn1crypto import x509

    return [x509.Certificate.load(item) for item in (seal.certificate(), *seal.chain())]


def insist_on_kind(seal: Seal, *, test: bool) -> None:
    """Raise SealRefused where a test identity would seal for real, or the other way round."""
    from asn1crypto import x509

    named = x509.Certificate.load(seal.certificate()).subject.native.get("common_name")
    if is_test(named) is not test:
        real = _("“%s” is a test identity: it seals nothing but training.")
        other = _("“%s” is no test identity: it seals nothing for training.")
        raise SealRefused((other if test else real) % named)


def valid_until() -> datetime:
    """When the certificate of the configured seal ends. Raises SealRefused."""
    from asn1crypto import x509

    ends: datetime = x509.Certificate.load(identity().certificate()).not_valid_after
    return ends
