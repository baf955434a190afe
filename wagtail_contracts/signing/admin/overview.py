"""A contract's overview: where it stands, what comes next, and the proof, on one page."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import Button

from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.errors import ChainBroken, UnknownTrail
from wagtail_contracts.audit.models import Trail
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import OUT, Participant
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin import examined, mismatches, timeline
from wagtail_contracts.signing.admin.coming import Coming
from wagtail_contracts.signing.admin.glance import Glance, told
from wagtail_contracts.signing.admin.pages import ROOM, ContractPage, address
from wagtail_contracts.signing.admin.progress import Progress
from wagtail_contracts.signing.admin.returned import returned, undelivered
from wagtail_contracts.signing.admin.sealed import Sealing, sealing_of
from wagtail_contracts.signing.admin.talking import messages
from wagtail_contracts.signing.rendering import seals
from wagtail_contracts.signing.rendering.states import written


class OverviewView(ContractPage, TemplateView):
    """The page that a row of the list leads to."""

    template_name = f"{ROOM}/overview.html"
    act_buttons: Any = None  # filled in by the viewset: what may be done now, for a user
    choices: Any = None  # the same with what can't be done, and why
    copy_buttons: Any = None  # and what may be made from it

    def get_page_title(self) -> str:
        """The title."""
        return str(self.contract.title)

    def get_page_subtitle(self) -> str:
        """None: the title says it."""
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Contracts, this one."""
        return [*super().get_breadcrumbs_items()[:-2], {"url": "", "label": self.contract.title}]

    def get_header_more_buttons(self) -> list[Any]:
        """The editor, the acts, and new links."""
        found = [*self.act_buttons(self.request.user, self.contract), *self.copies]
        if self.may_edit:
            found.append(self._button(_("Edit"), "edit", "edit", 10))
        if self.may_send and self.contract.state in OUT:
            found.append(self._button(_("Send a new link…"), "reissue", "link", 60))
        return sorted(found)

    def _button(self, label: str, name: str, icon: str, priority: int) -> Button:
        url = address(name, self.contract)
        return Button(label, url=url, icon_name=icon, priority=priority)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything that the page shows."""
        state = signing.staff_sees(self.contract, self.request.user)  # before all that is read
        return super().get_context_data(
            state=written(state),
            version=self.contract.current_version,
            versions=self.contract.versions.order_by("-number"),
            next=self.coming.next,
            fate=self.coming.fate,
            sides=list(self.progress.sides()),
            days=timeline.days(self.contract, *self.trails, user=self.request.user),
            sealing=self.sealing,
            may_again=self.may_again,
            proof=self.proof,
            may_send=self.may_send,
            may_prove=self.may_prove,
            linked=permissions.linked(self.request.user, self.contract),
            replaced=permissions.replaced(self.request.user, self.contract),
            copies=self.copies,
            may_edit=self.may_edit,
            out=self.contract.state in OUT,
            **self.amiss,
            **self.at_a_glance,
            **messages(self.request.user, self.contract),
            **kwargs,
        )

    # -- facts ----------------------------------------------------------------------------------

    @cached_property
    def may_send(self) -> bool:
        """Whether the one who asks may send and end."""
        return permissions.may(self.request.user, "send", self.contract)

    @property
    def may_prove(self) -> bool:
        """Whether the one who asks may take the proof along."""
        user = self.request.user
        return all(permissions.may(user, act, self.contract) for act in ("export", "sensitive"))

    @property
    def may_again(self) -> bool:
        """Whether the one who asks may have a mail sent once more."""
        return self.may_send or permissions.may(self.request.user, "administer", self.contract)

    @cached_property
    def may_edit(self) -> bool:
        """Whether the one who asks may edit it now."""
        allowed = permissions.may(self.request.user, "change", self.contract)
        return allowed and self.contract.state in ("draft", *OUT)

    @cached_property
    def copies(self) -> list[Button]:
        """What the one who asks may make from it."""
        return list(self.copy_buttons(self.request.user, self.contract))

    @property
    def amiss(self) -> dict[str, Any]:
        """What went wrong: mails that did not arrive, and who came instead of whom."""
        return {
            "undelivered": undelivered(self.contract),
            "returned": returned(self.contract),
            "mismatches": list(mismatches.rows(self.contract)),
            "findings": examined.findings(self.contract),
            "examination": examined.page_for(self.request.user, self.contract),
        }

    @property
    def at_a_glance(self) -> dict[str, Any]:
        """Data, files, acts, verdict, and where it lies."""
        user, sealing = self.request.user, self.sealing
        glance = Glance(self.contract, user)
        return {
            "data": glance.data,
            "exhibits": glance.exhibits,
            "reminders": glance.reminders,
            "acts": glance.acts(self.choices(user, self.contract)),
            "verdict": told(sealing.file) if sealing and sealing.file else None,
            "tags": glance.tags,
            "listing": getattr(self.contract, "listing", None),
        }

    @cached_property
    def trails(self) -> Any:
        """What happened; nothing that a damaged trail says is shown."""
        return ([], []) if self.proof["broken"] else timeline.trails(self.contract)

    @cached_property
    def coming(self) -> Coming:
        """What comes next."""
        return Coming(self)

    @cached_property
    def progress(self) -> Progress:
        """How far everybody is."""
        return Progress(self.contract, self.trails[0])

    @cached_property
    def sealing(self) -> Sealing | None:
        """Where the seal stands."""
        return sealing_of(self.contract)

    @cached_property
    def mine(self) -> bool:
        """Whether it is the turn of the one who asks."""
        standing = self.progress.standing
        if standing is None or self.contract.state != "signing":
            return False
        ids = {place.person["id"] for place in standing.waiting}
        people = Participant.objects.present().filter(
            party__contract=self.contract, user=self.request.user
        )
        return people.filter(public_id__in=ids).exists()

    @cached_property
    def proof(self) -> dict[str, Any]:
        """Whether both trails are whole; our own begins when there is something to tell."""
        own = self.contract.own_trail
        try:
            length = audit.verify(self.contract.trail).length
            if Trail.objects.filter(key=own).exists():
                audit.verify(own)
        except (ChainBroken, UnknownTrail) as broken:
            return {"length": 0, "broken": str(broken)}
        return {"length": length, "broken": "", **self._attested}

    @property
    def _attested(self) -> dict[str, Any]:
        """Which checkpoint covers the trail, and up to which event; {} where none does."""
        found = audit.covered(self.contract.trail)
        if found is None:
            return {}
        zone = ZoneInfo(self.contract.workspace.timezone)
        return {"covered": found[0], "attested": seals.attested(found[1], zone)}
