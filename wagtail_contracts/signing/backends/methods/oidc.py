"""OpenID Connect: BankID, ID-porten, Feide, brokers. Code, PKCE, pushed requests; OIDC Core 1.0."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.signing.backends.methods.base import AwayMethod, Leaving
from wagtail_contracts.signing.backends.oidc import options, providers, tokens
from wagtail_contracts.signing.backends.oidc.options import Options
from wagtail_contracts.signing.backends.oidc.providers import Provider
from wagtail_contracts.signing.core.shown import Shown
from wagtail_contracts.signing.errors import SignInCancelled, SignInRefused

# What OpenID Connect wants to see in the address beside a reference, too (RFC 9126, section 4).
PLAIN = ("client_id", "response_type", "scope", "redirect_uri")


class OpenIDConnect(AwayMethod):
    """The provider that `Options` describe."""

    def __init__(self, key: str, **given: Any) -> None:
        super().__init__(key)
        self.options = Options(**given)

    @property
    def name(self) -> str:
        """What people call it: BankID."""
        return self.options.label

    @property
    def how(self) -> str:
        """After a verb: with BankID."""
        return _("with %(name)s") % {"name": self.name}

    def faults(self) -> list[str]:
        """What is half configured."""
        return options.faults(self.options)

    def missing(self, participant: Participant) -> str:
        """Where the provider says no name, a national identity number is what can be compared."""
        if self.faults():
            return _("It is not set up on this site any more.")
        if self.options.named["name"] or participant.national_id:
            return ""
        return _("There is no national identity number.")

    def begin(self, leaving: Leaving) -> str:
        """Where the browser goes; the request is handed over directly where that is possible.

        Raises ProviderUnusable.
        """
        provider, asked = self._provider(), self._asked(leaving)
        if not provider.pushed:
            return f"{provider.authorization}?{urlencode(asked)}"
        reference = providers.push(provider, self.options.client, asked, self.options.limits)
        plain = {name: asked[name] for name in PLAIN}
        return f"{provider.authorization}?{urlencode({**plain, 'request_uri': reference})}"

    def finish(self, leaving: Leaving, parameters: Mapping[str, Any]) -> Shown:
        """Whom the provider says it was.

        Raises SignInRefused, SignInCancelled, ProviderUnusable.
        """
        provider, client = self._provider(), self.options.client
        silent = "" if provider.names_itself else provider.issuer
        if parameters.get("iss", silent) != provider.issuer:
            raise SignInRefused("sender")
        if parameters.get("error") == "access_denied":
            raise SignInCancelled(_("%s was cancelled. Nothing is signed.") % self.name)
        if not parameters.get("code"):
            raise providers.unusable("an answer without a code")
        given = {
            "code": parameters["code"],
            "redirect_uri": leaving.redirect,
            "code_verifier": leaving.verifier,
        }
        token = providers.exchange(provider, client, given, self.options.limits)
        claims = self._read(token, provider)
        tokens.judge(claims, provider.issuer, client, leaving.nonce)
        return self._shown(claims, token)

    def _asked(self, leaving: Leaving) -> dict[str, str]:
        asked = {
            "response_type": "code",
            "response_mode": "query",
            "client_id": self.options.client_id,
            "redirect_uri": leaving.redirect,
            "scope": self.options.scope,
            "state": leaving.state,
            "nonce": leaving.nonce,
            "code_challenge": leaving.challenge,
            "code_challenge_method": "S256",
            "prompt": "login",
            "ui_locales": leaving.language,
        }
        wanted = " ".join(self.options.ask)
        return {**asked, "acr_values": wanted} if wanted else asked

    def _read(self, token: str, provider: Provider) -> tokens.Claims:
        """The claims of a signed token; for an unknown key the keys are fetched once more."""
        client, limits = self.options.client, self.options.limits
        try:
            return tokens.read(token, providers.keys(provider, limits), client)
        except tokens.UnknownKey:
            fresh = providers.keys(provider, limits, fresh=True)
        try:
            return tokens.read(token, fresh, client)
        except tokens.UnknownKey as unknown:
            raise SignInRefused("signature") from unknown

    def _shown(self, claims: tokens.Claims, token: str) -> Shown:
        named = self.options.named
        said = {what: _text(claims.get(claim)) if claim else "" for what, claim in named.items()}
        return Shown(
            method=self.key,
            kind=self.kind,
            issuer=claims["iss"],
            subject=said["subject"] or claims["sub"],
            name=said["name"],
            national_id=said["national_id"],
            acr=claims["acr"],
            answer=token,
        )

    def _provider(self) -> Provider:
        if self.faults():
            raise providers.unusable("half configured")
        return providers.discover(self.options.issuer, self.options.limits)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
