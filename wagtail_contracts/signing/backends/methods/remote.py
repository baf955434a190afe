"""A signature of the person's own, made at a remote signing service with their certificate there.

The person goes there twice: so that we learn the certificate, which is part of what is signed, and
then to authorise the signature of exactly that hash.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.core.proofs import Holder, Proved, Unproved
from wagtail_contracts.signing.backends.csc.client import (
    SHA256,
    Credential,
    SigningProvider,
    Unserved,
)
from wagtail_contracts.signing.backends.methods.base import AwayMethod, Leaving, Onward, unusable
from wagtail_contracts.signing.core import identities
from wagtail_contracts.signing.core.shown import Shown
from wagtail_contracts.signing.errors import ProviderUnusable, SignInCancelled, SignInRefused
from wagtail_contracts.signing.models import Purpose
from wagtail_contracts.wire.calls import Rules

NATIONAL = "PNO"  # a number of a national register: ETSI EN 319 412-1, 5.1.3


@dataclass(frozen=True, kw_only=True)
class Options:
    """One service: `url` is the base address of its API, `label` what people know it by.

    `rules` say how far calls may go.
    """

    label: str
    url: str
    client_id: str
    client_secret: str = field(repr=False)
    rules: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """What is known after the first way: the credential, and what it is to sign."""

    credential: Credential
    signed: bytes

    def written(self) -> str:
        """As JSON, to be kept encrypted."""
        key, algorithm, chain = (
            self.credential.key,
            self.credential.algorithm,
            self.credential.chain,
        )
        texts = {"chain": [_base64(item) for item in chain], "signed": _base64(self.signed)}
        return json.dumps({"key": key, "algorithm": algorithm, **texts})

    @classmethod
    def read(cls, text: str) -> Kept:
        """What `written` made."""
        kept = json.loads(text)
        chain = tuple(base64.b64decode(item) for item in kept["chain"])
        credential = Credential(kept["key"], kept["algorithm"], chain)
        return cls(credential, base64.b64decode(kept["signed"]))

    @property
    def hashed(self) -> bytes:
        """What the key signs."""
        return hashlib.sha256(self.signed).digest()


class RemoteSignature(AwayMethod):
    """The service that `Options` describe."""

    purposes = (Purpose.SIGNING,)
    rank = 4

    def __init__(self, key: str, **given: Any) -> None:
        super().__init__(key)
        self.options = Options(**given)
        self.rules = Rules(**self.options.rules)

    @property
    def name(self) -> str:
        """What people call it."""
        return self.options.label

    @property
    def how(self) -> str:
        """After a verb."""
        return _("with a personal certificate at %(name)s") % {"name": self.name}

    def faults(self) -> list[str]:
        """What is half configured."""
        options = self.options
        try:
            roots = sealing.roots().all
            unread = ""
        except ImproperlyConfigured as error:
            roots, unread = [], str(error)
        checks = {
            "LABEL says what people call it.": bool(options.label),
            "URL is no https address.": urlsplit(options.url).scheme in self.rules.schemes,
            "CLIENT_ID is missing.": bool(options.client_id),
            "CLIENT_SECRET is missing.": bool(options.client_secret),
            unread or "SEALING lists no SIGNER_TRUST and no QUALIFIED_TRUST: who issues?": bool(
                roots
            ),
        }
        return [words for words, holds in checks.items() if not holds]

    def missing(self, participant: Participant) -> str:
        """Nothing of the person: whose certificate it is, is judged when they are back."""
        return _("It is not set up on this site any more.") if self.faults() else ""

    def begin(self, leaving: Leaving) -> str:
        """Where the browser goes, for the first or for the second time. Raises ProviderUnusable."""
        if leaving.purpose not in self.purposes:
            raise _unusable("a signature is asked for something that is not signed")
        sent = {
            "redirect_uri": leaving.redirect,
            "state": leaving.state,
            "code_challenge": leaving.challenge,
            "code_challenge_method": "S256",
            "lang": leaving.language,
            **(
                _for_one(Kept.read(leaving.kept), leaving) if leaving.kept else {"scope": "service"}
            ),
        }
        try:
            return self._service.authorization(self._service.authority(), sent)
        except Unserved as error:
            raise _unusable(str(error)) from error

    def is_last(self, kept: str) -> bool:
        """The second time is."""
        return bool(kept)

    def finish(self, leaving: Leaving, parameters: Mapping[str, Any]) -> Shown | Onward:
        """First whose certificate it is, then the signature.

        Raises SignInRefused, SignInCancelled, ProviderUnusable.
        """
        if parameters.get("error") == "access_denied":
            raise SignInCancelled(_("%s was cancelled. Nothing is signed.") % self.name)
        if not parameters.get("code"):
            raise _unusable("an answer without a code")
        try:
            token = self._token(leaving, parameters["code"])
            if not leaving.kept:
                return self._onward(leaving, self._service.credentials(token))
            return self._shown(self._signed(Kept.read(leaving.kept), token, leaving), leaving)
        except Unserved as error:
            raise _unusable(str(error)) from error
        except Unproved as error:
            raise SignInRefused(error.code) from error

    def _token(self, leaving: Leaving, code: str) -> str:
        service = self._service
        given = {"code": code, "verifier": leaving.verifier, "redirect": leaving.redirect}
        return service.token(service.authority(), **given)

    def _onward(self, leaving: Leaving, found: Sequence[Credential]) -> Onward:
        usable = [pair for pair in map(_held, found) if pair]
        if not usable:
            raise SignInRefused("certificate")
        credential, _holder = max(usable, key=lambda pair: self._fitting(pair[1], leaving))
        digest, certificate = leaving.version.digest, credential.chain[0]
        signed = sealing.to_sign(digest, certificate, at=timezone.now())
        return Onward(Kept(credential, signed).written())

    def _fitting(self, holder: Holder, leaving: Leaving) -> tuple[bool, bool]:
        """Of several certificates that of this person, of these a qualified one."""
        person, shown = leaving.participant, self._said(holder)
        differs = identities.difference(shown, person.name, person.national_id)
        return not differs, holder.says_qualified

    def _signed(self, kept: Kept, token: str, leaving: Leaving) -> tuple[bytes, Proved]:
        signature = self._service.sign(kept.credential, token, kept.hashed)
        now, chain = timezone.now(), kept.credential.chain
        proof = sealing.completed(kept.signed, signature, chain, at=now, rules=self.rules)
        return proof, sealing.prove(proof, leaving.version.digest, at=now)

    def _shown(self, signed: tuple[bytes, Proved], leaving: Leaving) -> Shown:
        proof, proved = signed
        return self._said(proved, issuer=proved.issuer, signature=_base64(proof))

    def _said(self, whose: Holder | Proved, **more: str) -> Shown:
        kind, _sign, number = whose.number.partition("-")
        national = number if kind.startswith(NATIONAL) else ""
        return Shown(
            method=self.key,
            kind=self.kind,
            subject=whose.number or whose.name,
            name=whose.name,
            national_id=national,
            **more,
        )

    @property
    def _service(self) -> SigningProvider:
        options = self.options
        return SigningProvider(options.url, options.client_id, options.client_secret, self.rules)


def _for_one(kept: Kept, leaving: Leaving) -> dict[str, str]:
    """To authorise one signature, of one hash, with one key: CSC API 2.0, 8.3.2."""
    text = _("Contract %(number)s, version %(version)s")
    contract, version = leaving.version.contract.number, leaving.version.number
    return {
        "scope": "credential",
        "credentialID": kept.credential.key,
        "numSignatures": "1",
        "hashes": base64.urlsafe_b64encode(kept.hashed).rstrip(b"=").decode(),
        "hashAlgorithmOID": SHA256,
        "description": text % {"number": contract, "version": version},
    }


def _held(credential: Credential) -> tuple[Credential, Holder] | None:
    try:
        return credential, sealing.holder(credential.chain[0])
    except (Unproved, ValueError, IndexError):
        return None


def _unusable(why: str) -> ProviderUnusable:
    words = _("The signing service can’t be used just now. Nothing is signed. Try again later.")
    return unusable(words, why)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
