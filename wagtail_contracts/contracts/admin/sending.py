"""The pages before something leaves: what is stored, what is missing, and one button.

What the editor shows is not what is sent: the page shows the stored content and its digest, and the
digest comes back with the post.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail import hooks

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin import differing, looking, wishes
from wagtail_contracts.contracts.admin.acts import ROOM, ActView
from wagtail_contracts.contracts.admin.approving.standing import (
    AskForm,
    Standing,
    links,
    standing_of,
)
from wagtail_contracts.contracts.admin.creating import steps
from wagtail_contracts.contracts.admin.sending_forms import ReviseForm, SendForm
from wagtail_contracts.contracts.conf import contracts as conf
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.errors import MomentRefused, StaleVersion
from wagtail_contracts.contracts.rendering import changes, plans
from wagtail_contracts.contracts.rendering import print as paper
from wagtail_contracts.sealing import flows as sealing


class ShowingView(ActView):
    """Shows the stored content, and acts on exactly that."""

    asks_code = True

    @property
    def user(self) -> Any:
        """Who looks."""
        return self.request.user

    @cached_property
    def content(self) -> dict[str, Any]:
        """The content of the stored working copy."""
        return contracts.compose(self.contract)

    @cached_property
    def shown(self) -> str:
        """Its digest."""
        return contracts.digest_of(self.content)

    @cached_property
    def standing(self) -> Standing:
        """Whether it needs an approval, and how far that is."""
        return standing_of(self.contract, self.content, self.user.pk)

    def get_initial(self) -> dict[str, Any]:
        """The digest travels with the form."""
        return {**super().get_initial(), "digest": self.shown}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is sent, and what stands in the way."""
        context = super().get_context_data(**kwargs)
        lacks = contracts.lacks(self.contract, self.content)
        missing = [sentence for _place, sentence in lacks]
        return {
            **context,
            "lacks": [(sentence, self.mended(place)) for place, sentence in lacks],
            "content": contracts.seen(self.contract, self.content, self.user, by=self.by),
            "digest": self.shown,
            "missing": missing,
            "deviations": differing.sentences(self.contract),
            "standing": self.standing,
            "ask_form": AskForm(initial={"digest": self.shown}),
            **links(self.contract, self.standing),
            "possible": context["possible"] and not missing and self.standing.may_leave,
            "parties": self.contract.parties.all(),
        }

    def mended(self, place: str) -> str:
        """Where something that is missing is mended."""
        return steps.address("edit", self.contract)

    def form_invalid(self, form: Any) -> Any:
        """Show the page with the digest of what it shows now, whatever was posted."""
        form.data = {**dict(form.data.items()), form.add_prefix("digest"): self.shown}
        return super().form_invalid(form)

    def insist_on_shown(self, form: Any) -> None:
        """Refuse before anything costly is done. Raises StaleVersion."""
        if form.cleaned_data["digest"] != self.shown:
            raise StaleVersion(
                _("The text has changed since it was shown. Nothing was sent. Look at it again.")
            )

    def rehearse(self) -> None:
        """Print it once. Raises RenderingRefused."""
        print_once(self.contract, self.content)


