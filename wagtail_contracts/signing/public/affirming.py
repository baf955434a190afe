"""The deliberate act: review, code, done."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.core import signing as sealed_text
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import NotReady, StaleVersion, WrongState
from wagtail_contracts.contracts.rendering.changes import comparison
from wagtail_contracts.contracts.rendering.lines import Lines
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.backends import methods
from wagtail_contracts.signing.backends.methods import AwayMethod
from wagtail_contracts.signing.errors import (
    AlreadySigned,
    CodeExpired,
    CodeWrong,
    ConsentMissing,
    NotIdentified,
    NotTold,
    NotYourTurn,
)
from wagtail_contracts.signing.models import Challenge, Identification, Purpose
from wagtail_contracts.signing.public import (
    changing,
    facts,
    gate,
    leaving,
    looks,
    phrases,
    reviewing,
    suggesting,
    visitors,
)
from wagtail_contracts.signing.public.affirm_forms import AffirmForm
from wagtail_contracts.signing.public.page import ParticipantPage, see_other
from wagtail_contracts.signing.public.reading import contract_page
from wagtail_contracts.signing.public.situations import Situation
from wagtail_contracts.signing.rendering import recorded
from wagtail_contracts.signing.rendering.consent import declaration

SALT = "wagtail_contracts.signing.act"
LASTS = 900  # seconds that the browser remembers what is being signed


class SigningPage(ParticipantPage):
    """What the two pages of signing share."""

    @property
    def situation(self) -> Situation:
        """How things stand now."""
        return Situation(self.contract, self.version, self.participant)

    def elsewhere(self) -> HttpResponse | None:
        """Where to go if there is nothing to sign here."""
        situation = self.situation
        if situation.place and situation.place.signature:
            return see_other(self.address_of("done"))
        if not situation.is_my_turn:
            return see_other(self.address_of("contract"))
        return None

    def affirmed(self, act: Mapping[str, str]) -> signing.Affirmed:
        """What is affirmed by an act that this browser began."""
        return signing.Affirmed(
            act["name"],
            self.consent(),
            self.language,
            drawing=act.get("drawing", ""),
            told=act.get("told", ""),
            agreed=act.get("agreed") == "yes",
        )

    def ask(self, digest: str, affirmed: Mapping[str, str]) -> HttpResponse:
        """Have a code sent, and remember in the browser what it is for."""
        challenge = signing.ask_code(self.participant, digest, session=self.session, by=self.by)
        looks.record(self.participant, self.version, by=self.by)
        act = {**affirmed, "challenge": challenge.public_id, "digest": digest}
        return self.remember_act(see_other(self.address_of("code")), act)

    def remember_act(self, response: HttpResponse, act: dict[str, str]) -> HttpResponse:
        """Have the browser remember what is being signed while somebody shows who they are."""
        kept = sealed_text.dumps(act, salt=SALT, compress=True)
        visitors.keep(self.request, response, self.cookie, kept, LASTS)
        return response

    def act(self) -> dict[str, str]:
        """What is being signed, if this browser began it; {} otherwise."""
        kept = self.request.COOKIES.get(self.cookie, "")
        try:
            act: dict[str, str] = sealed_text.loads(kept, salt=SALT, max_age=LASTS)
        except sealed_text.BadSignature:
            return {}
        return act

    @property
    def cookie(self) -> str:
        """The name of the cookie that remembers what is being signed."""
        return f"{visitors.cookie_name(self.request, self.participant.public_id)}-act"

    def refused(self, error: Exception) -> HttpResponse:
        """The page that fits what a flow refused."""
        if isinstance(error, StaleVersion):
            return changing.stale_page(self)
        if isinstance(error, NotReady):
            return contract_page(self, missing=error)
        if isinstance(error, NotTold | ConsentMissing):
            return see_other(self.address_of("sign"))
        return see_other(
            self.address_of("done" if isinstance(error, AlreadySigned) else "contract")
        )

    def signed(self) -> HttpResponse:
        """To the page that says so, with a new secret of the session."""
        response = see_other(self.address_of("done"))
        secret = signing.renew(self.session, by=self.by)
        visitors.remember(self.request, response, self.session, secret)
        response.delete_cookie(self.cookie, samesite="Lax")
        return response

    def consent(self) -> str:
        """The declaration, word for word as the signature keeps it."""
        return declaration(self.version, self.participant, self.language)


UNTOLD = (NotTold, ConsentMissing)
REFUSALS = (StaleVersion, NotReady, WrongState, NotYourTurn, AlreadySigned, *UNTOLD)


class Sign(SigningPage):
    """Check before you sign."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Everything that is agreed to, on one page."""
        if elsewhere := self.elsewhere():
            return elsewhere
        if self.version.unanswered:
            return see_other(f"{self.address_of('contract')}?note=missing")
        place = self.situation.place
        return self._page(AffirmForm(initial={"name": place.person["name"] if place else ""}))

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Agree, and sign at once where the page said so; else have a code sent."""
        form, digest = AffirmForm(request.POST), request.POST.get("digest", "")
        if elsewhere := self.elsewhere():
            return elsewhere
        if not self.is_current(digest):
            return changing.stale_page(self)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            return self._agreed(digest, form.act)
        except (NotIdentified, CodeWrong) as error:
            form.add_error(None, str(error))
            return self._page(form, status=422)
        except UNTOLD as error:
            form.add_error("agreed" if isinstance(error, ConsentMissing) else None, str(error))
            return self._page(form, status=422)
        except REFUSALS as error:
            return self.refused(error)

    def _agreed(self, digest: str, act: Mapping[str, str]) -> HttpResponse:
        """What was shown before reading may have become too old meanwhile: then a code is asked."""
        affirmed = self.affirmed(act)
        signing.insist_told(self.participant, self.version, affirmed)
        if self._is_last_act(digest):
            looks.record(self.participant, self.version, by=self.by)
            with suppress(NotIdentified):
                signing.sign_at_once(self.session, digest, affirmed, by=self.by)
                return self.signed()
        if isinstance(signing.needed(self.participant, Purpose.SIGNING), AwayMethod):
            return self._leave(digest, act)
        return self.ask(digest, act)

    def _leave(self, digest: str, act: Mapping[str, str]) -> HttpResponse:
        """Who somebody is is shown elsewhere; what they affirmed waits in their browser."""
        looks.record(self.participant, self.version, by=self.by)
        response = leaving.leave(self, Purpose.SIGNING, digest)
        return self.remember_act(response, {**act, "digest": digest})

    def _is_last_act(self, digest: str) -> bool:
        """Whether nothing more is asked; in person, the host may have typed in an own code."""
        code = self.request.POST.get("code", "").strip()
        if code and self.host:
            signing.vouch_again(self.session, digest, code, by=self.by)
            return True
        by_link = signing.is_link_enough(self.participant, Purpose.SIGNING)
        return by_link or self.request.POST.get("do") == "sign"

    def _means(self) -> dict[str, Any]:
        """How this person shows who they are, and whether they did so a moment ago."""
        identification = signing.shown_for_signing(self.session, self.version)
        told = self._told(identification) if identification else {}
        try:
            means = signing.needed(self.participant, Purpose.SIGNING)
        except NotIdentified as missing:
            return {"means_missing": str(missing), **told}
        return {"means": means, "sent_to": phrases.sent_to(means, self.participant), **told}

    def _told(self, identification: Identification) -> dict[str, str]:
        return {
            "shown_at": self.situation.moment(identification.at),
            "shown": methods.how(identification.method),
        }

    def _page(self, form: AffirmForm, *, status: int = 200) -> HttpResponse:
        content, lines = self.version.content, Lines(self.version.content)
        idle = facts.idle(content, lines.values)
        fields = contracts.fields_of(self.participant, content)
        answers = [(f, lines.value(f["key"])) for f in fields if f["key"] not in idle]
        situation = self.situation
        return self.show(
            "sign",
            status=status,
            form=form,
            answers=answers,
            declaration=self.consent(),
            party=situation.place.party if situation.place else {},
            whole=phrases.eights(self.version.digest),
            waiting=suggesting.waiting(self),
            recorded=recorded.lines(),
            **self._compared(),
            **self._means(),
            **reviewing.points(self),
            **reviewing.told(self),
            **facts.common(self, situation),
        )

    def _compared(self) -> dict[str, Any]:
        """What changed since the version that evidence will say was compared."""
        earlier = signing.compared_with(self.participant, self.version)
        if earlier is None:
            return {}
        made = comparison(earlier.content, self.version.content, language=self.language)
        return {"earlier": phrases.version(earlier, self.participant), "comparison": made}


class Code(SigningPage):
    """The code from the mail; the right one signs."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Ask for the code."""
        return self.elsewhere() or self._page()

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Compare the code and sign, or have another one sent."""
        act, challenge = self._act()
        if challenge is None:
            return see_other(self.address_of("sign"))
        try:
            if request.POST.get("do") == "again":
                return self.ask(act["digest"], act)
            return self._sign(act, challenge, request.POST.get("code", ""))
        except CodeWrong as wrong:
            problem = phrases.wrong_code(wrong.left)
            return self.elsewhere() or self._page(problem, over=not wrong.left)
        except (CodeExpired, NotIdentified) as error:
            return self.elsewhere() or self._page(str(error), over=True)
        except REFUSALS as error:
            return self.refused(error)

    def _sign(self, act: dict[str, Any], challenge: Challenge, code: str) -> HttpResponse:
        if elsewhere := self.elsewhere():
            return elsewhere
        identification = signing.identify(challenge, code, by=self.by)
        affirmed = self.affirmed(act)
        signing.sign(self.participant, act["digest"], identification, affirmed, by=self.by)
        return self.signed()

    def _act(self) -> tuple[dict[str, Any], Challenge | None]:
        """What is being signed, if this browser began it in this session, and the code for it."""
        act = self.act()
        mine = self.participant.challenges.filter(session=self.session)
        return act, mine.filter(public_id=act.get("challenge", "")).first()

    def _page(self, problem: str = "", *, over: bool = False) -> HttpResponse:
        """Ask for it; when it is `over` only another one helps."""
        act, challenge = self._act()
        if challenge is None:
            return see_other(self.address_of("sign"))
        if not self.is_current(act["digest"]):
            return changing.stale_page(self)
        since = (timezone.now() - challenge.asked_at).total_seconds()
        return self.show(
            "code",
            status=422 if problem else 200,
            problem=problem,
            over=over,
            declaration=self.consent(),
            wait=0 if over else max(0, int(gate.RESEND - since)),
            minutes=int((challenge.expires_at - challenge.asked_at).total_seconds()) // 60,
            **(facts.common(self, self.situation) | gate.means_of(self, Purpose.SIGNING)),
            **reviewing.told(self),
        )
