"""Two colleagues at once: for edit views, so that the second save neither overwrites nor is lost.

A form that was overtaken is put together with what is stored. Where both changed the same block the
page shows both wordings; the choices come back to the address of the editor.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin import basis, conflicts
from wagtail_contracts.contracts.admin.basis import BASIS, MINE, OPENING, TURN
from wagtail_contracts.contracts.errors import Overtaken

TEMPLATE = "wagtail_contracts/contracts/admin/conflicts.html"
CHOICE = "choice:"
TURNS = re.compile(r"[0-9]{1,9}", re.ASCII)


class MergingView(ABC):
    """Mixed in before an edit view."""

    request: Any
    form: Any
    produced_error_message: Any = None  # the stock view sets it where it judges the form itself

    @property
    @abstractmethod
    def working(self) -> Any:
        """What is stored, as this request found it."""

    @property
    @abstractmethod
    def is_closed(self) -> bool:
        """Whether the stock view refuses anyhow."""

    @abstractmethod
    def start_on(self, instance: Any) -> None:
        """Let the form be made from `instance`."""

    @abstractmethod
    def form_on(self, instance: Any) -> Any:
        """The posted form as it was made from `instance`; judged already."""

    @cached_property
    def began(self) -> dict[str, Any] | None:
        """What the form began with, if it can say so."""
        return basis.read(BASIS, self.working, self.request.POST.get(BASIS, ""))

    @cached_property
    def sent(self) -> contracts.Sent:
        """What this post says of its form."""
        posted = self.request.POST
        opened = basis.read(OPENING, self.working, posted.get(OPENING, "")) or {}
        turn = posted.get(TURN, "")
        return contracts.Sent(
            opening=opened.get("opening", ""),
            user=self.request.user,
            began=self.began or {},
            turn=int(turn) if TURNS.fullmatch(turn) else 0,
            auto=self.expects_json_response,  # type: ignore[attr-defined]
        )

    @property
    def is_out_of_date(self) -> bool:
        """Never by the number of a revision, which the form may not have been told yet."""
        return False

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save a form that nobody overtook; put the others together with what is stored."""
        if not self.is_closed:
            if MINE in request.POST:
                return self.settle()
            if self.began is None or contracts.overtaken(self.working, self.sent):
                return self.overtaken()
            if contracts.moved_on(self.working, self.began):
                self.start_on(contracts.rebuilt(self.working, self.began))
        answer: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        """Save while nobody else can, if it is still what the form began with."""
        by = permissions.actor(self.request.user)
        try:
            with contracts.holding(self.working, form.instance, self.sent, by=by):
                answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except Overtaken:
            return self.overtaken()
        return answer

    def overtaken(self) -> HttpResponse:
        """Tell the editor's autosave; put together what a person saved."""
        if self.expects_json_response:  # type: ignore[attr-defined]
            notice = (
                _(
                    "%s Autosave has stopped; nothing that you wrote is lost. Save when you are "
                    "ready: you will see what both of you wrote."
                )
                % self.who()
            )
            answer: HttpResponse = self.json_error_response("invalid_revision", notice)  # type: ignore[attr-defined]
            return answer
        form = self.form_on(contracts.rebuilt(self.working, self.began or {}))
        if form.errors:
            invalid: HttpResponse = self.form_invalid(form)  # type: ignore[attr-defined]
            return invalid
        mine = contracts.state_in(form, form.names_for(self.working))
        return self.put_together(mine, {})

    def settle(self) -> HttpResponse:
        """Take the choices of the page with both wordings."""
        posted = self.request.POST
        mine = basis.read(MINE, self.working, posted[MINE])
        if mine is None:
            return redirect(self.get_edit_url())  # type: ignore[attr-defined]
        choices = {
            name.removeprefix(CHOICE): side
            for name, side in posted.items()
            if name.startswith(CHOICE)
        }
        return self.put_together(mine, choices)

    def put_together(self, mine: dict[str, Any], choices: dict[str, str]) -> HttpResponse:
        """Save both, or show what they disagree about."""
        sent = self.sent
        if self.began is None:
            sent = replace(sent, opening="", began=contracts.nothing_of(mine))
        who, by = self.who(), permissions.actor(self.request.user)
        made = contracts.merge(self.working, sent, mine, choices, by=by)
        if made.conflicts:
            return self.ask(made, mine, choices)
        said = [who, _("What both of you wrote is put together."), *self.told(made)]
        messages.success(self.request, " ".join(said))
        return redirect(self.get_edit_url())  # type: ignore[attr-defined]

    def ask(self, made: Any, mine: dict[str, Any], choices: dict[str, str]) -> HttpResponse:
        """Both wordings of each block, side by side."""
        names = conflicts.Names(self.working, mine)
        context = {
            "page_title": _("Two wordings"),
            "page_subtitle": str(self.working.title),
            "header_icon": "warning",
            "breadcrumbs_items": self.get_breadcrumbs_items(),  # type: ignore[attr-defined]
            "who": self.who(),
            "told": self.told(made),
            "cards": [names.card(conflict) for conflict in made.conflicts],
            "again": bool(choices),
            "kept": self.kept(mine, choices),
            "edit_url": self.get_edit_url(),  # type: ignore[attr-defined]
            "author": self.author,
        }
        return render(self.request, TEMPLATE, context)

    def kept(self, mine: dict[str, Any], choices: dict[str, str]) -> list[tuple[str, str]]:
        """What goes along with the page: both states, and what was chosen before."""
        made = [(CHOICE + key, side) for key, side in choices.items()]
        return [
            *((name, self.request.POST.get(name, "")) for name in (BASIS, OPENING)),
            (MINE, basis.issue(MINE, self.working, mine)),
            *made,
        ]

    @cached_property
    def author(self) -> str:
        """Who saved last."""
        revision = self.working.revisions.order_by("-created_at", "-pk").first()
        return get_user_display_name(revision.user) if revision and revision.user else ""

    def who(self) -> str:
        """Who saved meanwhile, in a sentence."""
        if not self.author:
            return _("Somebody saved meanwhile.")
        return _("%s saved meanwhile.") % self.author

    def told(self, made: Any) -> list[str]:
        """What was taken from whom without a question."""
        names = conflicts.Names(self.working, made.state)
        theirs, mine = names.all(made.theirs), names.all(made.mine)
        found = []
        if theirs:
            found.append(_("Taken from what is stored: %s.") % ", ".join(theirs))
        if mine:
            found.append(_("Taken from you: %s.") % ", ".join(mine))
        return found