class SendView(ShowingView):
    """The first version leaves."""

    template_name = f"{ROOM}/send.html"
    page_title = gettext_lazy("Check and send")
    form_class = SendForm
    header_icon = "mail"
    from_states = states.INSIDE
    done: Any = gettext_lazy("The contract was sent.")
    about: ClassVar = {**ActView.about, MomentRefused: "at"}

    def get_initial(self) -> dict[str, Any]:
        """The workspace's number of days counts from today."""
        deadline = contracts.default_deadline(self.contract)
        initial = {"deadline": deadline, **self.confirmed, "recipients": self.recipients}
        return {**super().get_initial(), **initial}

    @property
    def confirmed(self) -> dict[str, Any]:
        """What was confirmed and does not leave: called off, or stopped by a change."""
        if self.fate:
            return wishes.of_plan(self.fate.plan)
        return wishes.kept(self.request, self.contract)

    def get_page_subtitle(self) -> str:
        """None: the line below has the title."""
        return ""

    def mended(self, place: str) -> str:
        """A step of the draft, or its text."""
        return steps.address(place if place in steps.STEPS else "edit", self.contract)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the first of the others will see, and what it would cost."""
        context = super().get_context_data(**kwargs)
        draft = self.contract.state in states.INSIDE
        return {
            **context,
            **(looking.looks(self.request, self.contract) if draft else {}),
            "warnings": list(looking.warnings(self.contract)),
            "steps": steps.bar(self.contract, steps.SEND, may_send=True) if draft else [],
            "saved": self.contract.latest_revision,
            "newer": contracts.newer_template(self.contract),
            "deadline": contracts.default_deadline(self.contract),
            "fate": self.fate,
            "possible": context["possible"] and not (self.fate and self.fate.holds),
        }

    @cached_property
    def fate(self) -> contracts.Fate | None:
        """What is confirmed already, and whether it would leave."""
        return contracts.fate(self.contract)

    @property
    def recipients(self) -> str:
        """Who is shown to get it, for the flow to compare."""
        return contracts.recipients_digest(self.contract)

    def form_invalid(self, form: Any) -> Any:
        """Show the page with those whom it shows now."""
        form.data = {**dict(form.data.items()), form.add_prefix("recipients"): self.recipients}
        return super().form_invalid(form)

    def act(self, form: Any) -> None:
        """Rehearse, then send."""
        said = form.cleaned_data
        self.insist_on_shown(form)
        self.rehearse()
        names = ("into", "deadline", "recipients", "message")
        how: Any = {name: said[name] for name in names}
        if not said["at"] and not conf().undo_seconds:
            contracts.send(self.contract, said["digest"], by=self.by, **how)
        else:
            digest, at = said["digest"], said["at"]
            plan = contracts.schedule(self.contract, digest, at=at, by=self.by, **how)
            words = {"moment": plans.moment(plan.at)}
            self.done = _("It leaves on %(moment)s. Until then it can be called off here.") % words
        wishes.forget(self.request, self.contract)


class CallOffView(ActView):
    """What was confirmed stays here."""

    page_title = gettext_lazy("Call off the sending")
    from_states = states.INSIDE
    consequence = gettext_lazy("Nothing leaves. The contract stays the draft that it is.")
    button = gettext_lazy("Call it off")
    done = gettext_lazy(
        "The sending was called off, and nothing has left. What you chose for it stands in “Send” "
        "again."
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Possible as long as there is something to call off."""
        context = super().get_context_data(**kwargs)
        fate = contracts.fate(self.contract)
        if fate and (together := plans.together(fate.plan)):
            context["consequence"] = f"{self.consequence} {together}"
        return {**context, "possible": fate is not None}

    def act(self, form: Any) -> None:
        for plan in contracts.call_off(self.contract, by=self.by):
            wishes.keep(self.request, plan)


class ReviseView(ShowingView):
    """The next version leaves."""

    template_name = f"{ROOM}/revise.html"
    form_class = ReviseForm
    header_icon = "mail"
    done = gettext_lazy("The new version was sent.")

    def get_page_title(self) -> str:
        """Say which version it becomes."""
        version = self.contract.current_version
        return _("Send version %(number)d") % {"number": version.number + 1 if version else 1}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How it differs from what the others have, and what that costs."""
        context = super().get_context_data(**kwargs)
        version = self.contract.current_version
        if version is None:
            return {**context, "possible": False}
        same = version.content_digest == self.shown
        both = contracts.seen_both(
            self.contract, version.content, self.content, self.user, by=self.by
        )
        return {
            **context,
            "version": version,
            "same": same,
            "comparison": changes.comparison(*both, language=get_language()),
            "losses": losses(self.contract),
            "possible": context["possible"] and not same,
        }

    def act(self, form: Any) -> None:
        """Rehearse, then publish the working copy."""
        self.insist_on_shown(form)
        self.rehearse()
        said = form.cleaned_data
        contracts.revise(self.contract, said["digest"], said["reason"], by=self.by)


def print_once(contract: Any, content: dict[str, Any]) -> None:
    """Print a draft as it would be sealed, outside any transaction. Raises RenderingRefused."""
    look = contracts.paper_of(contract.workspace)
    files = contracts.enclosed(content)
    made = paper.draft_bundle(content, contract.number, look, pictures=files.pictures)
    contracts.insist_on_sealable(sealing.render(made), files)


def losses(contract: Any) -> list[str]:
    """What a new version costs, as sentences: apps above know of signatures."""
    found = hooks.get_hooks("contract_losses")
    return [sentence for function in found for sentence in function(contract)]
