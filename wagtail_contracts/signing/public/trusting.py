"""What a site does to be trusted, from what is so now; the certificate; whom to tell of a hole.

Nothing of any contract stands here, and no page is kept by a cache: what changed is seen at once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views import View

from wagtail_contracts.audit.flows import Told
from wagtail_contracts.canonical import moment
from wagtail_contracts.contracts.rendering import days
from wagtail_contracts.contracts.rendering.addresses import absolute
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.conf import trust_page
from wagtail_contracts.signing.public import headers, phrases
from wagtail_contracts.signing.public.helping import Help
from wagtail_contracts.signing.rendering import seals
from wagtail_contracts.signing.rendering.register import retention

# RFC 9116 asks for less than a year; a file that is kept somewhere is over in half of one.
GOOD_FOR = timedelta(days=180)


class Trust(Help):
    """The page, for everybody; in the language that `?language=` or the browser says."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        found, said = signing.trust(), trust_page()
        return self.show(
            "trust",
            found=found,
            processors=said.processors,
            notice=said.privacy_notice,
            accessibility=said.accessibility,
            seal=_dated(found.seal.begins, found.seal.ends) if found.seal else None,
            listed=seals.listed(qualified=found.qualified),
            level=seals.level(found.level),
            reached=seals.level(found.reached) if found.reached else "",
            timed=found.reached not in ("", seals.OWN_CLOCK),
            point=_attested(found.checkpoint) if found.checkpoint else None,
            whole=phrases.eights(found.seal.fingerprint) if found.seal else [],
            checked=_at(found.checked.at) if found.checked else "",
            clocks=[one for one in said.processors if "time" in one.serves],
            kept=retention(),
            contact=contact() if said.contact else "",
        )


class Bare(View):
    """A file for everybody, with the headers of all public addresses."""

    http_method_names = ["get", "head"]

    @classmethod
    def as_view(cls, **kwargs: Any) -> Callable[..., HttpResponseBase]:
        """It reads a little: no transaction is needed around it."""
        return transaction.non_atomic_requests(super().as_view(**kwargs))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer with the headers."""
        response = super().dispatch(request, *args, **kwargs)
        headers.set_on(response, headers.FILE)
        return response


class Certificate(Bare):
    """The certificate of the seal, so that anybody can compare it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The file, or 404 where nothing seals."""
        seal = signing.certificate()
        if seal is None:
            raise Http404
        response = HttpResponse(seal.pem, content_type="application/x-pem-file")
        response["Content-Disposition"] = 'attachment; filename="seal.pem"'
        return response


class SecurityText(Bare):
    """/.well-known/security.txt, as RFC 9116 has it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Whom to tell of a hole, and until when that is so."""
        said = trust_page()
        midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
        fields = {
            "Contact": contact(),
            "Expires": moment(midnight + GOOD_FOR),
            "Preferred-Languages": ", ".join(said.languages or dict(settings.LANGUAGES)),
            "Canonical": absolute(request.path),
            "Policy": said.policy or absolute(reverse("wagtail_contracts:trust")),
        }
        lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
        return HttpResponse(lines, content_type="text/plain; charset=utf-8")


def contact() -> str:
    """Where a hole is told: what the settings say, as an address; else our form for reports."""
    said = trust_page().contact
    if not said:
        return absolute(reverse("wagtail_contracts:report"))
    return said if ":" in said else f"mailto:{said}"


def _attested(point: Told) -> seals.Attested:
    return seals.attested(point, ZoneInfo(settings.TIME_ZONE))


def _dated(begins: datetime, ends: datetime) -> dict[str, str]:
    return {"begins": days.day(begins.date()), "ends": days.day(ends.date())}


def _at(value: datetime) -> str:
    return days.moment(value, ZoneInfo(settings.TIME_ZONE))
