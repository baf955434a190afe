"""Who takes part, from our side: replacing, letting in, showing out, and answering who asks."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import (
    PersonRefused,
    ReasonMissing,
    ReasonTooLong,
    WrongState,
)
from wagtail_contracts.contracts.models import (
    OUT,
    PersonRequest,
)
from wagtail_contracts.errors import Refusal
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin.pages import ActPage
from wagtail_contracts.signing.admin.people_forms import (
    AddForm,
    AnswerForm,
    OpeningForm,
    ReplaceForm,
    RevokeForm,
)

PERSON = "wagtail_contracts/signing/admin/person.html"


class PeoplePage(ActPage):
    """One act on who takes part; a refusal stands at the field that it is about."""

    from_states: Any = OUT

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether it can be done at all, too."""
        return {**super().get_context_data(**kwargs), "possible": self.is_possible}

    @property
    def is_possible(self) -> bool:
        """Whether the contract is where this is done."""
        return self.contract.state in self.from_states

    def get_initial(self) -> dict[str, Any]:
        """The person that was asked about is chosen."""
        return {"participant": self.request.GET.get("participant", "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Only people of this contract."""
        return {**super().get_form_kwargs(), "contract": self.contract}

    def about(self, refusal: Refusal, form: Any) -> str | None:
        """The field that a refusal is about."""
        of_reason = isinstance(refusal, ReasonMissing | ReasonTooLong)
        field = "reason" if of_reason else getattr(refusal, "field", "")
        return field if field in form.fields else None


class ReplaceView(PeoplePage):
    """Somebody else in a person's place, in the same role."""

    asks_code = True
    page_title = gettext_lazy("Replace a person")
    form_class = ReplaceForm
    template_name = PERSON
    consequence = gettext_lazy(
        "The old link and every open page of that person end at once. The new one gets an e-mail "
        "with a link of their own. Another signatory makes a new version: signatures that were "
        "given do not count any more, and everybody is told."
    )
    button = gettext_lazy("Replace the person")
    done = gettext_lazy("The person was replaced.")

    def act(self, form: Any) -> None:
        said = form.cleaned_data
        signing.replace_person(said["participant"], form.person(), said["reason"], by=self.by)


class AddView(PeoplePage):
    """Somebody beside those who take part."""

    asks_code = True
    page_title = gettext_lazy("Add a person")
    form_class = AddForm
    template_name = PERSON
    consequence = gettext_lazy(
        "The person gets an e-mail with a link of their own, and everybody who takes part is told. "
        "Another signatory makes a new version: signatures that were given do not count any more."
    )
    button = gettext_lazy("Add the person")
    done = gettext_lazy("The person takes part now.")

    def act(self, form: Any) -> None:
        said = form.cleaned_data
        contracts.add_person(said["party"], form.person(), said["role"], by=self.by)


class RevokeView(PeoplePage):
    """The end of somebody's access."""

    asks_code = True
    page_title = gettext_lazy("End somebody’s access")
    form_class = RevokeForm
    from_states = (*OUT, "expired", "signed", "declined")
    consequence = gettext_lazy(
        "The link and every open page of that person end at once, and they get an e-mail. What "
        "they have read or saved before can’t be taken back."
    )
    button = gettext_lazy("End the access")
    done = gettext_lazy("The person has no access any more.")

    def act(self, form: Any) -> None:
        said = form.cleaned_data
        contracts.revoke_access(said["participant"], said["reason"], by=self.by)


class AnswerPersonView(PeoplePage):
    """A participant has named somebody who is to sign instead."""

    asks_code = True
    page_title = gettext_lazy("Another signatory")
    form_class = AnswerForm
    button = gettext_lazy("Answer")
    done = gettext_lazy("The answer is on its way.")

    @cached_property
    def asked(self) -> PersonRequest | None:
        """The one that waits longest."""
        try:
            return contracts.insist_on_person_request(self.contract)
        except WrongState:
            return None

    @property
    def is_possible(self) -> bool:
        """Whether somebody asks, too."""
        return super().is_possible and self.asked is not None

    @property
    def consequence(self) -> str:
        """Who asks for whom, and what a yes does."""
        if self.asked is None:
            return ""
        told = {
            "asker": self.asked.participant.name,
            "name": self.asked.name,
            "email": self.asked.email,
        }
        return (
            _(
                "%(asker)s asks that %(name)s (%(email)s) signs instead. A yes makes a new "
                "version: signatures that were given do not count any more, and the link of "
                "%(asker)s ends at once."
            )
            % told
        )

    def get_initial(self) -> dict[str, Any]:
        """Which request is answered travels with the form: another may wait behind it."""
        return {"asked": self.asked.public_id if self.asked else ""}

    def form_valid(self, form: Any) -> HttpResponse:
        """Answer the request that was on the page, or show the one that waits now."""
        if self.asked and form.cleaned_data["asked"] != self.asked.public_id:
            messages.warning(self.request, _("This was answered meanwhile."))
            return redirect(self.request.path)
        return super().form_valid(form)

    def act(self, form: Any) -> None:
        if self.asked is None:
            raise PersonRefused(_("This was answered meanwhile."))
        if form.cleaned_data["answer"] == "accept":
            signing.consent_to(self.asked, by=self.by)
        else:
            contracts.refuse_person(self.asked, form.cleaned_data["reason"], by=self.by)


class OpeningView(PeoplePage):
    """Whether it opens for signing by itself."""

    page_title = gettext_lazy("When signing opens")
    form_class = OpeningForm
    from_states = ("draft", "in_approval", "approved", "negotiating")
    consequence = gettext_lazy(
        "While a contract is in review, those who take part can press “I agree”. Signing opens "
        "when you open it, or by itself once all have agreed to the newest version."
    )
    button = gettext_lazy("Save")
    done = gettext_lazy("That is noted.")

    def act(self, form: Any) -> None:
        contracts.open_when_agreed(self.contract, opens=form.cleaned_data["opens"], by=self.by)
