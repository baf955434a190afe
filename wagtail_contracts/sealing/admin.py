"""Sealed files on the pages of Django's admin: seen, judged, downloaded; and a file judged.

Django imports this only where its admin is installed. Nothing can be added, changed or deleted,
by nobody: the table only grows, and only flows write to it.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.errors import Refusal
from wagtail_contracts.examining.pages import AlarmPages, ReadOnly
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing import permissions
from wagtail_contracts.sealing.core.reports import LARGEST, Report, Verdict
from wagtail_contracts.sealing.models import Alarm, SealedFile

SHOWN = 16  # characters of a digest in a list
FILES = 25  # to be judged at once
VERDICTS = {
    Verdict.INTACT: gettext_lazy("Intact: sealed by %(signer)s, and not changed since."),
    Verdict.ALTERED: gettext_lazy("Altered: the seal does not fit this file."),
    Verdict.MISMATCH: gettext_lazy("The seal is good, and the records inside disagree."),
    Verdict.UNPROVED: gettext_lazy("The seal is good, and a personal signature inside is not."),
    Verdict.UNKNOWN_SIGNER: gettext_lazy("Sealed by somebody who is not known here."),
    Verdict.REVOKED: gettext_lazy("The certificate of the seal had been revoked."),
    Verdict.UNDATED: gettext_lazy("Nothing proves that it was sealed in time."),
    Verdict.UNSEALED: gettext_lazy("A PDF without a seal."),
    Verdict.UNREADABLE: gettext_lazy("No PDF that can be read."),
}
LACKS = {
    "time": gettext_lazy("a time-stamp"),
    "revocation": gettext_lazy("what issuers say of revocation"),
}


class JudgedForm(forms.Form):
    """A file to be judged; it is stored nowhere."""

    file = forms.FileField(label=gettext_lazy("Sealed PDF"))

    def clean_file(self) -> Any:
        """At most as large as files are judged."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise ValidationError(_("The file is larger than 25 MB."))
        return given


@admin.register(SealedFile)
class SealedFileAdmin(ReadOnly, admin.ModelAdmin):
    """Sealed files with how far their seals go."""

    list_display = (
        *("short_subject", "generation", "level", "missing", "pages", "sealed_at"),
        "proved_until",
    )
    list_filter = ("level", "lacks")
    search_fields = ("subject__startswith", "digest__exact")
    search_help_text = gettext_lazy("The begin of a subject, or the SHA-256 of a file")
    date_hierarchy = "sealed_at"
    ordering = ("-sealed_at", "-pk")
    fields = (
        *("subject", "generation", "level", "missing", "sealed_at", "proved_until"),
        *("signer_fingerprint", "digest", "size", "pages", "name"),
    )
    readonly_fields = ("missing", "proved_until")
    actions = ("judge",)
    change_form_template = "wagtail_contracts/sealing/admin/file.html"
    change_list_template = "wagtail_contracts/sealing/admin/files.html"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may by Django's permissions, unless another app says who sees files."""
        return permissions.readers.are_here() and super().has_view_permission(request, obj)

    @admin.display(description=gettext_lazy("subject"), ordering="subject")
    def short_subject(self, kept: SealedFile) -> str:
        """Enough of it to recognise it."""
        return kept.subject[:SHOWN]

    @admin.display(description=gettext_lazy("lacks"), empty_value="")
    def missing(self, kept: SealedFile) -> str:
        """What it takes to go as far as was wanted."""
        return str(LACKS.get(kept.lacks, kept.lacks))

    @admin.display(description=gettext_lazy("proves itself until"), ordering="renew_before")
    def proved_until(self, kept: SealedFile) -> str:
        """By its certificates, or an algorithm that retires before."""
        if kept.renew_before is None:
            return _("nobody wrote it down")
        return formats.date_format(timezone.localtime(sealing.until(kept)))

    @admin.action(description=gettext_lazy("Judge the selected files"), permissions=["view"])
    def judge(self, request: HttpRequest, chosen: Any) -> None:
        """Read each file anew, judge it, and compare it with its row."""
        for kept in chosen[:FILES]:
            found = sealing.inspect(kept)
            about = {"file": kept.digest[:SHOWN], "fault": " ".join((found.fault, found.why))}
            if found.fault == "unread":
                told = _("File %(file)s can’t be checked just now: %(why)s.")
                about["why"] = found.why.rstrip(".")
                self.message_user(request, told % about, messages.WARNING)
            elif found.fault:
                told = _("File %(file)s is not what was sealed: %(fault)s.")
                self.message_user(request, told % about, messages.ERROR)
            else:
                told = _("File %(file)s is what was sealed.")
                self.message_user(request, told % about, messages.SUCCESS)
        if (left := len(chosen) - FILES) > 0:
            words = _("Not judged: %s more files. Select fewer.") % left
            self.message_user(request, words, messages.WARNING)

    def get_urls(self) -> list[URLPattern]:
        """Two addresses of ours before Django's."""
        own = [
            path("judge/", self._site(self.judge_view), name=f"{self._base}_judge"),
            path("<int:pk>/download/", self._site(self.download), name=f"{self._base}_download"),
        ]
        return own + super().get_urls()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With when the certificate ends that files are sealed with."""
        return super().changelist_view(request, {**(extra_context or {}), **_identity()})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """With a way to download it, for whoever may."""
        more = {
            **(extra_context or {}),
            "may_download": permissions.may_download(request.user),
            "subtitle": None,
            "title": _("Sealed file"),
        }
        return super().change_view(request, object_id, form_url, more)

    def judge_view(self, request: HttpRequest) -> HttpResponse:
        """Judge a file that somebody hands in; it is neither stored nor shown to others."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = JudgedForm(request.POST or None, request.FILES or None)
        report = sealing.verify(form.cleaned_data["file"].read()) if form.is_valid() else None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Judge a file"),
            "form": form,
            "report": report,
            "words": _words(report) if report else "",
        }
        return render(request, "wagtail_contracts/sealing/admin/judge.html", context)

    def download(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The file as it was sealed; one that is not the same any more is not handed out."""
        if not (self.has_view_permission(request) and permissions.may_download(request.user)):
            raise PermissionDenied
        if (kept := self.get_object(request, str(pk))) is None:
            raise Http404
        try:
            content = sealing.content(kept)
        except (Refusal, OSError) as error:
            raise Http404(str(error)) from error
        name = f'attachment; filename="{kept.digest[:SHOWN]}.pdf"'
        headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
        headers["X-Content-Type-Options"] = "nosniff"
        return HttpResponse(content, content_type="application/pdf", headers=headers)

    @property
    def _base(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def _site(self, view: Any) -> Any:
        return self.admin_site.admin_view(view)


@admin.register(Alarm)
class AlarmAdmin(AlarmPages):
    """What the examination found in sealed files."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may by Django's permissions, unless another app says who reads files."""
        return permissions.readers.are_here() and super().has_view_permission(request, obj)


def _identity() -> dict[str, Any]:
    """When the seal's certificate ends, and whether that is soon; nothing where it can't be read.

    A backend of the site's own may raise anything: the check of the identity tells what.
    """
    try:
        ends = sealing.valid_until()
    except Exception:  # noqa: BLE001
        return {"seal_ends": None, "seal_ages": True}
    return {"seal_ends": ends, "seal_ages": ends <= timezone.now() + sealing.SOON}


def _words(report: Report) -> str:
    if not report.judged:
        return _("This file can’t be checked just now. Try again in a few minutes.")
    return str(VERDICTS[report.verdict]) % {"signer": report.signer}
