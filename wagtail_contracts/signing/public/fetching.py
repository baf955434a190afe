"""The sealed copy, where it is handed out to whoever shows who they are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from wagtail_contracts.contracts.models import sender_name
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import CodeExpired, CodeWrong, NotIdentified, TooMany
from wagtail_contracts.signing.models import Purpose
from wagtail_contracts.signing.public import gate, leaving, phrases
from wagtail_contracts.signing.public.page import ParticipantPage, see_other


class Fetch(ParticipantPage):
    """Show who you are, and take the copy."""

    purpose = Purpose.FETCHING

    def instead(self) -> HttpResponse | None:
        """There is a copy to take, and something to show for it."""
        if found := super().instead():
            return found
        ready = signing.sealed_file(self.version) is not None
        enough = signing.is_link_enough(self.participant, self.purpose)
        return None if ready and not enough else see_other(self.address_of("contract"))

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Ask for what is needed, or hand it out."""
        return self._page()

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Have a code sent, or compare one."""
        if request.POST.get("do") == "leave":
            return leaving.leave(self, self.purpose)
        challenge = gate.challenge_of(self.session, self.purpose)
        try:
            if challenge is None or request.POST.get("do") == "send":
                signing.ask_copy_code(self.session, by=self.by)
            else:
                signing.enter(challenge, request.POST.get("code", ""), by=self.by)
        except CodeWrong as wrong:
            return self._page(phrases.wrong_code(wrong.left), status=422)
        except (CodeExpired, NotIdentified) as refused:
            return self._page(str(refused), status=422)
        except TooMany as refused:
            return self._page(str(refused), status=429)
        return see_other(self.address_of("fetch"))

    def _page(self, problem: str = "", *, status: int = 200) -> HttpResponse:
        return self.show(
            "fetch",
            status=status,
            page=self,
            problem=problem,
            here=self.address_of("fetch"),
            contact=self.contract.owner.email or self.contract.workspace.contact_email,
            sender=sender_name(self.contract),
            content=self.version.content,
            organisation=self.contract.workspace.legal_name,
            shown=signing.good_for_fetching(self.session),
            **gate.asked(self, self.purpose),
            **gate.means_of(self, self.purpose),
        )
