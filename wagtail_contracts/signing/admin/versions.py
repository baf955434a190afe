"""A version as it was frozen."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import ContractVersion
from wagtail_contracts.contracts.rendering import changes
from wagtail_contracts.signing.admin.pages import ROOM, ContractPage


class VersionView(ContractPage, TemplateView):
    """The text of the version that `number` names, by default of the newest."""

    template_name = f"{ROOM}/version.html"

    @cached_property
    def version(self) -> ContractVersion:
        """The version, or 404."""
        number = self.request.GET.get("number", "")
        found = self.contract.current_version
        if number:
            known = number.isascii() and number.isdecimal() and len(number) < 9
            found = self.contract.versions.filter(number=int(number) if known else 0).first()
        if found is None:
            raise Http404
        return found

    def get_page_title(self) -> str:
        """Which one."""
        return _("Version %(number)d") % {"number": self.version.number}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The version, its content, and how it differs from the one before."""
        before = self.contract.versions.filter(number=self.version.number - 1).first()
        return super().get_context_data(
            version=self.version,
            content=contracts.seen(
                self.contract, self.version.content, self.request.user, by=self.by
            ),
            before=before,
            comparison=before and self._compared(before),
            **kwargs,
        )

    def _compared(self, before: ContractVersion) -> changes.Comparison:
        both = contracts.seen_both(
            self.contract, before.content, self.version.content, self.request.user, by=self.by
        )
        return changes.comparison(*both, language=get_language())
