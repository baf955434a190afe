"""The frame of every page for outsiders: who may come in, the language, the headers, the errors."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.db import transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.views import View
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_variables

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import (
    Contract,
    ContractVersion,
    Participant,
    Workspace,
    person_name,
)
from wagtail_contracts.contracts.rendering.around import spoken
from wagtail_contracts.contracts.rendering.brand import brand
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import HandedOn, UnknownLink
from wagtail_contracts.signing.models import Purpose
from wagtail_contracts.signing.public import failures, gate, headers, visitors

FOLDER = "wagtail_contracts/signing/public"
SAFE = ("GET", "HEAD", "OPTIONS")
DIGITS = 15  # of a length; Python reads no number of thousands


class Page(View):
    """A page without a participant. `enter` says who comes in and raises Http404 for strangers."""

    language = ""  # one that the whole page is said in
    workspace: Workspace | None = None  # whose page it is, once that is known
    frames: Iterable[str] = ()  # the hosts of players that a reader may start on this page
    most = 2 << 20  # bytes of a request; nobody types more
    proves = True  # that a form was ours: by Django's token, which makes no two pages equal

    @classmethod
    def as_view(cls, **kwargs: Any) -> Callable[..., HttpResponseBase]:
        """Protect the page ourselves, so that a refusal looks like our pages and has our headers.

        A transaction around the request would undo the counting of what was refused.
        """
        return csrf_exempt(transaction.non_atomic_requests(super().as_view(**kwargs)))

    @sensitive_variables()
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer with our headers, whatever happens; no report of a crash shows what was sent."""
        self.nonce = headers.nonce()
        try:
            response = self._guarded(request, **kwargs)
            policy = headers.with_frames(self.frames)
        except Exception as error:  # noqa: BLE001 - an outsider never sees what broke
            with translation.override(self._language_of(error)):
                response, policy = failures.answer(request, error), headers.bare_policy()
        headers.set_on(response, policy.format(nonce=self.nonce))
        return response

    def guard(self, request: HttpRequest) -> None:
        """Refuse what another site sends, and what can't be read or is too large, unread."""
        if request.method not in SAFE and headers.is_foreign(request):
            raise PermissionDenied
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or len(length) > DIGITS or int(length) > self.most:
            raise RequestDataTooBig
        # Others make characters of the bytes that no browser sends and no database takes.
        if codecs.lookup(request.encoding or "utf-8").name != "utf-8":
            raise BadRequest

    def enter(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find out who comes in and set `language`."""

    def instead(self) -> HttpResponse | None:
        """What whoever has come in gets in place of this page, if not the page itself."""
        return None

    def show(self, name: str, /, *, status: int = 200, **context: Any) -> HttpResponse:
        """The page of this name."""
        look = brand(self.workspace) if self.workspace else None
        frame = {"nonce": self.nonce, "language": self.language, "brand": look, "help": self.help}
        given = {**frame, "privacy": self.privacy, **context}
        return render(self.request, f"{FOLDER}/{name}.html", given, status=status)

    @property
    def help(self) -> str:
        """Where help for signers is, in the language of this page."""
        return f"{reverse('wagtail_contracts:help')}?{urlencode({'language': self.language})}"

    @property
    def privacy(self) -> str:
        """Where the privacy notice is, in the language of this page."""
        return f"{reverse('wagtail_contracts:privacy')}?{urlencode({'language': self.language})}"

    def _guarded(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        self.guard(request)
        reached = False

        def inside(request: HttpRequest) -> HttpResponseBase:
            nonlocal reached
            reached = True
            return self._answered(request, **kwargs)

        answered = csrf_protect(inside) if self.proves else inside
        response: HttpResponseBase = answered(request)
        if not reached:
            raise PermissionDenied
        return response

    def _answered(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        self.language = spoken(translation.get_language() or "en")
        self.enter(request, **kwargs)
        with translation.override(self.language):
            response = self.instead() or super().dispatch(request, **kwargs)
        response.setdefault("Content-Language", self.language)
        return response

    def _language_of(self, error: Exception) -> str:
        """Not found is said in the browser's language: it must not show whose page it would be."""
        browser = spoken(translation.get_language() or "en")
        if isinstance(error, HandedOn):
            return spoken(error.language)
        return browser if isinstance(error, Http404 | UnknownLink) else self.language or browser


class ParticipantPage(Page):
    """A page of one participant, for the browser that exchanged that person's link."""

    gated = True  # what is confidential is shown to nobody who has not shown who they are
    keeps = False  # whether what is typed into its forms goes through the gate
    unread: Sequence[str] = ()  # long columns of the version that it does not need
    participant: Participant
    contract: Contract
    version: ContractVersion

    def enter(self, request: HttpRequest, **kwargs: Any) -> None:
        """Let in who has the cookie; wrong, foreign and unknown are one answer."""
        public_id = kwargs["public_id"]
        cookie = visitors.cookie_of(request, public_id)
        session = signing.session_of(cookie, unread=self.unread)
        if session is None or session.participant.public_id != public_id:
            signing.insist_not_handed_on(cookie, public_id)
            raise Http404
        self.session, self.participant = session, session.participant
        self.contract = self.participant.party.contract
        self.workspace = self.contract.workspace
        if self.contract.current_version is None:
            raise Http404
        self.version = self.contract.current_version
        self.by = signing.actor_of(self.participant, visitors.address(request))
        self.language = spoken(self.participant.language)

    def instead(self) -> HttpResponse | None:
        """The page where one shows who one is, before anything of a confidential contract."""
        if not self.gated or signing.may_read(self.session):
            return None
        place = gate.place_of(self.request, self.address_of("contract"))
        carried = gate.held(self.request) if self.keeps and self.request.method == "POST" else ""
        if carried:
            return gate.show(self, place, carried=carried, status=403)
        return see_other(gate.address(self, place))

    def take_up(self) -> HttpResponse:
        """Show what was typed before the gate was passed, and do nothing with it."""
        return see_other(self.address_of("contract"))

    @property
    def host(self) -> str:
        """Whose device this is, where somebody signs in person; empty elsewhere."""
        host = self.session.invitation.host
        return person_name(host) if host else ""

    @property
    def help(self) -> str:
        """The help in the words of this contract's workspace."""
        return self.address_of("my_help")

    @property
    def privacy(self) -> str:
        """The notice of this contract's workspace."""
        return self.address_of("my_privacy")

    @property
    def link(self) -> str:
        """What limits hang on: who has another link of this person is not held up."""
        return f"invitation {self.session.invitation_id}"

    @property
    def side(self) -> str:
        """What the version calls this person's party."""
        mine = self.participant.party.public_id
        parties = self.version.content["parties"]
        return str(next(party["name"] for party in parties if party["id"] == mine))

    @property
    def may_forward(self) -> bool:
        """Whether the contract's rules let this person bring in somebody else."""
        rules = self.contract.may_delegate or self.contract.may_add_readers
        return rules and contracts.may_now(self.participant, "forward", self.contract)

    @property
    def needs_consent(self) -> bool:
        """Whether the sender has to agree to somebody who signs instead of this person."""
        return contracts.needs_consent(self.contract, self.participant)

    @property
    def copy_is_behind(self) -> bool:
        """Whether this person takes the sealed copy here, by showing who they are."""
        return not signing.is_link_enough(self.participant, Purpose.FETCHING)

    def is_current(self, digest: str | None) -> bool:
        """Whether a form was made from the newest version."""
        return self.version.digest == digest

    def address_of(self, name: str) -> str:
        """The address of another page of this participant."""
        return reverse(f"wagtail_contracts:{name}", args=[self.participant.public_id])


def see_other(address: str) -> HttpResponseRedirect:
    """Send the browser to look at another page, whatever it did here."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
