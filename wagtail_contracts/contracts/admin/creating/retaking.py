"""A draft whose template has changed: what would be different, to take over or to leave."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.acts import ROOM, ActView
from wagtail_contracts.contracts.admin.creating import steps
from wagtail_contracts.contracts.admin.sending_forms import ShownForm
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.errors import NotReady, TemplateUnusable
from wagtail_contracts.contracts.rendering import changes


class TakeTemplateView(ActView):
    """The comparison, and one button."""

    template_name = f"{ROOM}/take_template.html"
    permission_required = "change"
    page_title = gettext_lazy("The template is newer")
    form_class = ShownForm
    from_states: ClassVar[frozenset[str]] = frozenset({states.DRAFT})
    button = gettext_lazy("Take it over")
    done = gettext_lazy("The draft follows the newest template now.")

    @property
    def back(self) -> str:
        """To the steps of the draft."""
        draft = self.contract.state == states.DRAFT
        return steps.address(steps.DETAILS, self.contract) if draft else super().back

    @cached_property
    def content(self) -> dict[str, Any] | None:
        """What the draft would say; None where nothing can be taken over."""
        try:
            return contracts.compose(contracts.retaken(self.contract))
        except (TemplateUnusable, NotReady) as refusal:
            self.refusal = str(refusal)
            return None

    refusal = ""

    def get_initial(self) -> dict[str, Any]:
        """The digest travels with the form."""
        shown = contracts.digest_of(self.content) if self.content else ""
        return {**super().get_initial(), "digest": shown}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How the text would differ."""
        context = super().get_context_data(**kwargs)
        if self.content is None:
            return {**context, "possible": False, "refusal": self.refusal}
        now = contracts.compose(self.contract)
        user = self.request.user
        both = contracts.seen_both(self.contract, now, self.content, user, by=self.by)
        return {**context, "comparison": changes.comparison(*both, language=get_language())}

    def act(self, form: Any) -> None:
        contracts.take_template(self.contract, form.cleaned_data["digest"], by=self.by)
